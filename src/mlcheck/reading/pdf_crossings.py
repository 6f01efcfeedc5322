"""Rulings put together from their pieces, in groups that meet one another."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from math import inf

from mlcheck.reading.pdf_rulings import Drawings, Ruling

SNAP = 2.0  # points between rulings that are one
JOIN = 3.0  # points between two ends of one broken or dotted ruling
REACH = 2.5  # points by which a ruling may miss another that it meets
SHORTEST = 5.0  # points
TALLEST = 40.0  # points: a row under a boxhead that has upright rulings, where the body has none
MAX_RULINGS = 600  # in one direction on a page; the longest are kept
Group = tuple[list[Ruling], list[Ruling]]


def crossings_of(drawings: Drawings) -> list[Group]:
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
