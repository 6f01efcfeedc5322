"""One pass over a sheet: its marked cells, where missing ones would go, and its drawing of comments."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from mlcheck.rendering.annotation.markup import Element, tag_end, walk

At = tuple[int, int]

_ELEMENTS = (
    "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges"
    " scenarios autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr"
    " conditionalFormatting dataValidations hyperlinks printOptions pageMargins pageSetup headerFooter"
    " rowBreaks colBreaks customProperties cellWatches ignoredErrors smartTags drawing"
)

BEFORE_COMMENTS = frozenset(_ELEMENTS.split())
"""The elements of a sheet that stand before its legacyDrawing (ECMA-376 part 1, 18.3.1.99)."""
_ADDRESS = re.compile(r"([A-Za-z]{1,3})([1-9][0-9]{0,6})")


class Scan:
    """What a sheet says of the 0-based places `wanted`, with byte offsets.

    `cells` and `rows` hold the marked cells that exist and their rows, `row_starts` the number and offset
    of every row, `cell_starts` the column and offset of every cell of a wanted row. `drawing_at` is where
    a reference to a drawing of comments belongs, `drawing` the id of the one there is.
    """

    __slots__ = (
        "_cell",
        "_path",
        "_row",
        "_wanted",
        "_wanted_rows",
        "cell_starts",
        "cells",
        "columns",
        "data",
        "drawing",
        "drawing_at",
        "geometry",
        "prefix",
        "row_starts",
        "rows",
        "sheet_data",
        "views",
    )

    def __init__(self, data: bytes, wanted: frozenset[At] = frozenset()) -> None:
        self.data, self._wanted = data, wanted
        self._wanted_rows = {row for row, _ in wanted}
        self.cells: dict[At, Element] = {}
        self.rows: dict[int, Element] = {}
        self.row_starts: list[tuple[int, int]] = []
        self.cell_starts: dict[int, list[tuple[int, int]]] = {}
        self.columns: list[dict[str, str]] = []
        self.views: list[Element] = []
        self.geometry = Geometry()
        self.sheet_data: Element | None = None
        self.drawing: str | None = None
        self.drawing_at, self.prefix = 0, ""
        self._path: list[str] = []
        self._row, self._cell = -1, -1
        walk(data, self._start, self._end)

    def _start(self, name: str, attributes: dict[str, str], at: int) -> None:
        local = name.rpartition(":")[2]
        depth, parent = len(self._path), self._path[-1] if self._path else ""
        self._path.append(local)
        if local == "c" and parent == "row":
            self._cell_starts(name, attributes, at)
        elif local == "row" and parent == "sheetData":
            self._row_starts(name, attributes, at)
        elif local == "col" and parent == "cols":
            self.columns.append(attributes)
            self.geometry.column(attributes)
        elif local == "sheetView" and parent == "sheetViews":
            self.views.append(self._element(name, attributes, at))
        elif depth == 1 and local == "sheetData":
            self.sheet_data = self._element(name, attributes, at)
        elif depth == 1 and local == "sheetFormatPr":
            self.geometry.defaults(attributes)
        elif depth == 1 and local == "legacyDrawing":
            self.drawing = next((text for key, text in attributes.items() if key.endswith(":id")), None)
        elif depth == 0:
            self.prefix = name[: -len(local)]

    def _row_starts(self, name: str, attributes: dict[str, str], at: int) -> None:
        self._row, self._cell = number(attributes.get("r", ""), self._row + 2) - 1, -1
        self.row_starts.append((self._row, at))
        self.geometry.row(self._row, attributes)
        if self._row in self._wanted_rows:
            self.rows[self._row] = self._element(name, attributes, at)
            self.cell_starts[self._row] = []

    def _cell_starts(self, name: str, attributes: dict[str, str], at: int) -> None:
        self._cell = column_of(attributes.get("r", ""), self._cell + 1)
        if self._row in self._wanted_rows:
            self.cell_starts[self._row].append((self._cell, at))
        if (self._row, self._cell) in self._wanted:
            self.cells[self._row, self._cell] = self._element(name, attributes, at)

    def _end(self, name: str, at: int) -> None:
        local = self._path.pop()
        depth = len(self._path)
        if local == "row" and depth == 2 and self._row in self.rows:
            self._close(self.rows[self._row], at)
        elif depth == 1:
            if local == "sheetData" and self.sheet_data is not None:
                self._close(self.sheet_data, at)
            if local in BEFORE_COMMENTS:
                closes = self.data.startswith(
                    f"</{name}".encode(), at
                )  # else the tag was that of an empty element
                self.drawing_at = tag_end(self.data, at) if closes else at

    def _close(self, element: Element, at: int) -> None:
        if not element.empty:
            element.closed, element.end = at, tag_end(self.data, at)

    def _element(self, name: str, attributes: dict[str, str], at: int) -> Element:
        end = tag_end(self.data, at)
        return Element(name, attributes, len(self._path) - 1, at, end, self.data[end - 2 : end] == b"/>")


CHARACTER = 7  # pixels of a digit of Calibri 11, the unit of column widths
POINT = 4 / 3  # pixels
COLUMN, ROW = 64, 20  # pixels of a column and a row without a size
GAP = 12  # pixels between a cell and the box of its comment
LAST_COLUMN, LAST_ROW = 16_383, 1_048_575
MOST = 400  # columns or rows that a box spans; hidden ones add nothing to it


class Geometry:
    """The pixels of the columns and rows of one sheet; hidden ones have none."""

    __slots__ = ("_column", "_columns", "_row", "_rows")

    def __init__(self) -> None:
        self._column, self._row = COLUMN, ROW
        self._columns: list[tuple[int, int, int]] = []
        self._rows: dict[int, int] = {}

    def defaults(self, attributes: Mapping[str, str]) -> None:
        """Take the sizes that the sheet gives to the columns and rows it does not name."""
        self._column = _pixels(attributes, "defaultColWidth", CHARACTER, COLUMN)
        self._row = _pixels(attributes, "defaultRowHeight", POINT, ROW)

    def column(self, attributes: Mapping[str, str]) -> None:
        """Take the width of a span of columns."""
        bounds = (attributes.get("min", ""), attributes.get("max", ""))
        if all(bound.isdecimal() for bound in bounds):
            pixels = _pixels(attributes, "width", CHARACTER, self._column)
            self._columns.append((int(bounds[0]) - 1, int(bounds[1]) - 1, pixels))

    def row(self, row: int, attributes: Mapping[str, str]) -> None:
        """Take the height of a row."""
        if "ht" in attributes or "hidden" in attributes:
            self._rows[row] = _pixels(attributes, "ht", POINT, self._row)

    def anchor(self, row: int, column: int, width: int, height: int) -> str:
        """Return where a box of pixels beside a cell stands: columns and rows, with offsets into them."""
        across = _span(self._width, column + 1, GAP, width, LAST_COLUMN)
        down = _span(self._height, max(row - 1, 0), GAP // 2, height, LAST_ROW)
        return ", ".join(str(n) for n in (*across[:2], *down[:2], *across[2:], *down[2:]))

    def _width(self, column: int) -> int:
        return next(
            (pixels for first, last, pixels in self._columns if first <= column <= last), self._column
        )

    def _height(self, row: int) -> int:
        return self._rows.get(row, self._row)


def place_of(cell: str) -> At | None:
    """Return the 0-based row and column of an A1 address, None for anything else."""
    match = _ADDRESS.fullmatch(cell)
    return (int(match[2]) - 1, column_of(cell, 0)) if match else None


def column_of(address: str, otherwise: int) -> int:
    """Return the 0-based column of an A1 address, `otherwise` for anything else."""
    match = _ADDRESS.fullmatch(address)
    if match is None:
        return otherwise
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1


def number(text: str, otherwise: int) -> int:
    """Return the whole number that a text writes, `otherwise` for anything else."""
    return int(text) if text.isdecimal() and len(text) < 10 else otherwise


# Widths and heights of a sheet, as far as the box of a comment needs them.


def _span(
    size: Callable[[int], int], first: int, gap: int, length: int, last: int
) -> tuple[int, int, int, int]:
    """Return where a length starts and ends, each as (line, offset)."""
    first = min(first, last)
    start = min(gap, size(first))
    line, left, last = first, start + length, min(last, first + MOST)
    while left > size(line) and line < last:
        left -= size(line)
        line += 1
    return first, start, line, min(left, size(line))


def _pixels(attributes: Mapping[str, str], name: str, scale: float, otherwise: int) -> int:
    if attributes.get("hidden") in ("1", "true"):
        return 0
    try:
        return max(1, min(int(float(attributes[name]) * scale), 3000))
    except (KeyError, ValueError, OverflowError):
        return otherwise
