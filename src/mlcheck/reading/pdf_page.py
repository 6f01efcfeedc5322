"""One page of a PDF: its lines, ruled tables and pictures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import pypdfium2
from msgspec import Struct

from mlcheck.model.document import Box
from mlcheck.reading.pdf_annotations import draw_annotations
from mlcheck.reading.pdf_drawings import read_drawings
from mlcheck.reading.pdf_glyphs import Run, read_characters
from mlcheck.reading.pdf_lattice import Lattice, lattices_of
from mlcheck.reading.pdf_layout import Frame
from mlcheck.reading.pdf_lines import Row
from mlcheck.reading.pdf_tables import PdfTable, tables_of
from mlcheck.reading.pdf_words import rows_of


class PageContent(Struct):
    """What stands on a page; `number` counts from 1.

    `recognised` tells that its text is a layer under a picture, `unknown` how many of its `characters` have
    no Unicode, `unread` how many annotations are not drawn, `drawn` how many things are, `cut` that there
    was more text than fits.
    """

    number: int
    width: float
    height: float
    rows: list[Row]
    tables: list[PdfTable]
    pictures: list[Box]
    unknown: int
    cut: bool
    recognised: bool
    characters: int
    unread: int
    drawn: int

    @property
    def items(self) -> list[Row | PdfTable]:
        """Its lines and its tables, in no order."""
        return [*self.rows, *self.tables]

    @property
    def is_blank(self) -> bool:
        """Whether it has no text at all."""
        return not self.rows and not self.tables

    @property
    def sizes(self) -> Counter[float]:
        """How many characters of each size stand in its lines; bold ones count where most are."""
        plain: Counter[float] = Counter()
        whole: Counter[float] = Counter()
        for row in self.rows:
            length = len(row.text)
            whole[row.size] += length
            plain[row.size] += 0 if row.bold else length
        return plain if plain.total() * 2 >= whole.total() else whole


def read_page(document: Any, number: int) -> PageContent | None:
    """Return what stands on a page of an open document, or None where the page is broken."""
    try:
        page, texts = draw_annotations(document, number - 1)
    except pypdfium2.PdfiumError:
        return None
    try:
        text = page.get_textpage()
        left, bottom, right, top = page.get_bbox()
        frame = Frame(left, bottom, right, top, page.get_rotation() // 90)
        characters = read_characters(text.raw, frame)
        drawings = read_drawings(page, frame)
    except pypdfium2.PdfiumError:
        return None
    finally:
        page.close()
    unread = _unread(texts, characters.runs)
    lattices = lattices_of(drawings)
    rows = rows_of(characters.runs, lambda base: _edges_at(lattices, base))
    return PageContent(
        number,
        frame.width,
        frame.height,
        rows,
        tables_of(lattices, rows, number),
        drawings.pictures,
        characters.unknown,
        characters.cut,
        any(run.hidden for run in characters.runs),
        sum(len(run.glyphs) for run in characters.runs),
        unread,
        drawings.objects,
    )


def _unread(texts: Sequence[str], runs: Sequence[Run]) -> int:
    """Return how many texts of annotations are not among the characters of the page."""
    if not texts:
        return 0
    printed = "".join("".join(glyph.text for run in runs for glyph in run.glyphs).split())
    return sum(text not in printed for text in texts)


def _edges_at(lattices: Sequence[Lattice], base: float) -> list[float]:
    """Return the edges of the columns of every lattice that a line of text goes through."""
    return [
        edge
        for lattice in lattices
        if lattice.rows[0] <= base <= lattice.rows[-1]
        for edge in lattice.columns
    ]
