"""A chart of a slide as a table: its categories in rows, its series in columns, its values as drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct, field
from pptx.opc.package import Part

from mlcheck.model.document import Cell, Grid, Locator, Merge, NotUnderstood, Paragraph
from mlcheck.model.errors import MlcheckError
from mlcheck.reading.cells import in_order
from mlcheck.reading.slides.charts.series import (
    Series,
    Values,
    drawn_cells,
    label_cells,
    rich_text,
    series_of,
    values_of,
)
from mlcheck.reading.slides.charts.workbook import Workbook
from mlcheck.reading.slides.package import A, C, Element, R, is_on, related, target, text_of, tree
from mlcheck.translation import N_

NO_VALUES = N_("The chart {shape} keeps no values: what it draws is not read.")
BUBBLES = N_("The sizes of the bubbles in {shape} are not read.")
NO_WORKBOOK = N_("The workbook behind the chart {shape} cannot be read: the two were not compared.")
Found = tuple[list[Paragraph | Grid], list[NotUnderstood]]
Held = dict[str, dict[int, str]]  # the numbers of the workbook, by the reference of a series


class Drawing(Struct):
    """The table being made of a chart; `date1904` is its origin of dates, `corner` heads its categories."""

    held: Held
    date1904: bool
    corner: str
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    height: int = 0

    def place(self, panel: Panel) -> None:
        """Add a panel, an empty row below what is there."""
        top = self.height + (1 if self.height else 0)
        label_columns = panel.label_columns or (_counted(panel),)
        ranges = (*label_columns, *(series.values for series in panel.series))
        rows = {index: top + n for n, index in enumerate(sorted(set().union(*(r.points for r in ranges))), 1)}
        self.height = top + len(rows) + 1
        if self.corner:
            self.cells[top, len(label_columns) - 1] = Cell(self.corner)
        for column, values in enumerate(label_columns):
            scatter = panel.scatter and column == len(label_columns) - 1
            labels = label_cells(values, scatter=scatter, date1904=self.date1904)
            self.cells |= {(rows[index], column): cell for index, cell in labels.items()}
            if column < len(label_columns) - 1:
                self._merge([rows[index] for index in sorted(labels)], column)
        for n, (series, code) in enumerate(zip(panel.series, panel.codes, strict=True), len(label_columns)):
            if series.name:
                self.cells[top, n] = Cell(series.name)
            drawn = drawn_cells(series, code, self.held.get(series.values.reference, {}), label_columns[-1])
            self.cells |= {(rows[index], n): cell for index, cell in drawn.items()}

    def grid(self, locator: Locator, hidden: bool) -> Grid:
        """Return what was placed, its cells row by row."""
        return Grid(locator, dict(sorted(self.cells.items())), in_order(self.merges), hidden)

    def _merge(self, starts: list[int], column: int) -> None:
        """Merge each outer category over the inner ones that it holds, up to the next."""
        for row, following in zip(starts, (*starts[1:], self.height), strict=True):
            if following - row > 1:
                self.merges.append(Merge(row, column, following - 1, column))


CATEGORY_AXES = (f"{C}catAx", f"{C}dateAx")
VALUE_AXIS = f"{C}valAx"
UPRIGHT = ("l", "r")  # where the axis of y stands in a scatter


class Panel(Struct, frozen=True):
    """Series that share their categories or their x: `label_columns` are these, outermost first.

    `codes` has the number format that the axis of each series prints its values in, None for their own.
    """

    label_columns: tuple[Values, ...]
    scatter: bool
    series: tuple[Series, ...]
    codes: tuple[str | None, ...]


def read_chart(part: Part, locator: Locator, path: Path, *, hidden: bool) -> Found:
    """Return the titles of a chart and the table of what it draws, and what of it is not read.

    The values are those that PowerPoint keeps in the chart; where the workbook embedded behind it holds
    another value, printed alike, the cell says so (`Cell.stored`). A pie that prints percentages gives the
    values these are computed from. Links to files outside are never followed.
    """
    space = tree(part)
    chart = space.find(f"{C}chart")
    area = None if chart is None else chart.find(f"{C}plotArea")
    panels = [] if area is None else _panels_of(area)
    series = [one for panel in panels for one in panel.series]
    reasons = [BUBBLES] if any(one.bubbles for one in series) else []
    if area is None or not series or not all(one.values.points for one in series):
        reasons.append(NO_VALUES)
    corner, titles = ("", []) if area is None else _axis_titles(area)
    title = "" if chart is None else _title_of(chart, [one.name for one in series])
    try:
        held = _held(part, [one.values for one in series], path)
    except MlcheckError:
        held = {}
        reasons.append(NO_WORKBOOK)
    drawing = Drawing(held, is_on(space.find(f"{C}date1904")), corner)
    for panel in panels:
        if any(one.values.points for one in panel.series):
            drawing.place(panel)
    texts = [text for text in (title, *titles, *_written(part)) if text]
    grids = [drawing.grid(locator, hidden)] if drawing.cells else []
    notes = [NotUnderstood(locator, reason, {"shape": locator.shape or ""}) for reason in reasons]
    return [*(Paragraph(text, locator) for text in texts), *grids], notes


def _counted(panel: Panel) -> Values:
    """Return the categories of series that name none: PowerPoint counts them."""
    indexes = set[int]().union(*(series.values.points for series in panel.series))
    return Values({index: (str(index + 1), "") for index in indexes})


def _held(part: Part, ranges: list[Values], path: Path) -> Held:
    """Return the numbers of the workbook embedded behind a chart; none where it has no such workbook.

    Raises MlcheckError where the workbook is broken, locked or of another kind.
    """
    data = tree(part).find(f"{C}externalData")
    embedded = None if data is None else target(part, data.get(f"{R}id"))
    if embedded is None:
        return {}
    with Workbook(path, embedded.blob) as workbook:
        return {one.reference: workbook.numbers(one.reference, one.count) for one in ranges}


def _written(part: Part) -> list[str]:
    """Return the texts of the shapes that were drawn into a chart."""
    drawing = related(part, "chartUserShapes")
    paragraphs = () if drawing is None else tree(drawing).iter(f"{A}p")
    return [text for paragraph in paragraphs if (text := text_of(paragraph, " ").strip())]


# The series of a chart grouped by the categories they share: each group is drawn as one table.


def _panels_of(area: Element) -> list[Panel]:
    """Return the panels of a plot area, in the order in which their plots come."""
    groups: list[tuple[tuple[Values, ...], bool, list[Series], list[str | None]]] = []
    levels: tuple[Values, ...] = ()
    for plot in _plots(area):
        code = _axis_code(plot, area)
        for series in series_of(plot, levels):
            scatter = series.across is not None
            label_columns = (series.across,) if series.across is not None else series.levels[::-1]
            levels = series.levels or levels
            points = [one.points for one in label_columns]
            same = (group for group in groups if [one.points for one in group[0]] == points)
            group = next((one for one in same if one[1] == scatter), None)
            if group is None:
                group = (label_columns, scatter, [], [])
                groups.append(group)
            group[2].append(series)
            group[3].append(code)
    return [
        Panel(label_columns, scatter, tuple(series), tuple(codes))
        for label_columns, scatter, series, codes in groups
    ]


def _title_of(chart: Element, names: Iterable[str]) -> str:
    """Return the title of a chart; one left to PowerPoint is the name of the only series."""
    title = chart.find(f"{C}title")
    if title is None:
        return ""
    names = list(names)
    automatic = names[0] if len(names) == 1 and title.find(f"{C}tx") is None else ""
    return _text(title) or automatic


def _axis_titles(area: Element) -> tuple[str, list[str]]:
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
