"""Cells made of stored values: what is printed, what is hidden. Shared by the spreadsheet formats."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from msgspec.structs import replace

from mlcheck.model.document import Cell, Merge
from mlcheck.reading.container.refusals import MAX_AREA
from mlcheck.reading.spreadsheet.number_format.french import shown_boolean, shown_error
from mlcheck.reading.spreadsheet.number_format.show import NOT_A_NUMBER, compile_format, show, show_text

INDENT = "  "
INFINITY = float("inf")
Place = tuple[int, int]


def number_cell(value: float, code: str, zeros: bool = True) -> Cell:
    """Return the cell of a stored number; it is hidden where its format prints nothing."""
    positive = compile_format(code).positive
    if positive and 0 < value < INFINITY:
        return Cell(*positive(Decimal(repr(value))))
    text, number = show(value, code)
    if text == NOT_A_NUMBER:
        return Cell(text, None, "error")
    if not text or (value == 0 and not zeros):
        return Cell(*show(value), hidden=True)
    return Cell(text, number)


def text_cell(value: str, code: str, indent: int) -> Cell | None:
    """Return the cell of a stored text, None where it is blank; indents come first, two spaces a level."""
    text = show_text(value, code)
    if not value.strip():
        return None
    if not text.strip():
        return Cell(value, hidden=True)
    return Cell(INDENT * indent + text)


def boolean_cell(value: bool) -> Cell:
    """Return the cell of a stored boolean."""
    return Cell(shown_boolean(value))


def error_cell(code: str) -> Cell:
    """Return the cell of an error such as #REF!, under its French name."""
    return Cell(shown_error(code.strip()), fault="error")


def hide(cells: dict[Place, Cell], rows: set[int], columns: set[int], merges: Iterable[Merge]) -> None:
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


def _covered(cells: dict[Place, Cell], merges: Iterable[Merge]) -> set[Place]:
    """Return the cells that stand under a merged range, its first cell apart."""
    merges = tuple(merges)
    rows: dict[int, list[int]] = {}
    if merges:
        for row, column in cells:
            rows.setdefault(row, []).append(column)
    covered: set[Place] = set()
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
