"""What speaks for a relation and for a slip: the evidence of the page, its siblings, the gap and the suspects."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import gcd
from typing import Any

from msgspec import Struct

from mlcheck.judging.weights import RULE, SENTENCE
from mlcheck.language.roles import is_total
from mlcheck.model.claim import Binding
from mlcheck.model.constraints import Constraint
from mlcheck.model.figure import Place
from mlcheck.model.quantity import Quantity
from mlcheck.solving.slips import RANKS

Features = dict[str, int]
LINEAR = ("sum", "equal", "relation", "distribution", "points")
SMALL, MIDDLE, BIG = Fraction(1, 100), Fraction(1, 10), Fraction(1, 2)
BASES = (1000, 100, 10, 5, 1)  # that whole numbers may be rounded to
AT_RANDOM = (3, 5)  # what counts of a census are rounded to, up or down
LARGE = 1000  # a number that may be estimated, or rounded before it was added
BORNE_OUT = 3  # binary orders of siblings that hold: four or more
ROUNDED = ("within rounding of large numbers", "within rounding of whole numbers")
OTHER_MEASURES = ("between its parts", "between its whole parts", "repeats a part", "a multiple of it")
MANY_ROUNDED = 12
SEVERAL_ROUNDED = 6  # numbers that one other divides by no accident
MANY = 5  # lines in which a relation breaks, more than any report has slips
SEVERAL = 3  # lines in which a relation breaks
TENFOLD = (10, 100, 1000)  # times that a digit left out makes a total too small
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
        whole = self.relations[one.siblings]
        held, failed = (a - b for a, b in zip(whole, own, strict=True))
        every = self.tables.get((one.rule, _table(one)), (0, 0))
        others = [a - b for a, b in zip(every, whole if _may_be_meant(*whole) else (0, 0), strict=True)]
        for name, count in zip(
            ("siblings hold", "siblings fail", "table holds", "table fails"),
            (held, failed, *others),
            strict=True,
        ):
            if count:
                found[name] = min(count.bit_length(), 5)
        if failed >= SEVERAL and failed > held:
            found["most siblings fail"] = 1
        elif failed >= MANY:
            found["many siblings fail"] = 1
        return found


def _table(one: Constraint) -> str:
    return one.siblings.rsplit("|", 3)[0]


def siblings(constraints: Sequence[Constraint], verdicts: Sequence[str]) -> Siblings:
    """Return the count of constraints that hold and fail, by relation and by table."""
    relations: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    table_of: dict[str, tuple[str, str]] = {}
    for one, verdict in zip(constraints, verdicts, strict=True):
        if one.siblings:
            relations[one.siblings][0] += verdict == "consistent"
            relations[one.siblings][1] += verdict == "inconsistent"
            table_of[one.siblings] = (one.rule, _table(one))
    tables: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for key, (held, failed) in relations.items():
        if _may_be_meant(held, failed):
            tables[table_of[key]][0] += held
            tables[table_of[key]][1] += failed
    return Siblings(
        {key: (a, b) for key, (a, b) in relations.items()}, {key: (a, b) for key, (a, b) in tables.items()}
    )


def _may_be_meant(held: int, failed: int) -> bool:
    """Tell whether a relation holds often enough to say something of others: one that hardly does was never meant."""
    return failed < SEVERAL or failed <= held


def line_of_gap(one: Constraint, places: Mapping[int, Place]) -> str | None:
    """Return the label of the one part whose figure is the gap of a sum, None where none or several are, or it has none."""
    if one.kind != "sum" or one.stated is None:
        return None
    valued = _valued(one, places)
    gap = abs(sum((c * q.value for (_, c), q in valued), Fraction(0)))
    among = [places[f] for (f, _), q in valued if f != one.stated and abs(q.value) == gap > 0]
    if len(valued) < SEVERAL + 1:  # of two parts the other one is printed: no line is left out, it is no sum
        return None
    if len(among) != 1 or among[0].line is None or among[0].across is None:
        return None
    down = one.siblings.rsplit("|", 3)[1:2] == ["row"]
    return (among[0].row if down else among[0].column) or None


def same_gap(
    constraints: Sequence[Constraint], verdicts: Sequence[str], places: Mapping[int, Place]
) -> frozenset[str]:
    """Return the relations that break, in two lines at least, each time by the same line of theirs."""
    gaps: dict[str, list[str | None]] = defaultdict(list)
    for one, verdict in zip(constraints, verdicts, strict=True):
        if verdict == "inconsistent" and one.siblings and one.kind == "sum":
            gaps[one.siblings].append(line_of_gap(one, places))
    return frozenset(
        key for key, own in gaps.items() if len(own) > 1 and None not in own and len(set(own)) == 1
    )


def of_relation(
    one: Constraint, verdict: str, among: Siblings, alike: frozenset[str], binding: Binding | None, places: Mapping[int, Place]
) -> Features:  # fmt: skip
    """Return what speaks for a relation: its rule, the page, its siblings, and what binds it to a sentence.

    Of the relations that are `alike`, each line breaks by the same part: that is one story, and not many sums that
    were never meant.
    """
    beside = among.of(one, verdict)
    if one.siblings in alike and beside.pop("siblings fail", 0):
        beside.pop("most siblings fail", None)
        beside.pop("many siblings fail", None)
        beside["the same line in every gap"] = 1
    return {f"{RULE}{one.rule}": 1} | of_evidence(one) | beside | of_binding(one, binding, places)


def of_break(
    main: Constraint, suspects: Sequence[Mapping[str, Any]], broken: int, places: Mapping[int, Place],
    relation: Features,
) -> Features:  # fmt: skip
    """Return what a break looks like: its gap and how a slip would explain it, apart where a sentence is held to account.

    `relation` is what speaks for the relation that breaks.
    """
    gap = (
        of_gap(main, places, relation) if main.kind in LINEAR else of_restated(suspects, main.stated, places)
    )
    found = gap | of_suspects(suspects, broken, places)
    unsure = relation.get("siblings hold", 0) < BORNE_OUT or relation.get("siblings fail", 0) > 1
    if unsure and "huge gap" in found and "no slip" in found and _is_large(main, places):
        found["a huge gap that no slip makes"] = 1
    return _named(main, found)


def _is_large(main: Constraint, places: Mapping[int, Place]) -> bool:
    """Tell whether some figure has so many digits that one of them alone is mistyped."""
    return any(abs(q.value) >= 100 for f in _figures(main) if (q := places[f].quantity) is not None)


def _named(one: Constraint, found: Features) -> Features:
    return found if one.claim is None else {f"{SENTENCE}{name}": count for name, count in found.items()}


def of_evidence(one: Constraint) -> Features:
    """Return what the page says for a relation."""
    found: Features = dict.fromkeys(one.evidence.layout, 1)
    held = one.evidence
    found |= {
        name: 1
        for name, said in (("words", held.words), ("formula", held.formula), ("profile", held.profile)) if said
    }  # fmt: skip
    if one.siblings and one.claim is None and not found:
        found["numbers alone"] = 1
    return found


def of_binding(one: Constraint, binding: Binding | None, places: Mapping[int, Place]) -> Features:
    """Return what says that a sentence speaks of the figures it is held against."""
    if one.claim is None:
        return {}
    others = [places[f] for f in _figures(one) if f != one.stated]
    if all(place.claim is not None for place in others):
        return {"a sentence's own numbers": 1}
    stated = places[one.stated] if one.stated is not None else None
    tables = [place.table for place in others if place.table is not None]
    sections = stated.claim.sections if stated is not None and stated.claim is not None else ()
    found: Features = {
        "a pin": int(binding is not None and bool(binding.pin)),
        "a table of the profile": int(any(table.identity is not None for table in tables)),
        "under its own heading": int(any(table.sections == sections for table in tables)),
        "a total that is not printed": int(one.kind != "share" and _adds_up(one)),
        "a word that binds": min(len(binding.words), 4) if binding is not None else 0,
    }
    return {name: count for name, count in found.items() if count}


def _adds_up(one: Constraint) -> bool:
    """Tell whether a sentence is held against several figures added up."""
    signs = [c > 0 for f, c in one.sides[0].terms if f != one.stated] if one.sides else []
    return max(signs.count(True), signs.count(False)) > 1


def _figures(one: Constraint) -> dict[int, None]:
    return dict.fromkeys(figure for side in one.sides for figure, _ in side.terms)


def of_gap(one: Constraint, places: Mapping[int, Place], relation: Features) -> Features:
    """Return what the gap of a broken linear constraint looks like; `relation` is what speaks for the constraint.

    Where the same relation holds in several other lines, it is known what it is: no mean, no repeated part, and, if
    it holds to the unit in all of them, hardly a sum of rounded numbers.
    """
    found = _of_gap(one, places)
    held, failed = relation.get("siblings hold", 0), relation.get("siblings fail", 0)
    if held < BORNE_OUT or failed > 1:
        return found
    rounded = any(name in found for name in ROUNDED)
    if rounded and _is_off_by_one(one, places):
        found["one last digit"] = 1
    elif rounded and not failed:
        found["no sibling is rounded"] = held - BORNE_OUT + 1
    return {name: count for name, count in found.items() if name not in OTHER_MEASURES}


def _is_off_by_one(one: Constraint, places: Mapping[int, Place]) -> bool:
    """Tell whether a sum of large numbers is one off, as a single one of them that was rounded makes it."""
    terms = [c * q.value for (_, c), q in _valued(one, places)]
    return abs(sum(terms, Fraction(0))) == 1 and max(map(abs, terms)) >= LARGE


def _of_gap(one: Constraint, places: Mapping[int, Place]) -> Features:
    if one.kind not in LINEAR or not one.sides:
        return {}
    terms = [(c, q) for (_, c), q in _valued(one, places)]
    if not terms:
        return {}
    bound = one.sides[0].lower if one.sides[0].lower is not None else one.sides[0].upper
    gap = abs(sum((c * q.value for c, q in terms), Fraction(0)) - Fraction(bound or 0))
    own = sum((abs(c * q.value) for (f, c), q in _valued(one, places) if f != one.stated), Fraction(0))
    found = of_size(gap, max(own, *(abs(c * q.value) for c, q in terms), abs(Fraction(bound or 0))))
    place = places[one.stated] if one.stated is not None else None
    found |= _of_rounding([q for _, q in terms], gap, at_random=place is not None and _is_at_random(place))
    if "within rounding of every part" in found and gap <= _step([q for _, q in terms]):
        found["one last digit"] = 1
    if one.kind == "distribution" and _is_of_several([q for _, q in terms]):
        found["several hundreds"] = 1
    if one.kind == "equal" and _is_multiple(one, places):
        found["a multiple of it"] = 1
    if _are_fractions([q for _, q in terms]):
        found["fractions of one"] = 1
        if one.stated is not None and _is_beside_counts(places[one.stated]):
            found["fractions beside counts"] = 1
    if one.stated is not None and places[one.stated].state == "nil":
        found["a dash for the total"] = 1
    return found | (_of_parts(one, places, gap) if one.kind == "sum" else {})


def _are_fractions(quantities: Sequence[Quantity]) -> bool:
    """Tell whether numbers are all less than one and print decimals, as shares and rates without a sign do."""
    return all(q.unit == "count" and abs(q.value) < 1 for q in quantities) and any(
        q.scale > 1 for q in quantities
    )


def _is_beside_counts(place: Place) -> bool:
    """Tell whether most other figures of the row of a figure are whole numbers: a fraction among them is a rate."""
    if place.table is None or place.at is None:
        return False
    row, own = place.at
    others = [place.table.entries.get((row, c)) for c in range(len(place.table.columns)) if c != own]
    printed = [e.quantity.value for e in others if e is not None and e.quantity is not None]
    return sum(value.denominator == 1 and abs(value) > 1 for value in printed) * 2 > len(printed)


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


def _is_of_several(shares: Sequence[Quantity]) -> bool:
    """Tell whether percentages make 200 or more hundreds, as those of several wholes one under another do."""
    made = sum((q.value for q in shares), Fraction(0))
    whole = round(made / 100)
    return whole > 1 and abs(made - 100 * whole) <= len(shares)


def _of_rounding(quantities: Sequence[Quantity], gap: Fraction, *, at_random: bool) -> Features:
    """Return whether numbers rounded before they were added would leave a gap; whole ones may be rounded to tens or more.

    The sum of n roundings has the variance n/12 of a unit squared: twice its deviation is the square root of n/3. For
    counts that were rounded `at_random`, up or down, the variance is twice that, and three times its deviation the square
    root of 3n/2.
    """
    every, step = {"within rounding of every part": 1}, _step(quantities)
    if any(q.half for q in quantities):
        half = max(step / 2, *(q.half_unit for q in quantities))
        return every if gap <= len(quantities) * half else {}
    money = any(q.unit == "€" and q.scale for q in quantities)  # it has its cents where there are none
    if money or step < 1:
        return every if gap <= len(quantities) * (Fraction(1, 100) if money else step) else {}
    base = _base([int(q.value) for q in quantities])
    if 3 * gap**2 > len(quantities) * base**2 * (Fraction(9, 2) if at_random else 1):
        return {}
    large = base > 1 or max(abs(q.value) for q in quantities) >= LARGE
    return {"within rounding of large numbers" if large else "within rounding of whole numbers": 1}


def _is_at_random(place: Place) -> bool:
    """Tell whether the whole numbers of a table are all multiples of 3 or of 5, as counts of a census are for secrecy."""
    entries = place.table.entries.values() if place.table is not None else ()
    values = [e.quantity.value for e in entries if e.quantity is not None and e.quantity.unit == "count"]
    whole = [int(value) for value in values if value.denominator == 1 and value]
    return len(whole) >= MANY_ROUNDED and gcd(*whole) in AT_RANDOM


def _step(quantities: Sequence[Quantity]) -> Fraction:
    """Return what one of the last digits that numbers need is worth; zeros that all print at their end are a format's."""
    return _step_of([q.value for q in quantities], max(q.magnitude for q in quantities))


