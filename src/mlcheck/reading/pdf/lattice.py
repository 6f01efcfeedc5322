"""Rulings that cross make a lattice: columns, rows, and the cells that no ruling cuts."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from itertools import pairwise, product
from math import inf

from msgspec import Struct, field

from mlcheck.model.document import Box, Merge
from mlcheck.reading.pdf.places import around

SLIVER = 4.5  # points: a row or column of a table that is narrower holds no text, only a double ruling
MAX_SQUARES = 20_000  # columns times rows of a lattice: more are a pattern
MAX_LATTICES = 200  # of a page; the largest are kept
Square = tuple[int, int]


class Lattice(Struct):
    """The edges of columns and rows, and the cells as ranges of them that cover the whole lattice."""

    columns: list[float]
    rows: list[float]
    cells: list[Merge]

    @property
    def box(self) -> Box:
        """The box around the lattice."""
        return self.columns[0], self.rows[0], self.columns[-1], self.rows[-1]

    def box_of(self, cell: Merge) -> Box:
        """Return the box of one of its cells."""
        columns, rows = self.columns, self.rows
        box = columns[cell.left], rows[cell.top], columns[cell.right + 1], rows[cell.bottom + 1]
        return round(box[0], 1), round(box[1], 1), round(box[2], 1), round(box[3], 1)


LEVEL = 0.7  # points that a straight line may lean
THIN = 3.0  # points: a fill no thicker is a line
SHORTEST_LINE = 0.4  # points: dots make lines too
Point = tuple[float, float]

Ruling = tuple[float, float, float]
"""Where a level line stands from the top, or an upright one from the left; where it starts and ends."""


class Drawings(Struct):
    """The rulings and pictures of a page of some width and height, and how much is drawn on it.

    What stands outside of the page, or nowhere, is left out.
    """

    width: float
    height: float
    level: list[Ruling] = field(default_factory=list)
    upright: list[Ruling] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    objects: int = 0
    segments: int = 0

    def line(self, one: Point, two: Point) -> None:
        """Add a line where it is level or upright, and long enough to be seen."""
        (x, y), (u, v) = one, two
        if abs(y - v) <= LEVEL and abs(x - u) >= SHORTEST_LINE:
            ruling = (y + v) / 2, max(min(x, u), 0.0), min(max(x, u), self.width)
            if 0 <= ruling[0] <= self.height and ruling[1] < ruling[2]:
                self.level.append(ruling)
        elif abs(x - u) <= LEVEL and abs(y - v) >= SHORTEST_LINE:
            ruling = (x + u) / 2, max(min(y, v), 0.0), min(max(y, v), self.height)
            if 0 <= ruling[0] <= self.width and ruling[1] < ruling[2]:
                self.upright.append(ruling)

    def area(self, left: float, top: float, right: float, bottom: float) -> None:
        """Add a filled rectangle: a line where it is thin, else its four edges; a dot is part of either."""
        if bottom - top <= THIN:
            self.line((left, (top + bottom) / 2), (right, (top + bottom) / 2))
        if right - left <= THIN:
            self.line(((left + right) / 2, top), ((left + right) / 2, bottom))
        if bottom - top > THIN and right - left > THIN:
            corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
            for one, two in pairwise(corners):
                self.line(one, two)

    def picture(self, box: Box) -> None:
        """Add a picture, or what of it stands on the page."""
        left, top = max(box[0], 0.0), max(box[1], 0.0)
        right, bottom = min(box[2], self.width), min(box[3], self.height)
        if left < right and top < bottom:
            self.pictures.append(around([(left, top, right, bottom)]))


SNAP = 2.0  # points between rulings that are one
JOIN = 3.0  # points between two ends of one broken or dotted ruling
REACH = 2.5  # points by which a ruling may miss another that it meets
SHORTEST = 5.0  # points
TALLEST = 40.0  # points: a row under a boxhead that has upright rulings, where the body has none
MAX_RULINGS = 600  # in one direction on a page; the longest are kept
Group = tuple[list[Ruling], list[Ruling]]


def lattices_of(drawings: Drawings) -> list[Lattice]:
    """Return the lattices of a page of two columns at least, the smallest first."""
    found = []
    for level, upright in _crossings_of(drawings):
        columns, rows = _edges(upright, level), _edges(level, upright)
        if len(columns) > 2 and len(rows) > 1 and len(columns) * len(rows) <= MAX_SQUARES:
            found.append(Lattice(columns, rows, _cells(columns, rows, level, upright)))
    return sorted(found, key=lambda lattice: _area(lattice.box))[-MAX_LATTICES:]


def _edges(across: list[Ruling], along: list[Ruling]) -> list[float]:
    """Return where the rulings of one direction stand, with an open side where the others end together."""
    edges: list[float] = []
    for at in sorted(ruling[0] for ruling in across):
        if not edges or at - edges[-1] > SLIVER:
            edges.append(at)
    if not edges:
        return edges
    starts = [ruling[1] for ruling in along if ruling[1] < edges[0] - SHORTEST]
    ends = [ruling[2] for ruling in along if ruling[2] > edges[-1] + SHORTEST]
    first = [min(starts)] if len(starts) > 1 and max(starts) - min(starts) <= JOIN else []
    last = [max(ends)] if len(ends) > 1 and max(ends) - min(ends) <= JOIN else []
    return first + edges + last


def _cells(
    columns: list[float], rows: list[float], level: list[Ruling], upright: list[Ruling]
) -> list[Merge]:
    """Return the cells: squares of the lattice joined where no ruling parts them."""
    below = _parted(rows, columns, level)
    after = _parted(columns, rows, upright)
    width, height = len(columns) - 1, len(rows) - 1
    taken: set[Square] = set()
    cells = []
    for row, column in product(range(height), range(width)):
        if (row, column) in taken:
            continue
        right = column
        while right + 1 < width and (right + 1, row) not in after and (row, right + 1) not in taken:
            right += 1
        bottom = row
        while bottom + 1 < height and _open_below(bottom, column, right, below, after, width):
            bottom += 1
        cells.append(Merge(row, column, bottom, right))
        taken.update(product(range(row, bottom + 1), range(column, right + 1)))
    return cells


def _open_below(row: int, left: int, right: int, below: set[Square], after: set[Square], width: int) -> bool:
    """Tell whether a cell goes on in the next row: nothing under it, and the same sides there."""
    if any((row + 1, column) in below for column in range(left, right + 1)):
        return False
    closed = (left == 0 or (left, row + 1) in after) and (right + 1 == width or (right + 1, row + 1) in after)
    return closed and not any((column, row + 1) in after for column in range(left + 1, right + 1))


def _parted(across: list[float], along: list[float], rulings: list[Ruling]) -> set[Square]:
    """Return (edge, place) for every stretch of an edge that a ruling covers, past half of its length."""
    middles = [(one + two) / 2 for one, two in pairwise(along)]
    return {
        (bisect_right(across, at) - 1, place)
        for at, start, end in rulings
        for place in range(bisect_left(middles, start), bisect_right(middles, end))
    }


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


# Rulings put together from their pieces, in groups that meet one another.


def _crossings_of(drawings: Drawings) -> list[Group]:
    """Return the level and the upright rulings of each group that meet one another."""
    groups = [group for group in _meeting(_joined(drawings.level), _joined(drawings.upright)) if group[0]]
    lone = [level[0] for level, upright in groups if not upright]
    for level, upright in groups:
        if upright and len(level) == 2:
            level += _rows_below(level, lone)
    return [group for group in groups if group[1]]


def _joined(rulings: list[Ruling]) -> list[Ruling]:
    """Return rulings with those that lie on one another or follow one another made one."""
    snapped: dict[float, list[tuple[float, float]]] = {}
    first = -inf
    for at, start, end in sorted(rulings):
        if at - first > SNAP:
            first = at
            snapped[first] = []
        snapped[first].append((start, end))
    joined: list[Ruling] = []
    for at, ends in snapped.items():
        ends.sort()
        start, end = ends[0]
        for begin, stop in ends[1:]:
            if begin > end + JOIN:
                joined.append((at, start, end))
                start, end = begin, stop
            end = max(end, stop)
        joined.append((at, start, end))
    long = [ruling for ruling in joined if ruling[2] - ruling[1] >= SHORTEST]
    return sorted(sorted(long, key=lambda ruling: ruling[1] - ruling[2])[:MAX_RULINGS])


def _meeting(level: list[Ruling], upright: list[Ruling]) -> list[Group]:
    leader = list(range(len(level) + len(upright)))

    def lead(index: int) -> int:
        while leader[index] != index:
            leader[index] = leader[leader[index]]
            index = leader[index]
        return index

    heights = [ruling[0] for ruling in level]
    for number, (x, top, bottom) in enumerate(upright, start=len(level)):
        for index in range(bisect_left(heights, top - REACH), bisect_right(heights, bottom + REACH)):
            if level[index][1] - REACH <= x <= level[index][2] + REACH:
                leader[lead(index)] = lead(number)
    groups: dict[int, Group] = defaultdict(lambda: ([], []))
    for index, ruling in enumerate(level):
        groups[lead(index)][0].append(ruling)
    for index, ruling in enumerate(upright, start=len(level)):
        groups[lead(index)][1].append(ruling)
    return list(groups.values())


def _rows_below(level: list[Ruling], lone: list[Ruling]) -> list[Ruling]:
    """Return the rulings of a body that has level ones only, under a boxhead that has both."""
    at, start, end = max(level)
    found = []
    for ruling in lone:
        alike = abs(ruling[1] - start) <= JOIN and abs(ruling[2] - end) <= JOIN
        if alike and 0 < ruling[0] - at <= TALLEST:
            found.append(ruling)
            at = ruling[0]
    return found if len(found) > 1 else []
