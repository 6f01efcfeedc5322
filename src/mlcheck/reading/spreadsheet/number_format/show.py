"""What a spreadsheet prints for a stored number under a number format, in French convention."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Context, Decimal, Inexact
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct

from mlcheck.language.characters import is_digits
from mlcheck.model.document import Cell
from mlcheck.reading.cells import INDENT
from mlcheck.reading.displayed import is_rounded
from mlcheck.reading.spreadsheet.number_format.code import (
    EXACT,
    Condition,
    Section,
    Token,
    general,
    layout,
    sections,
)
from mlcheck.reading.spreadsheet.number_format.dates import show_date, shown_boolean, shown_error

NOT_A_NUMBER = "#NUM!"
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


INFINITY = float("inf")
Tokens = tuple[Token, ...]
Printed = tuple[str, Decimal | None]
Printer = Callable[[Decimal, bool], Printed]
FRACTION_EXACT = Context(prec=40, traps=[Inexact])
LONGEST_DENOMINATOR = 7  # digits


def show(value: float | Decimal, code: str = "General") -> Shown:
    """Return what Excel prints for a number under a format code, rounding half up.

    The decimal comma is French, thousands are separated by U+202F where the code groups; the number
    is that of the shortest decimal that names the stored double: 0.4934 under "0 %" is "49 %", 49.
    """
    number = value if isinstance(value, Decimal) else Decimal(repr(value))
    if not number.is_finite():
        return Shown(shown_error(NOT_A_NUMBER), None)
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
    numeric = tuple(zip(conditions, map(_number_printer, parts), strict=True))
    return NumberFormat(numeric, text, None if parts[0].condition else _plain_printer(parts[0]))


def _conditions(own: list[Condition | None]) -> list[Condition | None]:
    """Return the condition of each section, with those that a code leaves out."""
    usual: list[Condition | None] = [None]
    if len(own) == 2:
        usual = [(">=", ZERO), None if own[0] else ("<", ZERO)]
    if len(own) == 3:
        usual = [(">", ZERO), ("<", ZERO), None]
    return [mine or default for mine, default in zip(own, usual, strict=True)]


# Cells made of stored values: what is printed, what is hidden. Shared by the spreadsheet formats.


def number_cell(value: float, code: str, zeros: bool = True) -> Cell:
    """Return the cell of a stored number; it is hidden where its format prints nothing."""
    positive = compile_format(code).positive
    if positive and 0 < value < INFINITY:
        stored = Decimal(repr(value))
        printed, displayed = positive(stored)
        return Cell(printed, displayed, rounded=is_rounded(displayed, stored))
    text, number = show(value, code)
    if text == shown_error(NOT_A_NUMBER):
        return Cell(text, None, "error")
    if not text or (value == 0 and not zeros):
        return Cell(*show(value), hidden=True)
    return Cell(text, number, rounded=is_rounded(number, Decimal(repr(value))))


def text_cell(value: str, code: str, indent: int) -> Cell | None:
    """Return the cell of a stored text, None where it is blank; indents come first, two spaces a level."""
    text = show_text(value, code)
    if not value.strip():
        return None
    if not text.strip():
        return Cell(value, hidden=True)
    return Cell(INDENT * indent + text)


def boolean_cell(value: bool) -> Cell:
    """Return the cell of a stored boolean."""
    return Cell(shown_boolean(value))


def error_cell(code: str) -> Cell:
    """Return the cell of an error such as #REF!, under its French name."""
    return Cell(shown_error(code.strip()), fault="error")


# What a numeric section of a number format prints: plain, General, scientific or a fraction.


def _number_printer(section: Section) -> Printer:
    """Return the function that prints a number under one section.

    It takes the number and whether the section itself says "negative" (no minus is then added), and
    returns the text and the displayed number.
    """
    tokens = section.tokens
    if section.has("date"):
        return lambda value, _bare: (show_date(value, tokens), None)
    if section.has("general"):
        return lambda value, bare: _signed(value, bare, _around_general(abs(value), tokens))
    if not section.has("digit"):
        literal = "".join(text for _, text in tokens).strip()
        return lambda _value, _bare: (literal, None)
    slash = _fraction_slash(tokens)
    if slash is not None:
        return lambda value, bare: _signed(value, bare, _fraction(abs(value), tokens, slash))
    if section.has("exponent"):
        return lambda value, bare: _signed(value, bare, _scientific(abs(value), tokens))
    show = layout(tokens).show
    return lambda value, bare: _signed(value, bare, show(abs(value)))


