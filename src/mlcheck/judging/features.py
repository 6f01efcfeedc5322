"""What speaks for a relation and for a slip: the evidence of the page, its siblings, the gap and the suspects."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from msgspec import Struct

from mlcheck.judging.weights import RULE
from mlcheck.model.constraints import Constraint
from mlcheck.model.figure import Place
from mlcheck.model.quantity import Quantity

Features = dict[str, int]
LINEAR = ("sum", "equal", "relation", "distribution", "points")
SMALL, MIDDLE, BIG = Fraction(1, 100), Fraction(1, 10), Fraction(1, 2)
BASES = (1000, 100, 10, 1)  # that whole numbers are rounded to
REPEATED = 10  # a smaller number stands in many places by chance


class Siblings(Struct, frozen=True):
    """How many constraints hold and fail, by relation and by the rule and table they are of."""

    relations: Mapping[str, tuple[int, int]]
    tables: Mapping[tuple[str, str], tuple[int, int]]

    def of(self, one: Constraint, verdict: str) -> Features:
        """Return how many siblings of a constraint hold and fail, itself left out, in binary orders of size."""
        own = (int(verdict == "consistent"), int(verdict == "inconsistent"))
        found: Features = {}
        if not one.siblings:
            return found
        held, failed = (a - b for a, b in zip(self.relations[one.siblings], own, strict=True))
        every = self.tables[one.rule, _table(one)]
        others = [a - b - c for a, b, c in zip(every, own, (held, failed), strict=True)]
        for name, count in zip(
            ("siblings hold", "siblings fail", "table holds", "table fails"),
            (held, failed, *others),
            strict=True,
        ):
            if count:
                found[name] = min(count.bit_length(), 5)
        return found


def _table(one: Constraint) -> str:
    return one.siblings.partition("|")[0]


def siblings(constraints: Sequence[Constraint], verdicts: Sequence[str]) -> Siblings:
    """Return the count of constraints that hold and fail, by relation and by table."""
    relations: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    tables: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for one, verdict in zip(constraints, verdicts, strict=True):
        if one.siblings:
            for counts in (relations[one.siblings], tables[one.rule, _table(one)]):
                counts[0] += verdict == "consistent"
                counts[1] += verdict == "inconsistent"
    return Siblings(
        {key: (a, b) for key, (a, b) in relations.items()}, {key: (a, b) for key, (a, b) in tables.items()}
    )


def of_relation(one: Constraint, verdict: str, among: Siblings) -> Features:
    """Return what speaks for a relation: its rule, the page, its siblings."""
    return {f"{RULE}{one.rule}": 1} | of_evidence(one) | among.of(one, verdict)


def of_evidence(one: Constraint) -> Features:
    """Return what the page says for a relation."""
    found: Features = dict.fromkeys(one.evidence.layout, 1)
    found["words"] = int(bool(one.evidence.words))
    found["formula"] = int(one.evidence.formula is not None)
    found["profile"] = int(one.evidence.profile)
    if one.siblings and not (one.evidence.layout or any(found.values())):
        found["numbers alone"] = 1
    return found


def of_gap(one: Constraint, places: Mapping[int, Place]) -> Features:
    """Return what the gap of a broken linear constraint looks like."""
    if one.kind not in LINEAR or not one.sides:
        return {}
    terms = [(c, q) for (_, c), q in _valued(one, places)]
    if not terms:
        return {}
    bound = one.sides[0].lower if one.sides[0].lower is not None else one.sides[0].upper
    gap = abs(sum((c * q.value for c, q in terms), Fraction(0)) - Fraction(bound or 0))
    own = sum((abs(c * q.value) for (f, c), q in _valued(one, places) if f != one.stated), Fraction(0))
    found = of_size(gap, max(own, *(abs(c * q.value) for c, q in terms), abs(Fraction(bound or 0))))
    found |= _of_rounding([q for _, q in terms], gap)
    return found | (_of_parts(one, places, gap) if one.kind == "sum" else {})


def _valued(one: Constraint, places: Mapping[int, Place]) -> list[tuple[tuple[int, Fraction], Quantity]]:
    """Return the terms of the first side of a constraint that print a number, each with it."""
    return [((f, Fraction(c)), q) for f, c in one.sides[0].terms if (q := places[f].quantity) is not None]


def of_size(gap: Fraction, against: Fraction) -> Features:
    """Return the order of a gap against what it is a gap of."""
    if not against:
        return {"huge gap": 1}
    ratio = gap / against
    name = (
        "small gap"
        if ratio < SMALL
        else "middling gap"
        if ratio < MIDDLE
        else "big gap"
        if ratio < BIG
        else "huge gap"
    )
    return {name: 1}


def _of_rounding(quantities: Sequence[Quantity], gap: Fraction) -> Features:
    """Return whether numbers rounded before they were added would leave a gap; whole ones may be rounded to tens or more."""
    if any(q.scale or q.half for q in quantities):
        step = max(Fraction(1, 10**q.scale) for q in quantities)
        return {"within rounding of every part": 1} if gap <= len(quantities) * step else {}
    base = next(base for base in BASES if all(q.value % base == 0 for q in quantities))
    return {"within rounding of whole numbers": 1} if 2 * gap <= len(quantities) * base else {}


def _of_parts(one: Constraint, places: Mapping[int, Place], gap: Fraction) -> Features:
    """Return whether a total looks like a mean of its parts, repeats one of them, or is half of what they make."""
    stated = places[one.stated].quantity if one.stated is not None else None
    parts = [
        q.value for f, _ in one.sides[0].terms if f != one.stated and (q := places[f].quantity) is not None
    ]
    if stated is None or len(parts) < 2:
        return {}
    found: Features = {}
    if min(parts) <= stated.value <= max(parts):
        found["between its parts"] = 1
    if stated.value in parts and abs(stated.value) >= REPEATED:
        found["repeats a part"] = 1
    if gap in parts and stated.value not in parts and gap >= REPEATED:
        found["gap is a part"] = 1
    if stated.value and abs(gap - abs(stated.value)) <= abs(stated.value) / 50:
        found["half of its parts"] = 1
    return found


def of_suspects(
    rows: Sequence[Mapping[str, Any]], stated: int | None, broken: int, places: Mapping[int, Place]
) -> Features:
    """Return how one slip of one figure would explain what is broken; `broken` counts the constraints."""
    if not rows:
        return {"no single figure": 1}
    best = rows[0]
    found: Features = {"one figure": 1} if best["complete"] else {"no single figure": 1}
    if best["mends"] > 1:
        found["mends several"] = min(int(best["mends"]).bit_length() - 1, 4)
    if broken > best["mends"]:
        found["leaves some broken"] = 1
    slipped = [row for row in rows if row["slip"] is not None and row["complete"]]
    digits = max(
        (len(str(abs(q.mantissa))) for row in slipped if (q := places[row["figure"]].quantity)), default=0
    )
    found[
        "a slip of four digits"
        if digits > 3
        else "a slip of three digits"
        if digits == 3
        else "a slip of few digits"
        if digits
        else "no slip"
    ] = 1
    return found


def of_restated(
    rows: Sequence[Mapping[str, Any]], stated: int | None, places: Mapping[int, Place]
) -> Features:
    """Return the order of the gap of a ratio: how far what is stated lies from what it should be."""
    quantity = places[stated].quantity if stated is not None else None
    row = next((row for row in rows if row["figure"] == stated and row["suggested"] is not None), None)
    if row is None or quantity is None:
        return {}
    meant = Fraction(row["suggested"], 10 ** row["suggested_scale"])
    return of_size(abs(meant - quantity.value), max(abs(quantity.value), abs(meant)))


def typical() -> Iterator[str]:
    """Yield the features of an ordinary slip: what a proof must be able to fail by."""
    yield from ("middling gap", "one figure", "a slip of three digits")
