"""What a sheet of an xlsx workbook says of its cells besides their values, and its bounds."""

from __future__ import annotations

import re
from pathlib import Path

from mlcheck.model.document import Merge
from mlcheck.reading.limits import MAX_AREA, MAX_COLUMNS, MAX_MERGES, MAX_ROWS
from mlcheck.reading.refusals import damaged, too_large

Place = tuple[int, int]


class SheetLayout:
    """The cells of a sheet that hold something, and what marks them; all places are 0-based.

    `styles` maps a row to its columns and their index of style. `errors` has the stored name of each
    error, `raw` the stored text of the cells whose style is watched (calamine makes dates of them);
    `formulas` are those that may never have been computed; `zeros` is False where the sheet does not
    show its zeros.
    """

    __slots__ = (
        "columns_end",
        "errors",
        "formulas",
        "hidden_columns",
        "hidden_rows",
        "merges",
        "raw",
        "styles",
        "zeros",
    )

    def __init__(self) -> None:
        self.styles: dict[int, dict[int, int]] = {}
        self.errors: dict[Place, str] = {}
        self.raw: dict[Place, str] = {}
        self.formulas: set[Place] = set()
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.merges: list[Merge] = []
        self.zeros = True
        self.columns_end = 0


class Bounds:
    """Counts the cells of a sheet row by row; raises MlcheckError once there are more than `room`."""

    __slots__ = ("cells", "found", "height", "path", "room", "row", "sheet", "width")

    def __init__(self, path: Path, sheet: str, found: SheetLayout, room: int) -> None:
        self.path, self.sheet, self.found, self.room = path, sheet, found, room
        self.row, self.cells, self.height, self.width = -1, 0, 0, 0

    def row_starts(self, number: str) -> int:
        """Return the 0-based index of a row from its number."""
        self.row_ends()
        if not number.isdecimal() or number == "0":
            raise damaged(self.path, f"{self.sheet}!{number[:20]}")
        if len(number) > 7 or int(number) > MAX_ROWS:
            raise too_large(self.path, self.sheet)
        self.row = int(number) - 1
        return self.row

    def row_ends(self) -> None:
        """Count the row that was being read."""
        line = self.found.styles.get(self.row)
        if line:
            self.cells += len(line)
            self.height = max(self.height, self.row + 1)
            self.width = max(self.width, max(line) + 1)
        if self.cells > self.room or self.width > MAX_COLUMNS or self.height * self.width > MAX_AREA:
            raise too_large(self.path, self.sheet)
        if len(self.found.merges) > MAX_MERGES:
            raise too_large(self.path, self.sheet)

    def column_of(self, address: str, row_text: str) -> int:
        """Return the 0-based column of an A1 address that must stand in a given row."""
        letters = address.removesuffix(row_text)
        if letters == address or not re.fullmatch("[A-Za-z]{1,3}", letters):
            raise damaged(self.path, f"{self.sheet}!{address[:20]}")
        return column_number(letters)


def merge_of(reference: str) -> Merge | None:
    """Return the merged range of a reference such as "A1:C2", None for one cell or nonsense."""
    match = re.fullmatch(r"([A-Za-z]{1,3})([0-9]{1,7}):([A-Za-z]{1,3})([0-9]{1,7})", reference)
    if match is None:
        return None
    left, right = sorted((column_number(match[1]), column_number(match[3])))
    top, bottom = sorted((int(match[2]) - 1, int(match[4]) - 1))
    return Merge(max(top, 0), left, bottom, right)


def column_number(letters: str) -> int:
    """Return the 0-based column of its letters: A is 0, AA is 26."""
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1
