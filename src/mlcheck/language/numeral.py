"""Read a printed number exactly as it stands: separators, sign, unit, magnitude and footnote marks.

Our own grammar, since number libraries guess ("1 23" is not 123) and lose what rounding hides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Literal

from mlcheck.language.characters import is_digits, visible
from mlcheck.language.lexicon import lexicon
from mlcheck.model.quantity import Quantity, Unit

Convention = Literal["fr", "en"]
"""fr: decimal comma, and a period groups thousands; en: decimal period, and a comma groups thousands."""

SPACES = " \u00a0\u202f\u2009\u2007"
MINUS = "-\u2212\u2011\u2012\u2013\u2014\u2015"
NUMERAL = rf"[0-9]{{1,3}}(?:[{SPACES}'’][0-9]{{3}})+(?![0-9])(?:[.,][0-9]+)?|[0-9]+(?:[.,][0-9]+)*"
"""Digits with every separator; whether "." or "," groups or cuts is decided by `digits_of`."""

LONGEST = 17  # digits of a mantissa: with the half-unit's one it stays below 10**18
MOST_DECIMALS = 100  # what a cell of 1E-299 stores is no figure of a report
_ROUNDED_UNITS = ("%", "‰", "points")
_RAISED = "[\u00b9\u00b2\u00b3\u2070-\u2079]"
_FOOTNOTE = re.compile(
    rf"(?<=[0-9%€‰])(?:[{SPACES}]?{_RAISED}(?:[,;]?[{SPACES}]?{_RAISED})*|[*†‡]|[{SPACES}]?\((?:[0-9a-z]|{_RAISED}){{1,2}}\)|[{SPACES}][prse*])+$"
)
_RAISED_LAST = re.compile(rf"[{SPACES}]?{_RAISED}+$")
_SEPARATORS = str.maketrans(dict.fromkeys(f"{SPACES}'’", " "))
_DIGIT = re.compile(r"[0-9]")
_LONGEST_CELL = 60  # a longer text is no number


def quantity(
    printed: str, *, digits: str, sign: int = 1, magnitude: int = 1, unit: Unit = "count",
    convention: Convention = "fr",
) -> Quantity | None:  # fmt: skip
    """Return the quantity that `digits` print, or None where they are no number of at most 17 digits.

    Percentages, points, decimals and magnitudes are rounded to their last printed digit; counts and
    amounts printed in full, and amounts with two decimals, are exact.
    """
    cut = digits_of(digits, convention)
    if cut is None:
        return None
    whole, decimals = cut
    if len((whole + decimals).lstrip("0")) > LONGEST or len(decimals) > MOST_DECIMALS:
        return None
    mantissa, scale = sign * int(whole + decimals) * magnitude, len(decimals)
    cents = unit == "€" and scale == 2
    half = magnitude if unit in _ROUNDED_UNITS or magnitude > 1 or (scale and not cents) else 0
    if half:
        mantissa, half, scale = mantissa * 10, half * 5, scale + 1
    while scale and mantissa % 10 == 0 and half % 10 == 0:
        mantissa, half, scale = mantissa // 10, half // 10, scale - 1
    if abs(mantissa) >= 10 ** (LONGEST + 1):
        return None
    return Quantity(printed, mantissa, half, scale, unit, magnitude)


def digits_of(text: str, convention: Convention = "fr") -> tuple[str, str] | None:
    """Return the whole digits and the decimals of a numeral, or None where its groups are not of three."""
    if is_digits(text):
        return text, ""
    plain = text.translate(_SEPARATORS)
    whole, mark, decimals = _cut(plain, convention)
    groups = whole.replace(".", " ").replace(",", " ").split(" ")
    if not all(map(is_digits, groups)) or (mark and not is_digits(decimals)):
        return None
    if len(groups) > 1 and (not 1 <= len(groups[0]) <= 3 or any(len(g) != 3 for g in groups[1:])):
        return None
    return "".join(groups), decimals


def _cut(text: str, convention: Convention) -> tuple[str, str, str]:
    """Cut a numeral at its decimal mark: the last of the two kinds, or the one the convention names."""
    comma, period = text.rfind(","), text.rfind(".")
    if comma >= 0 and period >= 0:
        at = max(comma, period)
    elif comma < 0 and period < 0:
        at = -1
    else:
        at = max(comma, period)
        mark, tail = text[at], text[at + 1 :]
        grouping = "." if convention == "fr" else ","
        if text.count(mark) > 1 or (mark == grouping and len(tail) == 3 and not text.startswith("0")):
            at = -1
    return (text, "", "") if at < 0 else (text[:at], text[at], text[at + 1 :])


def convention_of(texts: Iterable[str]) -> Convention:
    """Return the convention that the printed numbers of one table bear out; French where none does.

    Commas followed by three digits throughout, beside whole numbers below a thousand, group thousands.
    """
    numerals = [n for text in texts for n in re.findall(NUMERAL, text)]
    if any(re.search(r",[0-9]{1,2}$|,[0-9]{4,}$|\.[0-9]{3},|^0,", n) for n in numerals):
        return "fr"
    if any(re.search(r"\.[0-9]{1,2}$|\.[0-9]{4,}$|,[0-9]{3}[.,]|^0\.", n) for n in numerals):
        return "en"
    commas = [n for n in numerals if "," in n]
    plain = [n for n in numerals if is_digits(n)]
    grouped = len(commas) > 2 and all(re.fullmatch(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+", n) for n in commas)
    return "en" if grouped and plain and all(len(n) < 4 for n in plain) else "fr"


@lru_cache(16_384)
def parse(text: str, convention: Convention = "fr") -> Quantity | None:
    """Return the quantity a whole cell prints, or None where it prints anything else.

    Knows sign (hyphens of every kind, "moins", parentheses, "+"), unit before or after, magnitude
    (k€, M€, millions) and footnote marks; these are stripped before digits are read, so that "12¹" is 12.
    """
    printed = visible(text).strip()
    if len(printed) > _LONGEST_CELL or not _DIGIT.search(printed):
        return None
    if is_digits(printed) and len(printed) <= LONGEST:
        return Quantity(printed, int(printed), 0, 0)
    match = _cell_pattern().fullmatch(_FOOTNOTE.sub("", printed))
    if not match:
        return None
    opened, before, sign, digits, after, closed = match.group(
        "open", "before", "sign", "digits", "after", "close"
    )
    if bool(opened) != bool(closed) or (opened and sign):
        return None
    if digits.startswith("."):
        digits = f"0{digits}"  # ".4 %" as English prints it
    magnitude, unit = measure_of(after or before or "")
    negative = bool(opened) or (bool(sign) and sign != "+")
    return quantity(
        printed, digits=digits, sign=-1 if negative else 1, magnitude=magnitude, unit=unit, convention=convention
    )  # fmt: skip


def without_marks(text: str) -> str:
    """Return a printed text without the footnote marks that end its figure: "2020¹" is 2020, "7 (2)" is 7."""
    return _FOOTNOTE.sub("", visible(text).strip())


def whole_number(text: str) -> int | None:
    """Return the number that a text prints in digits alone, footnote marks left out; None for any other text."""
    plain = without_marks(text)
    return int(plain) if is_digits(plain) and len(plain) <= LONGEST else None


@cache
def _cell_pattern() -> re.Pattern[str]:
    words = sorted(_measures(), key=len, reverse=True)
    measure = "|".join(re.escape(w) for w in words)
    minus = "|".join(map(re.escape, lexicon().numbers.minus))
    space = f"[{SPACES}]*"
    return re.compile(
        rf"(?P<open>\()?{space}(?:(?P<before>{measure}){space})?(?P<sign>[{MINUS}+]|(?:{minus})\b)?{space}"
        rf"(?P<digits>{NUMERAL}|\.[0-9]+){space}(?P<after>{measure})?{space}(?P<close>\))?",
        re.IGNORECASE,
    )


@cache
def _measures() -> dict[str, tuple[int, Unit]]:
    """Map each printed unit or magnitude to what it multiplies by and its unit."""
    words = lexicon()
    euros = words.units["€"].words
    found: dict[str, tuple[int, Unit]] = dict.fromkeys(
        (*words.measured.words, *words.measured.durations), (1, "count")
    )
    found |= {w: (1, unit) for unit, one in words.units.items() for w in one.words}
    for factor, magnitude in words.magnitudes.items():
        found |= dict.fromkeys(magnitude.euros, (factor, "€"))
        for word in (*magnitude.words, *magnitude.cells):
            if word.rpartition(" ")[2] in euros:
                found[word] = (factor, "€")
                continue
            found[word] = (factor, "count")
            found |= {f"{word} {words.of_euros}": (factor, "€"), f"{word} €": (factor, "€")}
    return found


def measure_of(text: str) -> tuple[int, Unit]:
    """Return the magnitude and the unit that `text` names: ("k€" → 1000, "€"); (1, "count") if none."""
    return _measures().get(re.sub(rf"[{SPACES}]+", " ", text.strip().lower()), (1, "count"))


@lru_cache(4_096)
def is_unit(text: str) -> bool:
    """Tell whether a text is a unit or a magnitude and nothing else."""
    return re.sub(rf"[{SPACES}]+", " ", visible(text).strip().lower()) in _measures()


def has_unit(text: str) -> bool:
    """Tell whether a printed number bears a unit or a magnitude."""
    match = _cell_pattern().fullmatch(visible(text).strip())
    return match is not None and bool(match["before"] or match["after"])


def measured_in(text: str) -> bool:
    """Tell whether a printed number bears a unit that is none of those reckoned with: "10 km"."""
    match = _cell_pattern().fullmatch(visible(text).strip())
    return match is not None and (match["after"] or "").lower() in (
        *lexicon().measured.words,
        *lexicon().measured.durations,
    )


def with_unit(number: Quantity, unit: Unit, magnitude: int = 1) -> Quantity:
    """Return the number read under a heading that gives its unit or magnitude ("%", "en milliers")."""
    digits, decimals = abs(number.mantissa), number.scale
    if number.half:
        digits, decimals = digits // 10 if number.scale else digits, max(number.scale - 1, 0)
    text = str(digits).rjust(decimals + 1, "0")
    printed = f"{text[:-decimals]},{text[-decimals:]}" if decimals else text
    sign = -1 if number.mantissa < 0 else 1
    again = quantity(number.printed, digits=printed, sign=sign, magnitude=magnitude, unit=unit)
    return again or number


@lru_cache(16_384)
def mark_of(text: str) -> Literal["nil", "unknown"] | None:
    """Return what a cell without a number says: nothing to report, or unknown; None for other text.

    A sign for nothing may have a unit ("- €") or the mark of a note ("— ⁴").
    """
    plain = _RAISED_LAST.sub("", visible(text).strip()).lower()
    marks = lexicon().marks
    if plain in marks.nil:
        return "nil"
    if plain in marks.unknown:
        return "unknown"
    sign = plain[:1]
    return "nil" if sign in marks.nil and plain[1:].strip() in _measures() else None


@lru_cache(16_384)
def is_about(text: str) -> bool:
    """Tell whether a cell prints a number that is not known to the unit: "env. 40", "< 5"."""
    found = _about().fullmatch(visible(text).strip())
    return found is not None and parse(found["number"]) is not None


@cache
def _about() -> re.Pattern[str]:
    words = sorted(lexicon().marks.about, key=len, reverse=True)
    said = "|".join(rf"{re.escape(w)}(?!\w)" if w[-1].isalpha() else re.escape(w) for w in words)
    return re.compile(rf"(?:{said})[{SPACES}]*(?P<number>[0-9].*)", re.IGNORECASE)
