"""The order of the suspects of a break: the likeliest slip first, and the figure that is out of line with its neighbours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from mlcheck.judging.weights import weights
from mlcheck.model.constraints import Constraint
from mlcheck.model.figure import Place
from mlcheck.solving.slips import RANKS

CLOSE = tuple(Fraction(n, 100) for n in (2, 5, 10, 20, 50, 100, 200))
"""How far from its nearest neighbour a number may lie, in parts of the smaller of the two, by orders of size."""
MOST_NEIGHBOURS = 60
MOST_NEARER = 4  # orders that count: neighbours may be alike by accident


def ordered(
    rows: Sequence[Mapping[str, Any]], main: Constraint, places: Mapping[int, Place]
) -> list[dict[str, Any]]:
    """Return the suspects of a group best first, with their place and whether they tie with the best.

    Before all count what a correction mends and breaks. Then each slip has its likelihood, in hundredths of a nat: one
    that few other numbers could have come by is the likelier. A figure whose neighbours in the lines that cross the
    broken one print numbers like the one that it should be is likelier than one whose neighbours are like it.
    """
    costs = [(_merit(row), _cost(row, main, places)) for row in rows]
    order = sorted(range(len(rows)), key=lambda i: (costs[i], rows[i]["place"]))
    return [{**rows[i], "place": at, "tied": costs[i] == costs[order[0]]} for at, i in enumerate(order, 1)]


def _merit(row: Mapping[str, Any]) -> tuple[bool, int, int]:
    return not row["complete"], -row["mends"], row["breaks"]


def _cost(row: Mapping[str, Any], main: Constraint, places: Mapping[int, Place]) -> int:
    place, known = places[row["figure"]], weights().slips
    kind = row["slip"]
    if kind is None or row["suggested"] is None:
        return known["none"]
    digits = max(len(str(abs(row["suggested"]))), 1)
    if kind == "dropped" and row["slip_rank"] > RANKS["dropped"]:
        kind = "first dropped"
    if kind == "blank" and _is_often_blank(place, main):
        kind = "one of many blanks"
    cost = known[kind] + (known["digit"] * digits if known[kind] < known["changed"] else 0)
    if place.quantity is None or main.kind != "sum" or kind == "exchanged":
        return cost  # the number of the cell beside it is always near its neighbours
    meant = Fraction(row["suggested"], 10 ** row["suggested_scale"])
    return cost - known["neighbour"] * _nearer(place, place.quantity.value, meant, main)


def _nearer(place: Place, printed: Fraction, meant: Fraction, main: Constraint) -> int:
    """Return by how many orders the meant number is nearer to its neighbours than the printed one."""
    beside = list(_neighbours(place, main))
    if len(beside) < 2:
        return 0
    nearer = _distance(printed, beside) - _distance(meant, beside)
    return max(min(nearer, MOST_NEARER), -MOST_NEARER)


def _is_often_blank(place: Place, main: Constraint) -> bool:
    """Tell whether the line of a blank cell prints nothing in most places, so that one more is no wonder."""
    table, at = place.table, place.at
    if table is None or at is None:
        return True
    down = main.siblings.rsplit("|", 3)[1:2] == ["row"]
    length = len(table.columns) if down else len(table.rows)
    own = [table.entries.get((at[0], x) if down else (x, at[1])) for x in range(length)]
    printed = sum(entry is not None and entry.quantity is not None for entry in own)
    return length > 2 and printed * 2 < length


def _neighbours(place: Place, main: Constraint) -> Iterator[Fraction]:
    """Yield what the line of a figure prints where it crosses others than the broken sum, the nearest of them."""
    table, at = place.table, place.at
    if table is None or at is None:
        return
    down = main.siblings.rsplit("|", 3)[1:2] == ["row"]
    length, own = (len(table.columns), at[1]) if down else (len(table.rows), at[0])
    lines = table.columns if down else table.rows
    nearest = sorted((x for x in range(length) if x != own), key=lambda x: (abs(x - own), x))
    for x in nearest[:MOST_NEIGHBOURS]:
        entry = table.entries.get((at[0], x) if down else (x, at[1]))
        alike = lines[x].role == lines[own].role and lines[x].statistic == lines[own].statistic
        if alike and entry is not None and entry.quantity is not None:
            yield entry.quantity.value


def _distance(value: Fraction, beside: Sequence[Fraction]) -> int:
    """Return the order of the distance from a number to the nearest of others."""
    return min(_apart(value, other) for other in beside)


def _apart(one: Fraction, other: Fraction) -> int:
    if one == other:
        return 0
    least = min(abs(one), abs(other))
    if not least or (one < 0) != (other < 0):
        return len(CLOSE) + 1
    far = abs(one - other) / least
    return next((order for order, most in enumerate(CLOSE) if far <= most), len(CLOSE))
