"""PDF documents: ruled tables as grids, everything else as printed lines with their words and boxes."""

from __future__ import annotations

from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from mlcheck.model.document import Document, Locator, NotUnderstood
from mlcheck.model.errors import MlcheckError
from mlcheck.reading.limits import MAX_PAGES
from mlcheck.reading.pdf_blocks import blocks_of
from mlcheck.reading.pdf_headings import levels_of
from mlcheck.reading.pdf_joining import join_over_pages
from mlcheck.reading.pdf_margins import leave_out_running_heads
from mlcheck.reading.pdf_notes import notes_of
from mlcheck.reading.pdf_page import PageContent, read_page
from mlcheck.reading.refusals import damaged, locked, unreadable
from mlcheck.translation import N_

BROKEN = N_("page {page} is damaged: it is not read")
LOCKED = (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
PADDING = 65_536  # bytes that may follow a document
TAIL = 2048  # bytes at the end of a document that hold its end mark
MAX_CHARACTERS = 10_000_000  # of a document


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
    join_over_pages(pages)
    levels = levels_of(pages)
    return Document(source, tuple(blocks_of(pages, source, levels)), notes)


def _open(path: Path) -> Any:
    """Return the open document; an empty password is tried on an encrypted one."""
    try:
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
