"""The verdict on each claim, with the arithmetic that gave it or the reason there is none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from mlcheck.checking.arithmetic import (
    ONLY_CUT,
    RATIOS,
    Interval,
    ends_of,
    formula,
    interval_of,
    only_cut,
    recomputed,
)
from mlcheck.language.lexicon import lexicon
from mlcheck.model.claim import Binding, Claim, Verdict
from mlcheck.model.constraints import BOUNDS, Constraint, Remark
from mlcheck.model.facts import Facts
from mlcheck.model.figure import Place
from mlcheck.model.finding import CheckedClaim, Passing, Related, Value
from mlcheck.rules.sentences import implied
from mlcheck.translation import N_

IMPLIED = N_("needs last year's report: it would give between {low} and {high}")
IMPLIED_ONE = N_("needs last year's report: it would give {low}")
NOT_ENOUGH = N_("agrees with the words around it, which leave other values open")
NO_REASON = N_("nothing in the report tells what it is taken from")
CHANGES = ("variation", "difference", "multiple")
TOP = {"%": 100, "‰": 1000, "points": 100}


def checked_claims(
    facts: Facts, constraints: Sequence[Constraint], verdicts: Mapping[int, Verdict], places: Mapping[int, Place],
    remarks: Iterable[Remark] = (),
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
    remark = {r.figures[0]: r for r in remarks if r.severity == "error" and r.figures}
    return tuple(
        _checked(facts, i, own.get(i, []), constraints, verdicts, places, remark.get(claim.figure))
        for i, claim in enumerate(facts.claims)
    )


def _settles(one: Constraint) -> bool:
    """Tell whether a constraint settles every sentence that takes part, and not only the one it is of."""
    return one.kind in ("sum", "distribution")


def _checked(
    facts: Facts, index: int, own: Sequence[int], constraints: Sequence[Constraint],
    verdicts: Mapping[int, Verdict], places: Mapping[int, Place], remark: Remark | None,
) -> CheckedClaim:  # fmt: skip
    claim = facts.claims[index]
    decided = [i for i in own if verdicts.get(i) in ("consistent", "inconsistent")]
    wrong = [i for i in decided if verdicts[i] == "inconsistent"]
    if remark is not None and not wrong:
        others = tuple(_related(f, places) for f in remark.figures[1:])
        return CheckedClaim(
            claim, "inconsistent", None, others, remark.message, dict(remark.values), remark.rule
        )
    if not decided or not (wrong or any(_proves(constraints[i]) for i in decided)):
        return _unverifiable(facts, index, places, NOT_ENOUGH if decided else NO_REASON)
    shown = constraints[(wrong or _first_own(decided, constraints, index))[0]]
    figures = dict.fromkeys(f for side in shown.sides for f, _ in side.terms if f != claim.figure)
    binding = facts.bindings.get(index)
    bound = binding if binding is not None and _made(binding, shown, figures) else Binding("")
    return CheckedClaim(
        claim, "inconsistent" if wrong else "consistent", formula(shown, places, holds=not wrong),
        tuple(_related(f, places) for f in figures), ONLY_CUT if wrong and only_cut(shown, places) else None,
        rule=shown.rule, words=bound.words, evidence=None if wrong else evidence_of(shown, claim, places),
        pin=bound.pin,
    )  # fmt: skip


def _proves(one: Constraint) -> bool:
    """Tell whether another number would break a constraint: a bound leaves too many."""
    if one.kind == "relation":
        return all(side.lower == side.upper for side in one.sides)
    return one.kind not in BOUNDS


def _made(binding: Binding, one: Constraint, figures: Iterable[int]) -> bool:
    """Tell whether a binding made a constraint: its operands are what the claim is compared with."""
    known = {f for operand in binding.operands for f in operand}
    return binding.reason is None and one.claim is not None and bool(known) and known.issuperset(figures)


def _first_own(decided: Sequence[int], constraints: Sequence[Constraint], index: int) -> list[int]:
    """Return the constraints with the claim's own first, the strongest evidence (an equality) before a bound."""
    return sorted(decided, key=lambda i: (constraints[i].kind in BOUNDS, constraints[i].claim != index))


def _related(figure: int, places: Mapping[int, Place]) -> Related:
    place = places[figure]
    return Related(place.locator, place.label, place.printed, figure)


def _unverifiable(facts: Facts, index: int, places: Mapping[int, Place], reason: str) -> CheckedClaim:
    claim, binding = facts.claims[index], facts.bindings.get(index)
    if binding is None or binding.reason is None:
        return CheckedClaim(claim, "unverifiable", reason=reason)
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


# How much a verified claim proves: the share of the values that could be printed that would have passed
# too.


