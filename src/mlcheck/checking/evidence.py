"""How much a verified claim proves: the share of the values that could be printed that would have passed too."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from mlcheck.checking.places import Place
from mlcheck.checking.recomputed import RATIOS, Interval, ends_of, recomputed
from mlcheck.lexicon import lexicon
from mlcheck.model.claim import Claim
from mlcheck.model.constraints import Constraint
from mlcheck.model.finding import Evidence

TOP = {"%": 100, "‰": 1000, "points": 100}


def evidence_of(one: Constraint, claim: Claim, places: Mapping[int, Place]) -> Evidence | None:
    """Return the evidence of the constraint that verified a claim; None where nothing can be counted.

    A share of a base printed in full is told by its numerators: 49 % of 35 accepts 17 alone. Any other
    claim is told by the values that could stand in its place, with as many decimals.
    """
    if one.kind == "share" and one.stated == claim.figure and claim.quantity.unit != "points":
        found = _numerators(one, places)
        if found is not None:
            return found
    if one.kind == "bound":
        return _under(one, claim, places)
    exact = recomputed(one, claim.figure, places)
    return None if exact is None else _values(one, claim, exact, places)


def _numerators(one: Constraint, places: Mapping[int, Place]) -> Evidence | None:
    """Count the whole numbers that give a percentage of an exact base."""
    ends = ends_of(one, places)
    if ends is None or ends[1][0] != ends[1][1] or ends[1][0].denominator != 1:
        return None
    base = ends[1][0]
    factors = {
        n: next((-Fraction(c) for _, c in side.terms if c != 1), Fraction(0))
        for n, side in enumerate(one.sides)
    }
    least, most = Fraction(0), base
    for n, side in enumerate(one.sides):
        if side.lower is not None:
            least = max(least, factors[n] * base)
        if side.upper is not None:
            most = min(most, factors[n] * base)
    first, last = _ceiling(least), _floor(most)
    return Evidence("numerators", max(last - first + 1, 0), int(base) + 1, Fraction(first), Fraction(last))


def _under(one: Constraint, claim: Claim, places: Mapping[int, Place]) -> Evidence | None:
    """Count the values that stay within a bound: a "dont" of up to its whole, a whole of at least its part."""
    side = one.sides[0]
    own = sum((Fraction(c) for f, c in side.terms if f == claim.figure), Fraction(0))
    others = [f for f, _ in side.terms if f != claim.figure]
    quantities = [places[f].quantity for f in others]
    if not own or not quantities or any(q is None for q in quantities):
        return None
    limit = sum((q.value for q in quantities if q is not None), Fraction(0))
    step = _step(claim)
    top = _top(claim, step, max(limit, claim.quantity.value))
    first, last = (0, min(_floor(limit / step), top)) if own > 0 else (max(_ceiling(limit / step), 0), top)
    return Evidence("values", max(last - first + 1, 0), top + 1, first * step, last * step)


def _values(one: Constraint, claim: Claim, exact: Interval, places: Mapping[int, Place]) -> Evidence:
    """Count the values that could be printed in the place of a claim and would fit what they are held against."""
    step, half = _step(claim), claim.quantity.half_unit
    if one.kind == "mean" and not half and claim.quantity.scale == 0:
        half = Fraction(1, 2)
    if _repeats(one, claim, places):
        exact, half = (claim.quantity.value, claim.quantity.value), Fraction(0)
    low, end = exact[0] - half, exact[1] + half
    high: Fraction | None = end
    if one.kind in RATIOS and claim.hedge:
        below, above = lexicon()["hedges"].get(claim.hedge, (0.1, 0.1))
        low = Fraction(0) if above < 0 else low / (1 + Fraction(str(above)))
        high = None if below < 0 else end / (1 - Fraction(str(below)))
    top = _top(claim, step, claim.quantity.value)
    first = max(_ceiling(low / step), 0)
    last = top if high is None else min(_floor(high / step), top)
    return Evidence("values", max(last - first + 1, 0), top + 1, first * step, last * step)


def _repeats(one: Constraint, claim: Claim, places: Mapping[int, Place]) -> bool:
    """Tell whether a claim repeats a number that is rounded to the same digit: then it must print the same."""
    others = [places[f].quantity for f, _ in one.sides[0].terms if f != claim.figure]
    other = others[0] if one.kind == "equal" and len(others) == 1 and not claim.hedge else None
    return (
        other is not None
        and other.half_unit == claim.quantity.half_unit
        and other.value == claim.quantity.value
    )


def _step(claim: Claim) -> Fraction:
    """Return what one more in its last printed digit adds to a value."""
    return 2 * claim.quantity.half_unit or Fraction(1, 10**claim.quantity.scale)


def _top(claim: Claim, step: Fraction, value: Fraction) -> int:
    """Return how many steps the largest value has that could be printed: 100 %, else all digits nine."""
    percent = TOP.get(claim.quantity.unit)
    if percent is not None and value <= percent:
        return int(percent / step)
    return int(10 ** len(str(_floor(abs(value) / step))) - 1)


def _floor(value: Fraction) -> int:
    return value.numerator // value.denominator


def _ceiling(value: Fraction) -> int:
    return -(-value.numerator // value.denominator)
