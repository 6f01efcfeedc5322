"""The points of a chart as cells: what each prints, and what the workbook behind it holds instead."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec.structs import replace

from mlcheck.model.document import Cell
from mlcheck.numeral import parse
from mlcheck.reading.cells import error_cell, number_cell
from mlcheck.reading.format_code import sections
from mlcheck.reading.number_format import show
from mlcheck.reading.pptx_series import GENERAL, Series, Values

NUMBER = re.compile(r"\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?\s*", re.ASCII)
DAYS_1904 = 1462  # between the two origins of dates
GAP = "#N/A"  # written in a cell so that a chart draws nothing


def drawn_cells(
    series: Series, axis: str | None, held: Mapping[int, str], categories: Values
) -> dict[int, Cell]:
    """Return the cells of a series by the index of their points; `held` are the numbers of the workbook.

    A point prints its data label, under the label's format; what was typed over a label is printed as it
    stands. Without labels its value is read off the axis: under its own format, else that of the axis.
    """
    cells: dict[int, Cell] = {}
    for index, (stored, own) in series.values.points.items():
        code = _code(series, index, own, axis)
        cell = _value_cell(stored, code)
        typed = _typed(series, index, categories)
        if typed is not None:
            cell = Cell(typed)
        if cell is not None:
            cells[index] = _beside(cell, held.get(index, ""), code)
    return cells


def label_cells(values: Values, *, scatter: bool, date1904: bool) -> dict[int, Cell]:
    """Return the cells of one level of categories, which are labels; the x of a scatter are numbers."""
    cells: dict[int, Cell] = {}
    for index, (stored, code) in values.points.items():
        if values.numeric and NUMBER.fullmatch(stored):
            number = float(stored) + DAYS_1904 * (date1904 and any(s.has("date") for s in sections(code)))
            cells[index] = number_cell(number, code) if scatter else Cell(show(number, code).text)
        elif stored.strip():
            cells[index] = Cell(stored.strip())
    return cells


def _code(series: Series, index: int, own: str, axis: str | None) -> str:
    labels = series.labels
    if index in labels.codes:
        return labels.codes[index]
    if labels.shown:
        return labels.code or own
    return axis if axis and own == GENERAL else own


def _value_cell(stored: str, code: str) -> Cell | None:
    if NUMBER.fullmatch(stored):
        return number_cell(float(stored), code)
    error = stored.startswith("#") and stored.strip() != GAP
    return error_cell(stored) if error else None


def _typed(series: Series, index: int, categories: Values) -> str | None:
    """Return the number typed over a label, None where there is none; its category may stand beside it."""
    text = series.labels.typed.get(index, "")
    category = categories.points.get(index, ("", ""))[0].strip()
    if not text or text == category:
        return None
    for name in ("", category, series.name):
        text = text.replace(name, "").strip(" :;,") if name else text
        if parse(text) is not None:
            return text
    return None


def _beside(cell: Cell, held: str, code: str) -> Cell:
    """Return a drawn cell with what the workbook holds, printed alike, where that is something else."""
    other = _value_cell(held, code) if held else None
    if other is None or cell.fault:
        return cell
    if cell.number is None:  # typed: the same number may be written otherwise
        one, two = parse(cell.text), parse(other.text)
        differs = one and two and one.unit == two.unit and one.value != two.value
    else:
        differs = cell.text != other.text
    return replace(cell, stored=other.text) if differs else cell
