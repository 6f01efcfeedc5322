"""Whether the words over two figures say that they count the same."""

from __future__ import annotations

from functools import cache

from mlcheck.drafting.spots import Spot
from mlcheck.lexicon import lexicon
from mlcheck.words import fold, stem, stems

LEAST = 20  # below it, two numbers are too often the same by chance for a shared section to be a reason


def counts_the_same(one: Spot, other: Spot) -> bool:
    """Tell whether the words over two spots say that they count the same.

    Two heads must have the same words, and stand in the same section or say more than whom they count; where
    one has none, the section must be the same, or its words be found over the other.
    """
    if one.unit != other.unit:
        return False
    if one.measure and other.measure:
        near = one.part == other.part and bool(one.part)
        return one.measure == other.measure and (near or (same_chapter(one, other) and telling(one.measure)))
    if one.value < LEAST or not same_chapter(one, other):
        return False
    return one.part == other.part or _named_over(one, other) or _named_over(other, one)


def telling(words: frozenset[str]) -> bool:
    """Tell whether words say more than that persons, files or euros are counted."""
    return bool(words - _common())


def same_chapter(one: Spot, other: Spot) -> bool:
    """Tell whether two figures stand under the same first heading."""
    return bool(one.part) and one.part[:1] == other.part[:1]


def _named_over(one: Spot, other: Spot) -> bool:
    """Tell whether the section of a spot without a head is named in the words over another."""
    words = frozenset(stem(word) for word in one.part[-1]) & one.context
    return not one.measure and telling(words) and words <= other.measure | other.context


def is_about(one: Spot, other: Spot) -> bool:
    """Tell whether a total counts just the member `one`: its words name the member, and all else is over `one`."""
    words = stems((one.reference.row or "").split("(")[0])
    if one.reference.table == other.reference.table or not telling(words):
        return False
    return words <= other.measure and other.measure - words <= one.measure | one.context


@cache
def _common() -> frozenset[str]:
    return frozenset(stem(fold(word)) for word in lexicon("fr-drafting")["measures"]["common"])
