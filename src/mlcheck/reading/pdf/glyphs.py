"""The characters of a page as PDFium places them, gathered into runs: what was drawn in one go."""

from __future__ import annotations

import ctypes
import re
from math import isfinite
from typing import Any

import pypdfium2.raw as pdfium
from msgspec import Struct

from mlcheck.model.document import Box
from mlcheck.reading.pdf.drawings import clip_of
from mlcheck.reading.pdf.places import Frame, along, below, common, holds

MAX_GLYPHS = 100_000  # of a page: twenty times the densest one
INVISIBLE = (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)
BOLD = re.compile(r"bold|black|heavy|demi", re.I)
BOLD_WEIGHT = 600
SMALLEST = 0.1  # points
SAME_PLACE = 0.01
HARDLY_ANY = 0.1  # share of visible characters on a page whose text is a layer under a picture


class Glyph(Struct, frozen=True, gc=False):
    """A character, or the letters of a ligature; its box, and where it starts and ends along the line."""

    text: str
    box: Box
    start: float
    end: float
    size: float


class Run(Struct):
    """Characters of one look on one line; `base` is how far down it stands in its own direction."""

    glyphs: list[Glyph]
    base: float
    size: float
    bold: bool
    angle: int
    hidden: bool


class Characters(Struct):
    """The runs of a page, how many characters have no Unicode, and whether there were too many."""

    runs: list[Run]
    unknown: int = 0
    cut: bool = False


UNKNOWN = "\ufffd"
HYPHEN = "-"
LINE_END_HYPHEN = 2  # what PDFium makes of a hyphen that ends a line
SOFT_HYPHEN = 0xAD
SURROGATES, SYMBOLS = 0xD800, 0xF000  # private codes from 0xF000 on are bullets; those below mean nothing
NO_CHARACTER, LAST_CODE = 0xFFFD, 0x10FFFF
NO_WIDTH = frozenset("\u200b\u200c\u200d\u2060\ufeff")


def read_characters(text: Any, frame: Frame) -> Characters:
    """Return the characters of an open text page that stand in the visible box of the page.

    Invisible ones count where there is hardly any other: they are what was recognised of a scanned page.
    """
    found = Characters([])
    count = pdfium.FPDFText_CountChars(text)
    found.cut = count > MAX_GLYPHS
    rectangle = pdfium.FS_RECTF()
    run, place = None, 0
    window: Box = (0.0, 0.0, frame.width, frame.height)
    for index in range(min(count, MAX_GLYPHS)):
        drawn = pdfium.FPDFText_GetTextObject(text, index)
        if not drawn:  # a blank or a line break that PDFium adds
            continue
        address = ctypes.addressof(drawn.contents)
        if run is None or address != place:
            run, window = _open_run(text, index, drawn, frame)
            place = address
            found.runs.append(run)
        pdfium.FPDFText_GetLooseCharBox(text, index, rectangle)
        box = frame.box(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
        if not holds(window, box):
            continue
        character = _character_at(text, index)
        found.unknown += character == UNKNOWN
        if run.glyphs and run.glyphs[-1].box == box:
            character = run.glyphs.pop().text + character
        if character:
            run.glyphs.append(Glyph(character, box, *along(box, run.angle), run.size))
    found.runs = _visible(found.runs)
    return found


def _open_run(text: Any, index: int, drawn: Any, frame: Frame) -> tuple[Run, Box]:
    """Return the run that starts at a character, still empty, and the window through which it is seen."""
    window = 0.0, 0.0, frame.width, frame.height
    matrix, x, y = pdfium.FS_MATRIX(), ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetMatrix(text, index, matrix)
    pdfium.FPDFText_GetCharOrigin(text, index, x, y)
    size = pdfium.FPDFText_GetFontSize(text, index) * (matrix.c**2 + matrix.d**2) ** 0.5
    mode = pdfium.FPDFTextObj_GetTextRenderMode(drawn)
    bold = mode == pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE or _is_bold(pdfium.FPDFTextObj_GetFont(drawn))
    if not all(map(isfinite, (matrix.a, matrix.b, size, x.value, y.value))):
        return Run([], 0.0, 1.0, bold, 0, True), window
    angle = frame.angle(matrix.a, matrix.b)
    base = below(frame.point(x.value, y.value), angle)
    run = Run([], base, max(round(abs(size), 2), SMALLEST), bold, angle, mode in INVISIBLE)
    clip = clip_of(drawn, frame) if _is_of_page(drawn, matrix) else None
    return run, common(window, clip) if clip else window


def _is_of_page(drawn: Any, matrix: Any) -> bool:
    """Tell whether an object stands on the page itself, or in a form that leaves places as they are."""
    own = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(drawn, own)
    places = ((own.a, matrix.a), (own.d, matrix.d), (own.e, matrix.e), (own.f, matrix.f))
    return all(abs(one - two) <= SAME_PLACE for one, two in places)


def _is_bold(font: Any) -> bool:
    if not font:
        return False
    name = ctypes.create_string_buffer(128)
    pdfium.FPDFFont_GetBaseFontName(font, name, 128)
    return bool(BOLD.search(name.value.decode("utf-8", "replace"))) or (
        pdfium.FPDFFont_GetWeight(font) >= BOLD_WEIGHT
    )


def _visible(runs: list[Run]) -> list[Run]:
    drawn = [run for run in runs if run.glyphs]
    seen = [run for run in drawn if not run.hidden]
    if sum(len(run.glyphs) for run in seen) < HARDLY_ANY * sum(len(run.glyphs) for run in drawn):
        return drawn
    return seen


# What the code that PDFium gives for a character prints.


def _character_at(text: Any, index: int) -> str:
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
