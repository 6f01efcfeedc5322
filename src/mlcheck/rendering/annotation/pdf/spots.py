"""Where the figures of a report stand on the pages of its PDF: the box of a cell, or of the glyphs of a number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from ctypes import c_double
from pathlib import Path
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from mlcheck.model.claim import Claim
from mlcheck.model.document import Box, Locator
from mlcheck.model.finding import Report
from mlcheck.reading.pdf.places import Frame, around, holds
from mlcheck.rendering.annotation.passages import find_alone, find_number

MOST = 200_000  # characters of a page
LOOSE = 1.0  # points around the box of a sentence


class PdfSpot(NamedTuple):
    """A page, counted from 0, and boxes in the space of the file: left, bottom, right, top; none where a place is a page."""

    page: int
    boxes: tuple[Box, ...] = ()


class PdfSpots:
    """Finds the spot of each figure of a report; pages are looked at once, and only for the numbers of sentences."""

    def __init__(self, report: Report, source: Path) -> None:
        """Open the file. Raises PdfiumError where that fails."""
        self._source = report.source
        self._document = pypdfium2.PdfDocument(source)
        self._claims = {checked.claim.figure: checked.claim for checked in report.claims}
        self._pages: dict[int, tuple[Frame, list[tuple[str, Box]]]] = {}

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return len(self._document)

    def close(self) -> None:
        """Close the file."""
        self._document.close()

    def find(self, locator: Locator, figure: int | None) -> PdfSpot | None:
        """Return the spot of a figure, None where it has none in this file."""
        if locator.file != self._source or locator.page is None or locator.page > self.pages:
            return None
        page = locator.page - 1
        if locator.box is None:
            return PdfSpot(page)
        claim = self._claims.get(-1 if figure is None else figure)
        frame, glyphs = self._page(page, claim is not None)
        boxes = _number(glyphs, locator.box, claim) if claim is not None else ()
        return PdfSpot(page, tuple(frame.in_file(box) for box in boxes or (locator.box,)))

    def _page(self, number: int, read: bool) -> tuple[Frame, list[tuple[str, Box]]]:
        known = self._pages.get(number)
        if known is None or (read and not known[1]):
            page = self._document[number]
            left, bottom, right, top = page.get_bbox()
            frame = Frame(left, bottom, right, top, page.get_rotation() // 90)
            known = self._pages[number] = (frame, list(_glyphs(page, frame)) if read else [])
            page.close()
        return known


def _glyphs(page: Any, frame: Frame) -> Iterator[tuple[str, Box]]:
    """Yield the characters of a page and where they are displayed."""
    text = page.get_textpage()
    edges = [c_double() for _ in range(4)]
    for at in range(min(text.count_chars(), MOST)):
        if pdfium.FPDFText_GetCharBox(text.raw, at, *edges):
            left, right, bottom, top = (edge.value for edge in edges)
            code = pdfium.FPDFText_GetUnicode(text.raw, at)
            yield chr(code) if 0 < code < 0x110000 else "\ufffd", frame.box(left, bottom, right, top)
    text.close()


def _number(glyphs: Sequence[tuple[str, Box]], box: Box, claim: Claim) -> Sequence[Box]:
    """Return the boxes of a number, one for each line it stands on; none where it is not found.

    It stands in the box of its sentence, or further down the page where that is only the first line of a paragraph.
    """
    wide = (box[0] - LOOSE, box[1] - LOOSE, box[2] + LOOSE, box[3] + LOOSE)
    inside = [glyph for glyph in glyphs if holds(wide, glyph[1])]
    own = [text for text, _ in inside]
    span = find_number(own, claim.text, claim.start, claim.end)
    if span is None:
        first = next((at for at, glyph in enumerate(glyphs) if holds(wide, glyph[1])), 0)
        whole = find_number([text for text, _ in glyphs], claim.text, claim.start, claim.end, first)
        span, inside = (whole, list(glyphs)) if whole else (find_alone(own, claim.quantity.printed), inside)
    if span is None:
        return ()
    lines: list[list[Box]] = []
    for text, glyph in inside[slice(*span)]:
        if not text.strip():
            continue
        if lines and _overlaps(lines[-1][-1], glyph):
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    return [around(line) for line in lines]


def _overlaps(one: Box, two: Box) -> bool:
    return min(one[3], two[3]) > max(one[1], two[1])
