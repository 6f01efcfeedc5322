"""What stands at one height of a page, and the blank strips beside it."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from msgspec import Struct

from mlcheck.reading.pdf_lines import Row, row_of
from mlcheck.reading.pdf_tables import PdfTable

GUTTER = 1.0  # width of the narrowest gutter, over the size of the text beside it
NARROWEST = 6.0  # points
PLAIN = 10.0  # size of the text of a band that has tables only
Item = Row | PdfTable
Gap = tuple[float, float]


class Band(Struct):
    """Items that share a height, in order of height, and the stretches they fill from left to right."""

    items: list[Item]
    top: float
    bottom: float

    @property
    def size(self) -> float:
        """The size of its text."""
        return median([item.size for item in self.items if isinstance(item, Row)] or [PLAIN])

    @property
    def spans(self) -> list[Gap]:
        """Where its words and tables start and end."""
        return sorted(span for item in self.items for span in _spans(item))

    def gaps(self, sides: Gap) -> list[Gap]:
        """Return the blank strips between two sides that are wide enough for a gutter."""
        widest = max(NARROWEST, GUTTER * self.size)
        gaps = []
        at = sides[0]
        for start, end in [*self.spans, (sides[1], sides[1])]:
            if start - at >= widest:
                gaps.append((at, start))
            at = max(at, end)
        return gaps

    def sides(self, gutter: Gap) -> tuple[bool, bool]:
        """Tell whether something stands left of a gutter, and right of it."""
        spans = self.spans
        return any(end <= gutter[0] for _, end in spans), any(start >= gutter[1] for start, _ in spans)


def bands_of(items: Sequence[Item]) -> list[Band]:
    """Return the bands of some items from top to bottom; items that overlap in height share one."""
    bands: list[Band] = []
    for top, bottom, item in sorted(((*_extent(item), item) for item in items), key=lambda found: found[:2]):
        if bands and top < bands[-1].bottom:
            bands[-1].items.append(item)
            bands[-1].bottom = max(bands[-1].bottom, bottom)
        else:
            bands.append(Band([item], top, bottom))
    return bands


def cut(item: Item, gutter: Gap) -> tuple[Item | None, Item | None]:
    """Return the parts of an item on either side of a gutter."""
    middle = (gutter[0] + gutter[1]) / 2
    if item.box[2] <= middle or (isinstance(item, PdfTable) and item.box[0] < middle):
        return item, None
    if item.box[0] >= middle or isinstance(item, PdfTable):
        return None, item
    left = [printed for printed in item.words if printed.word.box[0] < middle]
    right = item.words[len(left) :]
    return row_of(left, item.base, item.angle), row_of(right, item.base, item.angle)


def narrowed(gutter: Gap, gaps: Sequence[Gap]) -> list[Gap]:
    """Return what is blank both in a gutter and in some gaps, where it is wide enough."""
    both = ((max(gutter[0], start), min(gutter[1], end)) for start, end in gaps)
    return [(start, end) for start, end in both if end - start >= NARROWEST]


def _extent(item: Item) -> Gap:
    """Return the heights between which an item stands, without what reaches over its neighbours."""
    if isinstance(item, Row):
        return item.base - 0.6 * item.size, item.base
    return item.box[1] + 1, item.box[3] - 1


def _spans(item: Item) -> list[Gap]:
    if isinstance(item, PdfTable):
        return [(item.box[0], item.box[2])]
    return [(printed.word.box[0], printed.word.box[2]) for printed in item.words]