def evidence_of(one: Constraint, claim: Claim, places: Mapping[int, Place]) -> Passing | None:
    """Return the evidence of the constraint that verified a claim; None where nothing can be counted.

    A share of a base printed in full is known by its numerators: 49 % of 35 accepts 17 alone. Any other
    claim is known by the values that could stand in its place, with as many decimals.
    """
    if one.kind == "share" and one.stated == claim.figure and claim.quantity.unit != "points":
        found = _numerators(one, places)
        if found is not None:
            return found
    if one.kind in BOUNDS:
        return _under(one, claim, places)
    exact = recomputed(one, claim.figure, places)
    return None if exact is None else _values(one, claim, exact, places)


def _numerators(one: Constraint, places: Mapping[int, Place]) -> Passing | None:
    """Count the whole numbers that give a percentage of an exact base."""
    ends = ends_of(one, places)
    if ends is None or ends[1][0] != ends[1][1] or ends[1][0].denominator != 1:
        return None
    base = ends[1][0]
    factors = {
        n: next((-Fraction(c) for _, c in side.terms if c != 1), Fraction(0))
        for n, side in enumerate(one.sides)
    }
    least, most = Fraction(0), base
    for n, side in enumerate(one.sides):
        if side.lower is not None:
            least = max(least, factors[n] * base)
        if side.upper is not None:
            most = min(most, factors[n] * base)
    first, last = _ceiling(least), _floor(most)
    return Passing("numerators", max(last - first + 1, 0), int(base) + 1, Fraction(first), Fraction(last))


def _under(one: Constraint, claim: Claim, places: Mapping[int, Place]) -> Passing | None:
    """Count the values that stay within a bound: a "dont" of up to its whole, a whole of at least its part."""
    side = one.sides[0]
    own = sum((Fraction(c) for f, c in side.terms if f == claim.figure), Fraction(0))
    others = [f for f, _ in side.terms if f != claim.figure]
    quantities = [places[f].quantity for f in others]
    if not own or not quantities or any(q is None for q in quantities):
        return None
    limit = sum((q.value for q in quantities if q is not None), Fraction(0))
    step = _step(claim)
    top = _top(claim, step, max(limit, claim.quantity.value))
    first, last = (0, min(_floor(limit / step), top)) if own > 0 else (max(_ceiling(limit / step), 0), top)
    return Passing("values", max(last - first + 1, 0), top + 1, first * step, last * step)


def _values(one: Constraint, claim: Claim, exact: Interval, places: Mapping[int, Place]) -> Passing:
    """Count the values that could be printed in the place of a claim and would fit what they are held against."""
    step, half = _step(claim), claim.quantity.half_unit
    if one.kind == "mean" and not half and claim.quantity.scale == 0:
        half = Fraction(1, 2)
    if _repeats(one, claim, places):
        exact, half = (claim.quantity.value, claim.quantity.value), Fraction(0)
    low, end = exact[0] - half, exact[1] + half
    high: Fraction | None = end
    if one.kind in RATIOS and claim.hedge:
        allowed = lexicon().hedges[claim.hedge]
        low = Fraction(0) if allowed.above.is_infinite() else low / (1 + Fraction(allowed.above))
        high = None if allowed.below.is_infinite() else end / (1 - Fraction(allowed.below))
    top = _top(claim, step, claim.quantity.value)
    first = max(_ceiling(low / step), 0)
    last = top if high is None else min(_floor(high / step), top)
    return Passing("values", max(last - first + 1, 0), top + 1, first * step, last * step)


def _repeats(one: Constraint, claim: Claim, places: Mapping[int, Place]) -> bool:
    """Tell whether a claim repeats a number that is rounded to the same digit: then it must print the same."""
    others = [places[f].quantity for f, _ in one.sides[0].terms if f != claim.figure]
    other = others[0] if one.kind == "equal" and len(others) == 1 and not claim.hedge else None
    return (
        other is not None
        and other.half_unit == claim.quantity.half_unit
        and other.value == claim.quantity.value
    )


def _step(claim: Claim) -> Fraction:
    """Return what one more in its last printed digit adds to a value."""
    return 2 * claim.quantity.half_unit or Fraction(1, 10**claim.quantity.scale)


def _top(claim: Claim, step: Fraction, value: Fraction) -> int:
    """Return how many steps the largest value has that could be printed: 100 %, else all digits nine."""
    percent = TOP.get(claim.quantity.unit)
    if percent is not None and value <= percent:
        return int(percent / step)
    return int(10 ** len(str(_floor(abs(value) / step))) - 1)


def _floor(value: Fraction) -> int:
    return value.numerator // value.denominator


def _ceiling(value: Fraction) -> int:
    return -(-value.numerator // value.denominator)
