"""The words by which two files name the same line or sentence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

from mlcheck.words import fold

Words = tuple[str, ...]
_YEAR = re.compile(r"(?:19|20)\d\d")
LONG = 5  # letters of a word that may be mistyped: "CDI" and "CDD" are two words


@lru_cache(65_536)
def words_of(text: str, shift: int = 0) -> Words:
    """Return the folded words of `text`, its years less `shift`: so reports of two years name the same things."""
    words = fold(text).split()
    return tuple(str(int(w) - shift) if shift and _YEAR.fullmatch(w) else w for w in words)


def years_in(words: Words) -> set[str]:
    """Return the years among folded words."""
    return {word for word in words if _YEAR.fullmatch(word)}


def closest(ours: Mapping[int, Words], theirs: Mapping[int, Words]) -> list[tuple[int, int]]:
    """Return the indexes of the words that are near one another, where each are the only ones for the other."""
    by_initials: dict[Words, list[int]] = {}
    for index, words in theirs.items():
        by_initials.setdefault(_initials(words), []).append(index)
    close = [
        (our, their)
        for our, words in ours.items()
        for their in by_initials.get(_initials(words), ())
        if near(words, theirs[their])
    ]
    counts = Counter(("left", our) for our, _ in close) + Counter(("right", their) for _, their in close)
    return [(our, their) for our, their in close if counts["left", our] == 1 == counts["right", their]]


def _initials(words: Words) -> Words:
    """Return the first letters, which words that are near one another share."""
    return tuple(word[0] for word in words)


def near(ours: Words, theirs: Words) -> bool:
    """Tell whether words differ only in plurals, and in one typing error of a long word at most."""
    if len(ours) != len(theirs) or not ours:
        return False
    slips = 0
    for our, their in zip(ours, theirs, strict=True):
        if _singular(our) != _singular(their):
            slips += 1
            if slips > 1 or not _mistyped(our, their):
                return False
    return True


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word[-1] in "sx" else word


def _mistyped(one: str, other: str) -> bool:
    """Tell whether two long words that start alike are one letter apart: changed, left out, added or swapped."""
    if min(len(one), len(other)) < LONG or one[0] != other[0] or not (one + other).isalpha():
        return False
    shorter, longer = sorted((one, other), key=len)
    if len(longer) - len(shorter) > 1:
        return False
    at = next((n for n, (a, b) in enumerate(zip(shorter, longer, strict=False)) if a != b), len(shorter))
    if len(shorter) < len(longer):
        return shorter[at:] == longer[at + 1 :]
    swapped = shorter[:at] + shorter[at : at + 2][::-1] + shorter[at + 2 :]
    return shorter[at + 1 :] == longer[at + 1 :] or swapped == longer
