"""Excel workbooks (xlsx, xlsm): values by calamine, the rest by a pass of ours over the same archive."""

from __future__ import annotations

import datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

from msgspec.structs import replace

from mlcheck.model.document import Cell, Document, Grid, Locator, NotUnderstood
from mlcheck.reading.cells import At, hide, in_order
from mlcheck.reading.container.archive import Archive
from mlcheck.reading.container.refusals import MAX_CELLS, damaged, locked, without_sheet
from mlcheck.reading.spreadsheet.number_format.show import boolean_cell, error_cell, number_cell, text_cell
from mlcheck.reading.spreadsheet.rich_text import raised_strings
from mlcheck.reading.spreadsheet.xlsx_sheet import SheetLayout, drawn, read_layout, read_package
from mlcheck.reading.spreadsheet.xlsx_styles import Style, read_styles

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

MOMENTS = (datetime.date, datetime.time, datetime.timedelta)  # a datetime is a date
SUFFIXES = (".xlsx", ".xlsm")
DAYS_1904 = 1462  # between the two origins of dates
ENDLESS = 10**8  # days
DATE_LETTERS = frozenset("dmyhsDMYHS")


def read_xlsx(path: Path) -> Document:
    """Return the sheets of a workbook in order, hidden ones too; what no format prints is hidden."""
    source = path.as_posix()
    blocks: list[Grid] = []
    notes: list[NotUnderstood] = []
    room = MAX_CELLS
    plain: CalamineWorkbook | None = None
    with Archive(path) as archive:
        package = read_package(archive)
        if not package.sheets:
            raise without_sheet(path)
        raised = raised_strings(archive, package.strings) if package.strings else {}
        styles = read_styles(archive, package.styles)
        watched = [not DATE_LETTERS.isdisjoint(style.code) for style in styles]
        workbook = _open(path, len(package.sheets))
        for index, (name, part) in enumerate(package.sheets):
            locator = Locator(source, sheet=name)
            metadata = workbook.sheets_metadata[index]
            if str(metadata.typ) != "SheetTypeEnum.WorkSheet":
                notes.append(
                    NotUnderstood(
                        locator, "The sheet {sheet} holds no cells and was not read.", {"sheet": name}
                    )
                )
                continue
            layout = read_layout(archive, part, name, watched, room, raised)
            if any(map(_is_endless, layout.raw.values())):
                plain = plain or _open(path, len(package.sheets), _without(archive, package.styles))
                values = _values(plain, index, path, name)
                _move_origin(values, layout, DAYS_1904 * package.date1904)
            else:
                values = _values(workbook, index, path, name)
            if package.uncomputed:
                _empty_zeros(values, layout)
            cells = _cells(values, layout, styles, DAYS_1904 * package.date1904)
            room -= len(cells)
            hidden = str(metadata.visible) != "SheetVisibleEnum.Visible"
            blocks.append(Grid(locator, cells, in_order(layout.merges), hidden))
            notes += drawn(archive, part, locator)
    return Document(source, tuple(blocks), tuple(notes))


def _open(path: Path, sheets: int, content: BytesIO | None = None) -> CalamineWorkbook:
    from python_calamine import PasswordError, load_workbook

    # calamine believes the suffix of a path, and looks into the content of anything else.
    named = path.suffix in SUFFIXES
    try:
        workbook = load_workbook(content or (path if named else BytesIO(path.read_bytes())))
        count = len(workbook.sheets_metadata)
    except PasswordError as error:
        raise locked(path) from error
    except BaseException as error:
        raise _blame(error, path, "workbook") from error
    if count != sheets:
        raise damaged(path, "workbook")
    return workbook


def _values(workbook: CalamineWorkbook, index: int, path: Path, name: str) -> list[list[Any]]:
    try:
        return workbook.get_sheet_by_index(index).to_python(skip_empty_area=False)
    except BaseException as error:
        raise _blame(error, path, name) from error


def _is_endless(stored: str) -> bool:
    """Tell whether a number of days is beyond what calamine can make a duration of."""
    try:
        return abs(float(stored)) > ENDLESS
    except ValueError:  # a date stored as text
        return False


def _without(archive: Archive, part: str | None) -> BytesIO:
    """Return a copy of a workbook without its styles: calamine then makes no dates, and keeps numbers as stored."""
    copy = BytesIO()
    with ZipFile(copy, "w") as workbook:
        for name in archive.file.namelist():
            if part is None or name.lower() != part.lower():
                workbook.writestr(name, b"".join(archive.chunks(name)))
    copy.seek(0)
    return copy


def _move_origin(values: list[list[Any]], layout: SheetLayout, shift: int) -> None:
    """Count the stored days of dates and durations from the usual origin."""
    for row, column in layout.raw:
        if row < len(values) and column < len(values[row]) and isinstance(values[row][column], float):
            values[row][column] += shift


def _blame(error: BaseException, path: Path, part: str) -> BaseException:
    """Return the error to raise for one of calamine: a panic of the library is no Exception."""
    if isinstance(error, Exception) or type(error).__name__ == "PanicException":
        return damaged(path, part)
    return error


def _empty_zeros(values: list[list[Any]], layout: SheetLayout) -> None:
    """Empty the zeros that a writer without arithmetic puts in place of the result of formulas: all of them are 0 then."""
    printed = [(r, c) for r, c in layout.uncomputed if r < len(values) and c < len(values[r])]
    if any(values[r][c] not in (0, "") for r, c in printed):
        return
    for row, column in printed:
        if values[row][column] == 0:
            values[row][column] = ""


def _cells(
    values: list[list[Any]], layout: SheetLayout, styles: tuple[Style, ...], shift: int
) -> dict[At, Cell]:
    """Return the cells that are not empty; equal values of one style share one cell."""
    cells: dict[At, Cell] = {}
    made: list[dict[Any, Cell | None]] = [{} for _ in styles]
    for row in sorted(layout.styles):
        line = values[row] if row < len(values) else []
        for column, index in layout.styles[row].items():
            value = layout.texts.get((row, column)) or (line[column] if column < len(line) else "")
            known = made[index]
            if value.__class__ is float or (value.__class__ is str and value):
                cell = known.get(value)
                if cell is None and value not in known:
                    cell = known[value] = _plain(value, styles[index], layout.zeros)
            else:
                cell = _special((row, column), value, layout, styles[index], shift)
            if cell is not None:
                cells[row, column] = cell
    for place, text in layout.formulas.items():
        if place in cells:
            cells[place] = replace(cells[place], formula=text)
    hide(cells, layout.hidden_rows, layout.hidden_columns, layout.merges)
    return cells


def _plain(value: float | str, style: Style, zeros: bool) -> Cell | None:
    if isinstance(value, str):
        return text_cell(value, style.code, style.indent)
    return number_cell(value, style.code, zeros)


def _special(place: At, value: Any, layout: SheetLayout, style: Style, shift: int) -> Cell | None:
    """Return the cell of an error, a formula never computed, a boolean or a date; None where it is empty."""
    if place in layout.errors:
        return error_cell(layout.errors[place])
    if value == "":
        return Cell("", fault="uncomputed") if place in layout.uncomputed else None
    if isinstance(value, bool):
        return boolean_cell(value)
    if isinstance(value, MOMENTS):
        stored = layout.raw.get(place, "")
        try:
            return number_cell(float(stored) + shift, style.code)
        except ValueError:  # a date stored as text, in ISO 8601
            return Cell(stored or str(value))
    return number_cell(value, style.code, layout.zeros)
