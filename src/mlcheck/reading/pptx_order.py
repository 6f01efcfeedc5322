"""The order in which the shapes of a slide are read: from the top, by columns where there are columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from mlcheck.reading.pptx_shapes import Shape

TOLERANCE = 91_440  # EMU, a tenth of an inch: how far neighbours overlap without standing side by side
MOST = 400  # shapes of a slide that are cut into columns; thousands are a drawing
LEFT, TOP, RIGHT, BOTTOM = range(4)
Placed = TypeVar("Placed", bound=tuple[Shape, object])


def in_reading_order(placed: Sequence[Placed]) -> list[Placed]:
    """Return shapes in reading order, the title of the slide first.

    The others are cut apart along the widest gap that crosses them all (a recursive X-Y cut), so that the
    title, the table and the note of one column come together, before those of the column on its right.
    Shapes that no gap parts are read from top to bottom, then from left to right.
    """
    titles = [one for one in placed if one[0].is_title]
    others = [one for one in placed if not one[0].is_title]
    return titles + (_ordered(others) if len(others) <= MOST else _from_the_top(others))


def _ordered(placed: list[Placed]) -> list[Placed]:
    if len(placed) < 2:
        return placed
    columns, gutter = _cut(placed, LEFT, RIGHT)
    rows, gap = _cut(placed, TOP, BOTTOM)
    if len(columns) > 1 and (len(rows) == 1 or gutter >= gap):
        parts = columns
    elif len(rows) > 1:
        parts = _cut(placed, TOP, BOTTOM, gutter)[0] if len(columns) > 1 else _joined(rows)
    else:
        return _from_the_top(placed)
    return [one for part in parts for one in _ordered(part)]


def _cut(
    placed: list[Placed], start: int, end: int, least: float = -TOLERANCE
) -> tuple[list[list[Placed]], float]:
    """Return the groups that gaps of some width part along one direction, and the widest of these gaps."""
    first, *others = sorted(placed, key=lambda one: one[0].box[start])
    groups, reach, widest = [[first]], first[0].box[end], float("-inf")
    for one in others:
        gap = one[0].box[start] - reach
        own = one[0].box[end] - one[0].box[start]
        if gap >= max(least, -own / 2):
            groups.append([])
            widest = max(widest, gap)
        groups[-1].append(one)
        reach = max(reach, one[0].box[end])
    return groups, widest


def _joined(rows: list[list[Placed]]) -> list[list[Placed]]:
    """Join rows that follow one another where the same gutters run through them: they are columns."""
    joined = [rows[0]]
    for row in rows[1:]:
        both = joined[-1] + row
        if _is_parted(joined[-1]) and _is_parted(both):
            joined[-1] = both
        else:
            joined.append(row)
    return joined


def _is_parted(placed: list[Placed]) -> bool:
    return len(_cut(placed, LEFT, RIGHT)[0]) > 1


def _from_the_top(placed: list[Placed]) -> list[Placed]:
    """Return shapes from top to bottom; those that start at one height, within a tolerance, by their left."""
    lines: list[list[Placed]] = []
    for one in sorted(placed, key=lambda one: one[0].box[TOP]):
        if lines and one[0].box[TOP] - lines[-1][0][0].box[TOP] <= TOLERANCE:
            lines[-1].append(one)
        else:
            lines.append([one])
    return [one for line in lines for one in sorted(line, key=lambda one: one[0].box[LEFT])]
