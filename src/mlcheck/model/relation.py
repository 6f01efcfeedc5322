"""What is held to tie figures, why it is believed, and how it was judged."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from msgspec import Struct

RelationName = Literal[
    "sum", "difference", "share", "variation", "mean", "average", "product", "equality", "inequality", "distribution"
]  # fmt: skip
RelationVerdict = Literal["consistent", "inconsistent", "unverifiable", "doubtful"]


class Evidence(Struct, frozen=True):
    """Why a relation is believed, apart from the figures that it ties.

    `words` are printed words ("Total"), `layout` names of what the page shows ("below the lines"), `formula`
    what the author's own spreadsheet computes; `profile` says that the profile states it. One with nothing
    of these is believed by its numbers alone.
    """

    words: tuple[str, ...] = ()
    layout: tuple[str, ...] = ()
    formula: str | None = None
    profile: bool = False


class CheckedRelation(Struct, frozen=True):
    """One relation between figures of a report with its evidence and its verdict.

    `target` and `operands` are ids of figures, the operands with their coefficients; `siblings` is in how many
    other lines the same relation holds, of how many; `confidence` is the probability that it was meant.
    `claim` is the index of the sentence's claim that states it.
    """

    rule: str
    kind: RelationName
    target: int | None
    operands: tuple[tuple[int, Decimal], ...]
    evidence: Evidence
    siblings: tuple[int, int]
    confidence: float
    verdict: RelationVerdict
    claim: int | None = None
