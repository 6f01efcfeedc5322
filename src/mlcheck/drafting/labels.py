"""Printed labels as a profile quotes them: on one line, and without the year that its next edition changes."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from mlcheck.language.characters import is_digits
from mlcheck.language.lexicon import lexicon
from mlcheck.language.words import fold, stem
from mlcheck.profile.headings import key

_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9][0-9](?![0-9])")
_ALIKE = 0.88  # how much of two spellings must be the same for one to be a slip of the other
_LONG = 6  # letters below which two labels that differ by one are two labels


@lru_cache(16_384)
def tidy(label: str) -> str:
    """Return a label on one line, without the colon at its end."""
    return " ".join(label.split()).rstrip(" :")


@lru_cache(16_384)
def without_years(label: str) -> str:
    """Return a tidy label without "en 2023" or "(2023)"; a year that the words around it lean on stays.

    Where leaving it out would change what the label is compared by, the label stays as printed.
    """
    plain = tidy(label)
    cut = tidy(_dated().sub("", plain))
    return cut if key(cut) == key(plain) else plain


@cache
def _dated() -> re.Pattern[str]:
    """Return the pattern of a year with what introduces it: "en 2023", "(2023)"."""
    words = lexicon().headings.dated
    plain = "|".join(sorted(map(re.escape, words)))
    large = "|".join(sorted(re.escape(form) for word in words for form in (word, word.capitalize())))
    year = r"(?:19|20)\d\d"
    return re.compile(rf"\s+\b(?:{large})\s+{year}(?![\d/.-]*\d)|\s*\((?:(?:{plain}) )?{year}\)")


def dated(label: str) -> bool:
    """Tell whether a label names a year, so that next year's report prints another."""
    return bool(_YEAR.search(label))


def spelt_alike(one: str, other: str) -> bool:
    """Tell whether two labels are the same but for spacing, plural and gender ("E-mail" and "Email")."""
    return not spellings(one).isdisjoint(spellings(other))


@lru_cache(16_384)
def spellings(label: str) -> frozenset[str]:
    """Return what labels that are spelt alike have in common: the letters, or the stems of the words."""
    words = fold(label).split()
    return frozenset(("".join(words), " ".join(stem(word) for word in words)))


def slip_of(one: str, other: str) -> bool:
    """Tell whether two long labels differ by a letter or two, and in no digit."""
    from difflib import SequenceMatcher

    first, second = fold(one), fold(other)
    if min(len(first), len(second)) < _LONG or _digits(first) != _digits(second):
        return False
    return SequenceMatcher(None, first, second, autojunk=False).ratio() >= _ALIKE


def _digits(folded: str) -> str:
    return "".join(character for character in folded if is_digits(character))
