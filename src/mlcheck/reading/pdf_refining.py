"""Columns and rows of a ruled table that only the place of its words parts."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from mlcheck.model.document import Merge
from mlcheck.reading.pdf_lattice import Lattice
from mlcheck.reading.pdf_lines import FIGURE, Printed, are_apart, text_of

RULED_GAP = 0.7  # blank between two words on either side of an edge, over their size; a space has 0.3
CROSSING = 1.0  # points by which a word may reach over an edge that is not drawn
SAME_LINE = 0.3  # difference of two heights on one line, over the size
MOST = 0.8  # share of the figures of a cell that have a label at their height
HALF_LETTER = 0.3  # how far above the foot of a line its middle is, over the size


class HeldLine(Struct, frozen=True):
    """A line of words within one cell."""

    base: float
    angle: int
    words: tuple[Printed, ...]

    @property
    def is_figure(self) -> bool:
        """Whether it is a figure and nothing else."""
        return bool(FIGURE.fullmatch(text_of(self.words)))


Held = dict[int, list[HeldLine]]


def with_columns_parted(lattice: Lattice, held: Held) -> Lattice:
    """Return the lattice with each cell cut that holds words far apart, one group a column."""
    cells: list[Merge] = []
    for index, cell in enumerate(lattice.cells):
        if cell.left < cell.right and _holds_columns(lattice, cell, held.get(index, [])):
            cells += (Merge(cell.top, at, cell.bottom, at) for at in range(cell.left, cell.right + 1))
        else:
            cells.append(cell)
    return Lattice(lattice.columns, lattice.rows, cells)


def _holds_columns(lattice: Lattice, cell: Merge, lines: Sequence[HeldLine]) -> bool:
    edges = lattice.columns[cell.left + 1 : cell.right + 1]
    several = False
    for line in lines:
        for printed in line.words:
            left, _, right, _ = printed.word.box
            if any(left + CROSSING < edge < right - CROSSING for edge in edges):
                return False
        for one, two in pairwise(line.words):
            if bisect_right(edges, one.word.box[0]) != bisect_right(edges, two.word.box[0]):
                if not are_apart(one, two, RULED_GAP):
                    return False
                several = True
    return several


def with_rows_parted(lattice: Lattice, held: Held) -> Lattice:
    """Return the lattice with each row cut that holds one figure under another beside as many labels."""
    for row in range(len(lattice.rows) - 2, -1, -1):
        lines = {
            index: held[index]
            for index, cell in enumerate(lattice.cells)
            if index in held and cell.top == cell.bottom == row
        }
        bases = _bases(lines)
        if len(bases) > 1:
            lattice = _cut(lattice, row, bases, lines)
    return lattice


def _bases(lines: Held) -> list[float]:
    """Return the heights of the figures that stand one under another in a row, none where it is whole."""
    figures = [found for found in lines.values() if len(found) > 1 and all(line.is_figure for line in found)]
    if not figures:
        return []
    bases = sorted(line.base for line in max(figures, key=len))
    level = SAME_LINE * figures[0][0].words[0].size
    if not all(_stand_at(found, bases, level) for found in figures):
        return []
    labels = (found for found in lines.values() if not any(line.is_figure for line in found))
    for found in labels:
        beside = sum(any(abs(line.base - base) <= level for line in found) for base in bases)
        if beside >= MOST * len(bases):
            return bases
    return []


def _stand_at(lines: Sequence[HeldLine], bases: Sequence[float], level: float) -> bool:
    return all(any(abs(line.base - base) <= level for base in bases) for line in lines)


def _cut(lattice: Lattice, row: int, bases: list[float], lines: Held) -> Lattice:
    """Return the lattice with a row cut between some heights; a lone label goes on over the new rows."""
    lift = HALF_LETTER * next(iter(lines.values()))[0].words[0].size
    cuts = [(one + two) / 2 - lift for one, two in pairwise(bases)]
    added = len(cuts)
    cells: list[Merge] = []
    for index, cell in enumerate(lattice.cells):
        top = cell.top + (added if cell.top > row else 0)
        bottom = cell.bottom + (added if cell.bottom >= row else 0)
        found = lines.get(index, [])
        whole = len(found) == 1 and not found[0].is_figure
        if cell.top == cell.bottom == row and not whole:
            cells += (Merge(at, cell.left, at, cell.right) for at in range(row, row + added + 1))
        else:
            cells.append(Merge(top, cell.left, bottom, cell.right))
    rows = [*lattice.rows[: row + 1], *cuts, *lattice.rows[row + 1 :]]
    return Lattice(lattice.columns, rows, cells)
