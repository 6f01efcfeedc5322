"""The value that a figure would have to be printed with, where several are admissible."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from msgspec import Struct

from mlcheck.solving.intervals import Interval
from mlcheck.solving.rational import Amount
from mlcheck.solving.slips import NO_SLIP, RANKS, Slip, origins, slip

# Up to this many admissible values each is tried as the origin of a slip; of more, only those in reach of one.
FEW = 50


class Correction(Struct, frozen=True):
    """A value for a figure, on the grid of its last printed digit, and the slip that explains it."""

    value: Fraction
    slip: Slip | None

    @property
    def rank(self) -> int:
        """The rank of the slip, past all others where there is none."""
        return self.slip.rank if self.slip else NO_SLIP


def correct(
    amount: Amount, interval: Interval, exact: Fraction | None = None, lonely: bool = False
) -> Correction | None:
    """Return the value of `interval` nearest in typing to the printed one, then in size; None if none is printable.

    `exact` is the recomputed value of a percentage: its rounding goes before all others. `lonely` says
    that the figure is the only blank of what it breaks, so that the blank itself is the likeliest slip.
    """
    if amount.value is None:
        return None
    least, most = interval.steps(amount.value, amount.step)
    if exact is not None:
        told = round((exact - amount.value) / amount.step)
        if _within(told, least, most):
            return _correction(amount, told, lonely)
    tried = [_correction(amount, steps, lonely) for steps in _tried(amount, least, most)]
    value = amount.value
    return min(tried, key=lambda one: (one.rank, abs(one.value - value), one.value), default=None)


def _within(steps: int, least: int | None, most: int | None) -> bool:
    return (least is None or least <= steps) and (most is None or steps <= most)


def _tried(amount: Amount, least: int | None, most: int | None) -> Iterable[int]:
    if least is not None and most is not None and most - least < FEW:
        return range(least, most + 1)
    value = amount.value or Fraction(0)
    printed = value / amount.step
    nearest = max(least or 0, 0) or min(most or 0, 0)
    if printed.denominator != 1:
        return [nearest]
    reached = (number - int(printed) for number in origins(int(printed)))
    return [nearest, *(steps for steps in reached if _within(steps, least, most))]


def _correction(amount: Amount, steps: int, lonely: bool) -> Correction:
    value = amount.value or Fraction(0)
    meant = value + steps * amount.step
    old, new = value / amount.step, meant / amount.step
    if amount.state in ("blank", "nil"):
        return Correction(meant, Slip("blank", RANKS["blank"]) if lonely else None)
    printable = old.denominator == 1 and new.denominator == 1
    return Correction(meant, slip(int(old), int(new)) if printable else None)
