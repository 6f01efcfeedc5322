"""Every relation that ties figures of a report, as its constraint states it, with its evidence and its verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal

from mlcheck.model.claim import Verdict
from mlcheck.model.constraints import Constraint, ConstraintKind
from mlcheck.model.figure import Place
from mlcheck.model.finding import Related
from mlcheck.model.relation import CheckedRelation, RelationName

KINDS: dict[ConstraintKind, RelationName] = {
    "sum": "sum", "share": "share", "variation": "variation", "points": "difference", "mean": "mean",
    "equal": "equality", "bound": "inequality", "within": "inequality", "distribution": "distribution", "relation": "equality",
}  # fmt: skip
RATIOS = (
    "share",
    "variation",
    "mean",
)  # their bounds stand in the coefficients, which say nothing to a reader
Operands = tuple[tuple[int, Decimal], ...]


def checked_relations(
    constraints: Sequence[Constraint], verdicts: Mapping[int, Verdict], places: Mapping[int, Place], *,
    confidences: Mapping[int, float] | None = None, doubtful: Collection[int] = (),
) -> tuple[CheckedRelation, ...]:  # fmt: skip
    """Return a relation a constraint, in the order of the document.

    `verdicts`, `confidences` and `doubtful` know a constraint by its index; one without a confidence is certain.
    """
    order = {figure: n for n, figure in enumerate(places)}
    decided = _decided(constraints, verdicts)
    found: list[tuple[int, CheckedRelation]] = []
    for index, one in enumerate(constraints):
        operands = _operands(one)
        first = one.stated if one.stated is not None else min(f for f, _ in operands)
        relation = CheckedRelation(
            one.rule,
            _kind(one, operands),
            one.stated,
            operands,
            one.evidence,
            _siblings(one, verdicts[index], decided),
            (confidences or {}).get(index, 1.0),
            "doubtful" if index in doubtful else verdicts[index],
            one.claim,
        )
        found.append((order[first], relation))
    return tuple(relation for _, relation in sorted(found, key=lambda each: each[0]))


def related_figures(relations: Iterable[CheckedRelation], places: Mapping[int, Place]) -> dict[int, Related]:
    """Return the place, label and printed text of every figure that relations tie, last year's among them."""
    figures: dict[int, None] = {}
    for one in relations:
        figures |= dict.fromkeys(() if one.target is None else (one.target,))
        figures |= dict.fromkeys(figure for figure, _ in one.operands)
    return {
        figure: Related(places[figure].locator, places[figure].label, places[figure].printed, figure)
        for figure in figures
    }


def _kind(one: Constraint, operands: Operands) -> RelationName:
    """Return the kind of a relation; a sum that takes a figure off is a difference, one open end makes no equality.

    Figures that make another as many times as there are of them have it as their average.
    """
    times = -sum(Decimal(c) for side in one.sides for figure, c in side.terms if figure == one.stated)
    if one.kind == "sum" and times == len(operands) > 1:
        return "average"
    if one.kind == "sum" and any(coefficient < 0 for _, coefficient in operands):
        return "difference"
    if one.kind == "relation" and None in (one.sides[0].lower, one.sides[0].upper):
        return "inequality"
    return KINDS[one.kind]


def _operands(one: Constraint) -> Operands:
    """Return the figures besides the stated one, each with what the stated one is its multiple of.

    The terms of a side add up to nothing; those of the stated figure are taken to the other side.
    """
    terms = one.sides[0].terms
    others = [(figure, Decimal(c)) for figure, c in terms if figure != one.stated]
    if one.kind in RATIOS:
        return tuple((figure, Decimal(1)) for figure, _ in others)
    own = sum((Decimal(c) for figure, c in terms if figure == one.stated), Decimal(0))
    return tuple((figure, coefficient / -own if own else coefficient) for figure, coefficient in others)


def _decided(
    constraints: Sequence[Constraint], verdicts: Mapping[int, Verdict]
) -> Counter[tuple[str, Verdict]]:
    """Count the verdicts of the constraints that have siblings, by what they have in common."""
    return Counter((one.siblings, verdicts[index]) for index, one in enumerate(constraints) if one.siblings)


def _siblings(
    one: Constraint, verdict: Verdict, decided: Mapping[tuple[str, Verdict], int]
) -> tuple[int, int]:
    """Return in how many other lines a relation holds, of how many that are decided."""
    if not one.siblings:
        return 0, 0
    hold = decided[one.siblings, "consistent"] - (verdict == "consistent")
    broken = decided[one.siblings, "inconsistent"] - (verdict == "inconsistent")
    return hold, hold + broken
