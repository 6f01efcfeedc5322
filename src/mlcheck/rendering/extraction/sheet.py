"""One sheet of the workbook, cell by cell."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path, PurePath
from textwrap import wrap
from typing import TYPE_CHECKING

from msgspec import Struct

from mlcheck.model.document import Cell, Grid, Locator, Merge
from mlcheck.model.errors import MlcheckError
from mlcheck.rendering.extraction.marks import (
    AS_TYPED,
    GENERAL,
    UNSEEN,
    At,
    Look,
    Looks,
    Marks,
    double,
    stored,
)
from mlcheck.rendering.places import place
from mlcheck.rendering.unseen import plain
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
NARROWEST, WIDEST, WIDEST_HEAD = 9.0, 45.0, 16
LINE, MOST_LINES = 15.0, 12  # points of a line; lines of a head
MARGIN = 2  # characters beside a text
HEADS = ("head", "corner")
MOST_MERGED = 1_000_000  # cells under the merged ranges of a sheet


class _Room(Struct):
    """The cells under merged ranges so far; ranges never overlap."""

    taken: set[At]

    def take(self, merge: Merge) -> bool:
        """Take the cells of a range, if all are free."""
        area = (merge.bottom - merge.top + 1) * (merge.right - merge.left + 1)
        if area < 2 or len(self.taken) + area > MOST_MERGED:
            return False
        cells = {
            (r, c)
            for r in range(merge.top, merge.bottom + 1)
            for c in range(merge.left, merge.right + 1)
        }  # fmt: skip
        if not self.taken.isdisjoint(cells):
            return False
        self.taken |= cells
        return True


def write_sheet(sheet: Worksheet, grid: Grid, marks: Marks, looks: Looks, wording: Wording) -> None:
    """Write the cells of a grid where they stand, hidden ones hidden. Raises MlcheckError."""
    rows, columns = _hidden_lines(grid)
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
    wide = _widths(grid, marks)
    high = _heights(grid, marks, wide)
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


# Widths, hidden lines and merged ranges of a sheet to write.


def kept_merges(grid: Grid) -> list[Merge]:
    """Return the merged ranges that a workbook can hold, cut at the last filled row and column.

    Those that overlap another or are cut down to one cell are left out, and so are those beyond all bounds.
    """
    if not grid.cells:
        return []
    last_row, last_column = max(r for r, _ in grid.cells), max(c for _, c in grid.cells)
    cut = (Merge(m.top, m.left, min(m.bottom, last_row), min(m.right, last_column)) for m in grid.merges)
    room = _Room(set())
    return [m for m in cut if m.bottom >= m.top and m.right >= m.left and room.take(m)]


def _hidden_lines(grid: Grid) -> tuple[set[int], set[int]]:
    """Return the rows and the columns of a sheet whose cells are all hidden."""
    shown = [at for at, cell in grid.cells.items() if not cell.hidden]
    unseen = [at for at, cell in grid.cells.items() if cell.hidden]
    columns = {c for _, c in unseen} - {c for _, c in shown}
    rows = {r for r, c in unseen if c not in columns} - {r for r, _ in shown}
    return rows, columns


def _widths(grid: Grid, marks: Marks) -> dict[int, float]:
    """Return the width of each column, in characters: its tables decide, and prose runs over them."""
    longest: dict[int, float] = {}
    for at, cell in grid.cells.items():
        part = marks.parts.get(at)
        if part not in (*HEADS, "label", "figure"):
            continue
        line = max(map(len, cell.text.split("\n")), default=0)
        word = max(map(len, cell.text.split()), default=0)
        length = max(word, min(line, WIDEST_HEAD)) if part in HEADS else line
        longest[at[1]] = max(longest.get(at[1], NARROWEST), min(length + MARGIN, WIDEST))
    return longest


def _heights(grid: Grid, marks: Marks, columns: dict[int, float]) -> dict[int, float]:
    """Return the height in points of the rows whose heads are wrapped."""
    lines: dict[int, int] = {}
    for at, cell in grid.cells.items():
        if marks.parts.get(at) in HEADS:
            width = int(columns.get(at[1], NARROWEST)) - 1
            number = sum(max(1, len(wrap(line, width))) for line in cell.text.split("\n"))
            lines[at[0]] = max(lines.get(at[0], 1), min(number, MOST_LINES))
    return {row: number * LINE for row, number in lines.items() if number > 1}
