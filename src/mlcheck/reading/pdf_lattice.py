"""Rulings that cross make a lattice: columns, rows, and the cells that no ruling cuts."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import pairwise, product

from msgspec import Struct

from mlcheck.model.document import Box, Merge
from mlcheck.reading.pdf_crossings import JOIN, SHORTEST, crossings_of
from mlcheck.reading.pdf_rulings import Drawings, Ruling

SLIVER = 4.5  # points: a row or column of a table that is narrower holds no text, only a double ruling
MAX_SQUARES = 20_000  # columns times rows of a lattice: more are a pattern
MAX_LATTICES = 200  # of a page; the largest are kept
Square = tuple[int, int]


class Lattice(Struct):
    """The edges of columns and rows, and the cells as ranges of them that cover the whole lattice."""

    columns: list[float]
    rows: list[float]
    cells: list[Merge]

    @property
    def box(self) -> Box:
        """The box around the lattice."""
        return self.columns[0], self.rows[0], self.columns[-1], self.rows[-1]

    def box_of(self, cell: Merge) -> Box:
        """Return the box of one of its cells."""
        columns, rows = self.columns, self.rows
        box = columns[cell.left], rows[cell.top], columns[cell.right + 1], rows[cell.bottom + 1]
        return round(box[0], 1), round(box[1], 1), round(box[2], 1), round(box[3], 1)


def lattices_of(drawings: Drawings) -> list[Lattice]:
    """Return the lattices of a page of two columns at least, the smallest first."""
    found = []
    for level, upright in crossings_of(drawings):
        columns, rows = _edges(upright, level), _edges(level, upright)
        if len(columns) > 2 and len(rows) > 1 and len(columns) * len(rows) <= MAX_SQUARES:
            found.append(Lattice(columns, rows, _cells(columns, rows, level, upright)))
    return sorted(found, key=lambda lattice: _area(lattice.box))[-MAX_LATTICES:]


def _edges(across: list[Ruling], along: list[Ruling]) -> list[float]:
    """Return where the rulings of one direction stand, with an open side where the others end together."""
    edges: list[float] = []
    for at in sorted(ruling[0] for ruling in across):
        if not edges or at - edges[-1] > SLIVER:
            edges.append(at)
    if not edges:
        return edges
    starts = [ruling[1] for ruling in along if ruling[1] < edges[0] - SHORTEST]
    ends = [ruling[2] for ruling in along if ruling[2] > edges[-1] + SHORTEST]
    first = [min(starts)] if len(starts) > 1 and max(starts) - min(starts) <= JOIN else []
    last = [max(ends)] if len(ends) > 1 and max(ends) - min(ends) <= JOIN else []
    return first + edges + last


def _cells(
    columns: list[float], rows: list[float], level: list[Ruling], upright: list[Ruling]
) -> list[Merge]:
    """Return the cells: squares of the lattice joined where no ruling parts them."""
    below = _parted(rows, columns, level)
    after = _parted(columns, rows, upright)
    width, height = len(columns) - 1, len(rows) - 1
    taken: set[Square] = set()
    cells = []
    for row, column in product(range(height), range(width)):
        if (row, column) in taken:
            continue
        right = column
        while right + 1 < width and (right + 1, row) not in after and (row, right + 1) not in taken:
            right += 1
        bottom = row
        while bottom + 1 < height and _open_below(bottom, column, right, below, after, width):
            bottom += 1
        cells.append(Merge(row, column, bottom, right))
        taken.update(product(range(row, bottom + 1), range(column, right + 1)))
    return cells


def _open_below(row: int, left: int, right: int, below: set[Square], after: set[Square], width: int) -> bool:
    """Tell whether a cell goes on in the next row: nothing under it, and the same sides there."""
    if any((row + 1, column) in below for column in range(left, right + 1)):
        return False
    closed = (left == 0 or (left, row + 1) in after) and (right + 1 == width or (right + 1, row + 1) in after)
    return closed and not any((column, row + 1) in after for column in range(left + 1, right + 1))


def _parted(across: list[float], along: list[float], rulings: list[Ruling]) -> set[Square]:
    """Return (edge, place) for every stretch of an edge that a ruling covers, past half of its length."""
    middles = [(one + two) / 2 for one, two in pairwise(along)]
    return {
        (bisect_right(across, at) - 1, place)
        for at, start, end in rulings
        for place in range(bisect_left(middles, start), bisect_right(middles, end))
    }


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])
