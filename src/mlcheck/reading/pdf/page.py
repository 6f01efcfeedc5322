"""One page of a PDF: its lines, ruled tables and pictures."""

from __future__ import annotations

import ctypes
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from msgspec import Struct

from mlcheck.model.document import Box
from mlcheck.reading.pdf.drawings import read_drawings
from mlcheck.reading.pdf.glyphs import Run, read_characters
from mlcheck.reading.pdf.lattice import Lattice, lattices_of
from mlcheck.reading.pdf.lines import LineRow, rows_of
from mlcheck.reading.pdf.places import Frame
from mlcheck.reading.pdf.tables import PdfTable, tables_of


class PageContent(Struct):
    """What stands on a page; `number` counts from 1.

    `recognised` tells that its text is a layer under a picture, `unknown` how many of its `characters` have
    no Unicode, `unread` how many annotations are not drawn, `drawn` how many things are, `cut` that there
    was more text than fits.
    """

    number: int
    width: float
    height: float
    rows: list[LineRow]
    tables: list[PdfTable]
    pictures: list[Box]
    unknown: int
    cut: bool
    recognised: bool
    characters: int
    unread: int
    drawn: int

    @property
    def items(self) -> list[LineRow | PdfTable]:
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


DRAWN = (
    pdfium.FPDF_ANNOT_WIDGET,
    pdfium.FPDF_ANNOT_FREETEXT,
    pdfium.FPDF_ANNOT_STAMP,
    pdfium.FPDF_ANNOT_WATERMARK,
)
UNSEEN = pdfium.FPDF_ANNOT_FLAG_INVISIBLE | pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW
MAX_ANNOTATIONS = 5_000  # of a page
LONGEST = 20_000  # bytes of a value


def read_page(document: Any, number: int) -> PageContent | None:
    """Return what stands on a page of an open document, or None where the page is broken."""
    try:
        page, texts = _draw_annotations(document, number - 1)
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
    """Return the edges of the columns of every lattice that a line of text goes through, but those within its cells."""
    found: list[float] = []
    for lattice in lattices:
        if lattice.rows[0] <= base <= lattice.rows[-1]:
            row = bisect_right(lattice.rows, base) - 1
            own = [cell for cell in lattice.cells if cell.top <= row <= cell.bottom]
            within = {edge for cell in own for edge in range(cell.left + 1, cell.right + 1)}
            found += (edge for n, edge in enumerate(lattice.columns) if n not in within)
    return found


# Form fields and notes, drawn into the page as a reader of the report sees them.


def _draw_annotations(document: Any, index: int) -> tuple[Any, list[str]]:
    """Return an open page with its annotations drawn in, and the texts that they should have drawn.

    The page is changed in memory only. Raises PdfiumError where the page is broken.
    """
    page = document[index]
    drawn, texts = False, []
    for number in range(min(pdfium.FPDFPage_GetAnnotCount(page), MAX_ANNOTATIONS)):
        annotation = pdfium.FPDFPage_GetAnnot(page, number)
        if not annotation:
            continue
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        if kind in DRAWN and not pdfium.FPDFAnnot_GetFlags(annotation) & UNSEEN:
            drawn = True
            key = {pdfium.FPDF_ANNOT_WIDGET: b"V", pdfium.FPDF_ANNOT_FREETEXT: b"Contents"}.get(kind)
            texts += [_text(annotation, key)] if key else []
        pdfium.FPDFPage_CloseAnnot(annotation)
    if drawn and pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY) == pdfium.FLATTEN_SUCCESS:
        page.close()
        page = document[index]
    return page, [text for text in texts if text]


def _text(annotation: Any, key: bytes) -> str:
    """Return the text of an annotation without blanks; a box that is ticked has none."""
    if pdfium.FPDFAnnot_GetValueType(annotation, key) != pdfium.FPDF_OBJECT_STRING:
        return ""
    size = min(pdfium.FPDFAnnot_GetStringValue(annotation, key, None, 0), LONGEST)
    buffer = (pdfium.FPDF_WCHAR * (size // ctypes.sizeof(pdfium.FPDF_WCHAR) + 1))()
    pdfium.FPDFAnnot_GetStringValue(annotation, key, buffer, size)
    return "".join(bytes(buffer)[:size].decode("utf-16-le", "replace").rstrip("\0").split())
