"""Widths, hidden lines and merged ranges of a sheet to write."""

from __future__ import annotations

from textwrap import wrap

from msgspec import Struct

from mlcheck.model.document import Grid, Merge
from mlcheck.rendering.extraction.marks import At, Marks

NARROWEST, WIDEST, WIDEST_HEAD = 9.0, 45.0, 16
LINE, MOST_LINES = 15.0, 12  # points of a line; lines of a head
MARGIN = 2  # characters beside a text
HEADS = ("head", "corner")
MOST_MERGED = 1_000_000  # cells under the merged ranges of a sheet


class _Room(Struct):
    """The cells under merged ranges so far; ranges never overlap."""

    taken: set[At]

    def take(self, merge: Merge) -> bool:
        """Take the cells of a range, if all are free."""
        area = (merge.bottom - merge.top + 1) * (merge.right - merge.left + 1)
        if area < 2 or len(self.taken) + area > MOST_MERGED:
            return False
        cells = {
            (r, c)
            for r in range(merge.top, merge.bottom + 1)
            for c in range(merge.left, merge.right + 1)
        }  # fmt: skip
        if not self.taken.isdisjoint(cells):
            return False
        self.taken |= cells
        return True


def kept_merges(grid: Grid) -> list[Merge]:
    """Return the merged ranges that a workbook can hold, cut at the last filled row and column.

    Those that overlap another or are cut down to one cell are left out, and so are those beyond all bounds.
    """
    if not grid.cells:
        return []
    last_row, last_column = max(r for r, _ in grid.cells), max(c for _, c in grid.cells)
    cut = (Merge(m.top, m.left, min(m.bottom, last_row), min(m.right, last_column)) for m in grid.merges)
    room = _Room(set())
    return [m for m in cut if m.bottom >= m.top and m.right >= m.left and room.take(m)]


def hidden_lines(grid: Grid) -> tuple[set[int], set[int]]:
    """Return the rows and the columns of a sheet whose cells are all hidden."""
    shown = [at for at, cell in grid.cells.items() if not cell.hidden]
    unseen = [at for at, cell in grid.cells.items() if cell.hidden]
    columns = {c for _, c in unseen} - {c for _, c in shown}
    rows = {r for r, c in unseen if c not in columns} - {r for r, _ in shown}
    return rows, columns


def widths(grid: Grid, marks: Marks) -> dict[int, float]:
    """Return the width of each column, in characters: its tables decide, and prose runs over them."""
    longest: dict[int, float] = {}
    for at, cell in grid.cells.items():
        part = marks.parts.get(at)
        if part not in (*HEADS, "label", "figure"):
            continue
        line = max(map(len, cell.text.split("\n")), default=0)
        word = max(map(len, cell.text.split()), default=0)
        length = max(word, min(line, WIDEST_HEAD)) if part in HEADS else line
        longest[at[1]] = max(longest.get(at[1], NARROWEST), min(length + MARGIN, WIDEST))
    return longest


def heights(grid: Grid, marks: Marks, columns: dict[int, float]) -> dict[int, float]:
    """Return the height in points of the rows whose heads are wrapped."""
    lines: dict[int, int] = {}
    for at, cell in grid.cells.items():
        if marks.parts.get(at) in HEADS:
            width = int(columns.get(at[1], NARROWEST)) - 1
            number = sum(max(1, len(wrap(line, width))) for line in cell.text.split("\n"))
            lines[at[0]] = max(lines.get(at[0], 1), min(number, MOST_LINES))
    return {row: number * LINE for row, number in lines.items() if number > 1}
