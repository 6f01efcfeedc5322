"""Cut a sentence into tokens: numbers, words and marks, each with what the lexicon says of it."""

from __future__ import annotations

import re
from functools import cache

from mlcheck.language.numeral import NUMERAL
from mlcheck.model.sentence import Token
from mlcheck.prose.lexicon import NONE, Words, key_of, words


@cache
def _pattern() -> re.Pattern[str]:
    word = r"[^\W\d_]\w*+(?:-\w++)*+'?+"
    return re.compile(rf"(?P<number>{NUMERAL})(?P<glue>[^\W\d_]++)?|(?P<word>{word})|(?P<mark>\S)")


def tokens(text: str) -> list[Token]:
    """Return the tokens of one normalised sentence."""
    known = words()
    found: list[Token] = []
    add, read = found.append, known.read
    for match in _pattern().finditer(text):
        form = match.lastgroup
        start, end = match.span()
        if form == "word":
            key, tags = read(match.group())
            add(Token(key, start, end, "word", tags))
        elif form == "mark":
            mark = match.group()
            add(Token(mark, start, end, "mark", known.tags(mark)))
        elif form == "number":
            add(Token(match.group(), start, end, "number", NONE))
        else:
            _add_glued(match, known, found)
    return _phrases(found, known)


def _add_glued(match: re.Match[str], known: Words, found: list[Token]) -> None:
    """Add a number that letters follow without a space: a unit is a token of its own, else it is a code."""
    number, glue = match.group("number", "glue")
    key = key_of(glue)
    middle = match.start("glue")
    if known.tags(key).keys() & {"unit", "magnitude"} or key in known.phrases:
        found.append(Token(number, match.start(), middle, "number", NONE))
        found.append(Token(key, middle, match.end(), "word", known.tags(key)))
    else:
        found.append(Token(f"{number}{key}", match.start(), match.end(), "code", NONE))


def _phrases(found: list[Token], known: Words) -> list[Token]:
    """Return the tokens with each phrase of the lexicon made one; the longest wins."""
    openers = known.phrases
    joined: list[Token] = []
    at, count = 0, len(found)
    while at < count:
        token = found[at]
        if token.key in openers and at + 1 < count:
            for rest, tags in openers[token.key].get(found[at + 1].key, ()):
                if rest == tuple(known.plain(t.key) for t in found[at + 2 : at + 2 + len(rest)]):
                    last = found[at + 1 + len(rest)]
                    token = Token(
                        text_of(found[at : at + 2 + len(rest)]), token.start, last.end, "word", tags
                    )
                    at += 1 + len(rest)
                    break
        joined.append(token)
        at += 1
    return joined


def text_of(found: list[Token]) -> str:
    """Return the keys of some tokens as one phrase."""
    known = words()
    return " ".join(known.plain(t.key) if n else t.key for n, t in enumerate(found))
