"""The values of last year that a change allows, when this year's value is known."""

from __future__ import annotations

from fractions import Fraction

from mlcheck.model.claim import Claim
from mlcheck.rules.build import band
from mlcheck.rules.sentences import sign_of

Interval = tuple[Fraction, Fraction]


def implied(claim: Claim, present: Interval) -> Interval | None:
    """Return the lowest and the highest value of last year that a claim leaves open, None where it leaves all.

    The claim is a growth rate, a difference in number, a multiple, or last year's number itself;
    `present` is what this year's value may be. A count is a whole number, so only whole numbers are
    given for one.
    """
    found = _implied(claim, present)
    if found is None or claim.quantity.unit == "€":
        return found
    low, high = found
    return Fraction(-(-low.numerator // low.denominator)), Fraction(high.numerator // high.denominator)


def _implied(claim: Claim, present: Interval) -> Interval | None:
    value, half = claim.quantity.value, claim.quantity.half_unit
    if claim.kind in ("count", "part", "sum"):
        return value - half, value + half
    sign = sign_of(claim)
    if claim.kind == "variation" and claim.quantity.unit in ("count", "€"):
        return None if claim.hedge else (present[0] - sign * value - half, present[1] - sign * value + half)
    per = 1 if claim.kind == "multiple" else 100
    low, high = band(claim.quantity, per, claim.hedge)
    if low is None or high is None:
        return None
    if claim.kind == "multiple":
        factors = (Fraction(low), Fraction(high))
        if claim.direction == "down":
            return present[0] * factors[0], present[1] * factors[1]
    else:
        one, other = 1 + sign * Fraction(low), 1 + sign * Fraction(high)
        factors = (min(one, other), max(one, other))
    return (present[0] / factors[1], present[1] / factors[0]) if factors[0] > 0 else None
