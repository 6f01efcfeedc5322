"""Small presentations for the tests of the reader, made by python-pptx; what it cannot write is set in XML."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

BLANK, TITLE_ONLY, TITLE_AND_BODY, TITLE_SLIDE = 6, 5, 1, 0  # layouts of the default template
CHART = "ppt/charts/chart"
CHARTS = "http://schemas.openxmlformats.org/drawingml/2006/chart"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def deck(path: Path, *slides: Callable[[Any], None], layout: int = BLANK) -> Path:
    """Write a presentation; each function draws one slide."""
    presentation = Presentation()
    for draw in slides:
        draw(presentation.slides.add_slide(presentation.slide_layouts[layout]))
    presentation.save(str(path))
    return path


def box(
    slide: Any,
    text: str,
    left: float = 0,
    top: float = 0,
    width: float = 3,
    height: float = 0.5,
    name: str = "",
) -> Any:
    """Add a text box, a paragraph a line; its place is in inches."""
    shape = slide.shapes.add_textbox(Inches(left), Inches(top), Inches(width), Inches(height))
    shape.text_frame.text = text
    shape.name = name or shape.name
    return shape


def table(slide: Any, rows: str, left: float = 0, top: float = 1, width: float = 4, height: float = 1) -> Any:
    """Add a table from lines of cells parted by "|"."""
    cells = [line.split("|") for line in rows.strip().splitlines()]
    frame = slide.shapes.add_table(
        len(cells), len(cells[0]), Inches(left), Inches(top), Inches(width), Inches(height)
    )
    for row, line in enumerate(cells):
        for column, text in enumerate(line):
            frame.table.cell(row, column).text = text.strip()
    return frame


def chart(
    slide: Any,
    series: dict[str, tuple[Any, ...]],
    categories: Any = ("Femmes", "Hommes"),
    code: str = "General",
    kind: Any = XL_CHART_TYPE.COLUMN_CLUSTERED,
) -> Any:
    """Add a chart, with the workbook that python-pptx writes behind it."""
    data = CategoryChartData(number_format=code)
    data.categories = categories
    for name, values in series.items():
        data.add_series(name, values)
    return slide.shapes.add_chart(kind, 0, Inches(1), Inches(4), Inches(3), data).chart


def scatter(slide: Any, name: str, points: tuple[tuple[float, float], ...]) -> Any:
    """Add a scatter of one series."""
    data = XyChartData()
    series = data.add_series(name)
    for x, y in points:
        series.add_data_point(x, y)
    return slide.shapes.add_chart(XL_CHART_TYPE.XY_SCATTER, 0, 0, Inches(4), Inches(3), data).chart


def rewrite(path: Path, part: str, change: Callable[[bytes], bytes | None]) -> Path:
    """Rewrite the parts of a presentation whose name starts so; None takes a part out."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert any(name.startswith(part) for name in parts)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            changed = change(content) if name.startswith(part) else content
            if changed is not None:
                archive.writestr(name, changed)
    return path


def replaced(path: Path, part: str, old: str, new: str) -> Path:
    """Rewrite a presentation with a text of one part replaced."""

    def change(content: bytes) -> bytes:
        assert old.encode() in content, content.decode()
        return content.replace(old.encode(), new.encode())

    return rewrite(path, part, change)
