"""The verdict on each claim, with the arithmetic that gave it or the reason there is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from mlcheck.checking.places import Place
from mlcheck.model.claim import Binding, Verdict
from mlcheck.model.constraints import Constraint
from mlcheck.model.facts import Facts
from mlcheck.model.finding import CheckedClaim, Related, Value
from mlcheck.model.quantity import Quantity
from mlcheck.rendering.numbers import number
from mlcheck.translation import N_

IMPLIED = N_("needs last year's report: it would give between {low} and {high}")
NO_REASON = N_("nothing in the report tells what it is taken from")


def checked_claims(
    facts: Facts, constraints: Sequence[Constraint], verdicts: Mapping[int, Verdict], places: Mapping[int, Place],
    language: str,
) -> tuple[CheckedClaim, ...]:  # fmt: skip
    """Return every claim of a report with its verdict.

    A claim is inconsistent where one of its own constraints is violated, consistent where all that are
    decided hold, unverifiable where none is. A figure that the sentences around it add up is decided by
    their sum as well as by its own table.
    """
    own: dict[int, list[int]] = {}
    by_figure = {claim.figure: i for i, claim in enumerate(facts.claims)}
    for index, one in enumerate(constraints):
        touched = {by_figure[f] for side in one.sides for f, _ in side.terms if f in by_figure}
        if one.claim is not None:
            touched.add(one.claim)
        for claim in touched if _settles(one) else {one.claim} - {None}:
            own.setdefault(claim, []).append(index)  # type: ignore[arg-type]
    return tuple(
        _checked(facts, i, own.get(i, []), constraints, verdicts, places, language)
        for i in range(len(facts.claims))
    )


def _settles(one: Constraint) -> bool:
    """Tell whether a constraint settles every sentence that takes part, and not only the one it is of."""
    return one.kind in ("sum", "distribution")


def _checked(
    facts: Facts, index: int, own: Sequence[int], constraints: Sequence[Constraint],
    verdicts: Mapping[int, Verdict], places: Mapping[int, Place], language: str,
) -> CheckedClaim:  # fmt: skip
    claim = facts.claims[index]
    decided = [i for i in own if verdicts.get(i) in ("consistent", "inconsistent")]
    if not decided:
        return _unverifiable(facts, index, places, language)
    wrong = [i for i in decided if verdicts[i] == "inconsistent"]
    shown = constraints[(wrong or _first_own(decided, constraints, index))[0]]
    figures = dict.fromkeys(f for side in shown.sides for f, _ in side.terms if f != claim.figure)
    operands = tuple(Related(places[f].locator, places[f].label, places[f].printed, f) for f in figures)
    return CheckedClaim(
        claim, "inconsistent" if wrong else "consistent", formula(shown, places, language), operands
    )


def _first_own(decided: Sequence[int], constraints: Sequence[Constraint], index: int) -> list[int]:
    """Return the constraints with the claim's own first, the strongest evidence (an equality) before a bound."""
    return sorted(decided, key=lambda i: (constraints[i].kind == "bound", constraints[i].claim != index))


def _unverifiable(facts: Facts, index: int, places: Mapping[int, Place], language: str) -> CheckedClaim:
    claim, binding = facts.claims[index], facts.bindings.get(index)
    if binding is None or binding.reason is None:
        return CheckedClaim(claim, "unverifiable", reason=NO_REASON)
    candidates = tuple(
        Related(places[f].locator, places[f].label, places[f].printed, f) for f in binding.candidates if f in places
    )  # fmt: skip
    implied = (
        _implied(claim.quantity, claim.direction, binding, places) if claim.kind == "variation" else None
    )
    if implied and facts.prior is None:
        values: dict[str, Value] = {"low": implied[0], "high": implied[1]}
        return CheckedClaim(claim, "unverifiable", None, candidates, IMPLIED, values)
    return CheckedClaim(claim, "unverifiable", None, candidates, binding.reason)


def _implied(
    rate: Quantity, direction: str | None, binding: Binding, places: Mapping[int, Place]
) -> tuple[int, int] | None:
    """Return the lowest and highest count of last year that a growth rate allows for this year's figure."""
    quantities = [places[f].quantity for f in binding.candidates if f in places]
    if not quantities or any(q is None for q in quantities):
        return None
    present = sum((q.value for q in quantities if q is not None), Fraction(0))
    sign = -1 if direction == "down" and rate.mantissa > 0 else 1
    growths = sorted(1 + sign * (rate.value + h) / 100 for h in (-rate.half_unit, rate.half_unit))
    if growths[0] <= 0:
        return None
    low, high = present / growths[1], present / growths[0]
    return -(-low.numerator // low.denominator), high.numerator // high.denominator


def formula(one: Constraint, places: Mapping[int, Place], language: str) -> str:
    """Return the arithmetic of a constraint as one line: "335 / 679 = 49,34 %"."""
    terms = one.sides[0].terms
    top = [f for f, c in terms if c == 1]
    base = [f for f, c in terms if c != 1]
    above, below = _sum(top, places), _sum(base, places)
    left, right = _added(top, places), _added(base, places)
    if one.kind in ("share", "mean", "variation") and below:
        part = f"({left})" if len(top) > 1 else left
        whole = f"({right})" if len(base) > 1 else right
        if one.kind == "mean":
            return f"{part} / {whole} = {number(above / below, language, 2)}"
        if one.kind == "share":
            return f"{part} / {whole} = {number(100 * above / below, language, 2)} %"
        growth = number(100 * (above / below - 1), language, 2)
        return f"{part} / {whole} − 1 = {growth if growth.startswith('-') else '+' + growth} %"
    if one.kind == "distribution":
        return f"{left} = {number(above, language)} %"
    if one.kind == "bound":
        return f"{left} {'≤' if above <= below else '>'} {right}"
    mark = "=" if above == below else "≠"
    return f"{left} {mark} {right}"


def _sum(figures: Sequence[int], places: Mapping[int, Place]) -> Fraction:
    return sum((q.value for f in figures if (q := places[f].quantity) is not None), Fraction(0))


def _added(figures: Sequence[int], places: Mapping[int, Place]) -> str:
    return " + ".join(places[f].printed for f in figures if places[f].printed not in ("", "/"))
