"""Sentences held against their own numbers, and lists against what announces them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from mlcheck.model.claim import Claim, Link
from mlcheck.model.constraints import Constraint, Side
from mlcheck.model.facts import Facts
from mlcheck.model.quantity import Quantity
from mlcheck.rules.build import band, graver, hundred, mean, severity_of, share, variation

ONE = Quantity("1", 1, 0, 0)
OPEN = "…"  # what ends a list that does not give all of a whole
Interval = tuple[Fraction, Fraction]


def prose_part_exceeds_whole(facts: Facts) -> Iterator[Constraint]:
    """A "dont" of a sentence is larger than the number it is taken from.

    Both stand in the same sentence; where the sentence has one of them only, nothing is compared. Of a
    hedged number its band counts: 141 are too many of "moins de 100".
    """
    for link, (part, whole) in _links(facts, "of_which", hedged=True):
        lowest, highest = band(ONE, 1, part.hedge)[0], band(ONE, 1, whole.hedge)[1]
        if lowest is not None and highest is not None:
            terms = ((part.figure, _plain(lowest)), (whole.figure, -_plain(highest)))
            severity = graver("error", part.hedge or whole.hedge)
            yield Constraint("PRT201", "bound", (Side(terms, None, 0),), part.figure, link.stated, severity)


def prose_sum_is_wrong(facts: Facts) -> Iterator[Constraint]:
    """The numbers that a sentence or a list adds up do not make the number it gives.

    "42 personnes : 21 jeunes et 21 partenaires"; a list under "295 jeunes ont participé :".
    """
    for link, parts in _links(facts, "sum"):
        stated = facts.claims[link.stated]
        terms = (*((part.figure, 1) for part in parts), (stated.figure, -1))
        yield Constraint(
            "TOT201", "sum", (Side(terms, 0, 0),), stated.figure, link.stated, severity_of(stated)
        )


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
    """A percentage in a sentence does not fit the two numbers that the same sentence gives for it.

    "335 femmes sur 679, soit 49 %".
    """
    for link, (part, base) in _links(facts, "share"):
        stated = facts.claims[link.stated]
        if stated.quantity.unit in ("%", "‰"):
            yield share(
                "SHR203", stated.figure, stated.quantity, [part.figure], [base.figure], claim=link.stated,
                hedge=stated.hedge,
            )  # fmt: skip


def prose_growth_of_its_own_numbers(facts: Facts) -> Iterator[Constraint]:
    """A growth rate in a sentence does not fit the two levels that the same sentence gives.

    "418 contrats, en baisse de 4,1 % contre 436 en 2022".
    """
    for link, (present, former) in _links(facts, "variation"):
        stated = facts.claims[link.stated]
        if stated.quantity.unit == "%" and link.stated not in link.operands:
            yield variation(
                "VAR203", stated.figure, stated.quantity, [present.figure], [former.figure], sign=sign_of(stated),
                claim=link.stated, hedge=stated.hedge,
            )  # fmt: skip


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


def direction_contradicts_levels(facts: Facts) -> Iterator[Constraint]:
    """A sentence says that something rose, or fell, and the two values it gives go the other way.

    "a diminué, passant de 43 % à 50 %". Values that are equal to the digit contradict nothing; of two that
    are rounded alike, the larger one cannot be the smaller before rounding.
    """
    for kind in ("points", "variation", "difference"):
        for link, (present, former) in _links(facts, kind):
            direction = facts.claims[link.stated].direction or present.direction or former.direction
            if link.stated not in link.operands or direction is None:
                continue
            more, less = (former, present) if direction == "down" else (present, former)
            terms = ((less.figure, 1), (more.figure, -1))
            side = Side(terms, None, -_slack(less.quantity, more.quantity))
            stated = facts.claims[link.stated].figure
            yield Constraint("VAR205", "bound", (side,), stated, link.stated)


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
            hedge=stated.hedge,
        )  # fmt: skip


def prose_says_twice(facts: Facts) -> Iterator[Constraint]:
    """A sentence gives the same fact twice, and the two values differ.

    "40,1 % des jeunes, soit quatre sur dix": fractions in words are taken as round as they sound.
    """
    for link, (other, *_) in _links(facts, "equal"):
        stated = facts.claims[link.stated]
        terms = ((other.figure, 1), (stated.figure, -1))
        yield Constraint(
            "AGR105", "equal", (Side(terms, 0, 0),), stated.figure, link.stated, severity_of(stated)
        )


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
