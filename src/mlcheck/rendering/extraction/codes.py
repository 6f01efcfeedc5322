"""Printed numbers as a workbook stores them: a number, and the format under which it prints the same."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

from mlcheck.model.quantity import Quantity
from mlcheck.numeral import MINUS, SPACES

_DIGITS = re.compile(
    rf"(?<![\d.,'’])(?P<whole>\d{{1,3}}(?:[{SPACES}]\d{{3}})+|\d+)(?:,(?P<decimals>\d+))?"
    rf"(?P<power>E[+-]\d{{1,4}})?(?![\d.'’]|,\d)"
)
_SIGN = re.compile(rf"[{MINUS}+(]|moins", re.IGNORECASE)
_GROUPING = str.maketrans(dict.fromkeys(SPACES))
LONGEST_CODE = 255  # of a number format in Excel
GENERAL = "General"
EXACT = Context(prec=400)
MAGNITUDES = (1, 1000, 10**6, 10**9)  # what a unit may multiply the number displayed by


def stored(printed: str, number: Decimal) -> tuple[float, str] | None:
    """Return what to store of a printed number and its format code, or None where nothing prints it so.

    `number` is as displayed: 49 for "49 %", which is stored as 0.49. French digits only: spaces of every
    kind count as the one that groups thousands, signs, units and footnote marks are literals of the code.
    """
    text = printed.strip()
    for match in _DIGITS.finditer(text):
        if _value(match) == abs(number):
            before, after = text[: match.start()], text[match.end() :]
            percent = "%" in after
            value = double(number.scaleb(-2, EXACT) if percent else number)
            code = _code(_placeholders(match), before, after, number)
            return None if value is None or len(code) > LONGEST_CODE else (value, code)
    return None


def double(number: Decimal) -> float | None:
    """Return a number as the workbook stores it, None where its sixteen digits do not round to the number."""
    value = float(number)
    written = Decimal(f"{value:.16G}")
    exponent = min(int(number.as_tuple().exponent), 0)
    same = (
        written.is_finite() and written.quantize(Decimal(1).scaleb(exponent), ROUND_HALF_UP, EXACT) == number
    )
    return value if same else None


def _value(match: re.Match[str]) -> Decimal:
    whole, decimals, power = match.group("whole", "decimals", "power")
    return Decimal(f"{whole.translate(_GROUPING)}.{decimals or 0}{power or ''}")


def _placeholders(match: re.Match[str]) -> str:
    """Return the placeholders of digits: as many decimals, and grouped unless a long number is not."""
    whole, decimals, power = match.group("whole", "decimals", "power")
    digits = whole.translate(_GROUPING)
    tail = f".{'0' * len(decimals)}" if decimals else ""
    if power:
        return f"{'0' * len(digits)}{tail}E+{'0' * (len(power) - 2)}"
    if len(digits) > 1 and digits.startswith("0"):
        return "0" * len(digits) + tail
    return ("#,##0" if digits != whole or len(digits) < 4 else "0") + tail


def _code(digits: str, before: str, after: str, number: Decimal) -> str:
    """Return the code of a number with what stands before and after it.

    A sign other than the plain minus makes two sections, for positive and negative numbers.
    """
    end = _literal(after, percent=True)
    if number < 0 and before in ("-", ""):
        return digits + end
    if number < 0:
        opened = "(" in before and after.endswith(")")
        plain = _literal(after[:-1] if opened else after, percent=True)
        return f"{_literal(_SIGN.sub('', before))}{digits}{plain};{_literal(before)}{digits}{end}"
    if "+" in before:
        return f"{_literal(before)}{digits}{end};{_literal(before.replace('+', '-'))}{digits}{end}"
    return _literal(before) + digits + end


def _literal(text: str, *, percent: bool = False) -> str:
    """Return a text as a code prints it; the first "%" is the one that multiplies, where asked."""
    if not text:
        return ""
    if percent and "%" in text:
        before, _, after = text.partition("%")
        return f"{_literal(before)}%{_literal(after)}"
    return "".join(f'"{part}"' if part != '"' else '\\"' for part in re.split('(")', text) if part)


def displayed(quantity: Quantity) -> Decimal | None:
    """Return the number that a quantity displays, its magnitude left out: 2.1 for "2,1 M€".

    None where it is not printed in French digits: "1,234" that counts a thousand things is none.
    """
    match = _DIGITS.search(quantity.printed)
    if match is None:
        return None
    number = _value(match)
    value = abs(quantity.value)
    factors = (1,) if _groups_by_comma(match) else MAGNITUDES
    if all(value != Fraction(number) * factor for factor in factors):
        return None
    return -number if quantity.mantissa < 0 else number


def _groups_by_comma(match: re.Match[str]) -> bool:
    """Tell whether digits could be English ones: "1,234"."""
    whole = match["whole"]
    return len(match["decimals"] or "") == 3 and len(whole) <= 3 and not whole.startswith("0")
