"""Exact numbers written as a reader of the report's language writes them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from mlcheck.model.amount import Amount, Formula, Term, rounded

SPACE = "\u00a0"
POINT = {"fr": ",", "en": "."}
THOUSANDS = {"fr": SPACE, "en": ","}
_NO_BREAK = str.maketrans("\u00a0\u202f", "  ")
MAGNITUDES = {1000: "k", 10**6: "M", 10**9: "Md"}  # before the sign of the euro
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


# Amounts and formulas, which are data until they are written here.


def written(amount: Amount, language: str = "fr") -> str:
    """Return an amount as the report writes its own: what is printed as it stands, else digits and unit."""
    if amount.printed is not None:
        return amount.printed
    text = _with_sign(number(amount.value / amount.magnitude, language, amount.decimals), amount)
    if amount.words is not None:
        text = f"{text}{SPACE}{amount.words}" if amount.words else text
    else:
        euros = MAGNITUDES.get(amount.magnitude, "") + "€"
        text = with_unit(text, euros if amount.unit == "€" else amount.unit, language)
    return f"{amount.limit} {text}" if amount.limit else text


def formula(one: Formula, language: str = "fr") -> str:
    """Return the arithmetic of a constraint on one line: "335 / 679 = 49,34 %", "5 + 7 ≠ 13"."""
    if one.kind in ("sum", "relation"):
        right = _added(one, one.right, language) or _result(one.result, language) or "0"
        return f"{_added(one, one.left, language) or '0'} {one.sign} {right}"
    divided = f"{_bracketed(one, one.left, language)} / {_bracketed(one, one.right, language)}"
    if one.kind == "growth":
        divided += " − 1"
    elif one.kind == "points":
        divided = f"{_result(one.level, language)} − {divided}"
    return f"{divided} {one.sign} {_result(one.result, language)}"


def _with_sign(text: str, amount: Amount) -> str:
    return f"+{text}" if amount.signed and not text.startswith("-") else text


def _result(amount: Amount | None, language: str) -> str:
    """Return what a formula makes, with an ordinary space before its unit."""
    if amount is None:
        return ""
    text = _with_sign(number(amount.value, language, amount.decimals), amount)
    return text if amount.unit in ("count", "ratio") else f"{text} {amount.unit}"


def _added(one: Formula, terms: Sequence[Term], language: str) -> str:
    """Return figures added up; what prints nothing to report is left out, but where a profile names it."""
    shown = [term for term in terms if one.kind == "relation" or term.printed not in ("", "/")]
    return " + ".join(
        term.printed if term.coefficient == 1 else f"{number(term.coefficient, language)} × {term.printed}"
        for term in shown
    )


def _bracketed(one: Formula, terms: Sequence[Term], language: str) -> str:
    added = _added(one, terms, language)
    return f"({added})" if len(terms) > 1 else added or "0"


def _decimals(value: Fraction) -> int:
    for scale in range(LONGEST + 1):
        if 10**scale % value.denominator == 0:
            return scale
    return 2
