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
        return meet(stated, summed)
    if link.kind == "distribution":
        return summed[0] <= 100 and (link.words[0] == "…" or summed[1] >= 100)
    if link.kind == "equal":
        return meet(stated, operands[0])
    first, second = operands
    if link.kind == "of_which":
        return first[0] <= second[1]
    if link.kind == "share":
        return meet(stated, times(quotient(first, second), 100))
    if link.kind == "mean":
        return meet(stated, quotient(first, second))
    if link.kind == "multiple":
        return meet(stated, quotient(second, first) if direction == "down" else quotient(first, second))
    gap = (first[0] - second[1], first[1] - second[0])
    if link.stated == link.operands[0]:  # only the direction is stated
        return gap[1] > 0 if direction == "up" else gap[0] < 0
    if direction == "down" and stated[0] > 0:
        stated = (-stated[1], -stated[0])
    if link.kind == "variation":
        rate = quotient(first, second)
        return meet(stated, (100 * (rate[0] - 1), 100 * (rate[1] - 1)))
    return meet(stated, gap)


def meet(left: Interval, right: Interval) -> bool:
    return left[0] <= right[1] and right[0] <= left[1]


def times(one: Interval, factor: int) -> Interval:
    return one[0] * factor, one[1] * factor


def quotient(one: Interval, other: Interval) -> Interval:
    """Return what one positive interval divided by another can be."""
    assert other[0] > 0
    ends = [a / b for a in one for b in other]
    return min(ends), max(ends)
