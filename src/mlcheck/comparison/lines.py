"""The rows or columns that two tables have in common, found by their labels."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import lru_cache

from msgspec import Struct

from mlcheck.language.lexicon import lexicon
from mlcheck.language.words import fold
from mlcheck.model.table import Line

Match = tuple[int, bool]  # the index of the other line, and whether their words are the same


class Key(Struct, frozen=True):
    """What a line is known by: what the profile calls it, its folded label, and the titles above it."""

    identity: tuple[str, ...]
    words: Words
    path: Words
    total: bool


STAGES: tuple[Callable[[Key], Hashable], ...] = (
    lambda key: key.identity and (key.identity, key.path),
    lambda key: (key.path, key.words),
    lambda key: key.identity,
    lambda key: key.words,
)
"""What two lines may share, the surest first; what is empty is no match."""
Words = tuple[str, ...]
_YEAR = re.compile(r"(?:19|20)[0-9][0-9]")
LONG = 5  # letters of a word that may be mistyped: "CDI" and "CDD" are two words


def key_of(line: Line, shift: int) -> Key:
    """Return the key of a line, its years less `shift`."""
    identity: tuple[str, ...] = ()
    if line.member is not None:
        identity = ("member", line.dimension or "", line.member)
    elif line.measure is not None:
        identity = ("measure", line.measure)
    path = tuple(word for title in line.path for word in words_of(title, shift))
    return Key(identity, words_of(line.label, shift), path, line.role == "total")


def matched(ours: Sequence[Key], theirs: Sequence[Key]) -> dict[int, Match]:
    """Return the lines of one axis that both tables have, by our index.

    Lines called alike are paired in order where both tables have as many of them, and left alone
    where they have not: which of them is missing is not guessed.
    """
    found: dict[int, Match] = {}
    for stage in STAGES:
        groups = _groups(theirs, stage, {other for other, _ in found.values()})
        for shared, own in _groups(ours, stage, set(found)).items():
            others = groups.get(shared, [])
            pairs = list(zip(own, others, strict=False))
            if len(own) == len(others) and all(_compatible(ours[a], theirs[b]) for a, b in pairs):
                found |= {a: (b, True) for a, b in pairs}
    _add_near(ours, theirs, found)
    _add_lone(ours, theirs, found)
    return found


def _groups(
    keys: Sequence[Key], stage: Callable[[Key], Hashable], taken: set[int]
) -> dict[Hashable, list[int]]:
    groups: dict[Hashable, list[int]] = {}
    for index, key in enumerate(keys):
        if index not in taken and (shared := stage(key)):
            groups.setdefault(shared, []).append(index)
    return groups


def _compatible(one: Key, other: Key) -> bool:
    """Tell whether nothing known of two lines called alike speaks against their being the same."""
    if one.identity and other.identity and one.identity[0] == other.identity[0]:
        return one.identity == other.identity
    if not one.path or not other.path or one.path == other.path:
        return True
    return years_in(one.path) == years_in(other.path) and not set(one.path).isdisjoint(other.path)


def _add_near(ours: Sequence[Key], theirs: Sequence[Key], found: dict[int, Match]) -> None:
    """Add lines whose labels are a small edit apart, where each is the only one for the other."""
    taken = {other for other, _ in found.values()}
    own = {index: key.words for index, key in enumerate(ours) if index not in found}
    others = {index: key.words for index, key in enumerate(theirs) if index not in taken}
    close = closest(own, others)
    found |= {a: (b, False) for a, b in close if _compatible(ours[a], theirs[b])}


def _add_lone(ours: Sequence[Key], theirs: Sequence[Key], found: dict[int, Match]) -> None:
    """Add the only line of both where one has no label, and a total named otherwise where all else is matched."""
    taken = {other for other, _ in found.values()}
    own = [index for index in range(len(ours)) if index not in found]
    others = [index for index in range(len(theirs)) if index not in taken]
    if len(own) != 1 or len(others) != 1:
        return
    one, other = ours[own[0]], theirs[others[0]]
    unlabelled = len(ours) == len(theirs) == 1 and not (one.words and other.words)
    totals = len(ours) > 1 and one.total and other.total
    if (unlabelled or totals) and _compatible(one, other):
        found[own[0]] = (others[0], False)


# The words by which two files name the same line or sentence.


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
        if _near(words, theirs[their])
    ]
    counts = Counter(("left", our) for our, _ in close) + Counter(("right", their) for _, their in close)
    return [(our, their) for our, their in close if counts["left", our] == 1 == counts["right", their]]


def _initials(words: Words) -> Words:
    """Return the first letters, which words that are near one another share."""
    return tuple(word[0] for word in words)


def _near(ours: Words, theirs: Words) -> bool:
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
    return word[:-1] if len(word) > 3 and word.endswith(lexicon().plurals) else word


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
