"""The reader of the language of cross-table rules: a tokeniser and a recursive descent."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Context, Decimal, localcontext
from typing import Literal

from msgspec import Struct

from mlcheck.model.errors import MlcheckError
from mlcheck.profile import messages

_TOKEN = (
    r"(?P<number>[0-9]+(?:[.,][0-9]+)?)|(?P<name>[^\W\d]\w*(?:-\w+)*)|(?P<bracket>\[[^\[\]]*\])"
    r"|(?P<comparison>[<>=≤≥]+)|(?P<sign>[-−–+*×().÷/])|(?P<end>$)|(?P<other>.)"
)
_OPERATORS: dict[str, Literal["=", "<=", ">="]] = {"=": "=", "<=": "<=", ">=": ">=", "≤": "<=", "≥": ">="}
_DEEPEST = 20  # brackets inside brackets
_LONGEST = 2_000  # characters


class _Reading:
    """The tokens of one relation, read from left to right."""

    __slots__ = ("depth", "error", "index", "text", "tokens")

    def __init__(
        self, text: str, tokens: list[re.Match[str]], error: Callable[[int, str], MlcheckError]
    ) -> None:
        self.text, self.tokens, self.error = text, tokens, error
        self.index = self.depth = 0

    @property
    def kind(self) -> str:
        return self.tokens[self.index].lastgroup or "end"

    @property
    def token(self) -> str:
        return self.tokens[self.index][0]

    @property
    def at(self) -> int:
        return self.tokens[self.index].start()

    def take(self) -> str:
        self.index += 1
        return self.tokens[self.index - 1][0]


EXACT = Context(prec=4_000)  # no product of the numbers of one relation is rounded


class Name(Struct, frozen=True):
    """A reference as written: `labels` are the texts between brackets, `at` its 0-based position."""

    table: str
    column: str | None
    labels: tuple[str, ...]
    at: int


class Linear(Struct, frozen=True):
    """Σ coefficient · reference + constant."""

    terms: tuple[tuple[Decimal, Name], ...] = ()
    constant: Decimal = Decimal(0)

    def plus(self, other: Linear, sign: int) -> Linear:
        """Return the sum, or with sign -1 the difference."""
        return Linear((*self.terms, *other.times(Decimal(sign)).terms), self.constant + sign * other.constant)

    def times(self, factor: Decimal) -> Linear:
        """Return the product with a number."""
        return Linear(tuple((c * factor, name) for c, name in self.terms), self.constant * factor)


class Relation(Struct, frozen=True):
    """A linear expression compared with zero; `text` is as written, on one line."""

    text: str
    linear: Linear
    operator: Literal["=", "<=", ">="]


def parse(text: str, rule: str, place: tuple[str, int]) -> Relation:
    """Return what a relation says; raises MlcheckError with file, line, column and a caret."""
    with localcontext(EXACT):
        return _relation(_reading(text, rule, place))


def parse_ratio(text: str, rule: str, place: tuple[str, int]) -> tuple[Linear, ...]:
    """Return the expression of a pin, or the two of "a / b"; raises MlcheckError as `parse` does."""
    with localcontext(EXACT):
        reading = _reading(text, rule, place)
        sides = [_sum(reading)]
        while reading.kind == "sign" and reading.token in "/÷":
            reading.take()
            sides.append(_sum(reading))
        if reading.kind != "end":
            raise reading.error(reading.at, messages.NO_SIGN)
        return tuple(sides)


def _reading(text: str, rule: str, place: tuple[str, int]) -> _Reading:
    text = " ".join(text.split())
    file, line = place

    def error(at: int, template: str) -> MlcheckError:
        start = max(0, at - 80)
        shown = f"  {text[start : at + 80]}\n  {' ' * (at - start)}^"
        return MlcheckError(template, file=file, line=line, rule=rule, column=at + 1, shown=shown)

    if len(text) > _LONGEST:
        raise error(_LONGEST, messages.TOO_LONG)
    tokens = [token for token in re.finditer(_TOKEN, text) if token[0] != " "]
    return _Reading(text, tokens, error)


def _relation(reading: _Reading) -> Relation:
    left = _sum(reading)
    operator = _OPERATORS.get(reading.token)
    if operator is None:
        raise reading.error(reading.at, messages.NO_COMPARISON)
    reading.take()
    right = _sum(reading)
    if reading.kind == "comparison":
        raise reading.error(reading.at, messages.TWO_COMPARISONS)
    if reading.kind != "end":
        raise reading.error(reading.at, messages.NO_SIGN)
    return Relation(reading.text, left.plus(right, -1), operator)


def _sum(reading: _Reading) -> Linear:
    total, sign = Linear(), 1
    if reading.kind == "sign" and reading.token in "+-−–":
        sign = -1 if reading.take() in "-−–" else 1
    while True:
        total = total.plus(_product(reading), sign)
        if reading.kind != "sign" or reading.token not in "+-−–":
            return total
        sign = -1 if reading.take() in "-−–" else 1


def _product(reading: _Reading) -> Linear:
    product = _operand(reading)
    while reading.kind == "sign" and reading.token in "*×":
        at = reading.at
        reading.take()
        factor = _operand(reading)
        if product.terms and factor.terms:
            raise reading.error(at, messages.PRODUCT_OF_FIGURES)
        product = product.times(factor.constant) if product.terms else factor.times(product.constant)
    return product


def _operand(reading: _Reading) -> Linear:
    if reading.kind == "number":
        return Linear(constant=Decimal(reading.take().replace(",", ".")))
    if reading.kind == "name":
        return Linear(((Decimal(1), _reference(reading)),))
    if reading.token != "(":
        raise reading.error(reading.at, messages.NO_OPERAND)
    at = reading.at
    reading.take()
    reading.depth += 1
    if reading.depth > _DEEPEST:
        raise reading.error(at, messages.TOO_DEEP)
    inner = _sum(reading)
    if reading.token != ")":
        raise reading.error(at, messages.OPEN_BRACKET)
    reading.take()
    reading.depth -= 1
    return inner


def _reference(reading: _Reading) -> Name:
    at, table, column = reading.at, reading.take(), None
    if reading.token == ".":
        reading.take()
        if reading.kind != "name":
            raise reading.error(reading.at, messages.NO_COLUMN_AFTER_POINT)
        column = reading.take()
    labels: tuple[str, ...] = ()
    if reading.kind == "bracket":
        labels = tuple(label.strip() for label in reading.token[1:-1].split("|"))
        if not all(labels):
            raise reading.error(reading.at, messages.EMPTY_BRACKET)
        reading.take()
    elif reading.token == "[":
        raise reading.error(reading.at, messages.OPEN_BRACKET)
    return Name(table, column, labels, at)
