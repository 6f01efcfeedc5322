"""Whether two printed numbers are the same number, as far as their last digits tell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Literal

from msgspec import Struct

from mlcheck.model.quantity import Quantity
from mlcheck.numeral import NUMERAL, Convention, digits_of

PER_CENT = {"%": Fraction(1), "‰": Fraction(1, 10), "ratio": Fraction(100)}
CONVENTIONS: tuple[Convention, ...] = ("fr", "en")


class Printed(Struct, frozen=True):
    """A value with the worth of its last printed digit, and half of it where it is known to be rounded."""

    value: Fraction
    step: Fraction
    half: Fraction

    def times(self, factor: Fraction) -> Printed:
        """Return the same number in another unit."""
        return Printed(self.value * factor, self.step * factor, self.half * factor)


def printed(quantity: Quantity) -> Printed:
    """Return a quantity with the worth of its last digit: a hundredth for "12,50 €", a thousand for "12 k€"."""
    if quantity.half:
        return Printed(quantity.value, 2 * quantity.half_unit, quantity.half_unit)
    return Printed(quantity.value, Fraction(1, 10 ** _decimals(quantity)), Fraction(0))


def _decimals(quantity: Quantity) -> int:
    """Return how many decimals an exact quantity prints; its scale has lost those that are zero."""
    for numeral in re.findall(NUMERAL, quantity.printed):
        for convention in CONVENTIONS:
            cut = digits_of(numeral, convention)
            if cut and Fraction(int("".join(cut)), 10 ** len(cut[1])) == abs(quantity.value):
                return len(cut[1])
    return quantity.scale


def in_one_unit(left: Quantity, right: Quantity) -> Iterator[tuple[Printed, Printed]]:
    """Yield both numbers in a unit that they may share; nothing where their units are two.

    A number without a unit may leave out that of the other, and a share be printed as a ratio (0,49).
    """
    one, other = printed(left), printed(right)
    if left.unit in PER_CENT and right.unit in PER_CENT:
        yield one.times(PER_CENT[left.unit]), other.times(PER_CENT[right.unit])
    elif left.unit == right.unit or "count" in (left.unit, right.unit):
        yield one, other
        if right.unit == "%" and left.scale:
            yield one.times(Fraction(100)), other
        if left.unit == "%" and right.scale:
            yield one, other.times(Fraction(100))


def agreement(left: Quantity, right: Quantity) -> Literal["equal", "rounded", "different"]:
    """Return whether two printed numbers are the same, the coarser print being the finer one rounded, or differ."""
    found = [_agreement(one, other) for one, other in in_one_unit(left, right)]
    return "equal" if "equal" in found else "rounded" if "rounded" in found else "different"


def _agreement(one: Printed, other: Printed) -> Literal["equal", "rounded", "different"]:
    if one.value == other.value:
        return "equal"
    if one.step == other.step:
        return "different"
    coarse, fine = (one, other) if one.step > other.step else (other, one)
    return "rounded" if abs(one.value - other.value) <= coarse.step / 2 + fine.half else "different"


def cut_off(left: Quantity, right: Quantity) -> bool:
    """Tell whether the coarser of two numbers that differ is the finer one with its decimals cut off."""
    for one, other in in_one_unit(left, right):
        coarse, fine = (one, other) if one.step > other.step else (other, one)
        least, most = abs(coarse.value), abs(fine.value)
        same_sign = coarse.value * fine.value >= 0
        if coarse.step != fine.step and same_sign and least < most < least + coarse.step:
            return True
    return False
