"""What a printed figure should be, as an interval: the value that the other figures of its constraint leave it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from mlcheck.checking.places import Place
from mlcheck.model.constraints import Constraint

Interval = tuple[Fraction, Fraction]
RATIOS = ("share", "variation", "mean")
PER = {"%": 100, "‰": 1000, "points": 100}


def recomputed(one: Constraint, figure: int, places: Mapping[int, Place]) -> Interval | None:
    """Return the lowest and the highest value that `figure` may stand for, in its own unit and sign.

    What rounding hides of the other figures is allowed for. None where one of them is unknown, where it is
    no part of the constraint, or where nothing bounds it.
    """
    if one.kind in RATIOS and figure == one.stated:
        return _ratio(one, places)
    if len(one.sides) != 1:
        return None
    side = one.sides[0]
    own = sum((Fraction(c) for f, c in side.terms if f == figure), Fraction(0))
    rest = interval_of(((f, Fraction(c)) for f, c in side.terms if f != figure), places)
    if not own or rest is None or (side.lower is None and side.upper is None):
        return None
    low = None if side.lower is None else Fraction(side.lower) - rest[1]
    high = None if side.upper is None else Fraction(side.upper) - rest[0]
    if low is None or high is None:
        return None
    ends = (low / own, high / own)
    return min(ends), max(ends)


def interval_of(terms: Iterable[tuple[int, Fraction]], places: Mapping[int, Place]) -> Interval | None:
    """Return what Σ coefficient · figure may be; None where a figure is unknown."""
    low = high = Fraction(0)
    for figure, coefficient in terms:
        quantity = places[figure].quantity
        if quantity is None:
            if places[figure].state not in ("nil", "blank"):
                return None
            continue
        middle, slack = coefficient * quantity.value, abs(coefficient) * quantity.half_unit
        low, high = low + middle - slack, high + middle + slack
    return low, high


def level_of(one: Constraint, places: Mapping[int, Place]) -> Fraction:
    """Return the share of this year that a change in points was taken from, as a percentage.

    The constraint holds last year's share to it, so it stands in the middle of the coefficients.
    """
    assert one.stated is not None
    ends = [-Fraction(c) for side in one.sides for f, c in side.terms if c != 1]
    middle = (min(ends) + max(ends)) / 2
    return 100 * middle + _signed(places[one.stated])


def ends_of(one: Constraint, places: Mapping[int, Place]) -> tuple[Interval, Interval] | None:
    """Return what the numerator and the base of a ratio may be; None where one is unknown or not positive."""
    terms = one.sides[0].terms
    above = interval_of(((f, Fraction(1)) for f, c in terms if c == 1), places)
    below = interval_of(((f, Fraction(1)) for f, c in terms if c != 1), places)
    return None if above is None or below is None or below[0] <= 0 else (above, below)


def _ratio(one: Constraint, places: Mapping[int, Place]) -> Interval | None:
    """Return what a share, a growth rate, a mean or a change in points may be."""
    assert one.stated is not None
    ends, stated = ends_of(one, places), places[one.stated]
    if ends is None or stated.quantity is None:
        return None
    (least, most), (fewest, all_) = ends
    low = least / (all_ if least >= 0 else fewest)
    high = most / (fewest if most >= 0 else all_)
    per = PER.get(stated.quantity.unit, 100)
    if one.kind == "mean":
        return low, high
    if one.kind == "share" and stated.quantity.unit == "points":
        level = level_of(one, places)
        return _turned((level - 100 * high, level - 100 * low), stated)
    if one.kind == "share":
        return per * low, per * high
    return _turned((per * (low - 1), per * (high - 1)), stated)


def _turned(change: Interval, stated: Place) -> Interval:
    """Return a change as it is printed: a fall of 4 % without its sign is 4."""
    return (-change[1], -change[0]) if _falls(stated) else change


def _falls(stated: Place) -> bool:
    claim = stated.claim
    return claim is not None and claim.direction == "down" and claim.quantity.mantissa > 0


def _signed(stated: Place) -> Fraction:
    assert stated.quantity is not None
    return -stated.quantity.value if _falls(stated) else stated.quantity.value
