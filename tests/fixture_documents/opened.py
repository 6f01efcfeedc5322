"""Opens each format with its own library, and gives its text as lines: one a paragraph or table row."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from xml.etree import ElementTree

import pypdfium2
from docx import Document
from docx.oxml.ns import qn
from docx.table import Table
from lxml import html
from markdown_it import MarkdownIt
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
CELLS = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice"
FOOTERS = (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)


def lines_of(suffix: str, content: bytes) -> list[str]:
    """Return the lines of a document, blanks made single; running heads and page numbers are left out."""
    lines = READERS[suffix](content)
    return [line for line in (" ".join(line.split()) for line in lines) if line]


def _plain(content: bytes) -> Iterable[str]:
    return content.decode().splitlines()


def _markdown(content: bytes) -> Iterator[str]:
    row: list[str] | None = None
    for token in MarkdownIt("gfm-like", {"linkify": False, "html": True}).parse(content.decode()):
        if token.type == "tr_open":
            row = []
        elif token.type == "tr_close":
            yield " ".join(row or [])
            row = None
        elif token.type == "inline":
            text = "".join(
                part.content if part.type == "text" else " " if part.type == "html_inline" else ""
                for part in token.children or []
            )
            if row is None:
                yield text
            else:
                row.append(text)


def _html(content: bytes) -> Iterator[str]:
    main = html.document_fromstring(content).find(".//main")
    for line_break in main.iter("br"):
        line_break.tail = f" {line_break.tail or ''}"
    for element in main.iter("h1", "h2", "h3", "p", "li", "caption", "tr"):
        cells = element.findall("*") if element.tag == "tr" else [element]
        yield " ".join(cell.text_content() for cell in cells)


def _word(content: bytes) -> Iterator[str]:
    document = Document(io.BytesIO(content))
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            yield from (" ".join(cell.text for cell in row.cells) for row in block.rows)
        else:
            yield block.text
            boxes = block._p.iterfind(f".//{CHOICE}//{qn('w:txbxContent')}/{qn('w:p')}")
            yield from ("".join(text.text for text in box.iter(qn("w:t"))) for box in boxes)
    for part in document.part.package.iter_parts():
        if part.partname.endswith("footnotes.xml"):
            yield "".join(ElementTree.fromstring(part.blob).itertext())


def _slides(content: bytes) -> Iterator[str]:
    title = None
    for slide in Presentation(io.BytesIO(content)).slides:
        for shape in slide.shapes:
            repeated = shape.is_placeholder and shape == slide.shapes.title and shape.text_frame.text == title
            if not repeated:
                yield from _shape(shape)
        title = slide.shapes.title.text_frame.text


def _shape(shape) -> Iterator[str]:
    if shape.is_placeholder and shape.placeholder_format.type in FOOTERS:
        return
    for inner in getattr(shape, "shapes", ()):
        yield from _shape(inner)
    if shape.has_text_frame:
        yield from (paragraph.text for paragraph in shape.text_frame.paragraphs)
    if getattr(shape, "has_table", False):
        yield from (" ".join(cell.text for cell in row.cells) for row in shape.table.rows)
    if getattr(shape, "has_chart", False):
        chart = shape.chart
        yield chart.chart_title.text_frame.text
        for series in chart.plots[0].series:
            yield series.name
            yield from (
                f"{label} {value:.0f}"
                for label, value in zip(chart.plots[0].categories, series.values, strict=True)
            )


def _printed(content: bytes) -> Iterator[str]:
    document = pypdfium2.PdfDocument(content)
    for number, page in enumerate(document, 1):
        first, *lines = page.get_textpage().get_text_range().splitlines()
        assert first.startswith("Rapport d’activité")
        assert lines.pop(0) == str(number)
        yield from lines


def _spreadsheet(content: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        root = ElementTree.fromstring(archive.read("content.xml"))
    for row in root.iter(f"{CELLS}table-row"):
        yield " ".join("".join(paragraph.itertext()) for paragraph in row.iter(f"{TEXT}p"))


READERS = {
    ".txt": _plain,
    ".md": _markdown,
    ".html": _html,
    ".docx": _word,
    ".pptx": _slides,
    ".pdf": _printed,
    "-borderless.pdf": _printed,
    ".ods": _spreadsheet,
}
