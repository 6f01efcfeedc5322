"""The language of cross-table rules: linear expressions over the figures of tables.

    emploi-types[Alternance] = alternance-communes[total]
    contacts-nature[Entretien individuel] + contacts-nature[Information Collective / Atelier]
        = contacts-communes.entretiens[total]
    allocations-cej-communes.montant <= 12 * 528 * allocations-cej-communes.jeunes

A reference is `table[row]` or `table.column[row]`, in a cross table also `table[row | column]`. Ids may
hold hyphens, so a minus has a space before it. Sides are compared by =, <= or >= (or ≤, ≥).
"""

from __future__ import annotations

from decimal import Context, Decimal
from typing import Literal

from msgspec import Struct

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