def _step_of(values: Sequence[Fraction], magnitude: int) -> Fraction:
    finest = max((value / magnitude).denominator for value in values)
    digits = next((n for n in range(finest.bit_length() + 1) if 10**n % finest == 0), 0)
    return Fraction(magnitude, 10**digits)


def _base(values: Sequence[int]) -> int:
    """Return what whole numbers may all be rounded to: a power of ten, five of one, or what divides several of them."""
    common = gcd(*values)
    if len(values) >= SEVERAL_ROUNDED and common < BASES[0]:
        return max(common, 1)
    return next(base for base in BASES if common % base == 0)


def _is_multiple(one: Constraint, places: Mapping[int, Place]) -> bool:
    """Tell whether figures make twice or more what is stated, so that it is counted again among them."""
    stated = places[one.stated].quantity if one.stated is not None else None
    parts = [q.value for (f, _), q in _valued(one, places) if f != one.stated]
    if stated is None or not stated.value or len(parts) < 2:
        return False
    times = sum(parts, Fraction(0)) / stated.value
    if round(times) in TENFOLD:
        return False
    return round(times) > 1 and abs(times - round(times)) * 100 <= 1


def _of_parts(one: Constraint, places: Mapping[int, Place], gap: Fraction) -> Features:
    """Return whether a total looks like a mean of its parts, repeats one of them, or what they make is a multiple of it."""
    stated = places[one.stated].quantity if one.stated is not None else None
    parts = [
        q.value for f, _ in one.sides[0].terms if f != one.stated and (q := places[f].quantity) is not None
    ]
    if stated is None or len(parts) < 2 or any(c < 0 for f, c in one.sides[0].terms if f != one.stated):
        return {}
    found: Features = {}
    if min(parts) <= stated.value <= max(parts):
        whole = all(value.denominator == 1 for value in (stated.value, *parts))
        found["between its whole parts" if whole else "between its parts"] = 1
    if stated.value in parts and abs(stated.value) >= REPEATED:
        found["repeats a part"] = 1
    if gap in parts and stated.value not in parts and gap >= REPEATED:
        found["gap is a subtotal" if _is_subtotal(one, places, gap) else "gap is a part"] = 1
    if _is_multiple(one, places):
        found["a multiple of it"] = 1
    return found


