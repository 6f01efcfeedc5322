"""A sheet with the kind of each of its cells, and what it is cut into: regions and texts."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from mlcheck.language.numeral import without_marks
from mlcheck.layout.composite import one_figure_a_cell
from mlcheck.layout.kinds import Kind, kinds_of
from mlcheck.model.document import Cell, Grid, Locator, Merge

At = tuple[int, int]

_YEAR = re.compile(r"(?:19|20)[0-9][0-9]")


class Region(Struct, frozen=True):
    """A rectangle with a table in it; bounds are 0-based and inclusive."""

    top: int
    left: int
    bottom: int
    right: int


class Text(Struct, frozen=True):
    """A text alone on its row or apart from every table."""

    at: At
    text: str
    kind: Kind


class Sheet(Struct, frozen=True):
    """A grid with the kind of each cell, shared by every step of the extraction.

    `parted` maps the further parts of a cell that prints several figures to its first, `merged` each row to the
    merged ranges that cover cells of it.
    """

    grid: Grid
    kinds: dict[At, Kind]
    parted: dict[At, At] = field(default_factory=dict)
    merged: dict[int, list[Merge]] = field(default_factory=dict)

    @property
    def height(self) -> int:
        """The number of rows down to the last filled one."""
        return 1 + max((row for row, _ in self.grid.cells), default=-1)

    def cell(self, at: At) -> Cell | None:
        """Return the cell at a position, or None where it is empty."""
        return self.grid.cells.get(at)


def open_sheet(grid: Grid) -> Sheet:
    """Return the sheet of a grid, one figure a cell; a cell with nothing but characters that nobody sees is empty."""
    printed, grid = grid, one_figure_a_cell(grid)
    kinds = kinds_of(grid.cells)
    if len(kinds) < len(grid.cells):
        grid = replace(grid, cells={at: grid.cells[at] for at in kinds})
    parted = {} if printed is grid or grid.cells == printed.cells else _parted(grid)
    return Sheet(grid, kinds, parted, _merged(grid, kinds))


def _merged(grid: Grid, kinds: Mapping[At, Kind]) -> dict[int, list[Merge]]:
    """Return the merged ranges by the filled rows that they cover."""
    rows = sorted({row for row, _ in kinds})
    found: dict[int, list[Merge]] = {}
    for merge in grid.merges:
        for row in rows[bisect_left(rows, merge.top) : bisect_right(rows, merge.bottom)]:
            found.setdefault(row, []).append(merge)
    return found


def _parted(grid: Grid) -> dict[At, At]:
    """Return the cells that stand where another does, with the first that stands there."""
    first: dict[Locator, At] = {}
    for at in sorted(grid.cells):
        first.setdefault(grid.locate(*at), at)
    return {at: one for at in grid.cells if (one := first[grid.locate(*at)]) != at}


def is_year(sheet: Sheet, at: At) -> bool:
    """Tell whether a cell prints a year."""
    return bool(_YEAR.fullmatch(without_marks(sheet.grid.cells[at].text)))
