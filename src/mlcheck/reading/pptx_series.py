"""The series of a chart as they are drawn, from what PowerPoint keeps of them in the chart itself."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, field

from mlcheck.reading.pptx_terms import A, C, Element, is_on, whole
from mlcheck.reading.pptx_text import text_of

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
    codes = {index: code for index, one in singles.items() if (code := _code(one)) is not None}
    typed = {index: text for index, one in singles.items() if (text := _typed(one))}
    return Labels(_prints_values(element), _code(element), codes, typed)


def _prints_values(labels: Element) -> bool:
    return is_on(labels.find(f"{C}showVal")) and not is_on(labels.find(f"{C}delete"))


def _code(labels: Element) -> str | None:
    """Return the number format of labels that print values, None where it is that of the values.

    Beside a percentage of the pie, it is the percentage's.
    """
    element = labels.find(f"{C}numFmt")
    if element is None or element.get("sourceLinked") in ("1", "true"):
        return None
    if not _prints_values(labels) or is_on(labels.find(f"{C}showPercent")):
        return None
    return str(element.get("formatCode", GENERAL))


def _typed(label: Element) -> str:
    """Return what was typed over a label; a field in it stands for what PowerPoint writes there itself."""
    rich = label.find(f"{C}tx/{C}rich")
    if rich is None or is_on(label.find(f"{C}delete")) or next(rich.iter(f"{A}fld"), None) is not None:
        return ""
    return rich_text(rich)
