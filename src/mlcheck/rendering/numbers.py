"""Exact numbers written as a reader of the report's language writes them."""

from __future__ import annotations

from fractions import Fraction

SPACE = "\u00a0"
POINT = {"fr": ",", "en": "."}
THOUSANDS = {"fr": SPACE, "en": ","}
_NO_BREAK = str.maketrans("\u00a0\u202f", "  ")
LONGEST = 6  # decimals printed of a number that ends; one that does not is rounded to two


def number(value: int | Fraction, language: str = "fr", decimals: int | None = None) -> str:
    """Return `value` with grouped thousands: 9995 is "9 995", 4934/100 is "49,34".

    Without `decimals`, a number that ends within six decimals is written in full.
    """
    exact = Fraction(value)
    scale = _decimals(exact) if decimals is None else decimals
    digits = str(rounded(abs(exact), scale)).rjust(scale + 1, "0")
    whole, rest = (digits[:-scale], digits[-scale:]) if scale else (digits, "")
    grouped = f"{int(whole):,}".replace(",", THOUSANDS[language])
    sign = "-" if exact < 0 and int(digits) else ""
    return f"{sign}{grouped}{POINT[language] + rest if rest else ''}"


def with_unit(text: str, unit: str, language: str = "fr") -> str:
    """Return a written number with the sign of its unit; a count and a ratio have none."""
    if unit in ("count", "ratio"):
        return text
    return f"{text}{unit}" if language == "en" and unit == "%" else f"{text}{SPACE}{unit}"


def percent(value: Fraction, language: str = "fr", *, signed: bool = False) -> str:
    """Return a ratio as a percentage of one decimal: 335/679 is "49,3 %", a growth of 8/100 "+8,0 %"."""
    text = number(value * 100, language, 1)
    return with_unit(f"+{text}" if signed and not text.startswith("-") else text, "%", language)


def plain_spaces(text: str) -> str:
    """Return `text` with ordinary spaces for no-break ones, as people search and programs compare."""
    return text.translate(_NO_BREAK)


def rounded(value: Fraction, decimals: int) -> int:
    """Return `value` × 10**decimals as an integer, halves away from zero, as reports round."""
    scaled = abs(value) * 10**decimals
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return whole if value >= 0 else -whole


def _decimals(value: Fraction) -> int:
    for scale in range(LONGEST + 1):
        if 10**scale % value.denominator == 0:
            return scale
    return 2
