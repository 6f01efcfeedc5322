"""Workbooks: numbers with formats, or typed texts; totals as formulas with their values."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import xlsxwriter

from simulated.figures import Figure
from simulated.formulas import Formula, formulas
from simulated.report import Report
from simulated.tables import Cell
from simulated.writing.sheets import Sheet, laid

CREATED = datetime(2024, 3, 1)


def write_xlsx(report: Report, path: Path) -> None:
    """Write a report as a workbook."""
    book = xlsxwriter.Workbook(str(path), {"in_memory": True})
    book.set_properties({"created": CREATED, "title": report.title})
    stated = formulas(report) if report.agency.style.formulas else {}
    writer = _Writer(book, report, stated)
    for sheet in laid(report):
        writer.write(sheet)
    book.close()


class _Writer:
    """Writes sheets, and keeps the cell formats it has made."""

    def __init__(self, book: xlsxwriter.Workbook, report: Report, stated: dict[Figure, Formula]) -> None:
        """Begin with no format."""
        self.book, self.style, self.stated = book, report.agency.style, stated
        self.formats: dict[tuple[str, bool, int], Any] = {}

    def format(self, number: str = "General", *, bold: bool = False, indent: int = 0) -> Any:
        """Return a cell format."""
        key = (number, bold, indent)
        if key not in self.formats:
            chosen = {"num_format": number, "bold": bold, "indent": indent} | (
                {"border": 1} if self.style.ruled else {}
            )
            self.formats[key] = self.book.add_format(chosen)
        return self.formats[key]

    def write(self, sheet: Sheet) -> None:
        """Write a sheet."""
        page = self.book.add_worksheet(sheet.name)
        page.set_column(0, 0, 30)
        spans = {(row, first): last for row, first, last in sheet.merges}
        for (row, column), cell in sorted(sheet.cells.items()):
            if (row, column) in spans:
                page.merge_range(row, column, row, spans[row, column], cell.text, self.format(bold=True))
            elif cell.figure:
                self._figure(page, row, column, cell, cell.figure)
            elif cell.text:
                self._text(page, row, column, cell)
        for row in sheet.hidden_rows:
            page.set_row(row, None, None, {"hidden": True})
        if sheet.hidden:
            page.hide()

    def _text(self, page: Any, row: int, column: int, cell: Cell) -> None:
        form = self.format(bold=cell.bold, indent=cell.indent)
        typed = cell.text.isdecimal() and not cell.text.startswith("0") and self.style.stored != "text"
        if typed:
            page.write_number(row, column, int(cell.text), form)
        else:
            page.write_string(row, column, cell.text, form)

    def _figure(self, page: Any, row: int, column: int, cell: Cell, figure: Figure) -> None:
        if figure.nil and not figure.slipped:
            if figure.printed.strip():
                page.write_string(row, column, figure.printed, self.format(bold=cell.bold))
        elif self.style.stored == "text":
            page.write_string(row, column, figure.printed, self.format(bold=cell.bold))
        else:
            form = self.format(number_format(figure), bold=cell.bold)
            value = float(stored_value(figure, full=self.style.stored == "number"))
            formula = None if figure.slipped else self.stated.get(figure)
            if formula:
                page.write_formula(row, column, formula.text(), form, value)
            else:
                page.write_number(row, column, value, form)


def stored_value(figure: Figure, *, full: bool) -> Fraction:
    """Return the number that a cell holds: all of it, or as printed; a percentage with its sign is a ratio."""
    value = figure.exact / figure.form.scale if full and not figure.slipped else figure.value
    return value / 100 if "%" in figure.form.after else value


def number_format(figure: Figure) -> str:
    """Return the number format that prints a figure."""
    form = figure.form
    digits = ("#,##0" if form.thousands else "0") + ("." + "0" * form.places if form.places else "")
    after = "%" if "%" in form.after else '\\ "€"' if "€" in form.after else ""
    return f"+{digits}{after};-{digits}{after};0{after}" if form.plus else digits + after
