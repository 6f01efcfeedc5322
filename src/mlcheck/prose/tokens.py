"""Cut a sentence into tokens: numbers, words and marks, each with what the lexicon says of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Any

from mlcheck.language.characters import is_digits
from mlcheck.language.lexicon import Lexicon, lexicon
from mlcheck.language.numeral import NUMERAL
from mlcheck.language.words import fold, stem
from mlcheck.model.sentence import Tags, Token

NONE: Tags = {}
_VERB: Tags = {"verb": True}
_YEAR = re.compile(
    r"((?:19|20)[0-9]{2}),[0-9]{1,2}"
)  # before a percent sign, a year and a percentage: "En 2024,8 %"
_SPACES = " \u00a0\u202f\u2009"
_GLUED = 3  # letters after a number that may be no word: "2nde", "24h"


@cache
def _pattern() -> re.Pattern[str]:
    word = r"[^\W\d_]\w*+(?:-\w++)*+'?+"
    return re.compile(rf"(?P<word>{word})|(?P<number>{NUMERAL})(?P<glue>[^\W\d_]++)?|(?P<mark>\S)")


def tokens(text: str) -> list[Token]:
    """Return the tokens of one normalised sentence."""
    known = words()
    found: list[Token] = []
    add, read = found.append, known.printed
    for match in _pattern().finditer(text):
        form = match.lastgroup
        start, end = match.span()
        if form == "word":
            key, tags = read[match.group()]
            add(Token(key, start, end, "word", tags))
        elif form == "mark":
            mark = match.group()
            add(Token(mark, start, end, "mark", known.tags(mark)))
        elif form == "number":
            dated = _YEAR.fullmatch(match.group()) if found and "calendar" in found[-1].tags else None
            if dated and text[end:].lstrip(_SPACES).startswith("%"):
                add(Token(dated[1], start, start + 4, "number", NONE))
                add(Token(",", start + 4, start + 5, "mark", known.tags(",")))
                start = start + 5
            add(Token(text[start:end], start, end, "number", NONE))
        else:
            _add_glued(match, known, found)
    return _with_verbs(_phrases(found, known))


def _with_verbs(found: list[Token]) -> list[Token]:
    """Return the tokens with the unknown word that follows a subject's pronoun as a verb: "on relève"."""
    for n, token in enumerate(found):
        if "subject-pronoun" not in token.tags or (n and "preposition" in found[n - 1].tags):
            continue
        at = n + 1
        while at < len(found) and "clitic" in found[at].tags:
            at += 1
        if at < len(found) and found[at].form == "word" and not found[at].tags:
            verb = found[at]
            found[at] = Token(verb.key, verb.start, verb.end, verb.form, _VERB)
    return found


def _add_glued(match: re.Match[str], known: Words, found: list[Token]) -> None:
    """Add a number that letters follow without a space: a unit is a token of its own, else it is a code."""
    number, glue = match.group("number", "glue")
    key = key_of(glue)
    middle = match.start("glue")
    noun = len(glue) > _GLUED and glue.islower() and not key.startswith(lexicon().numbers.glued)
    if noun or known.tags(key).keys() & {"unit", "magnitude"} or key in known.phrases:
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


def opens_with_of(token: Token) -> bool:
    """Tell whether a phrase opens with "de" ("de plus de")."""
    first, _, rest = token.key.partition(" ")
    return bool(rest) and "of" in words().tags(first)


def ends_with_of(token: Token) -> bool:
    """Tell whether a phrase ends with "de" ("près de")."""
    rest, _, last = token.key.rpartition(" ")
    return bool(rest) and "of" in words().tags(last)


def is_plural(token: Token) -> bool:
    """Tell whether a word ends as a plural does."""
    return token.key.endswith(lexicon().plurals)


def text_of(found: list[Token]) -> str:
    """Return the keys of some tokens as one phrase."""
    known = words()
    return " ".join(known.plain(t.key) if n else t.key for n, t in enumerate(found))


# The words of sentences, looked up: what a word or a phrase is, as tags with a value.


def key_of(word: str) -> str:
    """Return the key of one printed word: folded, its hyphens kept; "à" stays apart from "a"."""
    if word.lower() in lexicon().accented:
        return word.lower()
    folded = fold(word)
    if not folded:
        return word
    return folded.replace(" ", "-")


def phrase_of(expression: str) -> list[str]:
    """Return the words of an expression as `parts_of` gives those of a token, a "*" at the end kept."""
    words_ = expression.replace("'", "' ").split()
    return [words().plain(key_of(w.rstrip("*"))) + "*" * w.endswith("*") for w in words_]


@lru_cache(16_384)
def parts_of(key: str) -> tuple[str, ...]:
    """Return the words of the key of a token, contracted and elided ones as in a phrase."""
    return tuple(words().plain(w) for w in key.split(" "))


@lru_cache(16_384)
def root(word: str) -> str:
    """Return the stem of a folded word, the same for its singular and plural whatever their entries."""
    return stem(stem(word))


class _Printed(dict[str, tuple[str, Tags]]):
    """The key and the tags of each printed word, looked up once."""

    def __init__(self, known: Words) -> None:
        self._known = known

    def __missing__(self, printed: str) -> tuple[str, Tags]:
        found = self[printed] = self._known.read(printed)
        return found


