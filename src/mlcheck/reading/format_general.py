"""The General format: up to eleven characters, as Excel shows in a wide enough column."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal

WIDTH = 11
EXACT = Context(prec=4000, rounding=ROUND_HALF_UP)  # room for any double at any printed precision


def general(value: Decimal) -> tuple[str, Decimal]:
    """Return the French text of a number without a format, and the number displayed.

    Eleven characters hold the digits and the decimal sign (the minus stands apart); what is larger,
    or smaller than 0.0001 with more digits than fit, turns scientific with six digits.
    """
    if value.adjusted() < WIDTH and (whole := int(value)) == value:
        return str(whole), Decimal(whole)
    fixed = round_to(value, max(0, WIDTH - 2 - max(0, value.adjusted())))
    small = value.adjusted() < -4 and fixed != value
    if small or fixed.adjusted() >= WIDTH:
        return scientific(value)
    shown = fixed.normalize(EXACT)
    return f"{shown:f}".replace(".", ","), shown


def scientific(value: Decimal) -> tuple[str, Decimal]:
    """Return a number with six digits and an exponent: 1,23457E+11."""
    exponent = value.adjusted()
    mantissa = round_to(value.scaleb(-exponent, EXACT), 5)
    if abs(mantissa) >= 10:
        exponent, mantissa = exponent + 1, mantissa / 10
    text = f"{mantissa.normalize(EXACT):f}".replace(".", ",")
    return f"{text}E{exponent:+03d}", mantissa.normalize(EXACT).scaleb(exponent, EXACT)


def round_to(value: Decimal, decimals: int) -> Decimal:
    """Return a number rounded half up to a number of decimals."""
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, EXACT)
