"""Find the lines that are the sum or the difference of two others, wherever these stand, which numbers alone show.

An income statement sets a margin far below what it is the difference of, a balance of assets and liabilities comes after
both lists, and a grand total may skip the lines between two subtotals. Any three lines are tried, so the numbers must fit
in several crossings, and each pair of numbers counts once however often it is repeated.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from math import gcd

from msgspec import Struct

from mlcheck.model.table import Line
from mlcheck.tables.chance import FEWEST, sure_crossings
from mlcheck.tables.matrix import Fit, Matrix

MOST_LINES = 80  # of a longer table, any two of its lines are not tried
KEYS = 2  # crossings by which lines that fit are looked up: one of them may be wrong
LEAST_ITEM = 10  # a smaller number is that of some line by chance


class Pair(Struct, frozen=True):
    """A line that is the sum of two others, and where it would still be known if it broke there."""

    target: int
    sources: tuple[int, int]
    firm: tuple[int, ...]


def find_pairs(
    lines: Sequence[Line], among: Sequence[int], matrix: Matrix, beyond: int, known: Collection[frozenset[int]] = ()
) -> list[Pair]:  # fmt: skip
    """Return the sums of two lines of `among` that hold by more than `beyond` bits over the number of those tried.

    Of a line that several pairs make, the nearest; three lines are one pair, whichever is the sum. Lines that a
    relation of those `known` has together are none: the total of the receipts is also what the costs are taken from.
    """
    distinct = _distinct(matrix, among)
    if not FEWEST <= len(distinct) <= MOST_LINES:
        return []
    least = beyond + (len(distinct) ** 3).bit_length()
    found: dict[int, tuple[int, Pair]] = {}
    tried: set[tuple[int, ...]] = set()
    for target, one, other in _proposed(lines, distinct, matrix):
        three = tuple(sorted((target, one, other)))
        if three in tried or may_be_rates(matrix, three):
            continue
        tried.add(three)
        if any(own.issuperset(three) for own in known):
            continue
        fit = matrix.fit(target, (one, other))
        worth = _worth(matrix, fit, one, other)
        firm = sure_crossings(fit.decided, fit.failing, worth, least)
        if firm is None or _leaves_out_a_line(matrix, fit, three, target):
            continue
        reach = three[2] - three[0]
        if target not in found or reach < found[target][0]:
            found[target] = reach, Pair(target, (min(one, other), max(one, other)), firm)
    return [pair for _, pair in sorted(found.values(), key=lambda own: own[1].target)]


def _distinct(matrix: Matrix, among: Sequence[int]) -> list[int]:
    """Return the lines that print numbers, without those that repeat another."""
    seen: set[tuple[int | None, ...]] = set()
    kept = []
    for i in among:
        values = matrix.values[i]
        if sum(bool(v) for v in values) >= FEWEST and values not in seen:
            seen.add(values)
            kept.append(i)
    return kept


def _proposed(lines: Sequence[Line], among: Sequence[int], matrix: Matrix) -> Iterator[tuple[int, int, int]]:
    """Yield a line and two others that make it in one of the crossings that most lines print, none of them nought."""
    counts = {x: sum(bool(matrix.values[i][x]) for i in among) for x in range(len(matrix.across))}
    for x in sorted(counts, key=lambda x: (-counts[x], x))[:KEYS]:
        order = sorted((value, i) for i in among if (value := matrix.values[i][x]))
        values = [value for value, _ in order]
        for n, (first, one) in enumerate(order):
            for second, other in order[n + 1 :]:
                made = first + second
                slack = _slack(matrix, x, one, other, made)
                for _, target in order[
                    bisect_left(values, made - slack) : bisect_right(values, made + slack)
                ]:
                    if target not in (one, other) and _are_of_one_kind(lines, target, one, other):
                        yield target, one, other


def may_be_rates(matrix: Matrix, three: Sequence[int]) -> bool:
    """Tell whether lines print decimals and nothing beyond a hundred: growth rates nearly add up, and are no sums, nor are figures a share."""
    decimals = matrix.step < matrix.unit
    return decimals and all(
        abs(v) < 100 * matrix.unit for i in three for v in matrix.values[i] if v is not None
    )


def _slack(matrix: Matrix, x: int, one: int, other: int, made: int) -> int:
    """Return what rounding may hide at most in a sum of two lines."""
    halves = matrix.halves[one][x] + matrix.halves[other][x]
    return 2 * halves if halves else min(2 * max(matrix.unit, matrix.base), abs(made) // 500)


def _are_of_one_kind(lines: Sequence[Line], *three: int) -> bool:
    """Tell whether lines are of one unit and year, or a change between two years, so that two may make the third."""
    own = [lines[i] for i in three]
    times = [(line.year, line.scenario) for line in own]
    change = len(set(times)) == 3 and times.count((None, None)) == 1
    return len({line.unit for line in own}) == 1 and (len(set(times)) == 1 or change)


def _worth(matrix: Matrix, fit: Fit, one: int, other: int) -> dict[int, int]:
    """Return the bits of each crossing where a sum holds: none where its numbers are those of another, or in proportion."""
    seen: set[tuple[int, int]] = set()
    worth = {}
    for x, bits in fit.by_crossing.items():
        first, second = matrix.values[one][x] or 0, matrix.values[other][x] or 0
        common = gcd(first, second) or 1
        ratio = first // common, second // common
        worth[x] = 0 if ratio in seen else bits
        seen.add(ratio)
    return worth


def _leaves_out_a_line(matrix: Matrix, fit: Fit, three: Sequence[int], target: int) -> bool:
    """Tell whether two lines break where a fourth prints what they lack: an item that is nought wherever they hold."""
    for x in fit.failing:
        known = [matrix.values[i][x] or 0 for i in three]
        gap = abs(2 * (matrix.values[target][x] or 0) - sum(known))
        others = (matrix.values[i][x] for i in range(len(matrix.values)) if i not in three)
        if gap >= LEAST_ITEM * matrix.unit and any(
            value is not None and abs(value) == gap for value in others
        ):
            return True
    return False
