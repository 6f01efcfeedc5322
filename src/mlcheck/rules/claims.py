"""Sentences held against the figures they speak of, and against their own numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mlcheck.model.claim import Binding, Claim, Link
from mlcheck.model.constraints import Constraint, Side
from mlcheck.model.facts import Facts
from mlcheck.model.finding import Severity
from mlcheck.rules.build import hundred, mean, share, variation

OPEN = "…"  # what ends a list that does not give all of a whole


def prose_figure_differs(facts: Facts) -> Iterator[Constraint]:
    """A number in a sentence is not the one its table prints.

    The sentence is bound to its table by words, never because the numbers fit; where the words name no
    table, or several that differ, the sentence is left unverifiable with what it might have meant.
    """
    for index, claim, binding in _bound(facts, "count"):
        for place in binding.operands:
            terms = (*((figure, 1) for figure in place), (claim.figure, -1))
            yield Constraint("AGR101", "equal", (Side(terms, 0, 0),), claim.figure, index)


def prose_share_is_wrong(facts: Facts) -> Iterator[Constraint]:
    """A percentage in a sentence is not the share its table gives.

    335 of 679 are printed as 49 % by rounding to the digits shown, half up or half even; the operands'
    own rounding counts too.
    """
    for index, claim, binding in _bound(facts, "share"):
        part, base = binding.operands
        yield share(
            "SHR201", claim.figure, claim.quantity, part, base, claim=index, severity=_severity(claim)
        )


def prose_share_differs(facts: Facts) -> Iterator[Constraint]:
    """A percentage in a sentence is not the one that the table prints for the same group."""
    for index, claim, binding in _bound(facts, "equal"):
        for place in binding.operands:
            terms = ((place[0], 1), (claim.figure, -1))
            yield Constraint("SHR202", "equal", (Side(terms, 0, 0),), claim.figure, index, _severity(claim))


def prose_growth_is_wrong(facts: Facts) -> Iterator[Constraint]:
    """A growth rate in a sentence does not tie this year's figure to last year's.

    Needs last year's report (--prior); without it the sentence is unverifiable, and the values of last
    year that it implies are told.
    """
    for index, claim, binding in _bound(facts, "variation"):
        present, former = binding.operands
        sign = -1 if claim.direction == "down" and claim.quantity.mantissa > 0 else 1
        yield variation(
            "VAR201", claim.figure, claim.quantity, present, former, sign=sign, claim=index, severity=_severity(claim)
        )  # fmt: skip


def former_share_is_wrong(facts: Facts) -> Iterator[Constraint]:
    """A percentage that a sentence gives for last year is not the one last year's report gives.

    Either it was revised since, or it is wrong. Needs last year's report (--prior).
    """
    for index, claim, binding in _bound(facts, "former share"):
        part, base = binding.operands
        yield share(
            "VAR202", claim.figure, claim.quantity, part, base, claim=index, severity=_severity(claim)
        )
    for index, claim, binding in _bound(facts, "former equal"):
        for place in binding.operands:
            terms = ((place[0], 1), (claim.figure, -1))
            yield Constraint("VAR202", "equal", (Side(terms, 0, 0),), claim.figure, index, _severity(claim))


def prose_mean_is_wrong(facts: Facts) -> Iterator[Constraint]:
    """A mean or a rate in a sentence is not the total divided by the number.

    A mean printed without decimals is rounded to a whole.
    """
    for index, claim, binding in _bound(facts, "mean"):
        total, number = binding.operands
        yield mean(
            "MEA101", claim.figure, claim.quantity, total, number, claim=index, severity=_severity(claim)
        )
    for link in facts.links:
        if link.kind == "mean":
            above, below = (facts.claims[i] for i in link.operands)
            yield mean(
                "MEA101", facts.claims[link.stated].figure, facts.claims[link.stated].quantity,
                [above.figure], [below.figure], claim=link.stated,
            )  # fmt: skip


def prose_sum_is_wrong(facts: Facts) -> Iterator[Constraint]:
    """The numbers that a sentence or a list adds up do not make the number it gives.

    "42 personnes : 21 jeunes et 21 partenaires"; a list under "295 jeunes ont participé :".
    """
    for link in facts.links:
        if link.kind == "sum":
            stated = facts.claims[link.stated].figure
            terms = (*((facts.claims[i].figure, 1) for i in link.operands), (stated, -1))
            yield Constraint("TOT201", "sum", (Side(terms, 0, 0),), stated, link.stated)


def list_has_another_length(facts: Facts) -> Iterator[Constraint]:
    """A sentence announces a number of things and lists another number of them.

    Counted by the commas after a colon; an item that itself holds "et" may be two, and leaves the list
    unverifiable.
    """
    for index, claim in enumerate(facts.claims):
        if claim.kind != "count" or claim.quantity.unit != "count" or claim.quantity.half:
            continue
        items = enumerated(claim.text[claim.end :])
        if len(items) > 2 and not any(i.startswith("et ") or " et " in i for i in items[-1:]):
            side = Side(((claim.figure, 1),), len(items), len(items))
            yield Constraint("TOT203", "relation", (side,), claim.figure, index, "warning")


def enumerated(text: str) -> list[str]:
    """Return the items that commas part after a colon, none where a number or a sentence stands among them."""
    before, colon, listed = text.partition(":")
    if not colon or any(c.isdigit() for c in before + listed) or "." in listed.strip().rstrip("."):
        return []
    plain = re.sub(r"\([^)]*\)", "", listed).strip().rstrip(".")
    return [item.strip() for item in plain.split(",") if item.strip()]


def prose_repeats_differently(facts: Facts) -> Iterator[Constraint]:
    """The same sentence is printed twice with another number.

    The words of both must be the same, in the same chapter and for the same year; a sentence that leaves
    out of what it gives a share is not compared.
    """
    seen: dict[tuple[object, ...], list[Claim]] = {}
    for index, claim in enumerate(facts.claims):
        if len(claim.subject) < 2 or not claim.base or claim.kind not in ("share", "variation", "mean"):
            continue
        key = (claim.kind, claim.quantity.unit, claim.period, claim.subject, claim.sections[:1])
        for earlier in seen.setdefault(key, []):
            if set(claim.base) <= set(earlier.base) or set(earlier.base) <= set(claim.base):
                terms = ((earlier.figure, 1), (claim.figure, -1))
                yield Constraint("AGR102", "equal", (Side(terms, 0, 0),), claim.figure, index)
                break
        seen[key].append(claim)


def prose_distribution_is_not_100(facts: Facts) -> Iterator[Constraint]:
    """The percentages of a list that is all there is of a whole do not make 100.

    Each is rounded, so m of them may miss 100 by m half-units. A list that ends in "…" is open.
    """
    for link in facts.links:
        if link.kind != "distribution":
            continue
        figures = [facts.claims[i].figure for i in link.operands]
        if OPEN in link.words:
            yield Constraint(
                "TOT202", "bound", (Side(tuple((f, 1) for f in figures), None, 100),), figures[0]
            )
        else:
            yield hundred("TOT202", figures, claim=link.stated)


def prose_share_of_its_own_numbers(facts: Facts) -> Iterator[Constraint]:
    """A percentage in a sentence does not fit the two numbers that the same sentence gives for it.

    "335 femmes sur 679, soit 49 %".
    """
    for link in facts.links:
        stated = facts.claims[link.stated]
        if link.kind == "share" and stated.quantity.unit in ("%", "‰"):
            part, base = (facts.claims[i].figure for i in link.operands)
            yield share(
                "SHR203", stated.figure, stated.quantity, [part], [base], claim=link.stated,
                severity=_severity(stated),
            )  # fmt: skip


def prose_growth_of_its_own_numbers(facts: Facts) -> Iterator[Constraint]:
    """A growth rate in a sentence does not fit the two levels that the same sentence gives.

    "418 contrats, en baisse de 4,1 % contre 436 en 2022".
    """
    for link in facts.links:
        stated = facts.claims[link.stated]
        if link.kind == "variation" and stated.quantity.unit == "%":
            present, former = (facts.claims[i].figure for i in link.operands)
            sign = -1 if stated.direction == "down" and stated.quantity.mantissa > 0 else 1
            yield variation(
                "VAR203", stated.figure, stated.quantity, [present], [former], sign=sign, claim=link.stated,
                severity=_severity(stated),
            )  # fmt: skip


def prose_difference_is_wrong(facts: Facts) -> Iterator[Constraint]:
    """A difference in points or in number does not fit the two values that the same sentence gives.

    Between two rounded percentages a difference computed before rounding may be off by one and a half.
    """
    for link in facts.links:
        if link.kind in ("points", "difference"):
            yield _gap(facts, link)


def _gap(facts: Facts, link: Link) -> Constraint:
    stated = facts.claims[link.stated]
    present, former = (facts.claims[i].figure for i in link.operands)
    sign = -1 if stated.direction == "down" and stated.quantity.mantissa > 0 else 1
    terms = ((present, 1), (former, -1), (stated.figure, -sign))
    return Constraint("VAR204", "points", (Side(terms, 0, 0),), stated.figure, link.stated, _severity(stated))


def _bound(facts: Facts, kind: str) -> Iterator[tuple[int, Claim, Binding]]:
    for index, binding in facts.bindings.items():
        if binding.kind == kind and binding.reason is None:
            yield index, facts.claims[index], binding


def _severity(claim: Claim) -> Severity:
    """Return what a misfit of a claim is: a hedged one ("près de 30 %") is a warning."""
    return "warning" if claim.hedge else "error"
