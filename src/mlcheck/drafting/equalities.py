"""Equalities between tables that hold now, and that their words make more than a coincidence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import cache, lru_cache
from itertools import combinations, permutations

from mlcheck.drafting.cells import NamedCell
from mlcheck.drafting.outline import heading_path
from mlcheck.language.lexicon import lexicon
from mlcheck.language.words import fold, stem, stems
from mlcheck.profile.resolve import TOTAL

SURE = 3  # members whose numbers, not zero, are the same one by one: no chance
TableMember = tuple[str, str | None]
Pair = tuple[NamedCell, NamedCell]
Members = dict[str, dict[str | None, NamedCell]]


class Equal:
    """Which measures of tables are known to have the same total, by rules found before or inherited."""

    __slots__ = ("above",)

    def __init__(self) -> None:
        self.above: dict[TableMember, TableMember] = {}

    def root(self, place: TableMember) -> TableMember:
        """Return the place that stands for all those known to be equal to `place`."""
        while place in self.above:
            place = self.above[place]
        return place

    def join(self, one: TableMember, other: TableMember) -> bool:
        """Note that two places are equal; return whether that was not known."""
        first, second = self.root(one), self.root(other)
        if first == second:
            return False
        self.above[second] = first
        return True


LEAST = 20  # below it, two numbers are too often the same by chance for a shared section to be a reason


def by_member(named_cells: Sequence[NamedCell], equal: Equal) -> Iterator[tuple[str, list[Pair]]]:
    """Yield the pairs of measures that are equal member by member, with the dimension they share."""
    for (one, first), (other, second) in combinations(by_place(named_cells).items(), 2):
        if one[0] != other[0]:
            for dimension, pairs in shared(first, second, _are_equal):
                if _is_sure(pairs) and equal.join(one, other):
                    yield dimension, pairs


def by_total(named_cells: Sequence[NamedCell], equal: Equal) -> Iterator[Pair]:
    """Yield the pairs of totals that are equal and count the same by their words."""
    for totals in _totals(named_cells, least=0).values():
        for one, other in combinations(totals, 2):
            apart = one.reference.table != other.reference.table
            if apart and _counts_the_same(one, other) and equal.join(place_of(one), place_of(other)):
                yield one, other


def member_and_total(named_cells: Sequence[NamedCell]) -> Iterator[Pair]:
    """Yield a member of a table and the total of another table that is about that member alone."""
    totals = _totals(named_cells, least=LEAST)
    for one in named_cells:
        if one.reference.row != TOTAL:
            for other in totals.get(one.value, ()):
                if one.unit == other.unit and _is_about(one, other):
                    yield one, other


def place_of(named_cell: NamedCell) -> TableMember:
    """Return the measure that a spot is a figure of: its table and column."""
    return named_cell.reference.table, named_cell.reference.column


def _are_equal(one: NamedCell, other: NamedCell) -> bool:
    return one.value == other.value and one.unit == other.unit


def _is_sure(pairs: Sequence[Pair]) -> bool:
    """Tell whether the words of equal pairs, or their number, leave no room for chance."""
    if len(pairs) < 2:
        return False
    one, other = pairs[0]
    filled = sum(pair[0].value != 0 for pair in pairs)
    if filled < 2 or sum(pair[0].value for pair in pairs) < LEAST:
        return False
    contrary = one.measure and other.measure and one.measure != other.measure
    return not contrary and _same_chapter(one, other) and (filled >= SURE or _counts_the_same(one, other))


def by_place(named_cells: Sequence[NamedCell]) -> dict[TableMember, Members]:
    """Return the places of each measure by dimension and member, totals left out."""
    places: dict[TableMember, Members] = {}
    for named_cell in named_cells:
        if named_cell.dimension is not None:
            places.setdefault(place_of(named_cell), {}).setdefault(named_cell.dimension, {})[
                named_cell.reference.row
            ] = named_cell
    return places


def shared(
    first: Members, second: Members, holds: Callable[[NamedCell, NamedCell], bool]
) -> Iterator[tuple[str, list[Pair]]]:
    """Yield each dimension that two measures share, with their figures side by side, if they hold for each member."""
    for dimension, members in first.items():
        others = second.get(dimension, {})
        pairs = []
        for row, named_cell in members.items():
            if row in others:
                if not holds(named_cell, others[row]):
                    break
                pairs.append((named_cell, others[row]))
        else:
            yield dimension, pairs


def _totals(named_cells: Sequence[NamedCell], *, least: int) -> dict[Fraction, list[NamedCell]]:
    """Return the totals by their value, which is not zero nor below `least`."""
    found: dict[Fraction, list[NamedCell]] = {}
    for named_cell in named_cells:
        if named_cell.reference.row == TOTAL and named_cell.value and named_cell.value >= least:
            found.setdefault(named_cell.value, []).append(named_cell)
    return found


# Whether the words over two figures say that they count the same.


def _counts_the_same(one: NamedCell, other: NamedCell) -> bool:
    """Tell whether the words over two places say that they count the same.

    Two heads must have the same words, and stand in the same section or say more than whom they count; where
    one has none, the section must be the same, or its words be found over the other.
    """
    if one.unit != other.unit:
        return False
    if one.measure and other.measure:
        near = one.part == other.part and bool(one.part)
        return one.measure == other.measure and (
            near or (_same_chapter(one, other) and _telling(one.measure))
        )
    if one.value < LEAST or not _same_chapter(one, other):
        return False
    return one.part == other.part or _named_over(one, other) or _named_over(other, one)


def _telling(words: frozenset[str]) -> bool:
    """Tell whether words say more than that persons, files or euros are counted."""
    return bool(words - _common())


def _same_chapter(one: NamedCell, other: NamedCell) -> bool:
    """Tell whether two figures stand under the same first heading."""
    return bool(one.part) and one.part[:1] == other.part[:1]


def _named_over(one: NamedCell, other: NamedCell) -> bool:
    """Tell whether the section of a spot without a head is named in the words over another."""
    words = frozenset(stem(word) for word in one.part[-1]) & one.context
    return not one.measure and _telling(words) and words <= other.measure | other.context


def _is_about(one: NamedCell, other: NamedCell) -> bool:
    """Tell whether a total counts just the member `one`: its words name the member, and all else is over `one`."""
    words = stems((one.reference.row or "").split("(")[0])
    if one.reference.table == other.reference.table or not _telling(words):
        return False
    return words <= other.measure and other.measure - words <= one.measure | one.context


@cache
def _common() -> frozenset[str]:
    return frozenset(stem(fold(word)) for word in lexicon().drafting.measures.common)


# Parts of another table: what heads and headings themselves call a part.


def parts(named_cells: Sequence[NamedCell], equal: Equal) -> Iterator[tuple[str, list[Pair]]]:
    """Yield the pairs of measures of which the first is at most the second for each member, since words say so.

    Either a heading over the second names the first ("L'emploi (dont l'Alternance)"), or the head of the
    first is that of the second with a restriction. Both must count the same noun.
    """
    places = by_place(named_cells)
    any_of = {
        place: next(named_cell for members in found.values() for named_cell in members.values())
        for place, found in places.items()
    }
    for one, other in permutations(places, 2):
        if one[0] == other[0] or not _is_called_part(any_of[one], any_of[other]):
            continue
        if any(place[0] == other[0] and equal.root(place) == equal.root(one) for place in places):
            continue  # it equals a measure of that table, whose own "dont" is checked there
        for dimension, pairs in shared(places[one], places[other], _is_at_most):
            if sum(part.value > 0 for part, _ in pairs) >= SURE:
                yield dimension, pairs


def _is_called_part(one: NamedCell, other: NamedCell) -> bool:
    if one.counts is None or one.unit != other.unit or one.counts != other.counts:
        return False
    if other.measure < one.measure and _telling(other.measure) and one.part[:1] == other.part[:1]:
        return True
    own = [stems(heading) for heading in heading_path(one.table)]
    named = [words for heading in heading_path(other.table) for words in _named_parts(heading)]
    return any(
        words <= heading and words <= one.measure and not words <= other.measure
        for words in named
        for heading in own
    )


@cache
def _part_named() -> re.Pattern[str]:
    """Return the pattern of a part that a heading names: "(dont l'Alternance)"."""
    words = "|".join(map(re.escape, sorted(lexicon().drafting.measures.part)))
    return re.compile(rf"\b(?:{words})\b(?P<part>[^()]*)", re.IGNORECASE)


@lru_cache(1_024)
def _named_parts(heading: str) -> tuple[frozenset[str], ...]:
    """Return the stems of what a heading calls a part of it."""
    found = (stems(match["part"]) for match in _part_named().finditer(heading))
    return tuple(words for words in found if _telling(words))


def _is_at_most(one: NamedCell, other: NamedCell) -> bool:
    return one.value <= other.value
