"""PDF documents: ruled tables as grids, everything else as printed lines with their words and boxes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from mlcheck.model.document import Document, Locator, Merge, NotUnderstood
from mlcheck.model.errors import MlcheckError
from mlcheck.reading.container.refusals import MAX_PAGES, damaged, locked, unreadable
from mlcheck.reading.pdf.blocks import blocks_of, levels_of, notes_of
from mlcheck.reading.pdf.lines import FIGURE, LineRow
from mlcheck.reading.pdf.margins import leave_out_running_heads
from mlcheck.reading.pdf.nesting import refuse_nested
from mlcheck.reading.pdf.page import PageContent, read_page
from mlcheck.reading.pdf.tables import PdfTable
from mlcheck.translation import N_

BROKEN = N_("page {page} is damaged: it is not read")
LOCKED = (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
PADDING = 65_536  # bytes that may follow a document
TAIL = 2048  # bytes at the end of a document that hold its end mark
MAX_CHARACTERS = 10_000_000  # of a document
SAME_EDGE = 2.0  # points
LOW = 0.5  # share of the height of a page below which a table that goes on ends
YEAR = re.compile(r"(?:19|20)[0-9][0-9](?:\D.*)?")


def read_pdf(path: Path) -> Document:
    """Return the tables and lines of a document, with its page and box on every cell and line.

    Raises MlcheckError where the file is broken, locked, without text or too long. Nothing it links to
    or embeds is opened.
    """
    document = _open(path)
    try:
        pages, broken = _read_pages(path, document)
    finally:
        document.close()
    source = path.as_posix()
    notes = (*broken, *notes_of(pages, source))
    leave_out_running_heads(pages)
    _join_over_pages(pages)
    levels = levels_of(pages)
    return Document(source, tuple(blocks_of(pages, source, levels)), notes)


def _open(path: Path) -> Any:
    """Return the open document; an empty password is tried on an encrypted one."""
    try:
        refuse_nested(path)
        whole = _has_its_end(path)
        document = pypdfium2.PdfDocument(path)
        if document.get_formtype() != pdfium.FORMTYPE_NONE:
            document.init_forms()
    except OSError as error:
        raise unreadable(path, error) from error
    except pypdfium2.PdfiumError as error:
        if error.err_code in LOCKED and _names_a_key(path):
            raise locked(path) from error
        raise damaged(path, "pdf") from error
    if not whole:
        document.close()
        raise damaged(path, "%%EOF")
    count = len(document)
    if not 0 < count <= MAX_PAGES:
        document.close()
        raise damaged(path, "pages") if count <= 0 else _too_long(path, count)
    return document


def _names_a_key(path: Path) -> bool:
    """Tell whether a file is encrypted: the error that PDFium gives may be that of another document."""
    with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as content:
        return content.find(b"/Encrypt") >= 0


def _has_its_end(path: Path) -> bool:
    """Tell whether a file ends as a document does, padding apart: PDFium mends one that is cut short."""
    with path.open("rb") as file:
        file.seek(max(0, file.seek(0, 2) - PADDING))
        tail = file.read().rstrip(b"\0 \t\r\n")[-TAIL:]
    return b"%%EOF" in tail or b"startxref" in tail


def _read_pages(path: Path, document: Any) -> tuple[list[PageContent], list[NotUnderstood]]:
    """Return the pages that have anything on them, and those that cannot be read."""
    pages, broken = [], []
    characters = 0
    for number in range(1, len(document) + 1):
        page = read_page(document, number)
        if page is None:
            place = Locator(path.as_posix(), page=number)
            broken.append(NotUnderstood(place, BROKEN, {"page": number}))
            continue
        pages.append(page)
        characters += page.characters
        if characters > MAX_CHARACTERS:
            raise _too_full(path)
    if all(page.is_blank for page in pages):
        raise damaged(path, "pages") if not pages else _without_text(path)
    return pages, broken


def _too_long(path: Path, pages: int) -> MlcheckError:
    return MlcheckError(
        "{file} has {pages} pages, more than a report ({limit}): check only the pages of the report.",
        file=path.as_posix(),
        pages=pages,
        limit=MAX_PAGES,
    )


def _without_text(path: Path) -> MlcheckError:
    return MlcheckError("{file} has no text: run OCR on it first.", file=path.as_posix())


def _too_full(path: Path) -> MlcheckError:
    return MlcheckError(
        "{file} holds more text than a report (over {limit} characters): check only the pages of the report.",
        file=path.as_posix(),
        limit=MAX_CHARACTERS,
    )


# Tables cut by a page break are put together again.


def _join_over_pages(pages: Sequence[PageContent]) -> None:
    """Join each table that ends a page with the one of the same columns that starts the next.

    A boxhead repeated on the next page is dropped, and a last row that both pages repeat, as browsers print
    it; running heads must have been left out. A single row that nothing goes on with is no table: its lines
    go back to its page.
    """
    whole: dict[int, PdfTable] = {}
    for before, page in pairwise(pages):
        for low in before.tables if page.number == before.number + 1 else ():
            if low.box[3] < LOW * before.height or not _is_at_edge(low, before, down=True):
                continue
            table = whole.get(id(low), low)
            rest = next((t for t in page.tables if _goes_on(table, low, t, page)), None)
            if rest is not None:
                _append(table, rest)
                whole[id(rest)] = table
    for page in pages:
        page.tables = [table for table in page.tables if id(table) not in whole]
        page.rows += (row for table in page.tables if table.height == 1 for row in table.loose)
        page.tables = [table for table in page.tables if table.height > 1]


def _is_at_edge(table: PdfTable, page: PageContent, down: bool) -> bool:
    """Tell whether nothing stands below a table, or above it, within its width."""
    left, top, right, bottom = table.box
    for item in page.items:
        if item is table or (isinstance(item, LineRow) and item.angle):
            continue
        box = item.box
        if box[0] < right and box[2] > left and (box[1] >= bottom - 1 if down else box[3] <= top + 1):
            return False
    return True


def _goes_on(table: PdfTable, low: PdfTable, rest: PdfTable, page: PageContent) -> bool:
    if len(low.columns) != len(rest.columns) or not _is_at_edge(rest, page, down=False):
        return False
    if any(abs(one - two) > SAME_EDGE for one, two in zip(low.columns, rest.columns, strict=True)):
        return False
    repeated = _repeated(table, rest)
    if repeated == rest.height:
        return False
    new_head = _is_head(rest.row(0)) and not repeated
    return not (new_head and _is_head(table.row(0)) and not _is_head(table.row(table.height - 1)))


def _is_head(texts: dict[int, str]) -> bool:
    """Tell whether a row labels columns: texts or years beside its first cell."""
    return any(column and text.strip() for column, text in texts.items()) and not _has_figures(texts)


def _has_figures(texts: dict[int, str]) -> bool:
    beside = (text for column, text in texts.items() if column)
    return any(FIGURE.fullmatch(text) and not YEAR.fullmatch(text) for text in beside)


def _repeated(table: PdfTable, rest: PdfTable) -> int:
    """Return how many rows without figures at the start of the rest repeat those of the table."""
    count = 0
    while count < rest.height:
        texts = rest.row(count)
        if not texts or texts != table.row(count) or _has_figures(texts):
            break
        count += 1
    return count


def _append(table: PdfTable, rest: PdfTable) -> None:
    repeated = _repeated(table, rest)
    last = table.height - 1
    if last and table.row(last) and table.row(last) == rest.row(rest.height - 1):
        table.height -= 1
    kept = table.height
    table.texts = {at: text for at, text in table.texts.items() if at[0] < kept}
    table.places = {at: place for at, place in table.places.items() if at[0] < kept}
    table.merges = [merge for merge in table.merges if merge.bottom < kept]
    down = kept - repeated
    for (row, column), text in rest.texts.items():
        if row >= repeated:
            table.texts[row + down, column] = text
    for (row, column), place in rest.places.items():
        if row >= repeated:
            table.places[row + down, column] = place
    table.merges += (
        Merge(merge.top + down, merge.left, merge.bottom + down, merge.right)
        for merge in rest.merges
        if merge.top >= repeated
    )
    table.height += rest.height - repeated
