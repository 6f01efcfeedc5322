"""Formulas of spreadsheets → the relations that they state: a small exact parser, which leaves alone all else."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from mlcheck.language.lexicon import lexicon
from mlcheck.model.document import column_number
from mlcheck.model.formula import LONGEST_FORMULA, Area, CellFormula, FormulaKind

MOST_CELLS = 20_000
DEEPEST = 32  # parentheses within one another
HEIGHT, WIDTH = 1_048_576, 16_384  # of a sheet
SCALES = (1, 100, 1000, 10_000, 100_000)  # what a ratio is multiplied by: "pour 100", "pour 100 000"
LEVELS = {"+": 1, "-": 1, "*": 2, "/": 2}
SIGNS = {"+": 1, "-": -1}
ADDING = (9, 109)  # the numbers by which SUBTOTAL is told to add

_TOKEN = re.compile(
    r"""[-+*/%():,;]
    |\$?[A-Za-z]{1,3}\$?[1-9][0-9]{0,6}(?![\w.(!])
    |[0-9]{1,15}(?:\.[0-9]{1,15})?(?![\w.])
    |[^\W\d][\w.]*(?=\()
    |"(?:[^"]|"")*"
    |\S""",
    re.VERBOSE,
)
_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
END = "end"
Kind = Literal["number", "text", "cell", "cells", "sum", "ratio", "growth", "average", "product"]

STATED: dict[Kind, FormulaKind] = {
    "cell": "reference",
    "sum": "sum",
    "ratio": "share",
    "growth": "variation",
    "average": "average",
    "product": "product",
}


class _Value(Struct, frozen=True):
    """What a part of a formula gives: `areas` added up (or as its kind says), over `base`, times `factor`."""

    kind: Kind
    areas: tuple[Area, ...] = ()
    base: tuple[Area, ...] = ()
    factor: int | Fraction = 1


class _Unread(Exception):
    """The formula states no relation of a known kind."""


def parse_formula(text: str) -> CellFormula | None:
    """Return the relation that a formula states, None where it is none of those that are known."""
    if len(text) > LONGEST_FORMULA:
        return None
    try:
        return _stated(_Parser(text.removeprefix("=")).whole(), text.removeprefix("="))
    except _Unread:
        return None


class _Parser:
    """A descent through the tokens of a formula; its value is made on the way."""

    __slots__ = ("at", "depth", "texts")

    def __init__(self, text: str) -> None:
        self.texts = [*_TOKEN.findall(text), END]
        self.at = self.depth = 0

    def whole(self) -> _Value:
        """Return the value of all tokens."""
        value = self._expression()
        if self.at != len(self.texts) - 1:
            raise _Unread
        return value

    def _expression(self, level: int = 0) -> _Value:
        """Return the value of operands with the signs between them that bind more closely than a level."""
        value = self._signed()
        while LEVELS.get(sign := self.texts[self.at], 0) > level:
            self.at += 1
            other = self._expression(LEVELS[sign])
            if sign in SIGNS:
                value = _add(value, other, SIGNS[sign])
            else:
                value = _multiply(value, other) if sign == "*" else _divide(value, other)
        return value

    def _signed(self) -> _Value:
        sign = 1
        while (text := self.texts[self.at]) in SIGNS:
            sign *= SIGNS[text]
            self.at += 1
        value = self._operand()
        while self.texts[self.at] == "%":
            self.at += 1
            value = _divide(value, _Value("number", factor=100))
        return value if sign == 1 else _negative(value)

    def _operand(self) -> _Value:
        text = self.texts[self.at]
        self.at += 1
        if text == "(" or self.texts[self.at : self.at + 1] == ["("]:
            return self._enclosed(text)
        place = _place(text)
        if place is not None:
            return self._cells(*place)
        if text[0] == '"':
            return _Value("text")
        if not "0" <= text[0] <= "9":
            raise _Unread
        return _Value("number", factor=Fraction(text) if "." in text else int(text))

    def _cells(self, row: int, column: int) -> _Value:
        if self.texts[self.at] != ":":
            return _Value("cell", (Area(row, column, row, column),))
        other = _place(self.texts[self.at + 1])
        if other is None:
            raise _Unread
        self.at += 2
        bottom, right = other
        if bottom < row or right < column:
            (row, bottom), (column, right) = sorted((row, bottom)), sorted((column, right))
        return _Value("cells", (Area(row, column, bottom, right),))

    def _enclosed(self, name: str) -> _Value:
        """Return the value of a parenthesis or of a function, whose name has just been stepped over."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise _Unread
        if name != "(":
            self.at += 1
        arguments = [self._expression()]
        while name != "(" and self.texts[self.at] in (",", ";"):
            self.at += 1
            arguments.append(self._expression())
        if self.texts[self.at] != ")":
            raise _Unread
        self.at += 1
        self.depth -= 1
        return arguments[0] if name == "(" else _called(name, arguments)


