"""One sheet of the workbook, cell by cell."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from mlcheck.model.document import Cell, Grid, Locator
from mlcheck.model.errors import MlcheckError
from mlcheck.rendering.extraction.codes import GENERAL, double, stored
from mlcheck.rendering.extraction.geometry import heights, hidden_lines, kept_merges, widths
from mlcheck.rendering.extraction.looks import AS_TYPED, UNSEEN, Look, Looks
from mlcheck.rendering.extraction.marks import At, Marks
from mlcheck.rendering.layout import plain
from mlcheck.rendering.places import place
from mlcheck.rendering.wording import Wording
from mlcheck.translation import N_

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

LONGEST, MOST_INDENT, LONGEST_TYPED = 32_767, 15, 255
NEVER, OTHER_ERROR = "=NA()", "#VALUE!"  # a formula that was never computed; an error of another program
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
EVERYWHERE = f"A1:XFD{LAST_ROW}"
A4, ONE_PAGE_WIDE = 9, (1, 0)
TOO_LARGE = N_("{file} holds at {place} what no cell of a workbook can: extract it to .json.")
_BREAK = re.compile(r"\r\n|[\r\x0b\x0c]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_ILLEGAL = re.compile(r"[\ud800-\udfff\ufffe\uffff]")


def write_sheet(sheet: Worksheet, grid: Grid, marks: Marks, looks: Looks, wording: Wording) -> None:
    """Write the cells of a grid where they stand, hidden ones hidden. Raises MlcheckError."""
    rows, columns = hidden_lines(grid)
    merges = kept_merges(grid)
    merged = {(merge.top, merge.left) for merge in merges if merge.right > merge.left}
    for merge in merges:
        sheet.merge_range(merge.top, merge.left, merge.bottom, merge.right, "")
    for at, cell in sorted(grid.cells.items()):
        alone = cell.hidden and at[0] not in rows and at[1] not in columns
        if not _put(sheet, at, cell, marks, looks, unseen=alone, merged=at in merged):
            locator = grid.locate(*at)
            raise MlcheckError(TOO_LARGE, file=locator.file, place=place(locator, wording))
    _set_lines(sheet, grid, marks, rows, columns)
    for at, locator in sorted(marks.places.items()):
        sheet.write_comment(*at, _provenance(locator, wording))
    sheet.ignore_errors({"number_stored_as_text": EVERYWHERE})
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(*ONE_PAGE_WIDE)


def _set_lines(
    sheet: Worksheet, grid: Grid, marks: Marks, unseen_rows: set[int], unseen_columns: set[int]
) -> None:
    """Set the widths of columns and the heights of rows, and hide those that the report hides."""
    wide = widths(grid, marks)
    high = heights(grid, marks, wide)
    for column in sorted(wide.keys() | unseen_columns):
        sheet.set_column(column, column, wide.get(column), None, {"hidden": column in unseen_columns})
    for row in sorted(high.keys() | unseen_rows):
        sheet.set_row(row, high.get(row), None, {"hidden": row in unseen_rows})


def _put(
    sheet: Worksheet, at: At, cell: Cell, marks: Marks, looks: Looks, *, unseen: bool, merged: bool
) -> bool:
    """Write one cell; tell whether there is room for it."""
    part = marks.parts.get(at)
    look = Look(part, marks.levels.get(at), at in marks.total, merged=merged and part == "head")

    def format_of(code: str, indent: int = 0) -> object:
        own = Look(look.part, look.level, look.total, UNSEEN if unseen else code, indent, look.merged)
        return looks.format(own)

    if at[0] >= LAST_ROW or at[1] >= LAST_COLUMN or len(cell.text) > LONGEST:
        return False
    if cell.fault:
        error = _errors().get(cell.text, OTHER_ERROR)
        formula, value = (NEVER, 0) if cell.fault == "uncomputed" else (f"={error}", error)
        sheet.write_formula(*at, formula, format_of(GENERAL), value)
        return True
    found = _number(cell, marks, at)
    if found is not None:
        sheet.write_number(*at, found[0], format_of(found[1]))
        return True
    text, indent = _indented(legal(cell.text))
    typed = part in ("label", "head", "corner") and len(text) <= LONGEST_TYPED
    return sheet.write_string(*at, text, format_of(AS_TYPED if typed else GENERAL, indent)) == 0


def _number(cell: Cell, marks: Marks, at: At) -> tuple[float, str] | None:
    """Return what is stored of a cell that displays a number, and its format code; None for a text."""
    number = marks.numbers.get(at) if cell.number is None else cell.number
    if number is None:
        return None
    found = stored(cell.text, number)
    if found is None and cell.number is not None:
        value = double(number)
        return None if value is None else (value, GENERAL)
    return found


def legal(text: str) -> str:
    """Return a text as XML can hold it, its line breaks kept."""
    text = _ILLEGAL.sub("\ufffd", _CONTROL.sub(" ", _BREAK.sub("\n", text)))
    if text.startswith("<r>") and text.endswith("</r>"):
        text += " "  # else XlsxWriter takes it for formatted text, and copies it as markup
    return text


def _indented(text: str) -> tuple[str, int]:
    """Return a text without its indent, and its levels of two spaces each."""
    spaces = len(text) - len(text.lstrip(" "))
    if not spaces or spaces % 2 or spaces > 2 * MOST_INDENT:
        return text, 0
    return text[spaces:], spaces // 2


@cache
def _errors() -> dict[str, str]:
    """Return the stored name of each error by the name displayed."""
    import tomli

    return tomli.loads(Path(__file__).with_name("errors.toml").read_text("utf-8"))


def _provenance(locator: Locator, wording: Wording) -> str:
    return legal(plain(f"{PurePath(locator.file).name} · {place(locator, wording)}"))
