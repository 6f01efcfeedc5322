"""Words compared as a reader compares them: without case, accents, ligatures or punctuation."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from itertools import filterfalse

from mlcheck.language.characters import INVISIBLE
from mlcheck.language.lexicon import lexicon

_LIGATURES = str.maketrans(
    {"œ": "oe", "æ": "ae", "ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "’": "'", **dict.fromkeys(INVISIBLE, "")}
)
_WORD = re.compile(r"[a-z0-9]+(?:[+%€‰])?|[%€‰+]")


@lru_cache(65_536)
def fold(text: str) -> str:
    """Return `text` in lower case without accents, ligatures or punctuation, words one space apart."""
    plain = text.casefold()
    if not plain.isascii():
        parted = unicodedata.normalize("NFD", plain.translate(_LIGATURES))
        plain = "".join(filterfalse(unicodedata.combining, parted))
    return " ".join(_WORD.findall(plain))


@lru_cache(65_536)
def content_words(text: str) -> tuple[str, ...]:
    """Return the folded words of `text` that carry meaning, in order; stop words are left out.

    What bounds a class is one word, however it is written: "< 6 mois" and "moins de 6 mois" are "inférieur 6 mois".
    So is what denies: "n'ont pas le permis" are those "sans permis".
    """
    for word, pattern in _bounds():
        text = pattern.sub(f" {word} ", text)
    text = _denied().sub(rf"\1 {without()} ", text)
    return tuple(w for w in fold(text).split() if w not in stop_words())


@cache
def _bounds() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the words that bound a class, each with the pattern of what is written for it before a number."""
    return tuple(
        (word, re.compile(rf"(?:{'|'.join(map(re.escape, written))})\s*(?=[0-9])", re.IGNORECASE))
        for word, written in lexicon().bounds.items()
    )


@cache
def _denied() -> re.Pattern[str]:
    """Return the pattern of what denies a verb, all but its last word in the group: "n'ont pas"."""
    known = lexicon().without
    opening, closing = ("|".join(map(re.escape, words)) for words in (known.opening, known.closing))
    return re.compile(rf"(\b(?:{opening})\s*\w+(?:\s+\w+)?\s+)(?:{closing})\b", re.IGNORECASE)


def denied_at(text: str, verb: int) -> int | None:
    """Return where what denies the verb at an index of a text starts, None where nothing does."""
    return next((m.start() for m in _denied().finditer(text) if m.start() <= verb < m.end()), None)


def without() -> str:
    """Return the folded word for what a group has not."""
    return fold(lexicon().without.word)


def bound_of(written: str) -> str:
    """Return the word for what bounds a class, "" where it is no bound: "inferieur" for "moins de"."""
    return next((fold(word) for word, others in lexicon().bounds.items() if written in others), "")


@lru_cache(65_536)
def stems(text: str) -> frozenset[str]:
    """Return the stems of the content words of `text`: what is left without plural and gender."""
    return frozenset(stem(w) for w in content_words(text))


@lru_cache(65_536)
def stem(word: str) -> str:
    """Return a folded French word without its ending for plural and gender ("nouvelles" → "nouvel").

    Irregular pairs are in the lexicon; this is deliberately lighter than Snowball, which joins words
    that tables keep apart ("formation" and "format").
    """
    irregular = lexicon().stems
    if word in irregular:
        return irregular[word]
    if len(word) > 3 and word.endswith(lexicon().plurals) and not word.endswith("ss"):
        word = word[:-1]
        if word in irregular:
            return irregular[word]
    if len(word) > 4 and word.endswith("e"):
        word = word[:-2] if word.endswith("ee") else word[:-1]
    return word


@cache
def stop_words() -> frozenset[str]:
    """Return the folded words that carry no meaning of their own."""
    return frozenset(fold(w) for w in lexicon().stop)
