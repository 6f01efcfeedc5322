"""The values of one figure that a constraint admits, the others being as printed."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor

from msgspec import Struct

from mlcheck.solving.exact import holds
from mlcheck.solving.neighbourhood import Judged
from mlcheck.solving.rational import Amount, Line
from mlcheck.solving.restate import restate


class Interval(Struct, frozen=True):
    """Closed at both ends; None is unbounded, and `lowest` above `highest` is empty."""

    lowest: Fraction | None = None
    highest: Fraction | None = None

    def meet(self, other: Interval) -> Interval:
        """Return what lies in both."""
        lows = [end for end in (self.lowest, other.lowest) if end is not None]
        highs = [end for end in (self.highest, other.highest) if end is not None]
        return Interval(max(lows, default=None), min(highs, default=None))

    def holds(self, value: Fraction) -> bool:
        """Tell whether a value lies in it."""
        return (self.lowest is None or self.lowest <= value) and (
            self.highest is None or value <= self.highest
        )

    def steps(self, start: Fraction, step: Fraction) -> tuple[int | None, int | None]:
        """Return the least and the most steps from `start` that stay in it; least above most if none does."""
        least = None if self.lowest is None else ceil((self.lowest - start) / step)
        most = None if self.highest is None else floor((self.highest - start) / step)
        return least, most


EVERYTHING = Interval()
NOTHING = Interval(Fraction(1), Fraction(0))


def admissible(judged: Judged, places: frozenset[int], amount: Amount, known: dict[int, Amount]) -> Interval:
    """Return the values of a figure, printed in all of `places`, that satisfy a constraint.

    On a side where it has the coefficient c, x lies in [(lower − rest − slack) / c, (upper − rest +
    slack) / c] with rest = S − c · x0. Where it is the percentage stated, see `restate`.
    """
    if judged.stated in places:
        told = restate(judged, known)
        if told is not None:
            return Interval(told.lowest, told.highest)
    found = EVERYTHING
    for line, total, slack in judged.lines:
        found = found.meet(_on_side(line, total, slack, places, amount))
    return found


def _on_side(
    line: Line, total: Fraction, slack: Fraction, places: frozenset[int], amount: Amount
) -> Interval:
    weight = sum((c for figure, c in line.coefficients.items() if figure in places), Fraction(0))
    base = Interval(amount.step, None) if line.positive in places else EVERYTHING
    if not weight:
        return base if holds(line, total, slack) else NOTHING
    rest = total - weight * (amount.value or 0)
    ends = [
        None if line.lower is None else (line.lower - rest - slack) / weight,
        None if line.upper is None else (line.upper - rest + slack) / weight,
    ]
    return base.meet(Interval(*ends) if weight > 0 else Interval(ends[1], ends[0]))
