"""Word documents: headings, paragraphs, bullets and tables with merged spanners."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.shared import Pt

from simulated.blocks import Heading, KeyFigures, Paragraph
from simulated.report import Block, Report
from simulated.tables import Table
from simulated.writing.archives import fixed
from simulated.writing.flow import numbered

CREATED = datetime(2024, 3, 1)


def write_docx(report: Report, path: Path) -> None:
    """Write a report as a Word document."""
    document = Document()
    document.core_properties.created = document.core_properties.modified = CREATED
    document.add_heading(report.title, 0)
    for block in numbered(report):
        _write(document, block, report)
    out = BytesIO()
    document.save(out)
    path.write_bytes(fixed(out.getvalue()))


def _write(document: Any, block: Block, report: Report) -> None:
    if isinstance(block, Heading):
        document.add_heading(block.text, block.level)
    elif isinstance(block, Paragraph):
        document.add_paragraph(block.printed, "List Bullet" if block.bullet else None)
    elif isinstance(block, KeyFigures):
        for figure, caption in block.pairs:
            document.add_paragraph(f"{figure.printed} {caption}", "List Bullet")
    else:
        if block.title and report.agency.style.words % 2:
            document.add_heading(block.title, 2)
        elif block.title:
            document.add_paragraph(block.title).runs[0].bold = True
        if block.unit_line:
            document.add_paragraph(block.unit_line)
        _table(document, block, report)
        document.add_paragraph("\n".join(block.notes))


def _table(document: Any, table: Table, report: Report) -> None:
    made = document.add_table(len(table.rows), table.width)
    made.style = "Table Grid" if report.agency.style.ruled else "Normal Table"
    cells = made._cells  # each call of a row's cells would walk the whole table
    for row, texts in enumerate(table.rows):
        for column, cell in enumerate(texts):
            place = cells[row * table.width + column]
            if not cell.printed.strip():
                continue
            paragraph = place.paragraphs[0]
            paragraph.add_run(cell.printed).bold = cell.bold or None
            if cell.indent:
                paragraph.paragraph_format.left_indent = Pt(12 * cell.indent)
            if cell.span > 1:
                place.merge(cells[row * table.width + column + cell.span - 1])
