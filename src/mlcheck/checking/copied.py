"""A figure that prints what stands elsewhere: last year's, its neighbour's, the other number of its sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mlcheck.checking.places import Place
from mlcheck.translation import N_

LAST_YEAR = N_("last year's figure of the same place")
NEIGHBOUR = N_("the figure of the next cell")
EXCHANGED = N_("the other number of the sentence")
TELLING = 50  # a smaller figure stands in many places by chance


def copied_from(place: Place, places: Mapping[int, Place], former: Mapping[int, int]) -> str | None:
    """Return the message that says where a figure seems copied from, None where it prints nothing known."""
    if place.quantity is None or abs(place.quantity.value) < TELLING:
        return None
    then = places.get(former.get(place.figure, -1))
    if then is not None and _same(place, then):
        return LAST_YEAR
    if any(_same(place, other) for other in _neighbours(place, places)):
        return NEIGHBOUR
    if any(_same(place, other) for other in _sentence(place, places)):
        return EXCHANGED
    return None


def _same(place: Place, other: Place) -> bool:
    return (
        place.quantity is not None
        and other.quantity is not None
        and place.quantity.value == other.quantity.value
    )


def _neighbours(place: Place, places: Mapping[int, Place]) -> Iterator[Place]:
    """Yield the figures of the cells above, below, before and after, totals left out."""
    if place.table is None or place.at is None:
        return
    row, column = place.at
    for at in ((row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1)):
        entry = place.table.entries.get(at)
        roles = {place.table.rows[at[0]].role, place.table.columns[at[1]].role} if entry else {"total"}
        if entry is not None and "total" not in roles:
            yield places[entry.figure]


def _sentence(place: Place, places: Mapping[int, Place]) -> Iterator[Place]:
    """Yield the other numbers of the sentence that a figure stands in, of another unit."""
    if place.claim is None or place.quantity is None:
        return
    for other in places.values():
        claim = other.claim
        if claim is None or (claim.locator, claim.text) != (place.locator, place.claim.text):
            continue
        if claim.quantity.unit != place.quantity.unit:
            yield other
