"""Presentations: a slide for each table, with the paragraphs before it in a text box."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.util import Inches, Pt

from simulated.blocks import Heading, KeyFigures, Paragraph
from simulated.report import Block, Report
from simulated.tables import Table
from simulated.writing.archives import fixed
from simulated.writing.flow import numbered

TITLE_ONLY = 5
WIDE = Inches(9)


def write_pptx(report: Report, path: Path) -> None:
    """Write a report as a presentation."""
    show = Presentation()
    show.slides.add_slide(show.slide_layouts[0]).shapes.title.text = report.title
    title, texts = report.title, list[str]()
    for block in numbered(report):
        if isinstance(block, Heading):
            _texts(show, title, texts)
            title, texts = block.text, []
        elif isinstance(block, Table):
            _table(show, title, texts, block)
            texts = []
        elif isinstance(block, KeyFigures):
            _key_figures(show, title, block)
        else:
            texts.append(_printed(block))
    _texts(show, title, texts)
    out = BytesIO()
    show.save(out)
    path.write_bytes(fixed(out.getvalue()))


def _printed(block: Block) -> str:
    return (("• " if block.bullet else "") + block.printed) if isinstance(block, Paragraph) else ""


def _slide(show: Any, title: str) -> Any:
    slide = show.slides.add_slide(show.slide_layouts[TITLE_ONLY])
    slide.shapes.title.text = title
    return slide


def _texts(show: Any, title: str, texts: list[str]) -> None:
    if texts:
        _box(_slide(show, title), texts, Inches(0.5), Inches(1.5), WIDE, Inches(2))


def _box(slide: Any, texts: list[str], left: int, top: int, width: int, height: int) -> None:
    frame = slide.shapes.add_textbox(left, top, width, height).text_frame
    frame.word_wrap = True
    for at, text in enumerate(texts):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        paragraph.text = text
        paragraph.font.size = Pt(14)


def _key_figures(show: Any, title: str, block: KeyFigures) -> None:
    """Write each number over its caption, three beside one another."""
    slide = _slide(show, title)
    for at, (figure, caption) in enumerate(block.pairs):
        left, top = Inches(0.5 + 3 * (at % 3)), Inches(1.6 + 1.6 * (at // 3))
        _box(slide, [figure.printed, caption], left, top, Inches(2.6), Inches(1.2))


def _table(show: Any, title: str, texts: list[str], table: Table) -> None:
    """Write a slide with a table under its title, the paragraphs above it or below."""
    slide = _slide(show, title)
    lines = [*(texts if len(texts) < 2 else []), *filter(None, (table.title, table.unit_line))]
    if lines:
        _box(slide, lines, Inches(0.5), Inches(1.2), WIDE, Inches(0.6))
    height = Inches(0.22 * len(table.rows))
    shape = slide.shapes.add_table(len(table.rows), table.width, Inches(0.5), Inches(2), WIDE, height)
    made = shape.table
    for row, cells in enumerate(table.rows):
        for column, cell in enumerate(cells):
            if cell.printed.strip():
                made.cell(row, column).text = cell.printed
            if cell.span > 1:
                made.cell(row, column).merge(made.cell(row, column + cell.span - 1))
    below = [*(texts if len(texts) >= 2 else []), *table.notes]
    if below:
        _box(slide, below, Inches(0.5), Inches(2.1) + height, WIDE, Inches(1))
