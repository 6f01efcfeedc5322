"""Small PDF documents for the tests, drawn by reportlab or written object by object.

Places are in points from the top left corner of an A4 page, as the reader gives them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from mlcheck.model.document import Document, Grid, Lines, Paragraph
from mlcheck.reading import read

WIDTH, HEIGHT = 595.0, 842.0
ROW = 18.0  # height of the rows of tables
Page = Callable[[Any], None]


def pdf(path: Path, *pages: Page, **options: Any) -> Path:
    """Write a document; each function draws one page."""
    canvas = Canvas(str(path), pagesize=(WIDTH, HEIGHT), **options)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return path


def write(
    canvas: Any, left: float, base: float, text: str, size: float = 10, font: str = "Helvetica"
) -> float:
    """Write a line and return where it ends."""
    canvas.setFont(font, size)
    canvas.drawString(left, HEIGHT - base, text)
    return left + float(canvas.stringWidth(text, font, size))


def prose(canvas: Any, left: float, base: float, text: str, size: float = 10, pitch: float = 12) -> float:
    """Write the lines of a text and return the base of the next one; an empty line is half as high."""
    for line in text.splitlines():
        if line:
            write(canvas, left, base, line, size)
        base += pitch if line else pitch / 2
    return base


def rule(canvas: Any, left: float, top: float, right: float, bottom: float) -> None:
    """Draw a straight line."""
    canvas.setLineWidth(0.5)
    canvas.line(left, HEIGHT - top, right, HEIGHT - bottom)


def cells_of(rows: str) -> list[list[str]]:
    """Return cells from lines whose cells are parted by "|"."""
    return [[cell.strip() for cell in line.split("|")] for line in rows.strip().splitlines()]


def fill(canvas: Any, left: float, top: float, rows: str, widths: Sequence[float], size: float = 10) -> None:
    """Write the texts of a table without any ruling: labels on the left, the rest on the right."""
    for number, row in enumerate(cells_of(rows)):
        base, at = top + (number + 1) * ROW - 5, left
        for column, (text, width) in enumerate(zip(row, widths, strict=False)):
            shift = 0 if column == 0 else width - 8 - canvas.stringWidth(text, "Helvetica", size)
            write(canvas, at + 4 + shift, base, text, size)
            at += width


def table(canvas: Any, left: float, top: float, rows: str, widths: Sequence[float] = (120, 70, 70)) -> float:
    """Draw a table with all its rulings and return where it ends."""
    count, right = len(cells_of(rows)), left + sum(widths[: len(cells_of(rows)[0])])
    bottom = top + count * ROW
    for number in range(count + 1):
        rule(canvas, left, top + number * ROW, right, top + number * ROW)
    at = left
    for width in (0, *widths[: len(cells_of(rows)[0])]):
        at += width
        rule(canvas, at, top, at, bottom)
    fill(canvas, left, top, rows, widths)
    return bottom


def lines(document: Document) -> list[str]:
    """Return the lines that are no part of a ruled table and no heading."""
    return [line.text for block in document.blocks if isinstance(block, Lines) for line in block.lines]


def headings(document: Document) -> list[tuple[int | None, str]]:
    """Return the headings with their levels."""
    return [(b.level, b.text) for b in document.blocks if isinstance(b, Paragraph)]


def grids(document: Document) -> list[list[list[str]]]:
    """Return the texts of the ruled tables, row by row, cells without text as ""."""
    found = []
    for grid in (block for block in document.blocks if isinstance(block, Grid)):
        height, width = (max(at[side] for at in grid.places) + 1 for side in (0, 1))
        found.append([[_text(grid, row, column) for column in range(width)] for row in range(height)])
    return found


def _text(grid: Grid, row: int, column: int) -> str:
    cell = grid.cells.get((row, column))
    return cell.text if cell else ""


def read_page(tmp_path: Path, draw: Page, **options: Any) -> Document:
    """Return what is read of a document of one page."""
    return read(pdf(tmp_path / "rapport.pdf", draw, **options))


def written(*objects: bytes) -> bytes:
    """Return a document from the contents of its objects, numbered from 1; the first is the catalog."""
    content, places = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, start=1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, text)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(content))
    return content + head + table + tail


def one_page(content: bytes, fonts: bytes, *objects: bytes) -> bytes:
    """Return a document of one page from its content stream, its fonts and more objects, from 5 on."""
    return written(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<<%s>>>>>>" % fonts,
        stream(content),
        *objects,
    )


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """Return a stream object."""
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(content), content)


def reasons(document: Document) -> Iterator[str]:
    """Yield why something of a document was not understood."""
    return (note.reason.format(**note.values) for note in document.not_understood)
