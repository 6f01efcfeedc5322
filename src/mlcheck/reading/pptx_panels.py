"""The series of a chart grouped by the categories they share: each group is drawn as one table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from mlcheck.reading.pptx_series import Series, Values, rich_text, series_of, values_of
from mlcheck.reading.pptx_terms import C, Element, is_on

CATEGORY_AXES = (f"{C}catAx", f"{C}dateAx")
VALUE_AXIS = f"{C}valAx"
UPRIGHT = ("l", "r")  # where the axis of y stands in a scatter


class Panel(Struct, frozen=True):
    """Series that share their categories or their x: `stubs` are these, outermost first.

    `codes` has the number format that the axis of each series prints its values in, None for their own.
    """

    stubs: tuple[Values, ...]
    scatter: bool
    series: tuple[Series, ...]
    codes: tuple[str | None, ...]


def panels_of(area: Element) -> list[Panel]:
    """Return the panels of a plot area, in the order in which their plots come."""
    groups: list[tuple[tuple[Values, ...], bool, list[Series], list[str | None]]] = []
    levels: tuple[Values, ...] = ()
    for plot in _plots(area):
        code = _axis_code(plot, area)
        for series in series_of(plot, levels):
            scatter = series.across is not None
            stubs = (series.across,) if series.across is not None else series.levels[::-1]
            levels = series.levels or levels
            points = [one.points for one in stubs]
            same = (group for group in groups if [one.points for one in group[0]] == points)
            group = next((one for one in same if one[1] == scatter), None)
            if group is None:
                group = (stubs, scatter, [], [])
                groups.append(group)
            group[2].append(series)
            group[3].append(code)
    return [Panel(stubs, scatter, tuple(series), tuple(codes)) for stubs, scatter, series, codes in groups]


def title_of(chart: Element, names: Iterable[str]) -> str:
    """Return the title of a chart; one left to PowerPoint is the name of the only series."""
    title = chart.find(f"{C}title")
    if title is None:
        return ""
    names = list(names)
    automatic = names[0] if len(names) == 1 and title.find(f"{C}tx") is None else ""
    return _text(title) or automatic


def axis_titles(area: Element) -> tuple[str, list[str]]:
    """Return the title of the axis of categories (or x), and those of the axes of values."""
    corner, others = "", []
    categories = any(child.tag in CATEGORY_AXES for child in area)
    for axis in area:
        title = axis.find(f"{C}title") if isinstance(axis.tag, str) else None
        text = "" if title is None or is_on(axis.find(f"{C}delete")) else _text(title)
        if not text:
            continue
        values = axis.tag == VALUE_AXIS and (categories or _position(axis) in UPRIGHT)
        if values or corner:
            others.append(text)
        else:
            corner = text
    return corner, others


def _plots(area: Element) -> Iterator[Element]:
    for child in area:
        if isinstance(child.tag, str) and child.tag.startswith(C) and child.tag.endswith("Chart"):
            yield child


def _axis_code(plot: Element, area: Element) -> str | None:
    """Return the format of the axis that the values of a plot are read on, None where it is their own."""
    ids = {one.get("val") for one in plot.iterfind(f"{C}axId")}
    axes = [one for one in area.iterfind(VALUE_AXIS) if _value(one.find(f"{C}axId")) in ids]
    axis = next((one for one in axes if _position(one) in UPRIGHT or len(axes) == 1), None)
    code = None if axis is None else axis.find(f"{C}numFmt")
    if code is None or code.get("sourceLinked") in ("1", "true"):
        return None
    return str(code.get("formatCode", "")) or None


def _position(axis: Element) -> str | None:
    return _value(axis.find(f"{C}axPos"))


def _value(element: Element | None) -> str | None:
    return None if element is None else element.get("val")


def _text(title: Element) -> str:
    source = title.find(f"{C}tx")
    if source is None:
        return ""
    texts = [text for _, (text, _) in sorted(values_of(source).points.items())]
    return " ".join(" ".join(texts).split()) or rich_text(source)
