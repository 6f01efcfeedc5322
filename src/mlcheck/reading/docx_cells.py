"""The cells of a Word table as printed: the paragraphs of each as lines, indented as they are."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct, field

from mlcheck.model.document import Cell
from mlcheck.reading.cells import INDENT, Place
from mlcheck.reading.docx_numbering import BULLET
from mlcheck.reading.docx_paragraphs import Entry, Paragraphs
from mlcheck.reading.docx_tables import Layout, blocks_in
from mlcheck.reading.docx_tabs import untabbed
from mlcheck.reading.docx_terms import PARAGRAPH, Element

INDENT_TWIPS = 283  # of one level: half a centimetre
MOST_LEVELS = 9


class Filled(Struct):
    """The cells of a table that print something, and what is `anchored` in them or stands `inner` to them."""

    cells: dict[Place, Cell] = field(default_factory=dict)
    anchored: list[Element] = field(default_factory=list)
    inner: list[Element] = field(default_factory=list)


def fill(layout: Layout, paragraphs: Paragraphs) -> Filled:
    """Read the cells of a table; tables inside them are left for later."""
    found = Filled()
    for cell in layout.cells:
        entries = []
        for element in blocks_in(cell.element):
            if element.tag == PARAGRAPH:
                entries.append(paragraphs.read(element))
                found.anchored += entries[-1].anchored
            else:
                found.inner.append(element)
        text = cell_text(entries)
        if text:
            found.cells[cell.row, cell.left] = Cell(text, hidden=cell.hidden)
    return found


def cell_text(entries: Iterable[Entry]) -> str:
    """Return the lines of a cell, blank ones left out; a cell may print nothing but an automatic number."""
    return "\n".join(line for entry in entries if (line := _line(entry)))


def _line(entry: Entry) -> str:
    """Return a line of a cell; the indent of a label tells what it is part of, that of a number nothing."""
    text = untabbed(entry.text).rstrip()
    if not text.strip():
        return "" if entry.label.startswith(BULLET) else entry.label.strip()
    if not entry.label and not text.lstrip()[0].isalpha():
        return text.strip()
    twips = entry.style.indent + INDENT_TWIPS // 2
    depth = (entry.style.depth or 0) if entry.label else twips // INDENT_TWIPS
    return INDENT * min(max(depth, 0), MOST_LEVELS) + entry.label + text
