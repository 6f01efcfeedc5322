"""Values that are to be written as a printed figure is: its unit, its decimals, its magnitude."""

from __future__ import annotations

import re
from fractions import Fraction

from mlcheck.language.numeral import NUMERAL, measure_of
from mlcheck.model.amount import Amount, Limit, rounded
from mlcheck.model.figure import Place
from mlcheck.model.finding import Stated, Value
from mlcheck.model.quantity import Quantity

_CENTS = re.compile(r"[0-9][.,][0-9]{2}(?![0-9])")


def stated_of(place: Place) -> Stated:
    """Return what a figure prints: its number with its text, or the text alone where it is no number."""
    number = place.quantity
    if number is None:
        return place.printed
    return Amount(number.value, number.unit, number.decimals, place.printed, number.magnitude)


def like(place: Place, value: Fraction, *, signed: bool = False, limit: Limit = "") -> Amount:
    """Return a value to be written in the place of a figure.

    A figure in millions hides what is less than its last digit: where that would make the value look like the
    figure itself, all its decimals are written.
    """
    number = place.quantity
    if number is None:
        return Amount(value, signed=signed, limit=limit)
    decimals: int | None = number.decimals
    if number.magnitude > 1 and _digits(value, number) == _digits(number.value, number) != value:
        decimals = None
    return Amount(
        value, number.unit, decimals, None, number.magnitude, _words(place.printed, number), signed, limit
    )


def gap_of(place: Place, gap: Fraction, decimals: int | None = None) -> Amount:
    """Return what a figure is off by: a bare number, but in the magnitude of the figure where it has one."""
    number = place.quantity
    if number is None or number.magnitude == 1:
        return Amount(gap, decimals=decimals)
    shown = number.decimals if _digits(gap, number) else None
    return Amount(gap, number.unit, shown, None, number.magnitude, _words(place.printed, number))


def beside(place: Place, value: Fraction) -> Value:
    """Return a value that a message names beside a figure: written in its magnitude, with what it prints of it."""
    number = place.quantity
    if number is None or number.magnitude == 1:
        return value
    amount = like(place, value)
    return Amount(
        value, number.unit, amount.decimals, None, number.magnitude, _words(place.printed, number) or ""
    )


def corrected(place: Place, value: Fraction) -> Amount:
    """Return the value that would mend a figure, as the report would print it."""
    number = place.quantity
    decimals = _cents(place, value) if number is None or not number.half else number.decimals
    if number is None or number.magnitude == 1:
        return Amount(value, number.unit if number else "count", decimals)
    if _digits(value, number) != value:
        decimals = None
    return Amount(value, number.unit, decimals, None, number.magnitude, _words(place.printed, number))


def _cents(place: Place, value: Fraction) -> int | None:
    """Return 2 for an amount that is printed with its cents, zeros included, where the value has no more; else None."""
    cents = place.quantity is not None and place.quantity.unit == "€" and re.search(_CENTS, place.printed)
    return 2 if cents and (value * 100).denominator == 1 else None


def nearest(place: Place, value: Fraction) -> Fraction:
    """Return the value rounded to the last digit that a figure prints."""
    return value if place.quantity is None else _digits(value, place.quantity)


def _digits(value: Fraction, like: Quantity) -> Fraction:
    return Fraction(rounded(value / like.magnitude, like.decimals), 10**like.decimals) * like.magnitude


def _words(printed: str, number: Quantity) -> str | None:
    """Return what is printed after the digits for the magnitude: "M€", "millions d'euros"; None for nothing."""
    digits = re.search(NUMERAL, printed)
    if number.magnitude == 1 or digits is None:
        return None
    words = printed[digits.end() :].strip(" \u00a0\u202f()*").split()
    while words:
        text = " ".join(words)
        if measure_of(text.replace("’", "'"))[0] == number.magnitude:
            return text
        words.pop()
    return None
