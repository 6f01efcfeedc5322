"""A report laid on sheets: what workbooks and delimited files hold, cell by cell."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from simulated.blocks import Heading, KeyFigures, Paragraph
from simulated.report import Block, Report, Section
from simulated.style import Style
from simulated.tables import Cell, Table

Address = tuple[int, int]
FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


@dataclass
class Sheet:
    """The cells of a sheet by row and column, from 0; `merges` are rows with their first and last column."""

    name: str
    cells: dict[Address, Cell] = field(default_factory=dict)
    merges: list[tuple[int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden: bool = False
    hides_a_row: bool = False
    next_row: int = 0

    @property
    def size(self) -> Address:
        """Return the numbers of rows and columns."""
        return max((row for row, _ in self.cells), default=0) + 1, max(
            (at for _, at in self.cells), default=0
        ) + 1


def letters(column: int) -> str:
    """Return the letters of a column, from 0."""
    return (letters(column // 26 - 1) if column >= 26 else "") + chr(65 + column % 26)


def address(row: int, column: int) -> str:
    """Return the A1 address of a cell."""
    return f"{letters(column)}{row + 1}"


def laid(report: Report) -> list[Sheet]:
    """Return the sheets of a report, as the house arranges them, with the places of the figures noted."""
    style = report.agency.style
    if style.format == "csv" or style.sheets == "one":
        made = [Sheet(report.title.split(" – ")[0], hides_a_row=_hides(style))]
        made[0].cells[0, 0] = Cell(report.title, bold=True)
        made[0].next_row = 2
        for section in report.sections:
            _lay(made[0], section.blocks, beside=False)
    else:
        made = list(_many(report))
    if style.hidden and style.format != "csv":
        made.append(_archive(report))
    return made


def _many(report: Report) -> Iterator[Sheet]:
    """Yield a sheet for each section, or for each table."""
    style, hides = report.agency.style, _hides(report.agency.style)
    for at, section in enumerate(report.sections):
        groups = _by_table(section) if style.sheets == "tables" else [section.blocks]
        for number, blocks in enumerate(groups, 1):
            sheet = Sheet(_name(section, at, number))
            sheet.hides_a_row = hides
            if at == 0 and number == 1:
                sheet.cells[0, 0] = Cell(report.title, bold=True)
                sheet.next_row = 2
            _lay(sheet, blocks, beside=style.sheets == "beside")
            hides = sheet.hides_a_row
            yield sheet


def _hides(style: Style) -> bool:
    """Tell whether a table of the workbook has a hidden row: a formula would add it, a table beside it would lose one."""
    return style.hidden and not style.formulas and style.sheets != "beside" and style.format != "csv"


def _name(section: Section, at: int, number: int) -> str:
    name = f"{at + 1} {section.name}".translate(FORBIDDEN)[:26]
    return name if number == 1 else f"{name} {number}"


def _by_table(section: Section) -> list[list[Block]]:
    """Return the blocks of a section, cut after each table."""
    groups: list[list[Block]] = [[]]
    for block in section.blocks:
        groups[-1].append(block)
        if isinstance(block, Table):
            groups.append([])
    return [group for group in groups if group]


def _lay(sheet: Sheet, blocks: list[Block], *, beside: bool) -> None:
    """Lay blocks under one another, tables that follow one another side by side if asked."""
    right, top, bottom = 0, 0, 0
    for block in blocks:
        if isinstance(block, Table):
            if beside and right and right + block.width < 18:
                last = _table(sheet, block, top, right)
                bottom = max(bottom, last)
            else:
                top = sheet.next_row
                bottom = _table(sheet, block, top, 0)
                right = 0
            right += block.width + 1
            sheet.next_row = bottom + 2
        else:
            right = 0
            _text(sheet, block)


def _text(sheet: Sheet, block: Block) -> None:
    row = sheet.next_row
    if isinstance(block, KeyFigures):
        for at, (figure, caption) in enumerate(block.pairs):
            sheet.cells[row + at, 0], sheet.cells[row + at, 1] = Cell(figure=figure, bold=True), Cell(caption)
            figure.place = {"sheet": sheet.name, "cell": address(row + at, 0)}
        sheet.next_row = row + len(block.pairs) + 1
        return
    if isinstance(block, Heading):
        sheet.cells[row, 0] = Cell(block.text, bold=True)
    elif isinstance(block, Paragraph):
        sheet.cells[row, 0] = Cell(("- " if block.bullet else "") + block.printed)
        for figure in block.figures():
            figure.place = {"sheet": sheet.name, "cell": address(row, 0)}
    sheet.next_row = row + 2


def _table(sheet: Sheet, table: Table, top: int, left: int) -> int:
    """Lay a table with its title above and its notes below, and return the row after it."""
    row = top
    if table.title:
        sheet.cells[row, left] = Cell(table.title, bold=True)
        row += 1
    if table.unit_line:
        sheet.cells[row, left] = Cell(table.unit_line)
        row += 1
    for number, cells in enumerate(table.rows):
        if sheet.hides_a_row and number == table.head + 1 and len(table.rows) > 5:
            _hide_a_row(sheet, table, row)
            row += 1
        for at, cell in enumerate(cells):
            sheet.cells[row, left + at] = cell
            if cell.span > 1:
                sheet.merges.append((row, left + at, left + at + cell.span - 1))
            if cell.figure:
                cell.figure.place = {"sheet": sheet.name, "cell": address(row, left + at)}
        row += 1
    for note in table.notes:
        sheet.cells[row, left] = Cell(note)
        row += 1
    return row


def _hide_a_row(sheet: Sheet, table: Table, row: int) -> None:
    """Put a hidden line of other figures in a table: one that was given up."""
    for at in range(table.width):
        sheet.cells[row, at] = Cell(
            "Ligne supprimée" if at == table.stub - 1 else "17" if at >= table.stub else ""
        )
    sheet.hidden_rows.add(row)
    sheet.hides_a_row = False


def _archive(report: Report) -> Sheet:
    """Return a hidden sheet of older figures, of which nobody says that they agree."""
    chance = random.Random(f"{report.agency.style.words}/archive")
    sheet = Sheet("Archives", hidden=True)
    table = next(block for block in report.blocks() if isinstance(block, Table))
    for row, cells in enumerate(table.rows):
        for at, cell in enumerate(cells):
            sheet.cells[row, at] = Cell(str(chance.randint(5, 900)) if cell.figure else cell.text)
    return sheet
