"""The lines of one axis of a table with what they print at their crossings, and whether three of them fit together."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import force_setattr

from mlcheck.model.quantity import Quantity
from mlcheck.model.table import Axis, Entry, Line

At = tuple[int, int]
NEAR = 6  # how many lines away an operand is looked for where words do not name it
PERCENT = ("%", "‰", "points")


class Crossed(Struct, frozen=True):
    """The lines of one axis of a table, and those of the other, its crossings.

    `levels` are the lines of counts and amounts, which ratios and changes are taken of.
    """

    axis: Axis
    lines: Sequence[Line]
    across: Sequence[Line]
    entries: Mapping[At, Entry]
    title: str = ""
    levels: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        found = tuple(i for i, line in enumerate(self.lines) if is_level(line))
        force_setattr(self, "levels", found)

    def entry(self, line: int, crossing: int) -> Entry | None:
        """Return the cell of a line at a crossing."""
        return self.entries.get((line, crossing) if self.axis == "row" else (crossing, line))

    def quantity(self, line: int, crossing: int) -> Quantity | None:
        """Return the number that a line prints at a crossing."""
        entry = self.entry(line, crossing)
        return entry.quantity if entry is not None else None

    def near(self, target: int) -> list[int]:
        """Return the lines of counts and amounts next to a line, nearest first, those before it preferred."""
        at = bisect_left(self.levels, target)
        around = self.levels[max(0, at - NEAR) : at + NEAR + 1]
        return sorted((i for i in around if i != target), key=lambda i: (abs(i - target), i > target))[:NEAR]

    def plain(self) -> list[int]:
        """Return the crossings at which counts are printed as such: no growth, share or mean of them."""
        return [x for x, line in enumerate(self.across) if line.statistic is None]

    def with_shares(self) -> list[int]:
        """Return the crossings of counts and those of percentages, where both print them in one line."""
        return [x for x, line in enumerate(self.across) if line.statistic in (None, "share")]

    def is_hundred(self, line: int, crossing: int) -> bool:
        """Tell whether a line prints 100 at a crossing."""
        quantity = self.quantity(line, crossing)
        return quantity is not None and quantity.value == 100


def is_level(line: Line) -> bool:
    """Tell whether a line counts or amounts to something, so that a ratio may be taken of it."""
    counts = line.role in ("part", "total", "of_which") and line.statistic is None
    return counts and line.unit not in PERCENT and not line.hidden


def are_operands(*cells: Entry | None) -> bool:
    """Tell whether the first of some cells prints a number and the others a number or that it is unknown."""
    stated = cells[0]
    return (
        stated is not None
        and stated.quantity is not None
        and all(c is not None and c.state in ("number", "unknown") for c in cells)
    )


def fits(holds: Callable[[Quantity, Quantity, Quantity], bool], *cells: Entry | None) -> bool:
    """Tell whether the numbers of three cells fit an arithmetic; unknown ones do not."""
    one, two, three = (c.quantity if c is not None else None for c in cells)
    return one is not None and two is not None and three is not None and holds(one, two, three)


def scaled(*quantities: Quantity) -> tuple[list[tuple[int, int]], int]:
    """Return the mantissas and half-units of some numbers at their common scale, and its one."""
    scale = max(q.scale for q in quantities)
    pairs = [(q.mantissa * 10 ** (scale - q.scale), q.half * 10 ** (scale - q.scale)) for q in quantities]
    return pairs, 10**scale


def is_share(rate: Quantity, part: Quantity, whole: Quantity) -> bool:
    """Tell whether rate % of the whole is the part, within what rounding hides."""
    ((p, ph), (a, ah), (b, bh)), one = scaled(rate, part, whole)
    per = 1000 if rate.unit == "‰" else 100
    return b > 0 and abs(per * one * a - p * b) <= ph * b + per * one * ah + abs(p) * bh


def is_growth(rate: Quantity, present: Quantity, former: Quantity) -> bool:
    """Tell whether a growth of rate % leads from the former number to the present one."""
    ((p, ph), (c, ch), (f, fh)), one = scaled(rate, present, former)
    return f > 0 and abs(100 * one * (c - f) - p * f) <= ph * f + 100 * one * (ch + fh) + abs(p) * fh


def is_mean(mean: Quantity, total: Quantity, number: Quantity) -> bool:
    """Tell whether a mean is the total divided by the number; one printed whole is known to a half."""
    ((m, mh), (a, ah), (b, bh)), one = scaled(mean, total, number)
    return b > 0 and 2 * abs(one * a - m * b) <= (2 * mh or one) * b + 2 * (one * ah + abs(m) * bh)


def is_product(price: Quantity, amount: Quantity, number: Quantity) -> bool:
    """Tell whether a number at a price comes to the amount; a price is exact as it is printed."""
    ((m, mh), (a, ah), (b, bh)), one = scaled(price, amount, number)
    return abs(one * a - m * b) <= mh * b + one * ah + abs(m) * bh


def is_difference(gap: Quantity, first: Quantity, second: Quantity) -> bool:
    """Tell whether a gap is the first number less the second."""
    ((d, dh), (a, ah), (b, bh)), _ = scaled(gap, first, second)
    return abs(a - b - d) <= dh + ah + bh
