"""Make constraints from figures: balances, bounds and ratios, all linear in the figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from mlcheck.language.lexicon import lexicon
from mlcheck.model.claim import Claim
from mlcheck.model.constraints import Constraint, Side
from mlcheck.model.facts import Facts
from mlcheck.model.finding import Severity
from mlcheck.model.quantity import Quantity
from mlcheck.model.relation import Evidence

NO_EVIDENCE = Evidence()
PER = {"%": 100, "‰": 1000}
Interval = tuple[Fraction, Fraction]


def balance(
    rule: str, stated: int, parts: Iterable[tuple[int, int]], *, group: str, evidence: Evidence = NO_EVIDENCE,
    siblings: str = "", firm: bool = True,
) -> Constraint:  # fmt: skip
    """Return Σ coefficient · part − stated = 0, with a tolerance learnt from the other sums of the group."""
    terms = (*parts, (stated, -1))
    return Constraint(
        rule,
        "sum",
        (Side(terms, 0, 0),),
        stated,
        adaptive=True,
        group=group,
        evidence=evidence,
        siblings=siblings,
        firm=firm,
    )


def at_most(
    rule: str, part: Sequence[int], whole: Sequence[int], *, stated: int | None = None,
    severity: Severity = "error", claim: int | None = None, evidence: Evidence = NO_EVIDENCE, siblings: str = "", firm: bool = True,
    kind: Literal["bound", "within"] = "bound",
) -> Constraint:  # fmt: skip
    """Return Σ part − Σ whole ≤ 0; "within" where one side stands for all others as their least or greatest."""
    terms = tuple((p, 1) for p in part) + tuple((w, -1) for w in whole)
    own = part[0] if stated is None else stated
    return Constraint(
        rule,
        kind,
        (Side(terms, None, 0),),
        own,
        claim,
        severity,
        evidence=evidence,
        siblings=siblings,
        firm=firm,
    )


def same(
    rule: str, stated: Claim, place: Sequence[int], other: Quantity | None, *, claim: int | None = None,
    severity: Severity = "error",
) -> Constraint:  # fmt: skip
    """Return Σ place − stated = 0 within half-units; `other` is what a place of one figure prints.

    Two numbers that are rounded to the same digit can be the same only if they print the same: 44 % and 45 %
    are not, though 44,5 % may lie behind each. The bounds then take back the half-units that are too many.
    """
    terms = (*((figure, 1) for figure in place), (stated.figure, -1))
    alike = other is not None and _alike(other, stated.quantity) and not stated.hedge
    half = Decimal(stated.quantity.half).scaleb(-stated.quantity.scale)
    apart = alike and other is not None and other.value != stated.quantity.value
    side = Side(terms, half, -half) if apart else Side(terms, 0, 0)
    return Constraint(rule, "equal", (side,), stated.figure, claim, severity)


def about(rule: str, stated: Claim, place: Sequence[int], *, claim: int | None = None) -> Constraint:
    """Return lowest · stated ≤ Σ place ≤ highest · stated, for what the hedge of a number allows: "plus de 340"."""
    assert stated.hedge
    allowed = lexicon().hedges[stated.hedge]
    low = None if allowed.below.is_infinite() else 1 - allowed.below
    high = None if allowed.above.is_infinite() else 1 + allowed.above
    sides = between(place, [stated.figure], low, high)
    return Constraint(rule, "equal", sides, stated.figure, claim, severity_of(stated))


def _alike(one: Quantity, other: Quantity) -> bool:
    """Tell whether two numbers are rounded to the same digit of the same unit."""
    return one.unit == other.unit and 0 < one.half * 10**other.scale == other.half * 10**one.scale


def hundred(
    rule: str, shares: Sequence[int], *, severity: Severity = "error", claim: int | None = None,
    evidence: Evidence = NO_EVIDENCE, siblings: str = "", firm: bool = True,
) -> Constraint:  # fmt: skip
    """Return Σ shares = 100, within their half-units."""
    terms = tuple((s, 1) for s in shares)
    side = Side(terms, 100, 100)
    return Constraint(
        rule,
        "distribution",
        (side,),
        None,
        claim,
        severity,
        evidence=evidence,
        siblings=siblings,
        firm=firm,
    )


def share(
    rule: str, stated: int, rate: Quantity, part: Sequence[int], base: Sequence[int], *,
    severity: Severity = "error", claim: int | None = None, hedge: str | None = None,
    evidence: Evidence = NO_EVIDENCE, siblings: str = "", firm: bool = True,
) -> Constraint:  # fmt: skip
    """Return lowest · base ≤ part ≤ highest · base, for the rates that print as `rate`, or that its hedge allows."""
    low, high = band(rate, PER.get(rate.unit, 100), hedge)
    return Constraint(
        rule, "share", between(part, base, low, high), stated, claim, graver(severity, hedge),
        evidence=evidence, siblings=siblings, firm=firm,
    )  # fmt: skip


def variation(
    rule: str, stated: int, rate: Quantity, present: Sequence[int], former: Sequence[int], *,
    sign: int = 1, severity: Severity = "error", claim: int | None = None, hedge: str | None = None,
    evidence: Evidence = NO_EVIDENCE, siblings: str = "", firm: bool = True,
) -> Constraint:  # fmt: skip
    """Return (1 + lowest) · former ≤ present ≤ (1 + highest) · former, the rate taken with `sign`."""
    low, high = band(rate, PER.get(rate.unit, 100), hedge)
    if sign < 0:
        low, high = None if high is None else -high, None if low is None else -low
    low, high = None if low is None else 1 + low, None if high is None else 1 + high
    return Constraint(
        rule, "variation", between(present, former, low, high), stated, claim, graver(severity, hedge),
        evidence=evidence, siblings=siblings, firm=firm,
    )  # fmt: skip


def mean(
    rule: str, stated: int, value: Quantity, total: Sequence[int], number: Sequence[int], *,
    severity: Severity = "error", claim: int | None = None, hedge: str | None = None, exact: bool = False, per: int = 1,
    evidence: Evidence = NO_EVIDENCE, siblings: str = "", firm: bool = True,
) -> Constraint:  # fmt: skip
    """Return lowest · number ≤ per · total ≤ highest · number; a mean is known to half of its last digit, a price is `exact`."""
    if not exact and not value.half:
        value = Quantity(value.printed, value.mantissa * 10, 5, value.scale + 1, value.unit)
    low, high = band(value, per, hedge)
    return Constraint(
        rule, "mean", between(total, number, low, high), stated, claim, graver(severity, hedge),
        evidence=evidence, siblings=siblings, firm=firm, per=per,
    )  # fmt: skip


def band(rate: Quantity, per: int, hedge: str | None = None) -> tuple[Decimal | None, Decimal | None]:
    """Return the lowest and highest value that a printed rate stands for, as a plain number; None is unbounded.

    Without a hedge its half-unit, closed at both ends. "Plus de" is open above; what other hedges allow
    is in the lexicon, as parts of the value below and above it.
    """
    one = Decimal(10) ** rate.scale * per
    value, half = Decimal(rate.mantissa) / one, Decimal(rate.half) / one
    if hedge is None:
        return value - half, value + half
    allowed = lexicon().hedges[hedge]
    low = None if allowed.below.is_infinite() else value - abs(value) * allowed.below - half
    high = None if allowed.above.is_infinite() else value + abs(value) * allowed.above + half
    return low, high


def graver(severity: Severity, hedge: str | None) -> Severity:
    """Return what a misfit is: a hedged claim that misses even its band is a warning."""
    return "warning" if hedge and severity == "error" else severity


def severity_of(claim: Claim) -> Severity:
    """Return what a misfit of a claim is, by its hedge."""
    return graver("error", claim.hedge)


def between(
    part: Sequence[int], base: Sequence[int], low: Decimal | None, high: Decimal | None
) -> tuple[Side, ...]:
    """Return the sides of low · base ≤ part ≤ high · base; an open end has none."""
    positive = base[0] if len(base) == 1 else None
    own = tuple((p, 1) for p in part)
    sides = []
    if low is not None:
        sides.append(Side((*own, *((b, -low) for b in base)), 0, None, positive))
    if high is not None:
        sides.append(Side((*own, *((b, -high) for b in base)), None, 0, positive))
    return tuple(sides)


# The values of figures, where a rule needs them: as intervals, since printed digits are rounded.


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
