"""The percentage, mean or difference that the other figures of a claim would give."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from msgspec import Struct

from mlcheck.solving.neighbourhood import Judged
from mlcheck.solving.rational import Amount, Line

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


class Restated(Struct, frozen=True):
    """The printed values that would satisfy a claim (None unbounded), and the exact one."""

    lowest: Fraction | None
    highest: Fraction | None
    exact: Fraction


def restate(judged: Judged, known: dict[int, Amount]) -> Restated | None:
    """Return the values of the stated figure that satisfy a constraint, None where they cannot be told.

    A share, a variation or a mean bounds numerator − k · base on two sides (one where it is hedged), and
    the ratio of the two is told from the coefficients. Points and the like bound a plain sum.
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
    value: Fraction, start: Fraction, step: Fraction, lower: _Ratio, upper: _Ratio, known: dict[int, Amount]
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


def _weighed(weights: dict[int, Fraction], known: dict[int, Amount]) -> tuple[Fraction, Fraction]:
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
