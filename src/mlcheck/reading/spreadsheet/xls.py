"""Excel workbooks before 2007 (xls), by xlrd."""

from __future__ import annotations

import os
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from mlcheck.language.characters import LOWERED, RAISED
from mlcheck.model.document import Cell, Document, Grid, Locator, Merge
from mlcheck.reading.cells import At, hide, in_order
from mlcheck.reading.container.compound import SIGNATURE, CompoundFile
from mlcheck.reading.container.refusals import MAX_CELLS, damaged, locked, too_large, without_sheet
from mlcheck.reading.spreadsheet.number_format.show import boolean_cell, error_cell, number_cell, text_cell
from mlcheck.reading.spreadsheet.xlsx_styles import BUILTIN, INDENTED_XLS, Style

if TYPE_CHECKING:
    from xlrd.book import Book
    from xlrd.sheet import Sheet

DAYS_1904 = 1462
XL_TEXT = 1  # of xlrd, which is imported when it is needed
POSITIONS = {1: RAISED, 2: LOWERED}


def read_xls(path: Path) -> Document:
    """Return the sheets of a workbook in their order, hidden ones too."""
    source = path.as_posix()
    book = _open(path)
    styles = _styles(book)
    blocks = []
    room = MAX_CELLS
    for index in range(book.nsheets):
        sheet = _sheet(book, index, path)
        cells = _cells(sheet, styles, DAYS_1904 * book.datemode)
        room -= len(cells)
        if room < 0:
            raise too_large(path, sheet.name)
        merges = [Merge(top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells]
        rows = {row for row, info in sheet.rowinfo_map.items() if info.hidden or info.height == 0}
        columns = {column for column, info in sheet.colinfo_map.items() if info.hidden or info.width == 0}
        hide(cells, rows, columns, merges)
        blocks.append(Grid(Locator(source, sheet=sheet.name), cells, in_order(merges), sheet.visibility != 0))
    if not blocks:
        raise without_sheet(path)
    return Document(source, tuple(blocks))


def _open(path: Path) -> Book:
    """Open the workbook stream: xlrd may never end on the compound file around it where that is broken."""
    import xlrd

    content = path.read_bytes()
    if content.startswith(SIGNATURE):
        file = CompoundFile(path)
        content = file.stream("Workbook" if "Workbook" in file.streams else "Book")
    try:
        with Path(os.devnull).open("w") as log:
            return xlrd.open_workbook(
                file_contents=content, formatting_info=True, on_demand=True, ragged_rows=True, logfile=log
            )
    except Exception as error:
        _blame(error, path)


def _sheet(book: Book, index: int, path: Path) -> Sheet:
    try:
        with Path(os.devnull).open("w") as book.logfile:
            return book.sheet_by_index(index)
    except Exception as error:
        _blame(error, path)


def _blame(error: Exception, path: Path) -> NoReturn:
    """Raise the MlcheckError for any failure of xlrd: on a broken file it fails in many ways."""
    if "encrypted" in str(error).lower():
        raise locked(path) from error
    raise damaged(path, "workbook") from error


def _styles(book: Book) -> list[Style]:
    """Return the style of each index that cells name."""
    from xlrd.formatting import std_format_strings

    styles = []
    for xf in book.xf_list:
        known = book.format_map.get(xf.format_key)
        code = (
            known.format_str if known else None
        ) or "General"  # a damaged workbook names formats without a code
        if code == std_format_strings.get(xf.format_key):
            code = BUILTIN.get(xf.format_key, code)
        indented = xf.alignment.hor_align in INDENTED_XLS
        styles.append(Style(code, xf.alignment.indent_level if indented else 0))
    return styles or [Style()]


def _cells(sheet: Sheet, styles: list[Style], shift: int) -> dict[At, Cell]:
    cells = {}
    for row in range(sheet.nrows):
        kinds, values = sheet.row_types(row), sheet.row_values(row)
        for column, kind in enumerate(kinds):
            index = sheet.cell_xf_index(row, column)
            style = styles[index] if index < len(styles) else styles[0]
            value = values[column]
            if kind == XL_TEXT and (runs := sheet.rich_text_runlist_map.get((row, column))):
                value = _raised(value, runs, sheet.book.font_list)
            cell = _cell(kind, value, style, shift)
            if cell is not None:
                cells[row, column] = cell
    return cells


def _raised(text: str, runs: list[tuple[int, int]], fonts: list[Any]) -> str:
    """Return a text with its raised and lowered digits as such; a run is where it starts and its font."""
    pieces = [text[: runs[0][0]]]
    for (start, index), (end, _) in pairwise([*runs, (len(text), 0)]):
        position = fonts[index].escapement if index < len(fonts) else 0
        piece = text[start:end]
        pieces.append(piece.translate(POSITIONS[position]) if position in POSITIONS else piece)
    return "".join(pieces)


def _cell(kind: int, value: Any, style: Style, shift: int) -> Cell | None:
    import xlrd

    if kind == xlrd.XL_CELL_TEXT:
        return text_cell(value, style.code, style.indent)
    if kind == xlrd.XL_CELL_NUMBER:
        return number_cell(value, style.code)
    if kind == xlrd.XL_CELL_DATE:
        return number_cell(value + shift, style.code)
    if kind == xlrd.XL_CELL_BOOLEAN:
        return boolean_cell(bool(value))
    if kind == xlrd.XL_CELL_ERROR:
        return error_cell(xlrd.error_text_from_code.get(value, "#N/A"))
    return None
