"""Other ways to set out the same cells: turned, folded in two, without a head, with the title inside."""

from __future__ import annotations

import random

from simulated.meaning import Difference, Growth, Points, Share, Total
from simulated.style import Style
from simulated.tables import Cell, Table

FEW, LONG = 6, 9  # lines: at most these are turned, at least these are folded


def arranged(table: Table, style: Style, chance: random.Random) -> Table:
    """Return a table as the house sets it out."""
    flat = table.head == 1 and table.stub == 1 and not any(cell.indent for row in table.rows for cell in row)
    draw, lines = chance.random(), len(table.rows) - 1
    if flat and lines <= FEW and table.width <= 3 and draw < style.turned:
        table = _turned(table)
    elif flat and lines >= LONG and table.width == 2 and draw < style.folded:
        table = _folded(table)
    elif flat and table.width == 2 and draw < style.headless:
        table.rows, table.head = table.rows[1:], 0
    if style.title_inside and table.head:
        blank = [Cell() for _ in range(table.width - 1)]
        table.rows.insert(0, [Cell(table.title, span=table.width, bold=True), *blank])
        table.title, table.head = "", table.head + 1
    return table


def _turned(table: Table) -> Table:
    """Return a table whose lines are its columns."""
    table.rows = [list(row) for row in zip(*table.rows, strict=True)]
    for figure in table.figures():
        figure.row, figure.column = figure.column, figure.row
    return table


def _folded(table: Table) -> Table:
    """Return a table in two halves beside each other, labels and numbers in turn."""
    head, *body = table.rows
    half = (len(body) + 1) // 2
    right = [*body[half:], *([[Cell() for _ in head]] if len(body) % 2 else [])]
    again = [Cell(cell.text, bold=True) for cell in head]
    table.rows = [[*head, *again], *([*one, *other] for one, other in zip(body[:half], right, strict=True))]
    return table


def with_unknown(table: Table, year: int, chance: random.Random) -> Table:
    """Return a table in which nobody knows last year's number of one line any more."""
    rows = [row for row in table.rows[table.head :] if sum(1 for cell in row if cell.figure) > 1]
    if len(rows) < 4:
        return table
    row = chance.choice(rows[1:-1])
    bold = any(cell.bold for cell in row)
    for cell in row if not bold else []:
        meaning = cell.figure.meaning if cell.figure else None
        former = isinstance(meaning, Total) and meaning.year < year
        former = former or (isinstance(meaning, Share) and meaning.part.year < year)
        if former or isinstance(meaning, Growth | Difference | Points):
            cell.figure, cell.text = None, "nd"
    return table
