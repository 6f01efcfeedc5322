"""Sentences held against their own numbers, and lists against what announces them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from mlcheck.language.lexicon import lexicon
from mlcheck.model.claim import Claim, Link
from mlcheck.model.constraints import Constraint, Side
from mlcheck.model.facts import Facts
from mlcheck.model.finding import Severity
from mlcheck.model.quantity import Quantity
from mlcheck.model.relation import Evidence
from mlcheck.rules.build import (
    NO_EVIDENCE,
    band,
    between,
    graver,
    hundred,
    mean,
    severity_of,
    share,
    variation,
)
from mlcheck.rules.totals_again import growth_of_totals_said, shares_of_totals_said, sums_of_totals_said

ONE = Quantity("1", 1, 0, 0)
OPEN = "…"  # what ends a list that does not give all of a whole
LOOSE = Evidence(layout=("a loose wording",))
Interval = tuple[Fraction, Fraction]
Terms = tuple[tuple[int, int | Decimal], ...]


def prose_part_exceeds_whole(facts: Facts) -> Iterator[Constraint]:
    """A "dont" of a sentence is larger than the number it is taken from.

    Both stand in the same sentence; where the sentence has one of them only, nothing is compared. Of a
    hedged number its band counts: 141 are too many of "moins de 100".
    """
    for link, (*parts, whole) in _links(facts, "of_which", hedged=True):
        lowest = [band(ONE, 1, part.hedge)[0] for part in parts]
        highest = band(ONE, 1, whole.hedge)[1]
        if None not in lowest and highest is not None:
            own = tuple(
                (part.figure, _plain(least))
                for part, least in zip(parts, lowest, strict=True)
                if least is not None
            )
            terms = (*own, (whole.figure, -_plain(highest)))
            severity = graver("error", next((one.hedge for one in (*parts, whole) if one.hedge), None))
            stated = facts.claims[link.stated].figure
            yield Constraint("PRT201", "bound", (Side(terms, None, 0),), stated, link.stated, severity)


def prose_sum_is_wrong(facts: Facts) -> Iterator[Constraint]:
    """The numbers that a sentence or a list adds up do not make the number it gives.

    "42 personnes : 21 jeunes et 21 partenaires"; a list under "295 jeunes ont participé :"; "se répartissent entre".
    """
    yield from sums_of_totals_said(facts)
    for link, parts in _links(facts, "sum"):
        stated = facts.claims[link.stated]
        signs = link.signs or (1,) * len(parts)
        terms = tuple((part.figure, sign) for part, sign in zip(parts, signs, strict=True))
        yield _makes("TOT201", "sum", link, stated, terms)


def prose_distribution_is_not_100(facts: Facts) -> Iterator[Constraint]:
    """The percentages of a list that is all there is of a whole do not make 100.

    Each is rounded, so m of them may miss 100 by m half-units. A list that ends in "…" is open.
    """
    for link, shares in _links(facts, "distribution"):
        figures = [one.figure for one in shares]
        if OPEN in link.words:
            side = Side(tuple((f, 1) for f in figures), None, 100)
            yield Constraint("TOT202", "bound", (side,), figures[0])
        else:
            yield hundred("TOT202", figures, claim=link.stated)


def prose_share_of_its_own_numbers(facts: Facts) -> Iterator[Constraint]:
    """A percentage in a sentence does not fit the two numbers that the same sentence, or others beside it, give for it.

    "335 femmes sur 679, soit 49 %"; "13 668 contacts", "Parmi les contacts, 227 sont des visites", "1,7 % sont des visites".
    """
    yield from shares_of_totals_said(facts)
    for link, (part, base) in _links(facts, "share"):
        stated = facts.claims[link.stated]
        if stated.quantity.unit in ("%", "‰"):
            yield share(
                "SHR203", stated.figure, stated.quantity, [part.figure], [base.figure], claim=link.stated,
                hedge=stated.hedge, severity="warning" if link.loose else "error", evidence=evidence_of(link),
            )  # fmt: skip


def prose_growth_of_its_own_numbers(facts: Facts) -> Iterator[Constraint]:
    """A growth rate in a sentence does not fit the two levels that the same sentence, or others beside it, give.

    "418 contrats, en baisse de 4,1 % contre 436 en 2022".
    """
    yield from growth_of_totals_said(facts)
    for link, (present, former) in _links(facts, "variation"):
        stated = facts.claims[link.stated]
        if stated.quantity.unit == "%" and link.stated not in link.operands:
            yield variation(
                "VAR203", stated.figure, stated.quantity, [present.figure], [former.figure], sign=sign_of(stated),
                claim=link.stated, hedge=stated.hedge,
            )  # fmt: skip
    for link, (present, change) in _links(facts, "rise"):
        stated = facts.claims[link.stated]
        low, high = band(stated.quantity, 100, stated.hedge)
        sign = sign_of(stated)
        sides = [
            _rise(present.figure, change.figure, sign_of(change), 1 + sign * end, lower=(sign > 0) == lower)
            for end, lower in ((low, True), (high, False))
            if end is not None
        ]
        yield Constraint("VAR203", "variation", tuple(sides), stated.figure, link.stated, severity_of(stated))


def _rise(present: int, change: int, sign: int, factor: Decimal, *, lower: bool) -> Side:
    """Return one side of factor · (present − sign · change) ≤ or ≥ present."""
    terms = ((present, 1), (present, -factor), (change, sign * factor))
    return Side(terms, 0 if lower else None, None if lower else 0, present)


def prose_difference_is_wrong(facts: Facts) -> Iterator[Constraint]:
    """A difference in points or in number does not fit the two values that the same sentence gives.

    Between two rounded percentages a difference computed before rounding may be off by one and a half.
    """
    for kind in ("points", "difference"):
        for link, (present, former) in _links(facts, kind):
            stated = facts.claims[link.stated]
            if link.stated not in link.operands:
                terms = ((present.figure, 1), (former.figure, -1), (stated.figure, -sign_of(stated)))
                yield Constraint(
                    "VAR204", "points", (Side(terms, 0, 0),), stated.figure, link.stated, severity_of(stated)
                )


def prose_multiple_is_wrong(facts: Facts) -> Iterator[Constraint]:
    """A multiple in a sentence ("a doublé") does not fit the two levels that the same sentence gives."""
    for link, (present, former) in _links(facts, "multiple"):
        stated = facts.claims[link.stated]
        more, less = (former, present) if stated.direction == "down" else (present, former)
        yield mean(
            "VAR206", stated.figure, stated.quantity, [more.figure], [less.figure], claim=link.stated,
            hedge=stated.hedge,
        )  # fmt: skip


def prose_mean_of_its_own_numbers(facts: Facts) -> Iterator[Constraint]:
    """A mean in a sentence is not the total divided by the number that the same sentence gives.

    "27 130 contacts, soit une moyenne de 27 contacts par jeune", with 1 022 jeunes before it.
    """
    for link, (total, number) in _links(facts, "mean"):
        stated = facts.claims[link.stated]
        yield mean(
            "MEA103", stated.figure, stated.quantity, [total.figure], [number.figure], claim=link.stated,
            hedge=stated.hedge, per=link.per, exact=link.exact,
        )  # fmt: skip


def prose_says_twice(facts: Facts) -> Iterator[Constraint]:
    """A sentence gives the same fact twice, and the two values differ.

    "40,1 % des jeunes, soit quatre sur dix": fractions in words are taken as round as they sound.
    """
    for link, (other, *_) in _links(facts, "equal"):
        stated = facts.claims[link.stated]
        yield _makes("AGR105", "equal", link, stated, ((other.figure, link.signs[0] if link.signs else 1),))


def _makes(rule: str, kind: Literal["sum", "equal"], link: Link, stated: Claim, terms: Terms) -> Constraint:
    """Return what holds some terms to a number that they make, or to what its hedge allows of it."""
    evidence = evidence_of(link)
    low, high = (Decimal(0), Decimal(0)) if stated.hedge is None else allowance(stated)
    side = Side((*terms, (stated.figure, -1)), low, high)
    severity = "warning" if link.loose else severity_of(stated)
    return Constraint(rule, kind, (side,), stated.figure, link.stated, severity, evidence=evidence)


def evidence_of(link: Link) -> Evidence:
    """Return what speaks for a link: of a loose wording less."""
    return LOOSE if link.loose else NO_EVIDENCE


def allowance(stated: Claim) -> tuple[Decimal | None, Decimal | None]:
    """Return how far what a hedged number stands for may lie below and above it; a side it names is closed to its half-unit."""
    allowed = lexicon().hedges[stated.hedge or ""]
    value = abs(Decimal(stated.quantity.mantissa).scaleb(-stated.quantity.scale))
    half = Decimal(stated.quantity.half).scaleb(-stated.quantity.scale)
    sided = 0 in (allowed.below, allowed.above) and allowed.below != allowed.above
    low = (
        None
        if allowed.below.is_infinite()
        else -value * allowed.below + (half if sided and not allowed.below else 0)
    )
    high = (
        None
        if allowed.above.is_infinite()
        else value * allowed.above - (half if sided and not allowed.above else 0)
    )
    return low, high


def share_contradicts_its_words(facts: Facts) -> Iterator[Constraint]:
    """A sentence speaks of a majority or a minority, and the percentage it gives is none.

    "Les femmes restent minoritaires (58 %)".
    """
    for link, (one,) in _links(facts, "limit"):
        lower, upper = link.limits
        yield Constraint(
            "SHR204",
            "relation",
            (Side(((one.figure, 1),), lower, upper),),
            one.figure,
            link.stated,
            "warning",
        )


def order_contradicts_words(facts: Facts) -> Iterator[Constraint]:
    """A sentence says that something rose or fell, is more or less than another, or stayed, and its numbers say otherwise.

    "a diminué, passant de 43 % à 50 %", "le logement (34 %), devant la santé (41 %)". Values that are equal to the digit
    contradict no order; of two that are rounded alike, the larger one cannot be the smaller before rounding.
    """
    for link, (more, less) in _links(facts, "order"):
        falls = more.quantity.mantissa < 0 and less.quantity.mantissa < 0  # "la plus forte baisse : - 12 %"
        more, less = (less, more) if falls else (more, less)
        side = Side(((less.figure, 1), (more.figure, -1)), None, -_slack(less.quantity, more.quantity))
        severity: Severity = "warning" if link.loose else "error"
        yield Constraint("VAR205", "bound", (side,), facts.claims[link.stated].figure, link.stated, severity)
    for link, (new, old) in _links(facts, "near"):
        low, high = link.limits
        stated = facts.claims[link.stated].figure
        for side in between([new.figure], [old.figure], low, high):
            yield Constraint("VAR205", "bound", (_upper(side),), stated, link.stated, "warning")


def _upper(side: Side) -> Side:
    """Return a side that is bounded below as one that is bounded above."""
    if side.upper is not None:
        return side
    return Side(tuple((f, -c) for f, c in side.terms), None, side.lower, side.positive)


def prose_whole_outside_its_parts(facts: Facts) -> Iterator[Constraint]:
    """A rate, a mean or a growth of a whole in a sentence lies outside those that it gives of its parts.

    "3,8 % (4,4 % pour le collectif, 4,2 % pour l'individuel)".
    """
    for link, parts in _links(facts, "within"):
        stated = facts.claims[link.stated]
        least = min(parts, key=lambda one: sign_of(one) * one.quantity.value)
        greatest = max(parts, key=lambda one: sign_of(one) * one.quantity.value)
        for lesser, greater in ((least, stated), (stated, greatest)):
            side = Side(((lesser.figure, sign_of(lesser)), (greater.figure, -sign_of(greater))), None, 0)
            yield Constraint("MEA107", "within", (side,), stated.figure, link.stated, "warning")


def sign_of(claim: Claim) -> int:
    """Return -1 for a fall printed without its sign, else 1."""
    return -1 if claim.direction == "down" and claim.quantity.mantissa > 0 else 1


def _plain(factor: Decimal) -> int | Decimal:
    return int(factor) if factor == int(factor) else factor


def _slack(less: Quantity, more: Quantity) -> Decimal | int:
    """Return what half-units allow two values that are rounded alike, for which it tells nothing of their order."""
    if (less.half * 10**more.scale) != (more.half * 10**less.scale):
        return 0
    return Decimal(2 * less.half).scaleb(-less.scale) if less.half else 0


def _links(facts: Facts, kind: str, *, hedged: bool = False) -> Iterator[tuple[Link, tuple[Claim, ...]]]:
    """Yield the links of a kind with their operands; one with a hedged operand decides nothing unless asked for."""
    for link in facts.links:
        if link.kind == kind:
            operands = tuple(facts.claims[i] for i in link.operands)
            others = (one for i, one in zip(link.operands, operands, strict=True) if i != link.stated)
            if hedged or not any(one.hedge for one in others):
                yield link, operands


# The values of last year that a change allows, when this year's value is known.


def implied(claim: Claim, present: Interval) -> Interval | None:
    """Return the lowest and the highest value of last year that a claim leaves open, None where it leaves all.

    The claim is a growth rate, a difference in number, a multiple, or last year's number itself;
    `present` is what this year's value may be. A count is a whole number, so only whole numbers are
    given for one.
    """
    found = _implied(claim, present)
    if found is None or claim.quantity.unit == "€":
        return found
    low, high = found
    return Fraction(-(-low.numerator // low.denominator)), Fraction(high.numerator // high.denominator)


def _implied(claim: Claim, present: Interval) -> Interval | None:
    value, half = claim.quantity.value, claim.quantity.half_unit
    if claim.kind in ("count", "part", "sum"):
        return value - half, value + half
    sign = sign_of(claim)
    if claim.kind == "variation" and claim.quantity.unit in ("count", "€"):
        return None if claim.hedge else (present[0] - sign * value - half, present[1] - sign * value + half)
    per = 1 if claim.kind == "multiple" else 100
    low, high = band(claim.quantity, per, claim.hedge)
    if low is None or high is None:
        return None
    if claim.kind == "multiple":
        factors = (Fraction(low), Fraction(high))
        if claim.direction == "down":
            return present[0] * factors[0], present[1] * factors[1]
    else:
        one, other = 1 + sign * Fraction(low), 1 + sign * Fraction(high)
        factors = (min(one, other), max(one, other))
    return (present[0] / factors[1], present[1] / factors[0]) if factors[0] > 0 else None