def _is_subtotal(one: Constraint, places: Mapping[int, Place], gap: Fraction) -> bool:
    """Tell whether the part that is the gap is named as what others make: "Sous-total", "Aides, dont :"."""
    down = one.siblings.rsplit("|", 3)[1:2] == ["row"]
    parts = [places[f] for (f, _), q in _valued(one, places) if f != one.stated and abs(q.value) == gap]
    labels = [place.row if down else place.column for place in parts]
    return any(is_total(label) or label.rstrip().endswith(":") for label in labels if label)


def of_suspects(rows: Sequence[Mapping[str, Any]], broken: int, places: Mapping[int, Place]) -> Features:
    """Return how one slip of one figure would explain what is broken; `broken` counts the constraints."""
    if not rows:
        return {"no single figure": 1}
    best = rows[0]
    found: Features = {"one figure": 1} if best["complete"] else {"no single figure": 1}
    if best["mends"] > 1:
        found["mends several"] = min(int(best["mends"]).bit_length() - 1, 4)
    if broken > best["mends"]:
        found["leaves some broken"] = 1
    reach = max(
        (_reach(row, places) for row in rows if row["slip"] is not None and row["complete"]), default=0
    )
    found[SLIPS[min(reach, 4)]] = 1
    return found


SLIPS = (
    "no slip",
    "a slip of few digits",
    "a slip of few digits",
    "a slip of three digits",
    "a slip of four digits",
)


