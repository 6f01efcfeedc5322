"""The blocks of a document from what was written of a page: prose as it stands, tables as grids."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path

from mlcheck.model.document import Block, Cell, Grid, Lines, Locator, Merge, column_letters
from mlcheck.reading.container.refusals import MAX_CELLS, MAX_MERGES, too_large
from mlcheck.reading.displayed import displayed_number
from mlcheck.reading.web.tables import Node, Table, lay_out


def blocks_of(nodes: list[Node], path: Path) -> Iterator[Block | Lines]:
    """Yield the blocks of a page in reading order; a table in a cell follows the table of the cell.

    Tables are named "table 1", "table 2" in that order. Raises MlcheckError where they are too large.
    """
    source = path.as_posix()
    pending = [iter(nodes)]
    number = count = 0
    while pending:
        node = next(pending[-1], None)
        if node is None:
            pending.pop()
        elif not isinstance(node, Table):
            yield node.block(source)
        elif node.layout:
            pending.append(node.shown())
        else:
            name = f"table {number + 1}"
            grid, inner = _grid(node, path, name)
            count += len(grid.cells)
            if count > MAX_CELLS:
                raise too_large(path, name)
            for title in node.caption:
                if not isinstance(title, Table):
                    yield title.block(source)
            if grid.cells:
                number += 1
                yield grid
            pending.append(iter(inner))


def _grid(table: Table, path: Path, name: str) -> tuple[Grid, list[Node]]:
    """Return a table laid out, and the tables that its cells hold."""
    source = path.as_posix()
    cells: dict[tuple[int, int], Cell] = {}
    places: dict[tuple[int, int], Locator] = {}
    merges: list[Merge] = []
    inner: list[Node] = []
    for placed in lay_out(table, path, name):
        at = (placed.row, placed.column)
        text = _text(placed.cell.nodes, [] if placed.hidden else inner)
        if text.strip():
            cells[at] = Cell(text, _number(text, placed.cell.stored), hidden=placed.hidden)
            address = f"{column_letters(at[1])}{at[0] + 1}"
            places[at] = Locator(source, cell=address, shape=name, line=placed.cell.line)
        if placed.merge:
            merges.append(placed.merge)
            if len(merges) > MAX_MERGES:
                raise too_large(path, name)
    return Grid(Locator(source, shape=name, line=table.line), cells, tuple(merges), places=places), inner


def _number(text: str, stored: str) -> Decimal | None:
    """Return the number that a cell displays of a stored one: "3,087" is 3087 and no three point nought."""
    try:
        return displayed_number(text, Decimal(stored.replace(",", "."))) if stored else None
    except InvalidOperation:
        return None


def _text(nodes: list[Node], inner: list[Node]) -> str:
    """Return the text of a cell, a line for each of its paragraphs; its tables of data are set apart."""
    texts: list[str] = []
    pending = [iter(nodes)]
    while pending:
        node = next(pending[-1], None)
        if node is None:
            pending.pop()
        elif not isinstance(node, Table):
            texts += [line.text for line in node.lines]
        elif node.layout:
            pending.append(node.shown())
        else:
            inner.append(node)
    return "\n".join(texts)
