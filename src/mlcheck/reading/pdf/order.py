"""Reading order: from top to bottom, and one side after the other where a gutter parts them.

A gutter is a blank strip that no line or table crosses. It parts blocks only where both sides read on
their own: prose on either side, or a ruled table on one of them. The columns of a table without rulings
have gutters too: its lines are left whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from msgspec import Struct

from mlcheck.language.characters import is_digits
from mlcheck.reading.pdf.lines import FIGURE, LineRow, Printed, groups_of, row_of, text_of
from mlcheck.reading.pdf.places import around
from mlcheck.reading.pdf.tables import PdfTable

MAX_BANDS = 300  # of a page; more are no report's
HOLE = 60.0  # points of blank on one side that end what stands side by side
HEADING_HOLE = 2.5  # the same beside a heading, over its size
TABLE_ROWS = 3  # lines with labels on the left and figures only on the right: a table of its own
APART = [(False, True), (True, False)]  # what stands left and right of a gutter, in two bands
LINE_GAP = 0.9  # blank between two lines of one paragraph, over their size
NOTE_GAP = 1.6  # blank between a table and its note, over the size of the note
GUTTER = 1.0  # width of the narrowest gutter, over the size of the text beside it
NARROWEST = 6.0  # points
PLAIN = 10.0  # size of the text of a band that has tables only
Item = LineRow | PdfTable
Gap = tuple[float, float]


class Band(Struct):
    """Items that share a height, in order of height, and the stretches they fill from left to right."""

    items: list[Item]
    top: float
    bottom: float

    @property
    def size(self) -> float:
        """The size of its text."""
        return median([item.size for item in self.items if isinstance(item, LineRow)] or [PLAIN])

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


FEWEST = 3  # lines that stand on each side
PROSE = 20  # letters in the middle line of a column of prose
FIGURES = 0.25  # share of digits among the letters and digits of prose, at most
ALIGNED = 0.5  # share of the figures of one side that stand level with one of the other
LEVEL = 1.5  # points
WIDER = 1.5  # width of a gutter over that of the widest strip between the columns beside it
TITLES = 3  # bands of text that go with the tables above or below them


class Part(Struct, frozen=True):
    """What stands of a line on one side."""

    words: tuple[Printed, ...]
    base: float

    @property
    def is_labelled(self) -> bool:
        """Whether it starts with words, not with a figure."""
        return not FIGURE.fullmatch(groups_of(self.words)[0])

    @property
    def has_figures(self) -> bool:
        """Whether a figure stands apart in it."""
        return any(FIGURE.fullmatch(group) for group in groups_of(self.words))


def in_order(rows: Sequence[LineRow], tables: Sequence[PdfTable]) -> list[Item]:
    """Return the lines and tables of a page in reading order, turned lines last."""
    upright: list[Item] = [*(row for row in rows if not row.angle), *tables]
    order: list[Item] = []
    if upright:
        page = around(item.box for item in upright)
        order = _ordered(_bands_of(upright), (page[0], page[2]))
    return order + [row for row in rows if row.angle]


def _ordered(bands: list[Band], sides: Gap) -> list[Item]:
    order: list[Item] = []
    index = 0
    while index < len(bands):
        stretch = _stretch(bands, index, sides) if len(bands) <= MAX_BANDS else None
        if stretch is None:
            order += bands[index].items
            index += 1
            continue
        last, gutter = stretch
        left, right = _sides(bands[index : last + 1], gutter)
        order += _ordered(_bands_of(left), (sides[0], gutter[0]))
        order += _ordered(_bands_of(right), (gutter[1], sides[1]))
        index = last + 1
    return order


def _stretch(bands: list[Band], first: int, sides: Gap) -> tuple[int, Gap] | None:
    """Return the last band down to which a gutter parts the bands from the first on, and the gutter."""
    reached = [_reach(bands, first, start, sides) for start in _starts(bands, first, sides)]
    for last, gutter in sorted(reached, key=lambda found: found[0], reverse=True):
        last, gutter = _with_its_end(bands, last, gutter, sides)
        alone = _read_alone(bands[first : last + 1], gutter)
        if alone:
            return first + alone - 1, gutter
    return None


def _starts(bands: list[Band], first: int, sides: Gap) -> list[Gap]:
    """Return the gutters that part a band, or a band from the next where each stands on one side."""
    band = bands[first]
    gaps = band.gaps(sides)
    starts = [gap for gap in gaps if all(band.sides(gap))]
    if first + 1 < len(bands) and bands[first + 1].top - band.bottom <= LINE_GAP * band.size:
        after = bands[first + 1]
        common = (strip for gap in gaps for strip in _narrowed(gap, after.gaps(sides)))
        starts += [strip for strip in common if sorted((band.sides(strip), after.sides(strip))) == APART]
    return starts


def _reach(bands: list[Band], first: int, gutter: Gap, sides: Gap) -> tuple[int, Gap]:
    """Return the last band that a gutter parts, and what is left of the gutter there.

    A table whose labels and figures it would part ends it, and a heading or a hole on one side.
    """
    found = before_rows = first, gutter
    bottoms = [bands[first].bottom, bands[first].bottom]
    rows = 0
    for index in range(first + 1, len(bands)):
        band = bands[index]
        strips = _narrowed(gutter, band.gaps(sides))
        if not strips:
            break
        gutter = _widest(strips)
        rows = rows + 1 if _is_table_row(band, gutter) else 0
        if rows == TABLE_ROWS:
            return before_rows
        stands = band.sides(gutter)
        if any(_is_hole(band, here, bottom) for here, bottom in zip(stands, bottoms, strict=True)):
            break
        bottoms = [band.bottom if here else bottom for here, bottom in zip(stands, bottoms, strict=True)]
        if min(bottoms) > bands[found[0]].bottom:  # both sides have gone on
            found = index, gutter
        if not rows:
            before_rows = found
    return found


def _is_hole(band: Band, here: bool, bottom: float) -> bool:
    """Tell whether a side of a band is empty for too long, or beside a heading of the other side."""
    if here:
        return band.top - bottom > HOLE
    return band.bottom - bottom > (HEADING_HOLE * band.size if _is_headed(band) else HOLE)


def _with_its_end(bands: list[Band], last: int, gutter: Gap, sides: Gap) -> tuple[int, Gap]:
    """Return the last band of the paragraph or note that goes on, on one side, below the last parted band."""
    while last + 1 < len(bands):
        here, there = bands[last], bands[last + 1]
        strips = _narrowed(gutter, there.gaps(sides))
        if not strips or not all(isinstance(item, LineRow) for item in there.items):
            break
        ruled = any(isinstance(item, PdfTable) for item in here.items)
        if there.top - here.bottom > (NOTE_GAP if ruled else LINE_GAP) * there.size or _is_headed(there):
            break
        last, gutter = last + 1, _widest(strips)
    return last, gutter


def _is_headed(band: Band) -> bool:
    return any(isinstance(item, LineRow) and item.bold for item in band.items)


def _widest(strips: Sequence[Gap]) -> Gap:
    return max(strips, key=lambda strip: strip[1] - strip[0])


def _sides(bands: list[Band], gutter: Gap) -> tuple[list[Item], list[Item]]:
    """Return what stands left and right of a gutter; lines are cut there."""
    left: list[Item] = []
    right: list[Item] = []
    for band in bands:
        for item in band.items:
            for side, part in zip((left, right), _cut(item, gutter), strict=True):
                if part is not None:
                    side.append(part)
    return left, right


# What stands at one height of a page, and the blank strips beside it.


def _bands_of(items: Sequence[Item]) -> list[Band]:
    """Return the bands of some items from top to bottom; items that overlap in height share one."""
    bands: list[Band] = []
    for top, bottom, item in sorted(((*_extent(item), item) for item in items), key=lambda found: found[:2]):
        if bands and top < bands[-1].bottom:
            bands[-1].items.append(item)
            bands[-1].bottom = max(bands[-1].bottom, bottom)
        else:
            bands.append(Band([item], top, bottom))
    return bands


def _cut(item: Item, gutter: Gap) -> tuple[Item | None, Item | None]:
    """Return the parts of an item on either side of a gutter."""
    middle = (gutter[0] + gutter[1]) / 2
    if item.box[2] <= middle or (isinstance(item, PdfTable) and item.box[0] < middle):
        return item, None
    if item.box[0] >= middle or isinstance(item, PdfTable):
        return None, item
    left = [printed for printed in item.words if printed.word.box[0] < middle]
    right = item.words[len(left) :]
    return row_of(left, item.base, item.angle), row_of(right, item.base, item.angle)


def _narrowed(gutter: Gap, gaps: Sequence[Gap]) -> list[Gap]:
    """Return what is blank both in a gutter and in some gaps, where it is wide enough."""
    both = ((max(gutter[0], start), min(gutter[1], end)) for start, end in gaps)
    return [(start, end) for start, end in both if end - start >= NARROWEST]


def _extent(item: Item) -> Gap:
    """Return the heights between which an item stands, without what reaches over its neighbours."""
    if isinstance(item, LineRow):
        return item.base - 0.6 * item.size, item.base
    return item.box[1] + 1, item.box[3] - 1


def _spans(item: Item) -> list[Gap]:
    if isinstance(item, PdfTable):
        return [(item.box[0], item.box[2])]
    return [(printed.word.box[0], printed.word.box[2]) for printed in item.words]


# Whether two sides of a gutter read on their own, or are the columns of one table without rulings.


def _read_alone(bands: Sequence[Band], gutter: Gap) -> int:
    """Return how many of the bands, from the first on, hold two sides that read on their own; or 0."""
    ruled = [number for number, band in enumerate(bands) if any(isinstance(i, PdfTable) for i in band.items)]
    if not ruled:
        return len(bands) if _are_columns(bands, gutter) else 0
    head, tail = bands[: ruled[0]], bands[ruled[-1] + 1 :]
    if len(head) > TITLES and not _are_columns(head, gutter):
        return 0
    if len(tail) > TITLES and not _are_columns(tail, gutter):
        return ruled[-1] + 1
    return len(bands)


def _is_table_row(band: Band, gutter: Gap) -> bool:
    """Tell whether a gutter would cut a line between its label and its figures."""
    left, right = _lines([band], gutter)
    return len(left) == len(right) == 1 and left[0].is_labelled and not right[0].is_labelled


def _are_columns(bands: Sequence[Band], gutter: Gap) -> bool:
    """Tell whether the lines on either side are prose, or tables of their own."""
    left, right = _lines(bands, gutter)
    if len(left) < FEWEST or len(right) < FEWEST:
        return False
    if _is_prose(left) and _is_prose(right):
        return True
    if not (_says_all(left) and _says_all(right)):
        return False
    if not _are_level(left, right):
        return True
    one, two = _labels(left), _labels(right)
    if len(one) > 1 and len(two) > 1 and len(set(one) & set(two)) * 2 >= len(two):
        return True
    readable = all(_is_prose(side) or len(labels) > 1 for side, labels in ((left, one), (right, two)))
    return readable and gutter[1] - gutter[0] >= WIDER * max(_widest_blank(left), _widest_blank(right))


def _says_all(parts: Sequence[Part]) -> bool:
    """Tell whether a side is prose, or has figures and the words to them."""
    if _is_prose(parts):
        return True
    labelled = sum(part.is_labelled for part in parts)
    return labelled * 2 > len(parts) and any(part.has_figures for part in parts)


def _lines(bands: Sequence[Band], gutter: Gap) -> tuple[list[Part], list[Part]]:
    """Return the parts of the lines of some bands on either side of a gutter."""
    middle = (gutter[0] + gutter[1]) / 2
    sides: tuple[list[Part], list[Part]] = [], []
    for row in (item for band in bands for item in band.items if isinstance(item, LineRow)):
        left = tuple(printed for printed in row.words if printed.word.box[0] < middle)
        for side, words in zip(sides, (left, row.words[len(left) :]), strict=True):
            if words:
                side.append(Part(words, row.base))
    return sides


def _is_prose(parts: Sequence[Part]) -> bool:
    texts = [text_of(part.words) for part in parts]
    letters = [sum(map(str.isalpha, text)) for text in texts]
    digits = sum(is_digits(character) for text in texts for character in text)
    return median(letters) >= PROSE and digits <= FIGURES * (digits + sum(letters))


def _labels(parts: Sequence[Part]) -> list[str]:
    """Return the labels of the lines that start with one and end with a figure."""
    found = []
    for part in parts:
        first, *others = groups_of(part.words)
        if others and FIGURE.fullmatch(others[-1]) and not FIGURE.fullmatch(first):
            found.append(first.lower())
    return found


def _are_level(left: Sequence[Part], right: Sequence[Part]) -> bool:
    """Tell whether the figures of one side stand at the heights of the other's, as in one table."""
    sides = [[part for part in side if part.has_figures] for side in (left, right)]
    few, many = sorted(sides if all(sides) else (left, right), key=len)
    level = sum(any(abs(one.base - two.base) <= LEVEL for two in many) for one in few)
    return level > ALIGNED * len(few)


def _widest_blank(parts: Sequence[Part]) -> float:
    """Return the width of the widest strip that is blank in all lines."""
    spans = sorted((p.word.box[0], p.word.box[2]) for part in parts for p in part.words)
    widest = 0.0
    at = spans[0][1]
    for start, end in spans:
        widest = max(widest, start - at)
        at = max(at, end)
    return widest
