"""What a link says, worked out on intervals with exact fractions: the tests' own arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from mlcheck.model.claim import Claim, Link

Interval = tuple[Fraction, Fraction]
ENDLESS = Fraction(10**30)
NEAR = ("près de", "presque", "quelque", "environ")
ABOVE = ("plus de", "un peu plus de")
BELOW = ("moins de", "un peu moins de")


def interval(claim: Claim) -> Interval:
    """Return what a claim allows: half its last digit either way, its hedge as a band of a tenth or a side."""
    value, half = claim.quantity.value, claim.quantity.half_unit
    low, high = value - half, value + half
    if claim.hedge in NEAR:
        low, high = min(low, value * Fraction(9, 10)), max(high, value * Fraction(11, 10))
    if claim.hedge in ABOVE:
        high = ENDLESS
    if claim.hedge in BELOW:
        low = -ENDLESS
    return low, high


def holds(link: Link, claims: Sequence[Claim]) -> bool:
    """Return whether the numbers of a link can be what its words say, whatever their rounding hid."""
    stated, operands = interval(claims[link.stated]), [interval(claims[i]) for i in link.operands]
    direction = claims[link.stated].direction
    summed = (sum((o[0] for o in operands), Fraction(0)), sum((o[1] for o in operands), Fraction(0)))
    if link.kind == "sum":
        signs = link.signs or (1,) * len(operands)
        ends = [sorted(sign * end for end in one) for sign, one in zip(signs, operands, strict=True)]
        return meet(stated, (sum((e[0] for e in ends), Fraction(0)), sum((e[1] for e in ends), Fraction(0))))
    if link.kind == "distribution":
        return summed[0] <= 100 and (link.words[0] == "…" or summed[1] >= 100)
    if link.kind == "equal":
        factor = link.signs[0] if link.signs else 1
        return meet(stated, times(operands[0], factor))
    if link.kind in ("limit", "within", "whole"):
        return bounded(link, stated, operands)
    first, second = operands
    if link.kind in ("order", "of_which"):
        alike = first[1] - first[0] == second[1] - second[0]
        above = first[0] >= second[0] if alike else first[1] >= second[0]
        return above if link.kind == "order" else first[0] <= second[1]
    if link.kind == "share":
        return meet(stated, times(quotient(first, second), 100))
    if link.kind == "mean":
        return meet(stated, quotient(first, second))
    if link.kind == "multiple":
        return meet(stated, quotient(second, first) if direction == "down" else quotient(first, second))
    gap = (first[0] - second[1], first[1] - second[0])
    if link.kind == "rise":  # by a change that is stated with its sign or with a word
        by = (-second[1], -second[0]) if direction == "down" and second[0] > 0 else second
        rate = (-stated[1], -stated[0]) if direction == "down" and stated[0] > 0 else stated
        return meet(rate, times(quotient(by, (first[0] - by[1], first[1] - by[0])), 100))
    if direction == "down" and stated[0] > 0:
        stated = (-stated[1], -stated[0])
    if link.kind == "variation":
        rate = quotient(first, second)
        return meet(stated, (100 * (rate[0] - 1), 100 * (rate[1] - 1)))
    return meet(stated, gap)


def bounded(link: Link, stated: Interval, operands: Sequence[Interval]) -> bool:
    """Return whether a number lies within the limits of its words, or within the parts that it is the whole of."""
    if link.kind == "whole":
        return True  # what is of which; no arithmetic
    if link.kind == "within":
        return min(o[0] for o in operands) <= stated[1] and max(o[1] for o in operands) >= stated[0]
    low, high = (None if end is None else Fraction(end) for end in link.limits)
    return (low is None or stated[1] >= low) and (high is None or stated[0] <= high)


def meet(left: Interval, right: Interval) -> bool:
    return left[0] <= right[1] and right[0] <= left[1]


def times(one: Interval, factor: int) -> Interval:
    return one[0] * factor, one[1] * factor


def quotient(one: Interval, other: Interval) -> Interval:
    """Return what one positive interval divided by another can be."""
    assert other[0] > 0
    ends = [a / b for a in one for b in other]
    return min(ends), max(ends)
