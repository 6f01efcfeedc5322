"""Make constraints from figures: balances, bounds and ratios, all linear in the figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from mlcheck.model.constraints import Constraint, ConstraintKind, Side
from mlcheck.model.finding import Severity
from mlcheck.model.quantity import Quantity

PER = {"%": 100, "‰": 1000}


def balance(
    rule: str, stated: int, parts: Iterable[tuple[int, int]], *, group: str = "", severity: Severity = "error",
    claim: int | None = None, kind: ConstraintKind = "sum",
) -> Constraint:  # fmt: skip
    """Return Σ coefficient · part − stated = 0; with a `group`, its tolerance is learnt from the table."""
    terms = (*parts, (stated, -1))
    return Constraint(rule, kind, (Side(terms, 0, 0),), stated, claim, severity, bool(group), group)


def at_most(
    rule: str, part: Sequence[int], whole: Sequence[int], *, stated: int | None = None,
    severity: Severity = "error", claim: int | None = None,
) -> Constraint:  # fmt: skip
    """Return Σ part − Σ whole ≤ 0."""
    terms = tuple((p, 1) for p in part) + tuple((w, -1) for w in whole)
    return Constraint(
        rule, "bound", (Side(terms, None, 0),), part[0] if stated is None else stated, claim, severity
    )


def hundred(
    rule: str, shares: Sequence[int], *, severity: Severity = "error", claim: int | None = None
) -> Constraint:
    """Return Σ shares = 100, within their half-units."""
    terms = tuple((s, 1) for s in shares)
    return Constraint(rule, "distribution", (Side(terms, 100, 100),), None, claim, severity)


def share(
    rule: str, stated: int, rate: Quantity, part: Sequence[int], base: Sequence[int], *,
    severity: Severity = "error", claim: int | None = None,
) -> Constraint:  # fmt: skip
    """Return lowest · base ≤ part ≤ highest · base, for the rates that print as `rate`."""
    low, high = _bounds(rate, PER.get(rate.unit, 100))
    return Constraint(rule, "share", _between(part, base, low, high), stated, claim, severity)


def variation(
    rule: str, stated: int, rate: Quantity, present: Sequence[int], former: Sequence[int], *,
    sign: int = 1, severity: Severity = "error", claim: int | None = None,
) -> Constraint:  # fmt: skip
    """Return (1 + lowest) · former ≤ present ≤ (1 + highest) · former, the rate taken with `sign`."""
    low, high = _bounds(rate, PER.get(rate.unit, 100))
    if sign < 0:
        low, high = -high, -low
    return Constraint(
        rule, "variation", _between(present, former, 1 + low, 1 + high), stated, claim, severity
    )


def mean(
    rule: str, stated: int, value: Quantity, total: Sequence[int], number: Sequence[int], *,
    severity: Severity = "error", claim: int | None = None,
) -> Constraint:  # fmt: skip
    """Return lowest · number ≤ total ≤ highest · number; a mean printed whole is known to a half."""
    half = value.half or (5 if value.scale == 0 else 0)
    exact = (
        Quantity(value.printed, value.mantissa * 10, 5, value.scale + 1, value.unit)
        if not value.half and half
        else value
    )
    low, high = _bounds(exact, 1)
    return Constraint(rule, "mean", _between(total, number, low, high), stated, claim, severity)


def _bounds(rate: Quantity, per: int) -> tuple[Decimal, Decimal]:
    """Return the lowest and highest value a printed rate stands for, as a plain number."""
    one = Decimal(10) ** rate.scale * per
    return Decimal(rate.mantissa - rate.half) / one, Decimal(rate.mantissa + rate.half) / one


def _between(part: Sequence[int], base: Sequence[int], low: Decimal, high: Decimal) -> tuple[Side, Side]:
    above = tuple((p, 1) for p in part) + tuple((b, -low) for b in base)
    below = tuple((p, 1) for p in part) + tuple((b, -high) for b in base)
    positive = base[0] if len(base) == 1 else None
    return Side(above, 0, None, positive), Side(below, None, 0, positive)
