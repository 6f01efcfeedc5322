"""Whether a body whose totals add up would do so in one column more, or one less, as well."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from math import prod

from mlcheck.extraction.flattened.readings import Printed, is_cell
from mlcheck.extraction.flattened.rows import Row
from mlcheck.extraction.flattened.sums import column_closeness, sums_of

MOST_CUTS = 1024  # ways of cutting the figures of one column that are tried
Cells = Sequence[tuple[Printed, ...]]


def may_be_cut(rows: Sequence[Row], cells: Cells) -> bool:
    """Tell whether totals add up as well with one column cut in two, or two made one, row for row.

    They do where no part carries into the thousands: 1 234 + 2 345 = 3 579.
    """
    filled = [row for row in cells if row]
    width = min(map(len, filled))
    merged = any(
        all(row[at] and row[at + 1] and is_cell(row[at] + row[at + 1]) for row in filled)
        for at in range(width - 1)
    )
    return merged or any(_may_cut(rows, cells, at) for at in range(width))


def _may_cut(rows: Sequence[Row], cells: Cells, at: int) -> bool:
    cuts = [_cuts(row[at]) if row else [((), ())] for row in cells]
    if not all(cuts):
        return False
    return prod(map(len, cuts)) > MOST_CUTS or any(_adds_up(rows, halves) for halves in product(*cuts))


def _cuts(cell: Printed) -> list[tuple[Printed, Printed]]:
    """Return the ways in which a figure may be two."""
    found = [(cell[:at], cell[at:]) for at in range(1, len(cell))]
    return [
        (a, b) for a, b in found if is_cell(a) and is_cell(b) and (b[0].text == "0" or b[0].text[0] != "0")
    ]


def _adds_up(rows: Sequence[Row], halves: Sequence[tuple[Printed, ...]]) -> bool:
    """Tell whether every total of two columns adds up, where it may be summed."""
    return all(
        column_closeness([halves[i] for i in parts], halves[total], at) in ("exact", "open")
        for total, parts in sums_of(rows)
        for at in (0, 1)
    )
