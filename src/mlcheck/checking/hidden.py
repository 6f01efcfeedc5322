"""What a report hides and does not publish: it is never held to account, and named where it explains a gap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import combinations

from mlcheck.model.constraints import Constraint
from mlcheck.model.figure import Place
from mlcheck.model.table import Entry

MOST = 2  # hidden lines that together explain a gap; of more, all or none


def is_hidden(place: Place) -> bool:
    """Tell whether a figure stands in a hidden sheet, row or column; a zero that is not shown does not."""
    lines = (line for line in (place.line, place.across) if line is not None)
    return (place.table is not None and place.table.hidden) or any(line.hidden for line in lines)


def asks_of_hidden(one: Constraint, places: Mapping[int, Place]) -> bool:
    """Tell whether a constraint takes in a figure that is not published."""
    figures = {figure for side in one.sides for figure, _ in side.terms}
    return any(is_hidden(places[figure]) for figure in figures if figure in places)


def hidden_part(one: Constraint, places: Mapping[int, Place]) -> tuple[int, ...]:
    """Return the hidden figures beside the parts of a violated sum that make up for its gap, none where none do."""
    stated = places.get(one.stated if one.stated is not None else -1)
    if one.kind != "sum" or stated is None or stated.table is None or stated.at is None:
        return ()
    terms = one.sides[0].terms
    own = next((Fraction(c) for figure, c in terms if figure == one.stated), Fraction(0))
    values = [(places[f].quantity, Fraction(c)) for f, c in terms]
    if not own or stated.quantity is None:
        return ()
    gap = sum((c * q.value for q, c in values if q is not None), Fraction(0)) / own
    return next(
        (found for hidden in _beside(stated, one, places) if (found := _makes(hidden, gap, stated))), ()
    )


def _beside(stated: Place, one: Constraint, places: Mapping[int, Place]) -> Sequence[list[Entry]]:
    """Return the hidden figures of the column of a total, or of its row: where its parts stand."""
    table, at = stated.table, stated.at
    assert table is not None
    assert at is not None
    parts = [
        p.at for f, _ in one.sides[0].terms if (p := places[f]).table is table and p.at and f != one.stated
    ]
    found = []
    for axis, lines in ((0, table.rows), (1, table.columns)):
        if parts and all(part[1 - axis] == at[1 - axis] for part in parts):
            found.append(
                [e for place, e in table.entries.items()
                 if place[1 - axis] == at[1 - axis] and lines[place[axis]].hidden and e.quantity is not None]
            )  # fmt: skip
    return found


def _makes(hidden: list[Entry], gap: Fraction, stated: Place) -> tuple[int, ...]:
    """Return the hidden figures that make a gap: all of them, or few."""
    half = stated.quantity.half_unit if stated.quantity else Fraction(0)
    sizes = sorted({len(hidden), *range(1, MOST + 1)} - {0})
    for size in sizes:
        for chosen in combinations(hidden[:50], size) if size <= MOST else [tuple(hidden)]:
            total = sum((e.quantity.value for e in chosen if e.quantity is not None), Fraction(0))
            if chosen and abs(total - gap) <= half:
                return tuple(entry.figure for entry in chosen)
    return ()
