"""What a spreadsheet prints for a stored number under a number format, in French convention."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct

from mlcheck.reading.spreadsheet.number_format.code import Condition, Section, sections
from mlcheck.reading.spreadsheet.number_format.layout import general
from mlcheck.reading.spreadsheet.number_format.numbers import Printer, number_printer, plain_printer

NOT_A_NUMBER = "#NOMBRE!"
ZERO = Decimal(0)
TESTS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "=": lambda a, b: a == b,
    "<>": lambda a, b: a != b,
}


class Shown(NamedTuple):
    """What is printed: the text, and the number in the unit and with the decimals displayed.

    `number` is None where no number is displayed: a date, a dash for zero, nothing at all.
    """

    text: str
    number: Decimal | None


class NumberFormat(Struct, frozen=True):
    """A compiled code: its numeric sections with their conditions, and its section for text if any.

    `positive` prints numbers above zero, where that takes no choice and no care.
    """

    numeric: tuple[tuple[Condition | None, Printer], ...]
    text: Section | None
    positive: Callable[[Decimal], tuple[str, Decimal]] | None


def show(value: float | Decimal, code: str = "General") -> Shown:
    """Return what Excel prints for a number under a format code, rounding half up.

    The decimal comma is French, thousands are separated by U+202F where the code groups; the number
    is that of the shortest decimal that names the stored double: 0.4934 under "0 %" is "49 %", 49.
    """
    number = value if isinstance(value, Decimal) else Decimal(repr(value))
    if not number.is_finite():
        return Shown(NOT_A_NUMBER, None)
    compiled = compile_format(code)
    if compiled.positive and number > 0:
        return Shown(*compiled.positive(number))
    for condition, printer in compiled.numeric:
        if condition is None:
            return Shown(*printer(number, False))
        operator, bound = condition
        if TESTS[operator](number, bound):
            # Where only negative numbers come, the section itself says that they are negative.
            bare = (operator == "<" and bound <= 0) or (operator == "<=" and bound < 0)
            return Shown(*printer(number, bare))
    return Shown(*general(number))


def show_text(text: str, code: str = "General") -> str:
    """Return what Excel prints for a text under a format code: "@" and its literals, or the text itself."""
    section = compile_format(code).text
    if section is None:
        return text
    return "".join(text if kind == "at" else literal for kind, literal in section.tokens)


@lru_cache(maxsize=4096)
def compile_format(code: str) -> NumberFormat:
    """Return a code ready for printing."""
    parts = sections(code)
    text = None
    if len(parts) == 4 or parts[-1].has("at"):
        text = parts.pop()
        if text.has("general"):
            text = None
    parts = parts[:3] or [Section((("general", "general"),))]
    conditions = _conditions([part.condition for part in parts])
    numeric = tuple(zip(conditions, map(number_printer, parts), strict=True))
    return NumberFormat(numeric, text, None if parts[0].condition else plain_printer(parts[0]))


def _conditions(own: list[Condition | None]) -> list[Condition | None]:
    """Return the condition of each section, with those that a code leaves out."""
    usual: list[Condition | None] = [None]
    if len(own) == 2:
        usual = [(">=", ZERO), None if own[0] else ("<", ZERO)]
    if len(own) == 3:
        usual = [(">", ZERO), ("<", ZERO), None]
    return [mine or default for mine, default in zip(own, usual, strict=True)]
