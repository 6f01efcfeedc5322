"""Printed labels as a profile quotes them: on one line, and without the year that its next edition changes."""

from __future__ import annotations

import re
from functools import lru_cache

from mlcheck.profile.headings import key
from mlcheck.words import fold, stem

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DATED = re.compile(r"\s*(?:\b[Ee]n\s+)?(?<!\d)(?:19|20)\d\d(?!\d)")
_EMPTY = re.compile(r"\(\s*\)|\[\s*\]")
_ALIKE = 0.88  # how much of two spellings must be the same for one to be a slip of the other
_LONG = 6  # letters below which two labels that differ by one are two labels


@lru_cache(16_384)
def tidy(label: str) -> str:
    """Return a label on one line, without the colon at its end."""
    return " ".join(label.split()).rstrip(" :")


@lru_cache(16_384)
def without_years(label: str) -> str:
    """Return a tidy label without its years ("Nombre de PEC signés en 2023" gives "Nombre de PEC signés").

    Where taking a year out would change what the label is compared by, it stays as printed.
    """
    plain = tidy(label)
    cut = " ".join(_EMPTY.sub(" ", _DATED.sub("", plain)).split()).strip(" -–—:,;/")
    return cut if key(cut) == key(plain) else plain


def dated(label: str) -> bool:
    """Tell whether a label names a year, so that next year's report prints another."""
    return bool(_YEAR.search(label))


def spelt_alike(one: str, other: str) -> bool:
    """Tell whether two labels are the same but for spacing, plural and gender ("E-mail" and "Email")."""
    first, second = fold(one), fold(other)
    if first.replace(" ", "") == second.replace(" ", ""):
        return True
    return _stems(first) == _stems(second)


def slip_of(one: str, other: str) -> bool:
    """Tell whether two long labels differ by a letter or two, and in no digit."""
    from difflib import SequenceMatcher

    first, second = fold(one), fold(other)
    if min(len(first), len(second)) < _LONG or _digits(first) != _digits(second):
        return False
    return SequenceMatcher(None, first, second, autojunk=False).ratio() >= _ALIKE


def _stems(folded: str) -> tuple[str, ...]:
    return tuple(stem(word) for word in folded.split())


def _digits(folded: str) -> str:
    return "".join(character for character in folded if character.isdigit())
