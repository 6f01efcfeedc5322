"""The heads of row labels ("Commune" over the communes), which say what the rows of a table are."""

from __future__ import annotations

import re

from mlcheck.model.document import Document, Grid
from mlcheck.model.facts import Facts
from mlcheck.model.table import Table

_ADDRESS = re.compile(r"([A-Z]+)([0-9]+)")


def stub_heads(document: Document, facts: Facts) -> dict[str, str]:
    """Map the name of each table whose stub has a head to the text of that head."""
    grids = [block for block in document.blocks if isinstance(block, Grid)]
    found: dict[str, str] = {}
    for table in facts.tables:
        grid = next((one for one in grids if _holds(one, table)), None)
        head = _head(grid, table) if grid else ""
        if head:
            found[table.name] = head
    return found


def _holds(grid: Grid, table: Table) -> bool:
    one, other = grid.locator, table.locator
    return (one.file, one.sheet, one.page, one.slide, one.shape) == (
        other.file, other.sheet, other.page, other.slide, other.shape,
    )  # fmt: skip


def _head(grid: Grid, table: Table) -> str:
    """Return the text over the labels of the rows, in a line of the boxhead."""
    stub = next((at for row in table.rows if row.locator and (at := _position(row.locator.cell))), None)
    heads = [at for column in table.columns if column.locator and (at := _position(column.locator.cell))]
    if stub is None or not heads:
        return ""
    cell = grid.cells.get((max(row for row, _ in heads), stub[1]))
    return " ".join(cell.text.split()) if cell else ""


def _position(address: str | None) -> tuple[int, int] | None:
    """Return the 0-based row and column of an A1 address."""
    match = _ADDRESS.fullmatch(address or "")
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1
