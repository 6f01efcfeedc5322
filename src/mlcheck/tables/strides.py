"""Find the lines that every second, third… line beside them makes: totals of groups that print the same measures in turn.

Under "Stock | Ventes | Stock | Ventes | Stock | Ventes" the last two may be the totals of the others, each of its own measure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from mlcheck.model.table import Line
from mlcheck.tables.chance import sure_crossings
from mlcheck.tables.matrix import Fit, Matrix
from mlcheck.tables.pairs import may_be_rates

WIDEST = 6  # lines from one part to the next
FURTHEST = 2  # more lines than that from a total to its first part
SHORTEST = 3  # parts: two of them make a pair
MOST_LINES = 120
KEYS = 2


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
    keys, kinds = _keys(among, matrix), set(among)
    found = []
    for target in targets:
        best: Strided | None = None
        for run in _runs(lines, kinds, target):
            for length in _lengths(matrix, keys, target, run):
                if best is None or length > len(best.sources):
                    best = _judged(matrix, target, run[:length], least) or best
        if best is not None:
            found.append(best)
    return found


def _keys(among: Sequence[int], matrix: Matrix) -> list[int]:
    """Return the crossings that most lines print, by which sums are looked up: one of them may be wrong."""
    counts = {x: sum(bool(matrix.values[i][x]) for i in among) for x in range(len(matrix.across))}
    return sorted(counts, key=lambda x: (-counts[x], x))[:KEYS]


def _lengths(matrix: Matrix, keys: Sequence[int], target: int, run: Sequence[int]) -> list[int]:
    """Return how many lines of a run make a line in one of the key crossings, within what rounding may hide."""
    found = set()
    for x in keys:
        made = slack = 0
        goal = matrix.values[target][x]
        for length, i in enumerate(run, 1):
            made += matrix.values[i][x] or 0
            slack += matrix.halves[i][x]
            if (
                goal
                and length >= SHORTEST
                and abs(made - goal) <= max(slack + matrix.halves[target][x], length * matrix.unit)
            ):
                found.add(length)
    return sorted(found)


def _judged(matrix: Matrix, target: int, run: Sequence[int], least: int) -> Strided | None:
    """Return the sum of a run where it is beyond chance; the same numbers at several crossings count once."""
    fit = _distinct(matrix, matrix.fit(target, run), (target, *run))
    firm = sure_crossings(fit.decided, fit.failing, fit.by_crossing, least)
    if firm is None or may_be_rates(matrix, (target, *run)):
        return None
    return Strided(target, tuple(sorted(run)), firm)


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
