"""Part lists that follow one another without a word between them: shares that make 100 several times."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from mlcheck.extraction.flattened.readings import Reading, unit_of, value_of
from mlcheck.extraction.flattened.rows import Row

WHOLE, SLACK = 100, 1  # per cent, and what rounding may add or take
ASTRAY = 60  # what an error may add or take in one part while another makes 100
MOST_ROWS = 24


def parted(rows: Sequence[Row], chosen: Sequence[Reading | None]) -> list[int]:
    """Return where the rows of a list of percentages start anew: the first row, and each after a full 100.

    Every part has two rows or more; one at least makes 100 and the others nearly, in one way only.
    """
    shares: list[Fraction] = []
    for row, reading in zip(rows, chosen, strict=True):
        if row.tail is None or reading is None or len(reading.cells) != 1 or unit_of(reading.cells[0]) != "%":
            return [0]
        shares.append(value_of(reading.cells[0]) or Fraction(0))
    if len(shares) > MOST_ROWS:
        return [0]
    ways = sorted(((_astray(shares, way), way) for way in _partitions(shares, 0)), key=lambda found: found[0])
    if not ways or (len(ways) > 1 and ways[0][0] == ways[1][0]):
        return [0]
    parts = len(ways[0][1])
    return ways[0][1] if ways[0][0][0] < parts else [0]


def _partitions(shares: Sequence[Fraction], start: int) -> Iterator[list[int]]:
    """Yield the starts of consecutive parts that each make about 100."""
    total = Fraction(0)
    for at in range(start, len(shares)):
        total += shares[at]
        if total > WHOLE + ASTRAY:
            return
        if at == start or total < WHOLE - ASTRAY:
            continue
        if at + 1 == len(shares):
            yield [start]
        else:
            for rest in _partitions(shares, at + 1):
                yield [start, *rest]


def _astray(shares: Sequence[Fraction], starts: Sequence[int]) -> tuple[int, Fraction]:
    """Return how many parts do not make 100, and by how much all parts are off."""
    bounds = [*starts, len(shares)]
    gaps = [abs(sum(shares[a:b], Fraction(-WHOLE))) for a, b in pairwise(bounds)]
    return sum(gap > SLACK for gap in gaps), sum(gaps, Fraction(0))
