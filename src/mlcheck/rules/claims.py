"""Sentences held against the figures of tables that they speak of."""

from __future__ import annotations

from collections.abc import Iterator

from mlcheck.model.claim import Binding, Claim
from mlcheck.model.constraints import Constraint, Side
from mlcheck.model.facts import Facts
from mlcheck.rules.build import about, mean, quantities_of, same, severity_of, share, variation


def prose_figure_differs(facts: Facts) -> Iterator[Constraint]:
    """A number in a sentence is not the one its table prints.

    The sentence is bound to its table by words, never because the numbers fit; where the words name no
    table, or several that differ, the sentence is left unverifiable with what it might have meant.
    """
    for index, claim, binding in _bound(facts, "count"):
        for place in binding.operands:
            if claim.hedge:
                yield about("AGR101", claim, place, claim=index)
                continue
            terms = (*((figure, 1) for figure in place), (claim.figure, -1))
            yield Constraint("AGR101", "equal", (Side(terms, 0, 0),), claim.figure, index)


def prose_share_is_wrong(facts: Facts) -> Iterator[Constraint]:
    """A percentage in a sentence is not the share its table gives.

    335 of 679 are printed as 49 % by rounding to the digits shown, half up or half even; the operands'
    own rounding counts too.
    """
    for index, claim, binding in _bound(facts, "share"):
        part, base = binding.operands
        yield share("SHR201", claim.figure, claim.quantity, part, base, claim=index, hedge=claim.hedge)


def prose_share_differs(facts: Facts) -> Iterator[Constraint]:
    """A percentage in a sentence is not the one that the table prints for the same group.

    Two percentages rounded to the same digit must print the same, and no half-unit is allowed for.
    """
    quantities = quantities_of(facts)
    for index, claim, binding in _bound(facts, "equal"):
        for place in binding.operands:
            other = quantities.get(place[0])
            yield same("SHR202", claim, place[:1], other, claim=index, severity=severity_of(claim))


def prose_growth_is_wrong(facts: Facts) -> Iterator[Constraint]:
    """A growth rate in a sentence does not tie this year's figure to last year's.

    Needs last year's report (--prior); without it the sentence is unverifiable, and the values of last
    year that it implies are reported.
    """
    for index, claim, binding in _bound(facts, "variation"):
        present, former = binding.operands
        sign = -1 if claim.direction == "down" and claim.quantity.mantissa > 0 else 1
        yield variation(
            "VAR201", claim.figure, claim.quantity, present, former, sign=sign, claim=index, hedge=claim.hedge
        )  # fmt: skip


def former_share_is_wrong(facts: Facts) -> Iterator[Constraint]:
    """A percentage that a sentence gives for last year is not the one last year's report gives.

    Either it was revised since, or it is wrong. Needs last year's report (--prior).
    """
    for index, claim, binding in _bound(facts, "former share"):
        part, base = binding.operands
        yield share("VAR202", claim.figure, claim.quantity, part, base, claim=index, hedge=claim.hedge)
    quantities = quantities_of(facts.prior) if facts.prior else {}
    for index, claim, binding in _bound(facts, "former equal"):
        for place in binding.operands:
            other = quantities.get(place[0])
            yield same("VAR202", claim, place[:1], other, claim=index, severity=severity_of(claim))


def prose_mean_is_wrong(facts: Facts) -> Iterator[Constraint]:
    """A mean or a rate in a sentence is not the total divided by the number.

    A mean printed without decimals is rounded to a whole.
    """
    for index, claim, binding in _bound(facts, "mean"):
        total, number = binding.operands
        yield mean("MEA101", claim.figure, claim.quantity, total, number, claim=index, hedge=claim.hedge)


def _bound(facts: Facts, kind: str) -> Iterator[tuple[int, Claim, Binding]]:
    for index, binding in facts.bindings.items():
        if binding.kind == kind and binding.reason is None:
            yield index, facts.claims[index], binding
