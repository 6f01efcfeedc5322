"""Printed pages: tables with rules, or with nothing but places to tell their columns."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import grey
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import KeepTogether, SimpleDocTemplate, Spacer
from reportlab.platypus import Paragraph as Text
from reportlab.platypus import Table as Drawn

from simulated.blocks import Heading, KeyFigures, Paragraph
from simulated.report import Block, Report
from simulated.tables import Cell, Table
from simulated.writing.flow import numbered

MARGIN = 40  # points
BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=10, leading=13, spaceAfter=6)
BOLD = ParagraphStyle("bold", BODY, fontName="Helvetica-Bold")
LARGE = ParagraphStyle("large", BOLD, fontSize=15, leading=20, spaceBefore=8)


def write_pdf(report: Report, path: Path) -> None:
    """Write a report as a PDF."""
    out = BytesIO()
    page = SimpleDocTemplate(
        out, pagesize=A4, title=report.title, invariant=1, leftMargin=MARGIN, rightMargin=MARGIN
    )
    story: list[Any] = [Text(escape(report.title), LARGE)]
    for block in numbered(report):
        story += _drawn(block, ruled=report.agency.style.ruled)
    page.build(story)
    path.write_bytes(out.getvalue())


def _drawn(block: Block, *, ruled: bool) -> list[Any]:
    if isinstance(block, Heading):
        return [Text(escape(block.text), LARGE)]
    if isinstance(block, Paragraph):
        return [Text(escape(("• " if block.bullet else "") + block.printed), BODY)]
    if isinstance(block, KeyFigures):
        return [
            Text(f"<b>{escape(figure.printed)}</b> {escape(caption)}", BODY)
            for figure, caption in block.pairs
        ]
    above = [
        Text(escape(text), form) for text, form in ((block.title, BOLD), (block.unit_line, BODY)) if text
    ]
    notes = [Text(escape(note), BODY) for note in block.notes]
    return [KeepTogether([*above, _table(block, ruled=ruled), Spacer(0, 4), *notes]), Spacer(0, 8)]


def _table(table: Table, *, ruled: bool) -> Drawn:
    """Return a table as wide as the page at most; heads are broken where they are long."""
    size = 9 if table.width < 7 else 7
    heads = ParagraphStyle("head", BOLD, fontSize=size, leading=size + 2, alignment=1)
    rows = [
        [_content(cell, heads if at < table.head else None) for cell in row]
        for at, row in enumerate(table.rows)
    ]
    spans = [
        ("SPAN", (column, at), (column + cell.span - 1, at))
        for at, row in enumerate(table.rows)
        for column, cell in enumerate(row)
        if cell.span > 1
    ]
    style: list[Any] = [
        ("FONT", (0, 0), (-1, -1), "Helvetica", size),
        ("ALIGN", (table.stub, 0), (-1, -1), "RIGHT"),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        *([("GRID", (0, 0), (-1, -1), 0.5, grey)] if ruled else []),
        *spans,
    ]
    inner = A4[0] - 2 * MARGIN - 12
    label = 150 if table.width < 7 else 110
    each = min(90.0, (inner - label - 50 * (table.stub - 1)) / (table.width - table.stub))
    widths = [50.0] * (table.stub - 1) + [float(label)] + [each] * (table.width - table.stub)
    return Drawn(rows, widths, style=style, hAlign="LEFT", repeatRows=table.head)


def _content(cell: Cell, style: ParagraphStyle | None) -> Any:
    text = cell.printed.strip()
    return Text(escape(text), style) if style and text else "   " * cell.indent + text
