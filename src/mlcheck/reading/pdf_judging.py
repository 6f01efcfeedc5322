"""Whether a lattice holds a table, and not a chart, a frame, or columns that no ruling parts."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from mlcheck.reading.pdf_lattice import Lattice
from mlcheck.reading.pdf_lines import FIGURE, Printed, are_apart
from mlcheck.reading.pdf_refining import RULED_GAP, Held

FILLED = 0.5  # share of the rows and of the columns of a table that hold text
BESIDE = 1.5  # cells with text in a row, on average: the bars of a chart have one
PRINTED = 0.3  # share of all cells that hold text
LUMPED = 0.25  # share of cells with several figures beside one another: columns that no ruling parts


def is_table(lattice: Lattice, held: Held) -> bool:
    """Tell whether a lattice holds a table: text in most rows and columns, one thing in each cell."""
    cells = [lattice.cells[index] for index in held]
    rows = {row for cell in cells for row in range(cell.top, cell.bottom + 1)}
    columns = {column for cell in cells for column in range(cell.left, cell.right + 1)}
    height, width = len(lattice.rows) - 1, len(lattice.columns) - 1
    if len(rows) < FILLED * height or len(columns) < FILLED * width:
        return False
    tops = len({cell.top for cell in cells})
    if tops < min(2, height) or len({cell.left for cell in cells}) < 2:
        return False
    if len(cells) < BESIDE * tops or len(cells) < PRINTED * len(lattice.cells):
        return False
    lumped = sum(any(_is_lumped(line.words) for line in lines) for lines in held.values())
    return lumped <= LUMPED * len(held)


def _is_lumped(words: Sequence[Printed]) -> bool:
    """Tell whether a line of a cell holds figures apart from one another, as the columns of a table do."""
    return any(
        FIGURE.fullmatch(one.word.text) and FIGURE.fullmatch(two.word.text) and are_apart(one, two, RULED_GAP)
        for one, two in pairwise(words)
    )