def _place(text: str) -> tuple[int, int] | None:
    """Return the 0-based row and column of an A1 reference, None where a token is none."""
    match = _CELL.fullmatch(text)
    if match is None:
        return None
    row, column = int(match[2]) - 1, _column(match[1])
    if row >= HEIGHT or column >= WIDTH:
        raise _Unread
    return row, column


@cache
def _column(letters: str) -> int:
    return column_number(letters)


@cache
def _functions() -> dict[str, str]:
    """Return what each name of a function does, in English and in the language of the lexicon."""
    words = lexicon().functions
    names = {name: name for name in ("SUM", "SUBTOTAL", "AVERAGE", "ROUND", "IFERROR")}
    local = {word: name for name, word in words.items()}
    return names | local


def _called(name: str, arguments: list[_Value]) -> _Value:
    """Return the value of a function."""
    function = _functions().get(name.upper())
    first, rest = arguments[0], arguments[1:]
    if function in ("ROUND", "IFERROR") and len(rest) == 1 and first.kind not in ("cells", "text"):
        return first
    if function == "SUM":
        return _Value("sum", _listed(arguments))
    if function == "SUBTOTAL" and first.kind == "number" and first.factor in ADDING and rest:
        return _Value("sum", tuple(replace(area, subtotal=True) for area in _listed(rest)))
    if function == "AVERAGE":
        return _Value("average", _listed(arguments))
    raise _Unread


def _listed(arguments: list[_Value]) -> tuple[Area, ...]:
    """Return the areas that the arguments of a function add up."""
    if any(value.kind not in ("cell", "cells", "sum") or value.factor != 1 for value in arguments):
        raise _Unread
    return tuple(area for value in arguments for area in value.areas)


def _sum(value: _Value) -> _Value:
    """Return a value as a sum of cells, if it is one."""
    if value.kind not in ("cell", "sum"):
        raise _Unread
    return value


def _negative(value: _Value) -> _Value:
    if value.kind == "number":
        return replace(value, factor=-value.factor)
    value = _sum(value)
    return _Value("sum", _with_sign(value.areas, -1), factor=value.factor)


def _with_sign(areas: tuple[Area, ...], sign: int) -> tuple[Area, ...]:
    return areas if sign == 1 else tuple(replace(area, coefficient=-area.coefficient) for area in areas)


def _add(one: _Value, other: _Value, sign: int) -> _Value:
    if one.kind == "ratio" and other.kind == "number" and sign * other.factor == -one.factor:
        return replace(one, kind="growth")
    one, other = _sum(one), _sum(other)
    if one.factor != other.factor:
        raise _Unread
    return _Value("sum", one.areas + _with_sign(other.areas, sign), factor=one.factor)


def _multiply(one: _Value, other: _Value) -> _Value:
    if one.kind == "number":
        one, other = other, one
    if other.kind == "number" and one.kind in ("number", "cell", "sum", "ratio", "growth"):
        kind: Kind = "sum" if one.kind == "cell" else one.kind
        return _Value(kind, one.areas, one.base, one.factor * other.factor)
    if one.kind in ("cell", "product") and other.kind == "cell":
        return _Value("product", one.areas + other.areas, factor=one.factor)
    raise _Unread


def _divide(one: _Value, other: _Value) -> _Value:
    if not other.factor:
        raise _Unread
    if other.kind == "number":
        return _multiply(one, replace(other, factor=1 / Fraction(other.factor)))
    one, other = _sum(one), _sum(other)
    factor = one.factor / Fraction(other.factor)
    former = tuple(replace(area, coefficient=1) for area in one.areas if area.coefficient < 0)
    present = tuple(area for area in one.areas if area.coefficient > 0)
    if former and present and former == other.areas:
        return _Value("growth", present, former, factor)
    return _Value("ratio", one.areas, other.areas, factor)


def _stated(value: _Value, text: str) -> CellFormula:
    """Return the relation of the value of a whole formula."""
    if sum(area.size for area in (*value.areas, *value.base)) > MOST_CELLS:
        raise _Unread
    kind = STATED.get(value.kind)
    if kind is None or value.factor not in (SCALES if value.base else (1,)):
        raise _Unread
    if kind == "sum" and any(area.coefficient < 0 for area in value.areas):
        kind = "difference"
    return CellFormula(kind, text, value.areas, value.base, int(value.factor))
