"""A chart of a slide as a table: its categories in rows, its series in columns, its values as drawn."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct, field
from pptx.opc.package import Part

from mlcheck.model.document import Cell, Grid, Locator, Merge, NotUnderstood, Paragraph
from mlcheck.model.errors import MlcheckError
from mlcheck.reading.cells import in_order
from mlcheck.reading.pptx_package import related, target, tree
from mlcheck.reading.pptx_panels import Panel, axis_titles, panels_of, title_of
from mlcheck.reading.pptx_points import drawn_cells, label_cells
from mlcheck.reading.pptx_series import Values
from mlcheck.reading.pptx_terms import A, C, R, is_on
from mlcheck.reading.pptx_text import text_of
from mlcheck.reading.pptx_workbook import Workbook
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
        stubs = panel.stubs or (_counted(panel),)
        ranges = (*stubs, *(series.values for series in panel.series))
        rows = {index: top + n for n, index in enumerate(sorted(set().union(*(r.points for r in ranges))), 1)}
        self.height = top + len(rows) + 1
        if self.corner:
            self.cells[top, len(stubs) - 1] = Cell(self.corner)
        for column, values in enumerate(stubs):
            scatter = panel.scatter and column == len(stubs) - 1
            labels = label_cells(values, scatter=scatter, date1904=self.date1904)
            self.cells |= {(rows[index], column): cell for index, cell in labels.items()}
            if column < len(stubs) - 1:
                self._merge([rows[index] for index in sorted(labels)], column)
        for n, (series, code) in enumerate(zip(panel.series, panel.codes, strict=True), len(stubs)):
            if series.name:
                self.cells[top, n] = Cell(series.name)
            drawn = drawn_cells(series, code, self.held.get(series.values.reference, {}), stubs[-1])
            self.cells |= {(rows[index], n): cell for index, cell in drawn.items()}

    def grid(self, locator: Locator, hidden: bool) -> Grid:
        """Return what was placed, its cells row by row."""
        return Grid(locator, dict(sorted(self.cells.items())), in_order(self.merges), hidden)

    def _merge(self, starts: list[int], column: int) -> None:
        """Merge each outer category over the inner ones that it holds, up to the next."""
        for row, following in zip(starts, (*starts[1:], self.height), strict=True):
            if following - row > 1:
                self.merges.append(Merge(row, column, following - 1, column))


def read_chart(part: Part, locator: Locator, path: Path, *, hidden: bool) -> Found:
    """Return the titles of a chart and the table of what it draws, and what of it is not read.

    The values are those that PowerPoint keeps in the chart; where the workbook embedded behind it holds
    another value, printed alike, the cell says so (`Cell.stored`). A pie that prints percentages gives the
    values these are computed from. Links to files outside are never followed.
    """
    space = tree(part)
    chart = space.find(f"{C}chart")
    area = None if chart is None else chart.find(f"{C}plotArea")
    panels = [] if area is None else panels_of(area)
    series = [one for panel in panels for one in panel.series]
    reasons = [BUBBLES] if any(one.bubbles for one in series) else []
    if area is None or not series or not all(one.values.points for one in series):
        reasons.append(NO_VALUES)
    corner, titles = ("", []) if area is None else axis_titles(area)
    title = "" if chart is None else title_of(chart, [one.name for one in series])
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
