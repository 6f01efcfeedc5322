"""Changes since last year, and figures of last year that are quoted, held against what was printed then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from fractions import Fraction

from mlcheck.language.lexicon import lexicon
from mlcheck.language.words import fold
from mlcheck.model.claim import Binding, Claim
from mlcheck.model.constraints import Constraint, Remark, Side
from mlcheck.model.facts import Facts
from mlcheck.model.finding import Severity
from mlcheck.model.quantity import Quantity
from mlcheck.rules.build import between, interval_of, mean, quantities_of, severity_of
from mlcheck.rules.sentences import Interval, implied, sign_of
from mlcheck.translation import N_

IMPLIED = N_(
    "Printed {stated}, which puts last year between {low} and {high}; {said} in another place puts it between "
    "{least} and {most}."
)
QUOTED = N_(
    "Printed {stated}, which puts last year between {low} and {high}; another place gives {said} for it."
)
TWO_QUOTED = N_("Printed {stated} for last year here, and {said} in another place.")
NEAR = 60  # characters around a quoted figure in which its year is named
DIGITS = 9  # of a bound that has no end; it is rounded outwards, so that it excludes nothing it should not


def former_count_differs(facts: Facts) -> Iterator[Constraint]:
    """A number that a sentence gives for last year is not the one last year's report printed.

    Either it was revised since, or it is wrong. Needs last year's report (--prior); a number whose words
    name nothing in it, or several figures that differ, is unverifiable.
    """
    for index, claim, binding in _bound(facts, "former count"):
        for place in binding.operands:
            terms = (*((figure, 1) for figure in place), (claim.figure, -1))
            yield Constraint("VAR207", "equal", (Side(terms, 0, 0),), claim.figure, index, gravity(claim))


def gravity(claim: Claim) -> Severity:
    """Return what a misfit of a quoted figure is: a warning where its sentence does not name last year.

    "Contre 500" may be another group, or a target.
    """
    words = lexicon().binding.last_year
    near = f" {fold(claim.text[max(claim.start - NEAR, 0) : claim.end + NEAR])} "
    named = str(claim.period) in near or any(f" {fold(word)} " in near for word in words)
    return severity_of(claim) if named else "warning"


def points_differ_from_last_year(facts: Facts) -> Iterator[Constraint]:
    """A change in points does not lead from last year's share to this year's.

    Needs last year's report (--prior). Both shares are those that are printed, else those that the tables
    give; what rounding hides of each, and of the change, is allowed for.
    """
    quantities = quantities_of(facts)
    for index, claim, binding in _bound(facts, "points"):
        if len(binding.operands) == 2:
            (now,), (former,) = binding.operands
            terms = ((now, 1), (former, -1), (claim.figure, -sign_of(claim)))
            yield Constraint("VAR209", "points", (Side(terms, 0, 0),), claim.figure, index)
        elif (level := _level(binding.operands[:-2], quantities)) is not None:
            low, high = _before(claim, level)
            part, base = binding.operands[-2:]
            yield Constraint("VAR209", "share", between(part, base, low, high), claim.figure, index)


def difference_from_last_year_is_wrong(facts: Facts) -> Iterator[Constraint]:
    """A difference in number does not lead from last year's figure to this year's.

    Needs last year's report (--prior); without it the sentence is unverifiable, and the value of last
    year that it implies is reported.
    """
    for index, claim, binding in _bound(facts, "difference"):
        present, former = binding.operands
        if not claim.hedge:
            terms = (*((f, 1) for f in present), *((f, -1) for f in former), (claim.figure, -sign_of(claim)))
            yield Constraint("VAR210", "points", (Side(terms, 0, 0),), claim.figure, index)


def multiple_of_last_year_is_wrong(facts: Facts) -> Iterator[Constraint]:
    """A multiple in a sentence ("a doublé") does not lead from last year's figure to this year's.

    Needs last year's report (--prior); without it the sentence is unverifiable, and the values of last
    year that it implies are reported.
    """
    for index, claim, binding in _bound(facts, "multiple"):
        present, former = binding.operands
        more, less = (former, present) if claim.direction == "down" else (present, former)
        yield mean("VAR211", claim.figure, claim.quantity, more, less, claim=index, hedge=claim.hedge)


def changes_exclude_each_other(facts: Facts) -> Iterator[Remark]:
    """Two sentences give last year's value of one figure differently, as their growth rates imply it.

    "679 inscrits, en hausse de 8 %" puts last year between 626 and 631, "contre 600 en 2022" does not. Two
    numbers of one sentence are not compared here. Reported without last year's report; with it (--prior) each
    sentence is held against what was printed.
    """
    if facts.prior is not None:
        return
    quantities = quantities_of(facts)
    seen: dict[tuple[int, ...], list[tuple[Claim, Interval]]] = {}
    for index, binding in facts.bindings.items():
        claim = facts.claims[index]
        if len(binding.operands) != 1 or binding.reason is None or not _is_change(claim, binding):
            continue
        present = interval_of(binding.operands[0], quantities)
        own = None if present is None else implied(claim, present)
        if own is None or own[0] > own[1]:
            continue
        for other, others in seen.setdefault(binding.operands[0], []):
            apart = other.sentence is not claim.sentence
            if apart and (own[0] > others[1] or others[0] > own[1]):
                yield _excluded(claim, own, other, others)
                break
        seen[binding.operands[0]].append((claim, own))


def _is_change(claim: Claim, binding: Binding) -> bool:
    return binding.kind in ("variation", "difference", "multiple", "former count") and not (
        claim.hedge and binding.kind == "former count"
    )


def _excluded(claim: Claim, own: Interval, other: Claim, others: Interval) -> Remark:
    """Return what two sentences say of last year; one that quotes it outright stands for what it prints."""
    if own[0] == own[1] and others[0] < others[1]:
        claim, own, other, others = other, others, claim, own
    exact = own[0] == own[1], others[0] == others[1]
    template = TWO_QUOTED if all(exact) else QUOTED if exact[1] else IMPLIED
    return Remark(
        "VAR208",
        "error",
        template,
        {
            "stated": claim.quantity.printed, "low": own[0], "high": own[1], "said": other.quantity.printed,
            "least": others[0], "most": others[1],
        },
        (claim.figure, other.figure),
    )  # fmt: skip


def _level(
    present: tuple[tuple[int, ...], ...], quantities: Mapping[int, Quantity | None]
) -> Interval | None:
    """Return this year's share as a part of one: as printed, else of the part and the whole of a table."""
    found = [interval_of(figures, quantities) for figures in present]
    known = [one for one in found if one is not None and one[0] >= 0]
    if len(known) < len(found):
        return None
    if len(known) == 1:
        return known[0][0] / 100, known[0][1] / 100
    part, whole = known
    return (part[0] / whole[1], part[1] / whole[0]) if whole[0] > 0 else None


def _before(claim: Claim, level: Interval) -> tuple[Decimal, Decimal]:
    """Return the lowest and highest share of last year that a change in points leaves open, as a part of one."""
    change, half = sign_of(claim) * claim.quantity.value, claim.quantity.half_unit
    low, high = level[0] - (change + half) / 100, level[1] - (change - half) / 100
    return _decimal(low, ROUND_FLOOR), _decimal(high, ROUND_CEILING)


def _decimal(value: Fraction, rounding: str) -> Decimal:
    return Context(DIGITS, rounding).divide(Decimal(value.numerator), Decimal(value.denominator))


def _bound(facts: Facts, kind: str) -> Iterator[tuple[int, Claim, Binding]]:
    for index, binding in facts.bindings.items():
        if binding.kind == kind and binding.reason is None:
            yield index, facts.claims[index], binding