class Words:
    """The tables of one language, indexed by word; `tags` of a word are remembered, and what is `printed`."""

    def __init__(self, known: Lexicon) -> None:
        self.exact: dict[str, dict[str, Any]] = {}
        self.stems: dict[str, dict[str, Any]] = {}
        self.phrases: dict[str, dict[str, list[tuple[tuple[str, ...], dict[str, Any]]]]] = {}
        said = known.sentences
        self.variants = {key_of(word): [key_of(v) for v in forms] for word, forms in said.variants.items()}
        self._plain = {v: k for k, vs in self.variants.items() for v in vs}
        for tag, value, expressions in _entries(known):
            self._add(tag, value, expressions)
        for seconds in self.phrases.values():
            for found in seconds.values():
                found.sort(key=lambda phrase: -len(phrase[0]))
        self.lengths = sorted({len(s) for s in self.stems}, reverse=True)
        self.endings = said.verbs.endings
        self.not_endings = said.verbs.never_endings
        self.not_verbs = frozenset(said.verbs.never)
        self.measures = frozenset(map(key_of, said.measure))
        self.complements = [(_roots(left), _roots(right)) for left, right in said.complements.values()]
        self.families = {name: frozenset(map(key_of, words)) for name, words in said.families.items()}
        self.kin = [(_roots(kin.all), _roots(kin.some)) for kin in said.kin.values()]
        self.general = frozenset[str]().union(*(all_ for all_, _ in self.kin))
        self.paired = frozenset[str]().union(*(side for sides in self.complements for side in sides))
        self.activity = _roots(said.activity)
        self.lacking = frozenset(map(key_of, said.lacking))
        self.balances = _roots(said.balances)
        self.earlier = frozenset(map(key_of, said.earlier))
        self._known: dict[str, Tags] = {}
        self.printed = _Printed(self)

    def _add(self, tag: str, value: Any, expressions: Sequence[str]) -> None:
        for expression in expressions:
            words = [key_of(w) for w in expression.replace("'", "' ").split()]
            if len(words) == 1:
                table = self.stems if expression.endswith("*") else self.exact
                table.setdefault(words[0].rstrip("*"), {})[tag] = value
                continue
            for first in [words[0], *self.variants.get(words[0], ())]:
                for second in [words[1], *self.variants.get(words[1], ())]:
                    self._add_phrase(first, second, tuple(self.plain(w) for w in words[2:]), tag, value)

    def _add_phrase(self, first: str, second: str, rest: tuple[str, ...], tag: str, value: Any) -> None:
        known = self.phrases.setdefault(first, {}).setdefault(second, [])
        for words, tags in known:
            if words == rest:
                tags[tag] = value
                return
        known.append((rest, {tag: value}))

    def plain(self, key: str) -> str:
        """Return the word that a contracted or elided one stands for in a phrase: "du" → "de"."""
        return self._plain.get(key, key)

    def read(self, printed: str) -> tuple[str, Tags]:
        """Return the key and the tags of a printed word, a footnote digit after it left out ("licences2")."""
        word = printed
        if len(word) > 4 and is_digits(word[-1]) and word[-2].isalpha() and word[0].islower():
            word = word[:-1]
        key = key_of(word)
        return key, self.tags(key)

    def tags(self, key: str) -> Tags:
        """Return what the lexicon says of one word."""
        known = self._known.get(key)
        if known is None:
            known = self.exact.get(key) or next(
                (self.stems[key[:n]] for n in self.lengths if n <= len(key) and key[:n] in self.stems), NONE
            )
            if (
                not known
                and key.endswith(self.endings)
                and not (key in self.not_verbs or key.endswith(self.not_endings))
            ):
                known = {"verb": True}
            self._known[key] = known
        return known


@cache
def words() -> Words:
    """Return the words of sentences."""
    return Words(lexicon())


def _roots(listed: Sequence[str]) -> frozenset[str]:
    return frozenset(root(key_of(word)) for word in listed)


def _entries(known: Lexicon) -> Iterator[tuple[str, object, Sequence[str]]]:
    """Yield each tag of sentences with its value and the expressions that say it."""
    said = known.sentences
    for unit, one in known.units.items():
        yield "unit", unit, (*one.words, *one.sentences)
    for factor, magnitude in known.magnitudes.items():
        euros = [word.replace("€", " €") for word in magnitude.euros]
        yield "unit", "€", euros
        yield "magnitude", factor, (*magnitude.words, *euros)
    for tag, values in (
        ("number", said.number),
        ("approximate", said.approximate),
        ("fraction", said.fraction),
        ("multiple", said.multiple),
        ("month", said.month),
        ("relative-year", said.relative_year),
    ):
        for value, expressions in values.items():
            yield tag, value, expressions
    for tag, way in (
        ("factor", said.factor),
        ("trend", said.beyond),
        ("trend", said.trend),
        ("more", said.more),
        ("signed", said.signed),
    ):
        for direction in way.__struct_fields__:
            yield tag, direction, getattr(way, direction)
    yield "beyond", True, (*said.beyond.up, *said.beyond.down)
    for hedge, allowed in known.hedges.items():
        yield "hedge", hedge, allowed.words
    for tag, expressions in said.cues.items():
        yield tag, True, expressions
