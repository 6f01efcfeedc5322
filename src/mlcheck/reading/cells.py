"""Cells of a grid that are hidden or covered, and its merged ranges in order."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from mlcheck.model.document import Cell, Merge
from mlcheck.reading.container.refusals import MAX_AREA

INDENT = "  "
"""What a level of indent is written as, before the text of a cell."""
At = tuple[int, int]


def hide(cells: dict[At, Cell], rows: set[int], columns: set[int], merges: Iterable[Merge]) -> None:
    """Mark the cells of hidden rows and columns, and those that a merged range covers."""
    covered = _covered(cells, merges)
    if not (rows or columns or covered):
        return
    for place, cell in cells.items():
        if place[0] in rows or place[1] in columns or place in covered:
            cells[place] = replace(cell, hidden=True)


def in_order(merges: Iterable[Merge]) -> tuple[Merge, ...]:
    """Return merged ranges from top to bottom, whatever the order of the file."""
    return tuple(sorted(merges, key=lambda merge: (merge.top, merge.left)))


def _covered(cells: dict[At, Cell], merges: Iterable[Merge]) -> set[At]:
    """Return the cells that stand under a merged range, its first cell apart."""
    merges = tuple(merges)
    rows: dict[int, list[int]] = {}
    if merges:
        for row, column in cells:
            rows.setdefault(row, []).append(column)
    covered: set[At] = set()
    spent = 0
    for merge in merges:
        height, width = range(merge.top, merge.bottom + 1), range(merge.left, merge.right + 1)
        for row in height if len(height) < len(rows) else [row for row in rows if row in height]:
            columns = rows.get(row, [])
            spent += 1 + len(columns)
            covered.update((row, column) for column in columns if column in width)
        covered.discard((merge.top, merge.left))
        if spent > MAX_AREA:  # only ranges that overlap, as no program writes them, come to this
            break
    return covered
