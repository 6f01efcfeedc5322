"""The values of figures, where a rule needs them: as intervals, since printed digits are rounded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from mlcheck.model.facts import Facts
from mlcheck.model.quantity import Quantity

Interval = tuple[Fraction, Fraction]


def quantities_of(facts: Facts) -> dict[int, Quantity | None]:
    """Map each figure of a report to what it prints; "/" and blanks are None, unknown figures are left out."""
    found: dict[int, Quantity | None] = {
        entry.figure: entry.quantity
        for table in facts.tables
        for entry in table.entries.values()
        if entry.state in ("number", "nil", "blank")
    }
    return found | {claim.figure: claim.quantity for claim in facts.claims}


def interval_of(figures: Iterable[int], quantities: Mapping[int, Quantity | None]) -> Interval | None:
    """Return what the sum of some figures may be, half of each last digit either way; None where one is unknown."""
    low = high = Fraction(0)
    for figure in figures:
        if figure not in quantities:
            return None
        quantity = quantities[figure]
        if quantity is not None:
            low += quantity.value - quantity.half_unit
            high += quantity.value + quantity.half_unit
    return low, high
