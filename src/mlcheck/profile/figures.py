"""The figures of a table that a reference of the profile names."""

from __future__ import annotations

from mlcheck.model.profile import Reference
from mlcheck.model.table import Line, Table
from mlcheck.profile.resolve import TOTAL

__all__ = ["TOTAL", "figures_of"]


def figures_of(table: Table, reference: Reference, member: str | None) -> list[int] | None:
    """Return the figures that a reference names in a table: one cell, or the parts of an unprinted total.

    `member` stands for the row that a reference leaves open; None where one of them is not printed.
    """
    row = reference.row or member
    by_rows = _has(table.rows, row) or (row == TOTAL and not any(c.dimension for c in table.columns))
    lines, across = (table.rows, table.columns) if by_rows else (table.columns, table.rows)
    first = _lines(lines, row)
    second = _across(across, reference.column)
    if not first or not second:
        return None
    cells = [table.entries.get((i, j) if by_rows else (j, i)) for i in first for j in second]
    if any(c is None or c.state == "error" for c in cells) or all(c and c.state == "blank" for c in cells):
        return None
    return [c.figure for c in cells if c is not None]


def _has(lines: tuple[Line, ...], row: str | None) -> bool:
    return any(line.member == row for line in lines)


def _lines(lines: tuple[Line, ...], row: str | None) -> list[int]:
    """Return the line of a member; for the total the printed one, else all the parts it would sum."""
    if row != TOTAL:
        return [i for i, line in enumerate(lines) if line.member == row][:1]
    totals = [i for i, line in enumerate(lines) if line.role == "total"]
    return totals[-1:] or [i for i, line in enumerate(lines) if line.role == "part"]


def _across(lines: tuple[Line, ...], column: str | None) -> list[int]:
    """Return the line of a measure, or without one the margin of a cross table, else its parts."""
    if column is not None:
        named = [i for i, line in enumerate(lines) if column in (line.measure, line.member)]
        return named[:1] or ([0] if len(lines) == 1 else [])
    return _lines(lines, TOTAL)
