"""The verdict on each claim, with the arithmetic that gave it or the reason there is none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from mlcheck.checking.evidence import evidence_of
from mlcheck.checking.formula import formula
from mlcheck.checking.places import Place
from mlcheck.checking.recomputed import interval_of
from mlcheck.checking.truncation import ONLY_CUT, only_cut
from mlcheck.model.claim import Binding, Verdict
from mlcheck.model.constraints import Constraint, Remark
from mlcheck.model.facts import Facts
from mlcheck.model.finding import CheckedClaim, Related, Value
from mlcheck.rules.implied import implied
from mlcheck.translation import N_

IMPLIED = N_("needs last year's report: it would give between {low} and {high}")
IMPLIED_ONE = N_("needs last year's report: it would give {low}")
NO_REASON = N_("nothing in the report tells what it is taken from")
CHANGES = ("variation", "difference", "multiple")


def checked_claims(
    facts: Facts, constraints: Sequence[Constraint], verdicts: Mapping[int, Verdict], places: Mapping[int, Place],
    language: str, remarks: Iterable[Remark] = (),
) -> tuple[CheckedClaim, ...]:  # fmt: skip
    """Return every claim of a report with its verdict.

    A claim is inconsistent where one of its own constraints is violated or an error is remarked of it,
    consistent where all that are decided hold, unverifiable where none is. A figure that the sentences
    around it add up is decided by their sum as well as by its own table.
    """
    own: dict[int, list[int]] = {}
    by_figure = {claim.figure: i for i, claim in enumerate(facts.claims)}
    for index, one in enumerate(constraints):
        touched = {by_figure[f] for side in one.sides for f, _ in side.terms if f in by_figure}
        if one.claim is not None:
            touched.add(one.claim)
        for claim in touched if _settles(one) else {one.claim} - {None}:
            own.setdefault(claim, []).append(index)  # type: ignore[arg-type]
    told = {r.figures[0]: r for r in remarks if r.severity == "error" and r.figures}
    return tuple(
        _checked(facts, i, own.get(i, []), constraints, verdicts, places, language, told.get(claim.figure))
        for i, claim in enumerate(facts.claims)
    )


def _settles(one: Constraint) -> bool:
    """Tell whether a constraint settles every sentence that takes part, and not only the one it is of."""
    return one.kind in ("sum", "distribution")


def _checked(
    facts: Facts, index: int, own: Sequence[int], constraints: Sequence[Constraint],
    verdicts: Mapping[int, Verdict], places: Mapping[int, Place], language: str, told: Remark | None,
) -> CheckedClaim:  # fmt: skip
    claim = facts.claims[index]
    decided = [i for i in own if verdicts.get(i) in ("consistent", "inconsistent")]
    wrong = [i for i in decided if verdicts[i] == "inconsistent"]
    if told is not None and not wrong:
        others = tuple(_related(f, places) for f in told.figures[1:])
        return CheckedClaim(claim, "inconsistent", None, others, told.message, dict(told.values), told.rule)
    if not decided:
        return _unverifiable(facts, index, places)
    shown = constraints[(wrong or _first_own(decided, constraints, index))[0]]
    figures = dict.fromkeys(f for side in shown.sides for f, _ in side.terms if f != claim.figure)
    binding = facts.bindings.get(index)
    bound = binding if binding is not None and _made(binding, shown, figures) else Binding("")
    return CheckedClaim(
        claim, "inconsistent" if wrong else "consistent", formula(shown, places, language, holds=not wrong),
        tuple(_related(f, places) for f in figures), ONLY_CUT if wrong and only_cut(shown, places) else None,
        rule=shown.rule, words=bound.words, evidence=None if wrong else evidence_of(shown, claim, places),
        pin=bound.pin,
    )  # fmt: skip


def _made(binding: Binding, one: Constraint, figures: Iterable[int]) -> bool:
    """Tell whether a binding made a constraint: its operands are what the claim is compared with."""
    known = {f for operand in binding.operands for f in operand}
    return binding.reason is None and one.claim is not None and bool(known) and known.issuperset(figures)


def _first_own(decided: Sequence[int], constraints: Sequence[Constraint], index: int) -> list[int]:
    """Return the constraints with the claim's own first, the strongest evidence (an equality) before a bound."""
    return sorted(decided, key=lambda i: (constraints[i].kind == "bound", constraints[i].claim != index))


def _related(figure: int, places: Mapping[int, Place]) -> Related:
    place = places[figure]
    return Related(place.locator, place.label, place.printed, figure)


def _unverifiable(facts: Facts, index: int, places: Mapping[int, Place]) -> CheckedClaim:
    claim, binding = facts.claims[index], facts.bindings.get(index)
    if binding is None or binding.reason is None:
        return CheckedClaim(claim, "unverifiable", reason=NO_REASON)
    candidates = tuple(_related(f, places) for f in binding.candidates if f in places)
    reason, values = binding.reason, _implied(facts, index, binding, places)
    if values:
        reason = IMPLIED_ONE if values["low"] == values["high"] else IMPLIED
    return CheckedClaim(
        claim, "unverifiable", None, candidates, reason, values, words=binding.words, pin=binding.pin
    )


def _implied(facts: Facts, index: int, binding: Binding, places: Mapping[int, Place]) -> dict[str, Value]:
    """Return the lowest and highest value of last year that a change leaves open, where there is no prior report."""
    if facts.prior is not None or binding.kind not in CHANGES or len(binding.operands) != 1:
        return {}
    present = interval_of(((f, Fraction(1)) for f in binding.operands[0]), places)
    found = None if present is None else implied(facts.claims[index], present)
    return {} if found is None or found[0] > found[1] else {"low": found[0], "high": found[1]}
