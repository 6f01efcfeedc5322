"""What the code that PDFium gives for a character prints."""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as pdfium

UNKNOWN = "\ufffd"
HYPHEN = "-"
LINE_END_HYPHEN = 2  # what PDFium makes of a hyphen that ends a line
SOFT_HYPHEN = 0xAD
SURROGATES, SYMBOLS = 0xD800, 0xF000  # private codes from 0xF000 on are bullets; those below mean nothing
NO_CHARACTER, LAST_CODE = 0xFFFD, 0x10FFFF
NO_WIDTH = frozenset("\u200b\u200c\u200d\u2060\ufeff")


def character_at(text: Any, index: int) -> str:
    """Return a character of an open text page as printed, or UNKNOWN where its font does not name it.

    A hyphen that may be soft is one where it leaves ink.
    """
    code = pdfium.FPDFText_GetUnicode(text, index)
    if pdfium.FPDFText_HasUnicodeMapError(text, index) == 1:
        return UNKNOWN
    if code in (LINE_END_HYPHEN, SOFT_HYPHEN):
        return HYPHEN if code == LINE_END_HYPHEN or _has_ink(text, index) else ""
    if code < 32:
        return " " if code in (9, 10, 13) else UNKNOWN
    if SURROGATES <= code < SYMBOLS or NO_CHARACTER <= code <= 0xFFFF or code > LAST_CODE:
        return UNKNOWN
    character = chr(code)
    return "" if character in NO_WIDTH else character


def _has_ink(text: Any, index: int) -> bool:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    pdfium.FPDFText_GetCharBox(text, index, left, right, bottom, top)
    return right.value > left.value
