"""The figures of tables and sentences that were matched, compared one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mlcheck.checking.comparison.quantities import agreement
from mlcheck.checking.findings import title_of
from mlcheck.checking.places import Place
from mlcheck.model.comparison import Agreement, Alone, Compared, Side, Stated

NIL = ("nil", "blank")
Both = tuple[Place, Place]


def side_by_side(pairs: Iterable[Both]) -> tuple[list[Compared], list[Alone]]:
    """Return what both files state, and what one states where the other prints no number."""
    compared: list[Compared] = []
    alone: list[Alone] = []
    for left, right in pairs:
        found = _agreement(left, right)
        if found is not None:
            compared.append(_compared(found, left, right))
        elif left.quantity is not None:
            alone.append(alone_of("left", left, beside=right.printed))
        elif right.quantity is not None:
            alone.append(alone_of("right", right, beside=left.printed))
    return compared, alone


def _agreement(left: Place, right: Place) -> Agreement | None:
    """Return how two figures compare, None where one of them states nothing."""
    if left.quantity is not None and right.quantity is not None:
        return agreement(left.quantity, right.quantity)
    if left.state in NIL and right.state in NIL:
        return "nil"
    number, other = (left, right) if left.quantity is not None else (right, left)
    if number.quantity is None or other.state not in NIL:
        return None
    if number.quantity.mantissa == 0:
        return "nil"
    return "different" if other.state == "nil" else None


def _compared(found: Agreement, left: Place, right: Place) -> Compared:
    return Compared(
        found,
        left.section or right.section,
        title_of(left),
        left.label or right.label,
        Stated(left.figure, left.locator, left.printed, left.quantity),
        Stated(right.figure, right.locator, right.printed, right.quantity),
    )


def alone_of(side: Side, place: Place, *, beside: str | None = None, whole: bool = False) -> Alone:
    """Return a figure that only one file states."""
    home = place.table.locator if place.table is not None else place.locator
    return Alone(
        side, place.section, title_of(place), place.label,
        Stated(place.figure, place.locator, place.printed, place.quantity), home, beside, whole,
    )  # fmt: skip


def unmatched(side: Side, places: Iterable[Place], matched: set[int], whole: set[str]) -> Iterator[Alone]:
    """Yield the published numbers that no pair holds; `whole` are the tables that were compared with none."""
    for place in places:
        if place.figure not in matched and place.quantity is not None and not _hidden(place):
            yield alone_of(side, place, whole=place.table is not None and place.table.name in whole)


def _hidden(place: Place) -> bool:
    return place.hidden or (place.table is not None and place.table.hidden)
