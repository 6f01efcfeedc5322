"""The values that a figure may have, the others being as printed: by one constraint, or by all that hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import chain
from math import ceil, floor

import polars as pl
from msgspec import Struct

from mlcheck.model.frames import frame
from mlcheck.solving.exact import Amount, Judged, Line, amounts, fraction, holds, lines, sums

BLIND = {
    "figure": pl.UInt32,
    "below": pl.String,  # the most that could be printed too little, a fraction ("6", "13/2"); null is unbounded
    "above": pl.String,  # the most that could be printed too much
}

HUNDREDTH, THOUSANDTH = Fraction(1, 100), Fraction(1, 1000)
# A printed value p stands in the coefficients as start + step · p: 49 % is 0.49 of the base, +8 % is 1.08
# of last year, -4,1 % printed "4,1 % de baisse" is 0.959 of it, a mean is itself.
SHARES = ((Fraction(0), HUNDREDTH), (Fraction(0), THOUSANDTH))
GROWTHS = (
    (Fraction(1), HUNDREDTH),
    (Fraction(1), -HUNDREDTH),
    (Fraction(1), THOUSANDTH),
    (Fraction(1), -THOUSANDTH),
)
PLAIN = ((Fraction(0), Fraction(1)), (Fraction(1), Fraction(1)))
SCALES = {
    "share": SHARES + PLAIN + GROWTHS,
    "variation": GROWTHS + PLAIN + SHARES,
    "mean": PLAIN + SHARES + GROWTHS,
}


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


def admissible(
    judged: Judged, places: frozenset[int], amount: Amount, known: Mapping[int, Amount]
) -> Interval:
    """Return the values of a figure, printed in all of `places`, that satisfy a constraint.

    On a side where it has the coefficient c, x lies in [(lower − rest − slack) / c, (upper − rest +
    slack) / c] with rest = S − c · x0. Where it is the percentage stated, see `restate`.
    """
    if judged.stated in places:
        again = restate(judged, known)
        if again is not None:
            return Interval(again.lowest, again.highest)
    found = EVERYTHING
    for line, total, slack in judged.lines:
        found = found.meet(_on_side(line, total, slack, places, amount))
    return found


def _on_side(
    line: Line, total: Fraction, slack: Fraction, places: frozenset[int], amount: Amount
) -> Interval:
    weight = sum((line.coefficients[figure] for figure in places if figure in line.coefficients), Fraction(0))
    base = Interval(amount.step, None) if line.positive in places else EVERYTHING
    if not weight:
        return base if holds(line, total, slack) else NOTHING
    rest = total - weight * (amount.value or 0)
    ends = [
        None if line.lower is None else (line.lower - rest - slack) / weight,
        None if line.upper is None else (line.upper - rest + slack) / weight,
    ]
    return base.meet(Interval(*ends) if weight > 0 else Interval(ends[1], ends[0]))


class Restated(Struct, frozen=True):
    """The printed values that would satisfy a claim (None unbounded), and the exact one."""

    lowest: Fraction | None
    highest: Fraction | None
    exact: Fraction


def restate(judged: Judged, known: Mapping[int, Amount]) -> Restated | None:
    """Return the values of the stated figure that satisfy a constraint, None where they cannot be read off.

    A share, a variation or a mean bounds numerator − k · base on two sides (one where it is hedged), and
    the ratio of the two is read off the coefficients. Points and the like bound a plain sum.
    """
    if judged.stated is None or judged.stated not in known:
        return None
    stated = known[judged.stated]
    if stated.value is None or not judged.lines:
        return None
    if judged.kind not in SCALES:
        return _from_sum(judged, stated)
    for lower, upper in _ratios(judged):
        for start, step in SCALES[judged.kind]:
            if _stands(start + step * stated.value, lower.k, upper.k, abs(step) * stated.half):
                return _from_ratio(stated.value, start, step, lower, upper, known)
    return None


class _Ratio(Struct, frozen=True):
    """One bound k of numerator / base, with the weights of both; k is None where it is unbounded."""

    k: Fraction | None
    numerator: dict[int, Fraction]
    base: dict[int, Fraction]


def _ratios(judged: Judged) -> Iterator[tuple[_Ratio, _Ratio]]:
    """Yield the ways to read the sides as lower and upper bound of a ratio, the base that is marked first."""
    low = next((line for line, _, _ in judged.lines if line.lower == 0), None)
    high = next((line for line, _, _ in judged.lines if line.upper == 0), None)
    either = low or high
    if either is None:
        return
    marked = [either.positive] if either.positive in either.coefficients else []
    for base in dict.fromkeys([*marked, *sorted(either.coefficients)]):
        read = _read(low, high, base)
        if read is not None:
            yield read


def _read(low: Line | None, high: Line | None, base: int) -> tuple[_Ratio, _Ratio] | None:
    """Take `base` for the pure base of the ratio, and tell numerator and base of every other figure."""
    if low is None or high is None or low is high:
        either = low or high
        numerator = {f: c for f, c in either.coefficients.items() if f != base} if either else {}
        lower, upper = (None if line is None else -line.coefficients[base] for line in (low, high))
        return _Ratio(lower, numerator, {base: Fraction(1)}), _Ratio(upper, numerator, {base: Fraction(1)})
    if set(low.coefficients) != set(high.coefficients):
        return None
    least, most = -low.coefficients[base], -high.coefficients[base]
    if least == most:
        return None
    weights = {f: (c - high.coefficients[f]) / (most - least) for f, c in low.coefficients.items()}
    numerator = {f: c + least * weights[f] for f, c in low.coefficients.items()}
    return _Ratio(least, numerator, weights), _Ratio(most, numerator, weights)


def _stands(value: Fraction, lower: Fraction | None, upper: Fraction | None, half: Fraction) -> bool:
    if lower is None or upper is None:
        bound = lower if upper is None else upper
        return bound is not None and abs(value - bound) <= half
    return min(lower, upper) <= value <= max(lower, upper)


def _from_ratio(
    value: Fraction,
    start: Fraction,
    step: Fraction,
    lower: _Ratio,
    upper: _Ratio,
    known: Mapping[int, Amount],
) -> Restated | None:
    above, above_half = _weighed(lower.numerator, known)
    below, below_half = _weighed(lower.base, known)
    if below - below_half <= 0:
        return None
    ends = [(above + a) / (below + b) for a in (-above_half, above_half) for b in (-below_half, below_half)]
    least = None if upper.k is None else value + (min(ends) - upper.k) / step
    most = None if lower.k is None else value + (max(ends) - lower.k) / step
    if step < 0:
        least, most = most, least
    return Restated(least, most, (above / below - start) / step)


def _weighed(weights: dict[int, Fraction], known: Mapping[int, Amount]) -> tuple[Fraction, Fraction]:
    total = slack = Fraction(0)
    for figure, weight in weights.items():
        total += weight * (known[figure].value or 0)
        slack += abs(weight) * known[figure].half
    return total, slack


def _from_sum(judged: Judged, stated: Amount) -> Restated | None:
    """Read a single side as a plain sum that must come to the stated figure, or to its opposite."""
    line, total, slack = judged.lines[0]
    if len(judged.lines) != 1 or stated.value is None:
        return None
    for sign in (1, -1):
        value = sign * stated.value
        if (line.lower is None or line.lower <= value) and (line.upper is None or value <= line.upper):
            least = None if line.upper is None else total - slack - (line.upper - value)
            most = None if line.lower is None else total + slack + (value - line.lower)
            if sign < 0:
                least, most = (None if end is None else -end for end in (most, least))
            return Restated(least, most, sign * total)
    return None


def blind_spots(
    figures: pl.DataFrame,
    constraints: pl.DataFrame,
    sides: pl.DataFrame,
    terms: pl.DataFrame,
    verdicts: pl.DataFrame,
) -> pl.DataFrame:
    """Return BLIND: for each figure in a consistent constraint, the largest errors that would pass unnoticed.

    The other figures are as printed; errors are whole steps of the last printed digit, and a count is never
    negative. Both are 0 in an exact sum. Frames as in `mlcheck.model.frames`, FIGURES with `unit`; of the
    constraints in violation nothing is asked.
    """
    held = verdicts.filter(pl.col("verdict") == "consistent")
    judged = list(_judged(figures, constraints, sides, terms, held))
    wanted = {figure for one in judged for figure in one.figures}
    known = amounts(figures, wanted)
    free: dict[int, Interval] = defaultdict(lambda: EVERYTHING)
    for one in judged:
        for figure in one.figures:
            if known[figure].state == "number":
                own = admissible(one, frozenset({figure}), known[figure], known)
                free[figure] = free[figure].meet(own)
    counts = set(figures.filter(pl.col("unit") == "count")["figure"].to_list())
    return frame(
        [(figure, *_errors(free[figure], known[figure], figure in counts)) for figure in sorted(free)], BLIND
    )


def _judged(
    figures: pl.DataFrame,
    constraints: pl.DataFrame,
    sides: pl.DataFrame,
    terms: pl.DataFrame,
    held: pl.DataFrame,
) -> Iterator[Judged]:
    """Yield the constraints that hold, in fractions, with the tolerance that each was judged with."""
    rows = held.join(
        constraints.select("constraint", "kind", "stated"), on="constraint", maintain_order="left"
    )
    own = lines(sides, terms, rows["constraint"])
    standing = {figure for line in chain(*own.values()) for figure in line.coefficients}
    known = amounts(figures, standing | set(rows["stated"].drop_nulls().to_list()))
    columns = ("constraint", "kind", "stated", "tolerance", "residual_scale")
    for constraint, kind, stated, learnt, scale in rows.select(columns).iter_rows():
        summed = [(line, *sums(line, known)) for line in own[constraint]]
        if len(summed) == 1 and learnt is not None and scale is not None:
            summed = [(line, total, fraction(learnt, scale)) for line, total, _ in summed]
        terms_of = {figure for line in own[constraint] for figure, c in line.coefficients.items() if c}
        outside = stated if stated is not None and stated not in terms_of else None
        every = terms_of if outside is None else terms_of | {outside}
        yield Judged(constraint, kind, True, False, tuple(summed), outside, frozenset(every))


def _errors(free: Interval, amount: Amount, count: bool) -> tuple[str | None, str | None]:
    """Return what may be missing and what may be too much, in steps that can be printed."""
    value = amount.value or Fraction(0)
    if count and value >= 0:
        free = free.meet(Interval(Fraction(0), None))
    least, most = free.steps(value, amount.step)
    # A printed value below the true one is an error downwards: the admissible values are the printable ones.
    below = None if least is None else str(max(-least, 0) * amount.step)
    above = None if most is None else str(max(most, 0) * amount.step)
    return below, above
