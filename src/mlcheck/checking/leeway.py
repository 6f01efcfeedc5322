"""The gap that a team lets sums and equalities show."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from msgspec.structs import replace

from mlcheck.model.constraints import Constraint, Side

LINEAR = ("sum", "equal", "relation", "distribution")  # what a gap in the unit of the figures can ease


def eased(constraint: Constraint, tolerances: Mapping[str, Decimal]) -> Constraint:
    """Return a constraint whose bounds are as much wider as its rule, or its family, is allowed."""
    gap = tolerances.get(constraint.rule, tolerances.get(constraint.rule[:3]))
    if not gap or constraint.kind not in LINEAR:
        return constraint
    return replace(constraint, sides=tuple(_wider(side, gap) for side in constraint.sides))


def _wider(side: Side, gap: Decimal) -> Side:
    lower = None if side.lower is None else side.lower - gap
    upper = None if side.upper is None else side.upper + gap
    return replace(side, lower=lower, upper=upper)