def _reach(row: Mapping[str, Any], places: Mapping[int, Place]) -> int:
    """Return how many digits of a gap a slip explains: one that few other numbers could have come by counts for one more.

    A gap of one digit is explained by another last digit whatever it is.
    """
    quantity = places[row["figure"]].quantity
    if quantity is None:
        return 1  # a blank may stand for any number
    if row["slip"] == "sign":
        return 3
    meant = Fraction(row["suggested"], 10 ** row["suggested_scale"])
    step = _step_of((quantity.value, meant), quantity.magnitude)
    steps = [int(value / step) for value in (quantity.value, meant)]
    base = next(base for base in BASES if all(n % base == 0 for n in steps) and base != 5)
    digits = len(str(abs(steps[1] - steps[0]) // base)) + 1
    return min(digits, len(str(abs(steps[0])))) + (row["slip_rank"] <= RANKS["swapped"])


def of_restated(
    rows: Sequence[Mapping[str, Any]], stated: int | None, places: Mapping[int, Place]
) -> Features:
    """Return the order of the gap of a ratio: how far what is stated lies from what it should be."""
    quantity = places[stated].quantity if stated is not None else None
    row = next((row for row in rows if row["figure"] == stated and row["suggested"] is not None), None)
    if row is None or quantity is None:
        return {}
    meant = Fraction(row["suggested"], 10 ** row["suggested_scale"])
    gap = abs(meant - quantity.value)
    evened = {"one last digit": 1} if 0 < gap <= 2 * quantity.half_unit else {}  # so that all make 100
    return of_size(gap, max(abs(quantity.value), abs(meant))) | evened


def typical(one: Constraint) -> Features:
    """Return the features of what a proof must be able to fail by: an ordinary slip; in a sentence any other number."""
    worst, usual = ("huge gap", "no slip"), ("middling gap", "one figure", "a slip of three digits")
    return _named(one, dict.fromkeys(worst if one.claim is not None else usual, 1))
