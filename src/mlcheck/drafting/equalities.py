"""Equalities between tables that hold now, and that their words make more than a coincidence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import combinations

from mlcheck.drafting.agreement import LEAST, counts_the_same, is_about, same_chapter
from mlcheck.drafting.spots import Spot
from mlcheck.profile.figures import TOTAL

SURE = 3  # members whose numbers, not zero, are the same one by one: no chance

Place = tuple[str, str | None]
Pair = tuple[Spot, Spot]
Members = dict[str, dict[str | None, Spot]]


class Equal:
    """Which measures of tables are known to have the same total, by rules found before or inherited."""

    __slots__ = ("above",)

    def __init__(self) -> None:
        self.above: dict[Place, Place] = {}

    def root(self, place: Place) -> Place:
        """Return the place that stands for all those known to be equal to `place`."""
        while place in self.above:
            place = self.above[place]
        return place

    def join(self, one: Place, other: Place) -> bool:
        """Note that two places are equal; return whether that was not known."""
        first, second = self.root(one), self.root(other)
        if first == second:
            return False
        self.above[second] = first
        return True


def by_member(spots: Sequence[Spot], equal: Equal) -> Iterator[tuple[str, list[Pair]]]:
    """Yield the pairs of measures that are equal member by member, with the dimension they share."""
    for (one, first), (other, second) in combinations(by_place(spots).items(), 2):
        if one[0] != other[0]:
            for dimension, pairs in shared(first, second, _are_equal):
                if _is_sure(pairs) and equal.join(one, other):
                    yield dimension, pairs


def by_total(spots: Sequence[Spot], equal: Equal) -> Iterator[Pair]:
    """Yield the pairs of totals that are equal and count the same by their words."""
    for totals in _totals(spots, least=0).values():
        for one, other in combinations(totals, 2):
            apart = one.reference.table != other.reference.table
            if apart and counts_the_same(one, other) and equal.join(place_of(one), place_of(other)):
                yield one, other


def member_and_total(spots: Sequence[Spot]) -> Iterator[Pair]:
    """Yield a member of a table and the total of another table that is about that member alone."""
    totals = _totals(spots, least=LEAST)
    for one in spots:
        if one.reference.row != TOTAL:
            for other in totals.get(one.value, ()):
                if one.unit == other.unit and is_about(one, other):
                    yield one, other


def place_of(spot: Spot) -> Place:
    """Return the measure that a spot is a figure of: its table and column."""
    return spot.reference.table, spot.reference.column


def _are_equal(one: Spot, other: Spot) -> bool:
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
    return not contrary and same_chapter(one, other) and (filled >= SURE or counts_the_same(one, other))


def by_place(spots: Sequence[Spot]) -> dict[Place, Members]:
    """Return the spots of each measure by dimension and member, totals left out."""
    places: dict[Place, Members] = {}
    for spot in spots:
        if spot.dimension is not None:
            places.setdefault(place_of(spot), {}).setdefault(spot.dimension, {})[spot.reference.row] = spot
    return places


def shared(
    first: Members, second: Members, holds: Callable[[Spot, Spot], bool]
) -> Iterator[tuple[str, list[Pair]]]:
    """Yield each dimension that two measures share, with their figures side by side, if they hold for each member."""
    for dimension, members in first.items():
        others = second.get(dimension, {})
        pairs = []
        for row, spot in members.items():
            if row in others:
                if not holds(spot, others[row]):
                    break
                pairs.append((spot, others[row]))
        else:
            yield dimension, pairs


def _totals(spots: Sequence[Spot], *, least: int) -> dict[Fraction, list[Spot]]:
    """Return the totals by their value, which is not zero nor below `least`."""
    found: dict[Fraction, list[Spot]] = {}
    for spot in spots:
        if spot.reference.row == TOTAL and spot.value and spot.value >= least:
            found.setdefault(spot.value, []).append(spot)
    return found
