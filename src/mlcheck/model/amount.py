"""What a finding says in numbers, as data: how it is written is left to whoever writes it."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from msgspec import Struct

from mlcheck.model.quantity import Unit

Limit = Literal["", "≤", "≥"]
Sign = Literal["=", "≈", "≠", "≤", "≥", "<", ">"]


class Amount(Struct, frozen=True):
    """A number to be written as the report writes its own.

    `value` is in the unit, whatever the `magnitude` that it is written in: 2,1 M€ is 2 100 000 at magnitude
    10**6. `decimals` are those that are written, None for as many as it has. `printed` is the exact text of
    what the report prints; `words` what it prints after the digits of such a figure, "M€" or "millions
    d'euros", None where the symbol of the unit is written. A `signed` one has its plus too, and one with a
    `limit` is the most or the least that may stand there.
    """

    value: Fraction
    unit: Unit = "count"
    decimals: int | None = None
    printed: str | None = None
    magnitude: int = 1
    words: str | None = None
    signed: bool = False
    limit: Limit = ""


class Term(Struct, frozen=True):
    """A figure in a formula: its text as printed, and what it is multiplied by."""

    printed: str
    coefficient: Fraction = Fraction(1)


class Formula(Struct, frozen=True):
    """The arithmetic of a constraint, as its reader does it.

    "sum" compares `left` with `right`, or with `result` where nothing stands on the right, each added up;
    "relation" does so with what a profile multiplies them by. "ratio" divides them into `result`, "growth" takes 1 from
    that; "points" takes it from `level`, the share of this year.
    """

    kind: Literal["sum", "relation", "ratio", "growth", "points"]
    left: tuple[Term, ...]
    right: tuple[Term, ...] = ()
    sign: Sign = "="
    result: Amount | None = None
    level: Amount | None = None


def rounded(value: Fraction, decimals: int) -> int:
    """Return `value` × 10**decimals as an integer, halves away from zero, as reports round."""
    scaled = abs(value) * 10**decimals
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return whole if value >= 0 else -whole
