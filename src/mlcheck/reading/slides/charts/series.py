"""The series of a chart as they are drawn, from what PowerPoint keeps of them in the chart itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from mlcheck.language.numeral import parse
from mlcheck.model.document import Cell
from mlcheck.reading.slides.package import A, C, Element, is_on, text_of, whole
from mlcheck.reading.spreadsheet.number_format.code import sections
from mlcheck.reading.spreadsheet.number_format.show import error_cell, number_cell, show

GENERAL = "General"


class Values(Struct, frozen=True):
    """What a chart keeps of a range: `points` maps a 0-based index to its stored text and number format.

    `count` is the length of the range, `reference` its address in the workbook behind the chart ("" without
    one); `numeric` tells numbers from texts.
    """

    points: dict[int, tuple[str, str]] = field(default_factory=dict)
    count: int = 0
    reference: str = ""
    numeric: bool = False


class Labels(Struct, frozen=True):
    """The data labels of a series: whether they print the values, and under which format, None for their own.

    `typed` maps the index of a point to the text that was written over its label.
    """

    shown: bool = False
    code: str | None = None
    codes: dict[int, str] = field(default_factory=dict)
    typed: dict[int, str] = field(default_factory=dict)


class Series(Struct, frozen=True):
    """One series of a chart; `levels` are its categories, innermost first, `across` the x of a scatter."""

    name: str
    values: Values
    levels: tuple[Values, ...]
    across: Values | None
    labels: Labels
    bubbles: bool


NUMBER = re.compile(r"\s*[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?\s*", re.ASCII)
DAYS_1904 = 1462  # between the two origins of dates
GAP = "#N/A"  # written in a cell so that a chart draws nothing


def series_of(plot: Element, levels: tuple[Values, ...]) -> Iterator[Series]:
    """Yield the series of one plot of a chart in their order; all have the categories of the first.

    `levels` are the categories of the plot before, for one that has none of its own.
    """
    found = sorted(plot.iterfind(f"{C}ser"), key=lambda one: whole(one.find(f"{C}order"), "val"))
    own = (levels_of(one.find(f"{C}cat")) for one in found)
    levels = next((one for one in own if one), levels)
    for element in found:
        values = element.find(f"{C}val")
        yield Series(
            _name(element.find(f"{C}tx")),
            values_of(element.find(f"{C}yVal") if values is None else values),
            levels,
            None if element.find(f"{C}xVal") is None else values_of(element.find(f"{C}xVal")),
            _labels(element, plot),
            element.find(f"{C}bubbleSize") is not None,
        )


def values_of(source: Element | None) -> Values:
    """Return what a chart keeps of a range of cells, or of values that stand in the chart itself."""
    if source is None:
        return Values()
    reference = next((text.text or "" for text in source.iter(f"{C}f")), "")
    for name in ("numCache", "numLit", "strCache", "strLit"):
        cache = next(source.iter(f"{C}{name}"), None)
        if cache is not None:
            numeric = name.startswith("num")
            code = (cache.findtext(f"{C}formatCode") or GENERAL) if numeric else GENERAL
            return Values(_points(cache, code), whole(cache.find(f"{C}ptCount"), "val"), reference, numeric)
    return Values(reference=reference)


def levels_of(source: Element | None) -> tuple[Values, ...]:
    """Return the categories of a series: one level, or several of which the first is the innermost."""
    if source is None:
        return ()
    levels = list(source.iter(f"{C}lvl"))
    found = tuple(Values(_points(one, GENERAL)) for one in levels) if levels else (values_of(source),)
    return tuple(one for one in found if one.points)


def rich_text(holder: Element) -> str:
    """Return a text that was typed into a chart, its paragraphs on one line."""
    texts = (text_of(paragraph, " ").strip() for paragraph in holder.iter(f"{A}p"))
    return " ".join(text for text in texts if text)


def _points(cache: Element, code: str) -> dict[int, tuple[str, str]]:
    return {
        whole(point, "idx"): (point.findtext(f"{C}v") or "", str(point.get("formatCode", code)))
        for point in cache.iterfind(f"{C}pt")
    }


def _name(source: Element | None) -> str:
    if source is None:
        return ""
    points = values_of(source).points
    texts = [text for _, (text, _) in sorted(points.items())] or [source.findtext(f"{C}v") or ""]
    return " ".join(" ".join(texts).split())


def _labels(series: Element, plot: Element) -> Labels:
    """Return the labels of a series, which go before those of its plot."""
    own = series.find(f"{C}dLbls")
    element = plot.find(f"{C}dLbls") if own is None else own
    if element is None:
        return Labels()
    singles = {whole(one.find(f"{C}idx"), "val"): one for one in element.iterfind(f"{C}dLbl")}
    codes = {index: code for index, one in singles.items() if (code := _label_code(one)) is not None}
    typed = {index: text for index, one in singles.items() if (text := _typed_label(one))}
    return Labels(_prints_values(element), _label_code(element), codes, typed)


def _prints_values(labels: Element) -> bool:
    return is_on(labels.find(f"{C}showVal")) and not is_on(labels.find(f"{C}delete"))


def _label_code(labels: Element) -> str | None:
    """Return the number format of labels that print values, None where it is that of the values.

    Beside a percentage of the pie, it is the percentage's.
    """
    element = labels.find(f"{C}numFmt")
    if element is None or element.get("sourceLinked") in ("1", "true"):
        return None
    if not _prints_values(labels) or is_on(labels.find(f"{C}showPercent")):
        return None
    return str(element.get("formatCode", GENERAL))


def _typed_label(label: Element) -> str:
    """Return what was typed over a label; a field in it stands for what PowerPoint writes there itself."""
    rich = label.find(f"{C}tx/{C}rich")
    if rich is None or is_on(label.find(f"{C}delete")) or next(rich.iter(f"{A}fld"), None) is not None:
        return ""
    return rich_text(rich)


# The points of a chart as cells: what each prints, and what the workbook behind it holds instead.


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
