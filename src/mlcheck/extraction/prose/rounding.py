"""Say what the rounding of a number in prose hides, where its digits alone do not."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from mlcheck.extraction.prose.mentions import Mention
from mlcheck.extraction.prose.sentence import Sentence
from mlcheck.model.claim import ClaimKind
from mlcheck.model.quantity import Quantity

_BASES = (1000, 100)
_LEAST = 10  # a rounded number has at least two digits left


def rounded(mention: Mention, kind: ClaimKind) -> Quantity:
    """Return the quantity of a mention; a mean, ratio or factor is rounded at its last printed digit."""
    number = mention.quantity
    if kind == "multiple" and number.unit == "count":
        number = replace(number, unit="ratio")
    if kind not in ("mean", "ratio", "multiple") or number.half or number.scale > 2:
        return number
    return replace(number, mantissa=number.mantissa * 10, half=5, scale=number.scale + 1)


def rounded_together(sentence: Sentence, quantities: list[Quantity]) -> list[Quantity]:
    """Return the quantities, with half of 1000 (or 100) where all large exact ones of a sentence end in its zeros.

    One round number may be exact; several that are all round were rounded ("Sur les 1 240 000 élèves,
    610 000 sont des filles").
    """
    exact = [
        n for n, q in enumerate(quantities)
        if not q.half and not q.scale and q.unit in ("count", "€") and abs(q.mantissa) >= 10_000
    ]  # fmt: skip
    if len(exact) < 2:
        return quantities
    for base in _BASES:
        if all(quantities[n].mantissa % base == 0 for n in exact):
            return _halved(quantities, base)
    return quantities


def _halved(quantities: Sequence[Quantity], base: int) -> list[Quantity]:
    return [
        replace(q, half=base // 2)
        if not q.half
        and not q.scale
        and q.unit in ("count", "€")
        and q.mantissa % base == 0
        and abs(q.mantissa) >= _LEAST * base
        else q
        for q in quantities
    ]
