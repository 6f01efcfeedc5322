"""Form fields and notes, drawn into the page as a reader of the report sees them."""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as pdfium

DRAWN = (
    pdfium.FPDF_ANNOT_WIDGET,
    pdfium.FPDF_ANNOT_FREETEXT,
    pdfium.FPDF_ANNOT_STAMP,
    pdfium.FPDF_ANNOT_WATERMARK,
)
UNSEEN = pdfium.FPDF_ANNOT_FLAG_INVISIBLE | pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW
MAX_ANNOTATIONS = 5_000  # of a page
LONGEST = 20_000  # bytes of a value


def draw_annotations(document: Any, index: int) -> tuple[Any, list[str]]:
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
