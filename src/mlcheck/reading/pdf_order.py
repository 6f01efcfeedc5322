"""Reading order: from top to bottom, and one side after the other where a gutter parts them.

A gutter is a blank strip that no line or table crosses. It parts blocks only where both sides read on
their own: prose on either side, or a ruled table on one of them. The columns of a table without rulings
have gutters too: its lines are left whole.
"""

from __future__ import annotations

from collections.abc import Sequence

from mlcheck.reading.pdf_bands import Band, Gap, Item, bands_of, cut, narrowed
from mlcheck.reading.pdf_layout import around
from mlcheck.reading.pdf_lines import Row
from mlcheck.reading.pdf_sides import is_table_row, read_alone
from mlcheck.reading.pdf_tables import PdfTable

MAX_BANDS = 300  # of a page; more are no report's
HOLE = 60.0  # points of blank on one side that end what stands side by side
HEADING_HOLE = 2.5  # the same beside a heading, over its size
TABLE_ROWS = 3  # lines with labels on the left and figures only on the right: a table of its own
APART = [(False, True), (True, False)]  # what stands left and right of a gutter, in two bands
LINE_GAP = 0.9  # blank between two lines of one paragraph, over their size
NOTE_GAP = 1.6  # blank between a table and its note, over the size of the note


def in_order(rows: Sequence[Row], tables: Sequence[PdfTable]) -> list[Item]:
    """Return the lines and tables of a page in reading order, turned lines last."""
    upright: list[Item] = [*(row for row in rows if not row.angle), *tables]
    order: list[Item] = []
    if upright:
        page = around(item.box for item in upright)
        order = _ordered(bands_of(upright), (page[0], page[2]))
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
        order += _ordered(bands_of(left), (sides[0], gutter[0]))
        order += _ordered(bands_of(right), (gutter[1], sides[1]))
        index = last + 1
    return order


def _stretch(bands: list[Band], first: int, sides: Gap) -> tuple[int, Gap] | None:
    """Return the last band down to which a gutter parts the bands from the first on, and the gutter."""
    reached = [_reach(bands, first, start, sides) for start in _starts(bands, first, sides)]
    for last, gutter in sorted(reached, key=lambda found: found[0], reverse=True):
        last, gutter = _with_its_end(bands, last, gutter, sides)
        alone = read_alone(bands[first : last + 1], gutter)
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
        common = (strip for gap in gaps for strip in narrowed(gap, after.gaps(sides)))
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
        strips = narrowed(gutter, band.gaps(sides))
        if not strips:
            break
        gutter = _widest(strips)
        rows = rows + 1 if is_table_row(band, gutter) else 0
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
        strips = narrowed(gutter, there.gaps(sides))
        if not strips or not all(isinstance(item, Row) for item in there.items):
            break
        ruled = any(isinstance(item, PdfTable) for item in here.items)
        if there.top - here.bottom > (NOTE_GAP if ruled else LINE_GAP) * there.size or _is_headed(there):
            break
        last, gutter = last + 1, _widest(strips)
    return last, gutter


def _is_headed(band: Band) -> bool:
    return any(isinstance(item, Row) and item.bold for item in band.items)


def _widest(strips: Sequence[Gap]) -> Gap:
    return max(strips, key=lambda strip: strip[1] - strip[0])


def _sides(bands: list[Band], gutter: Gap) -> tuple[list[Item], list[Item]]:
    """Return what stands left and right of a gutter; lines are cut there."""
    left: list[Item] = []
    right: list[Item] = []
    for band in bands:
        for item in band.items:
            for side, part in zip((left, right), cut(item, gutter), strict=True):
                if part is not None:
                    side.append(part)
    return left, right
