"""Widths and heights of a sheet, as far as the box of a comment needs them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

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
