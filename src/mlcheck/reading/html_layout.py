"""Where the cells of a table stand: the table model of HTML (WHATWG HTML, 4.9.12.1)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from mlcheck.model.document import Merge
from mlcheck.reading.html_tables import Table, TableCell
from mlcheck.reading.limits import MAX_AREA, MAX_COLUMNS, MAX_ROWS
from mlcheck.reading.refusals import too_large


class Placed(Struct, frozen=True):
    """A cell in its place; `merge` is the range it covers, where it is more than one cell."""

    row: int
    column: int
    cell: TableCell
    hidden: bool
    merge: Merge | None


def lay_out(table: Table, path: Path, name: str) -> Iterator[Placed]:
    """Yield the cells of a table at 0-based places; raise MlcheckError where it is absurdly large.

    A range that runs into a cell from above ends there; the cells after it stand where they would.
    """
    spent = 0
    left = 0  # rows of the group from this one on
    reserved: dict[int, int] = {}  # column -> first row that no cell from above covers
    for row, (group, line) in enumerate(table.rows()):
        if not left:
            left, reserved = len(group.rows), {}
        column = 0
        for cell in line.cells:
            while reserved.get(column, 0) > row:
                column += 1
                spent += 1
            across = next(
                (n for n in range(1, cell.across) if reserved.get(column + n, 0) > row), cell.across
            )
            down = min(cell.down or left, left)
            merge = Merge(row, column, row + down - 1, column + across - 1) if down * across > 1 else None
            yield Placed(row, column, cell, group.hidden or line.hidden or cell.hidden, merge)
            if down > 1:
                reserved.update(dict.fromkeys(range(column, column + across), row + down))
            column += cell.across
            spent += cell.across
            if row >= MAX_ROWS or column > MAX_COLUMNS or spent > MAX_AREA:
                raise too_large(path, name)
        left -= 1
