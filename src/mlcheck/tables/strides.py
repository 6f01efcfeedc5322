"""Find the lines that every second, third… line beside them makes: totals of groups that print the same measures in turn.

Under "Stock | Ventes | Stock | Ventes | Stock | Ventes" the last two may be the totals of the others, each of its own measure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from mlcheck.model.table import Line
from mlcheck.tables.matrix import Fit, Matrix

WIDEST = 6  # lines from one part to the next
FURTHEST = 2  # more lines than that from a total to its first part
SHORTEST = 3  # parts: two of them make a pair
MOST_LINES = 120
FEWEST = 3  # crossings in which a sum must hold
LOST = 6  # bits that a break costs


class Strided(Struct, frozen=True):
    """A line and those in steps from it that make it, and where it would still be known if it broke there."""

    target: int
    sources: tuple[int, ...]
    firm: tuple[int, ...]


def find_strided(
    lines: Sequence[Line], among: Sequence[int], targets: Sequence[int], matrix: Matrix, beyond: int
) -> list[Strided]:
    """Return what lines in steps make, of each target the sum of most lines that is beyond chance."""
    if len(among) > MOST_LINES:
        return []
    least = beyond + (len(among) ** 2 * WIDEST * WIDEST).bit_length()
    found = []
    for target in targets:
        best: tuple[int, Strided] | None = None
        for run in _runs(lines, set(among), target):
            for length, fit in matrix.growing(target, run):
                if length < SHORTEST or not _is_sure(fit, least) or (best is not None and length <= best[0]):
                    continue
                fit = _distinct(matrix, fit, (target, *run[:length]))
                if _is_sure(fit, least):
                    firm = tuple(x for x in fit.decided if _is_sure(fit, least, x))
                    best = length, Strided(target, tuple(sorted(run[:length])), firm)
        if best is not None:
            found.append(best[1])
    return found


def _runs(lines: Sequence[Line], among: set[int], target: int) -> Iterator[list[int]]:
    """Yield the lines in equal steps before or after a line, nearest first, as far as they are of its kind."""
    own = lines[target]
    for side in (-1, 1):
        for step in range(2, WIDEST + 1):
            for first in range(1, step + FURTHEST + 1):
                run = []
                at = target + side * first
                while at in among and (lines[at].unit, lines[at].year) == (own.unit, own.year):
                    run.append(at)
                    at += side * step
                if len(run) > 1:
                    yield run


def _distinct(matrix: Matrix, fit: Fit, lines: Sequence[int]) -> Fit:
    """Return a fit in which the same numbers at several crossings count once."""
    first: dict[tuple[int | None, ...], int] = {}
    for x in fit.by_crossing:
        first.setdefault(tuple(matrix.values[i][x] for i in lines), x)
    return replace(fit, by_crossing={x: fit.by_crossing[x] for x in first.values()})


def _is_sure(fit: Fit, least: int, left_out: int | None = None) -> bool:
    failing = sum(x != left_out for x in fit.failing)
    held = [bits for x, bits in fit.by_crossing.items() if x != left_out]
    return len(held) >= FEWEST and len(held) >= 8 * failing - 4 and sum(held) - LOST * failing >= least
