"""A displayed text and the stored value behind it → the number displayed."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

MARKS = {"%": 2, "‰": 3}
SCALES = (0, -3, -6, -9)  # powers of ten: as stored, thousands, millions, milliards
THOUSANDS = " \u00a0\u202f\u2009'’"
NUMERAL = rf"(?:\d[\d{THOUSANDS}.,]*|[.,]\d+)(?:[eE][+-]?\d+)?"


BINARY = Decimal("1e-12")


def displayed_number(text: str, value: Decimal) -> Decimal | None:
    """Return the number that a text displays: the numeral in it that is the stored value, rounded.

    "49 %" displays 49 of a stored 0.4934. None where no reading of the text is the value at any
    usual scale: a fraction, a dash for zero.
    """
    if not value.is_finite():
        return None
    scales = tuple(power for mark, power in MARKS.items() if mark in text) + SCALES
    for match in re.finditer(NUMERAL, text):
        readings = _readings(match.group())
        for scale in scales:
            stored = abs(value).scaleb(scale)
            for numeral in readings:
                if abs(stored - numeral) <= Decimal(5).scaleb(int(numeral.as_tuple().exponent) - 1):
                    return numeral if value >= 0 or numeral == 0 else -numeral
    return None


def is_rounded(number: Decimal | None, stored: Decimal) -> bool:
    """Tell whether a number is displayed with fewer decimals than it is stored with, at whatever scale.

    What arithmetic in binary leaves past twelve digits is no decimal.
    """
    if number is None or number == stored or not stored.is_finite():
        return False
    near = abs(number) * BINARY
    return all(abs(abs(stored).scaleb(scale) - abs(number)) > near for scale in (*SCALES, *MARKS.values()))


def _readings(printed: str) -> list[Decimal]:
    """Return the numbers that a numeral can be: its last point or comma starts the decimals, or groups."""
    bare = "".join(char for char in printed if char not in THOUSANDS).rstrip(".,")
    mantissa, _, exponent = bare.lower().partition("e")
    last = max(mantissa.rfind(","), mantissa.rfind("."))
    digits = mantissa.replace(",", "").replace(".", "")
    texts = [digits]
    if last >= 0:
        decimals = len(mantissa) - last - 1
        texts.insert(0, f"{digits[: len(digits) - decimals] or '0'}.{digits[len(digits) - decimals :]}")
    found = []
    for text in texts:
        try:
            found.append(Decimal(f"{text}e{exponent}" if exponent else text))
        except InvalidOperation:
            continue
    return found
