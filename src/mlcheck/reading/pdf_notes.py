"""What of a document was seen and could not be read: pictures, glyphs without a letter, notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from mlcheck.model.document import Box, Locator, NotUnderstood
from mlcheck.reading.pdf_layout import around
from mlcheck.reading.pdf_page import PageContent
from mlcheck.translation import N_

SCANNED = N_("page {page} is a picture without text: run OCR on it to have its figures read")
OUTLINED = N_("page {page} is drawn without text: its figures are not read")
PICTURE = N_("page {page} holds a picture: its figures are not read")
UNKNOWN = N_("page {page} prints characters that its font does not name ({count}): they are read as “�”")
CUT = N_("page {page} holds more text than a page of a report: the end of it is not read")
ANNOTATED = N_("page {page} holds form fields or notes that nothing draws ({count}): they are not read")
LARGE = 0.08  # share of a page that its pictures cover; logos take less
DECOR = 3  # pages that show the same picture in the same place: a background or a logo
DRAWN = 40  # drawn things on a page without text: letters made curves, not a frame


def notes_of(pages: Sequence[PageContent], source: str) -> Iterator[NotUnderstood]:
    """Yield what was not understood of the pages, in order."""
    decor = _decor(pages)
    for page in pages:
        place = Locator(source, page=page.number)
        pictures = [box for box in page.pictures if box not in decor]
        covered = _covered(page, pictures)
        boxed = Locator(source, page=page.number, box=around(pictures)) if pictures else place
        if page.is_blank and covered >= LARGE:
            yield NotUnderstood(boxed, SCANNED, {"page": page.number})
        elif page.is_blank and page.drawn >= DRAWN:
            yield NotUnderstood(place, OUTLINED, {"page": page.number})
        elif covered >= LARGE and not page.recognised:
            yield NotUnderstood(boxed, PICTURE, {"page": page.number})
        if page.unknown:
            yield NotUnderstood(place, UNKNOWN, {"page": page.number, "count": page.unknown})
        if page.cut:
            yield NotUnderstood(place, CUT, {"page": page.number})
        if page.unread:
            yield NotUnderstood(place, ANNOTATED, {"page": page.number, "count": page.unread})


def _decor(pages: Sequence[PageContent]) -> set[Box]:
    """Return the pictures that stand in the same place on many pages that have text."""
    places = Counter(box for page in pages if not page.is_blank for box in set(page.pictures))
    return {box for box, count in places.items() if count >= DECOR and count * 2 >= len(pages)}


def _covered(page: PageContent, pictures: Sequence[Box]) -> float:
    """Return the share of a page that pictures cover, counted twice where they overlap."""
    area = sum((right - left) * (bottom - top) for left, top, right, bottom in pictures)
    return area / (page.width * page.height or 1)