def _plain_printer(section: Section) -> Callable[[Decimal], tuple[str, Decimal]] | None:
    """Return the function that prints positive numbers under a section of the commonest kinds, else None."""
    kinds = {kind for kind, _ in section.tokens}
    if kinds == {"general"}:
        return general
    if "digit" in kinds and kinds <= {"digit", "point", "comma", "percent", "text"}:
        found = layout(section.tokens)
        return found.show if found.plain else None
    return None


def _signed(value: Decimal, bare: bool, printed: Printed) -> Printed:
    """Add the minus of a negative number, unless its section says so or it rounds to zero."""
    text, number = printed[0].strip(), printed[1]
    if value >= 0 or number == 0:
        return text, number
    return text if bare else "-" + text, None if number is None else -number


def _around_general(value: Decimal, tokens: Tokens) -> Printed:
    text, number = general(value)
    return "".join(text if kind == "general" else literal for kind, literal in tokens), number


def _scientific(value: Decimal, tokens: Tokens) -> Printed:
    """Print a mantissa and an exponent; "##0.0E+0" has exponents that are multiples of three."""
    split = next(at for at, (kind, _) in enumerate(tokens) if kind == "exponent")
    end = split + 1
    while end < len(tokens) and tokens[end][0] == "digit":
        end += 1
    mantissa_tokens = (
        tokens[:split] if any(kind == "digit" for kind, _ in tokens[:split]) else (("digit", "0"),)
    )
    mantissa = layout(mantissa_tokens)
    step = max(1, len(mantissa.whole))
    exponent = value.adjusted() // step * step if value else 0
    text, number = mantissa.show(value.scaleb(-exponent, EXACT))
    if number >= 10**step:
        exponent += step
        text, number = mantissa.show(value.scaleb(-exponent, EXACT))
    sign = "-" if exponent < 0 else tokens[split][1].replace("-", "")
    tail = "".join(literal for _, literal in tokens[end:])
    return f"{text}E{sign}{abs(exponent):0{max(1, end - split - 1)}d}{tail}", number.scaleb(exponent, EXACT)


def _fraction_slash(tokens: Tokens) -> int | None:
    """Return the place of the slash of a fraction such as "# ?/?" or "# ?/8", None in other sections."""
    for at, (kind, _) in enumerate(tokens[:-1]):
        if kind == "slash" and at and tokens[at - 1][0] == "digit":
            after, text = tokens[at + 1]
            if after == "digit" or (after == "text" and is_digits(text) and text != "0"):
                return at
    return None


def _fraction(value: Decimal, tokens: Tokens, slash: int) -> Printed:
    """Print a whole number and a fraction; the number is None where no decimal is equal to it."""
    start = slash
    while start and tokens[start - 1][0] == "digit":
        start -= 1
    end = slash + 1
    while end < len(tokens) and (tokens[end][0] == "digit" or is_digits(tokens[end][1])):
        end += 1
    below = "".join(text for _, text in tokens[slash + 1 : end])
    exact = Fraction(value)
    if below.strip("0?#"):
        fixed = int("".join(char for char in below if is_digits(char))) or 1
        near, denominator = Fraction((exact * fixed * 2 + 1) // 2, fixed), fixed
    else:
        near = exact.limit_denominator(10 ** min(len(below), LONGEST_DENOMINATOR) - 1)
        denominator = near.denominator
    whole, rest = 0, int(near * denominator)
    mixed = any(kind == "digit" for kind, _ in tokens[:start])
    if mixed:
        whole, rest = divmod(rest, denominator)
    printed = f"{rest}/{denominator}" if rest or not mixed else ""
    if mixed and (whole or not rest):
        printed = f"{whole} {printed}"
    before = "".join(text for kind, text in tokens[:start] if kind == "text" and text.strip())
    after = "".join(text for _, text in tokens[end:])
    return f"{before}{printed.strip()}{after}", _decimal(near)


def _decimal(value: Fraction) -> Decimal | None:
    try:
        return FRACTION_EXACT.divide(Decimal(value.numerator), Decimal(value.denominator))
    except Inexact:
        return None
