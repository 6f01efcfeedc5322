"""How well the figures of a row suit the columns that its neighbours make."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations
from math import log10

from msgspec import Struct

from mlcheck.extraction.flattened.figures import Tail
from mlcheck.extraction.flattened.readings import (
    Printed,
    Reading,
    is_additive,
    readings,
    unit_of,
    value_of,
)  # fmt: skip

STRANGE = 4.0  # what a figure of another unit weighs, in powers of ten
EXCESS = 2.0  # what a part above its total weighs, besides the powers of ten between them
WIDEST = 8  # columns of a body whose rows may leave cells empty
Columns = Sequence["Column | None"]


class Column(Struct, frozen=True):
    """What the rows of one reading say of a column: its sizes in powers of ten, its total, its unit.

    `strict` tells that two thirds of its figures, two at least, have this unit.
    """

    low: float
    high: float
    total: float | None
    unit: str
    strict: bool
    parts: int

    def is_strange(self, cell: Printed) -> bool:
        """Tell whether a figure prints another unit than those of its column."""
        unit = unit_of(cell)
        return self.strict and bool(unit) and unit != self.unit


def columns_of(options: Sequence[list[Reading]], count: int, totals: set[int]) -> list[Column | None]:
    """Return what the rows of one reading say of each column; None where there are none."""
    sure = [(i, found[0].cells) for i, found in enumerate(options) if len(found) == 1 and found[0].cells]
    columns: list[Column | None] = []
    for at in range(count):
        parts = [cells[at] for i, cells in sure if i not in totals]
        whole = [size for i, cells in sure if i in totals and (size := size_of(cells[at])) is not None]
        sizes = [size for cell in parts if (size := size_of(cell)) is not None]
        units = Counter(unit for cell in parts if (unit := unit_of(cell)))
        total = max(whole, default=None)
        if sizes:
            unit, borne = units.most_common(1)[0]
            strict = borne > 1 and borne * 3 >= units.total() * 2
            columns.append(Column(min(sizes), max(sizes), total, unit, strict, len(sizes)))
        else:
            columns.append(Column(0.0, total, total, "", False, 0) if total is not None else None)
    return columns


def size_of(cell: Printed) -> float | None:
    """Return the power of ten of a figure, None where there is none: a nil says nothing of its column's size."""
    value = value_of(cell) if unit_of(cell) else None
    return log10(abs(value) + 1) if value else None


def misfit(cells: Sequence[Printed], columns: Columns, *, total: bool) -> float:
    """Return by how many powers of ten the figures of a row are outside their columns."""
    return sum(_misfit(cell, c, total) for cell, c in zip(cells, columns, strict=True) if c is not None)


def _misfit(cell: Printed, column: Column, total: bool) -> float:
    size = size_of(cell)
    if size is None:
        return 0.0
    found = STRANGE if column.is_strange(cell) else 0.0
    if total:
        if not is_additive(column.unit) or not column.parts:
            return found
        if size < column.high:
            return found + EXCESS + column.high - size
        return found + max(0.0, size - column.high - log10(2 * column.parts))
    found += max(column.low - size, size - column.high, 0.0)
    if column.total is not None and is_additive(column.unit) and size > column.total:
        found += EXCESS + size - column.total
    return found


def partial(tail: Tail, columns: Columns, *, by_units: bool) -> list[Reading]:
    """Return the readings of a row that leaves cells empty: all, or those where units say which are empty."""
    found: list[Reading] = []
    for count in range(max(tail.fewest, 1), min(tail.most, len(columns) - 1) + 1):
        for reading in readings(tail, count) or []:
            spots = list(_spots(reading.cells, columns))
            if len(spots) == 1 or (spots and not by_units):
                placed = dict(zip(spots[0], reading.cells, strict=True))
                found.append(Reading(0, tuple(placed.get(at, ()) for at in range(len(columns)))))
    return found


def _spots(cells: Sequence[Printed], columns: Columns) -> Iterator[tuple[int, ...]]:
    """Yield the columns, in order, that the cells of a row may stand in by their units."""
    if len(columns) > WIDEST:
        return
    for spots in combinations(range(len(columns)), len(cells)):
        pairs = [(cell, columns[at]) for cell, at in zip(cells, spots, strict=True)]
        if not any(c is not None and c.is_strange(cell) for cell, c in pairs):
            yield spots
