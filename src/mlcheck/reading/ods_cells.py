"""One cell of an OpenDocument spreadsheet: the text it displays, and the number in that text."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from mlcheck.model.document import Cell
from mlcheck.reading.cells import INDENT, number_cell
from mlcheck.reading.ods_terms import OFFICE, TABLE

FORMULA = TABLE + "formula"
EXTENDED_TYPE = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 value-type"
NUMBERS = ("float", "percentage", "currency")
ERROR = r"(#[A-Z/0]+ ?[!?]?|Err ?: ?\d{3})"
SPACES = " \u00a0\u202f\u2009'’"
NUMERAL = rf"(?:\d[\d{SPACES}.,]*|[.,]\d+)(?:[eE][+-]?\d+)?"
MARKS = {"%": 2, "‰": 3}
SCALES = (0, -3, -6, -9)  # powers of ten: as stored, thousands, millions, milliards


def make_cell(printed: str | None, attributes: dict[str, str], indent: int) -> Cell | None:
    """Return the cell of a displayed text (None where the file has none), None where it is blank."""
    kind = attributes.get(OFFICE + "value-type")
    formula = FORMULA in attributes
    if kind is None and formula and printed is None:
        return Cell("", fault="uncomputed")
    text = printed or ""
    if attributes.get(EXTENDED_TYPE) == "error" or (formula and re.fullmatch(ERROR, text.strip())):
        return Cell(text.strip(), fault="error")
    if kind in NUMBERS:
        return _number(printed, attributes.get(OFFICE + "value", ""))
    if not text.strip():
        stored = attributes.get(OFFICE + "string-value", "") if printed is None else ""
        return Cell(stored) if stored.strip() else None
    return Cell(INDENT * indent + text if kind == "string" else text.strip())


def _number(printed: str | None, stored: str) -> Cell:
    try:
        value = Decimal(stored)
    except InvalidOperation:
        return Cell((printed or stored).strip())
    if printed is None:  # a writer that leaves the display to the program
        return number_cell(float(value), "General")
    text = printed.strip()
    if not text:
        shown = number_cell(float(value), "General")
        return Cell(shown.text, shown.number, hidden=True)
    return Cell(text, displayed_number(text, value))


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


def _readings(printed: str) -> list[Decimal]:
    """Return the numbers that a numeral can be: its last point or comma starts the decimals, or groups."""
    bare = "".join(char for char in printed if char not in SPACES).rstrip(".,")
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
