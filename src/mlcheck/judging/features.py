"""What speaks for a relation and for a slip: the evidence of the page, its siblings, the gap and the suspects."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from typing import Any

from msgspec import Struct

from mlcheck.judging.gap import BASES, LINEAR, Features, Slip, Terms, in_last_digits, of_size
from mlcheck.judging.weights import RULE, SENTENCE
from mlcheck.model.claim import Binding
from mlcheck.model.constraints import Constraint
from mlcheck.model.figure import Place
from mlcheck.model.quantity import Quantity
from mlcheck.solving.slips import RANKS

BORNE_OUT = 3  # binary orders of siblings that hold: four or more
LARGE_ROUNDED = "within rounding of large numbers"
ROUNDED = frozenset((LARGE_ROUNDED, "within rounding of whole numbers"))
GAPE = "others gape so"
WHOLE_MEAN = "between its whole parts"
BETWEEN = "between its parts"
OTHER_MEASURES = (BETWEEN, WHOLE_MEAN, "repeats a part", "a multiple of it")
RATES = ("fractions of one", "fractions beside counts")
MANY = 5  # lines in which a relation breaks, more than any report has slips
SEVERAL = 3  # lines in which a relation breaks


BESIDE = (
    "siblings hold", "siblings fail", "table holds", "table fails", "most siblings fail", "many siblings fail",
    GAPE,
)  # fmt: skip


class Siblings(Struct, frozen=True):
    """How many constraints hold and fail, by relation and by the rule and table they are of.

    `rounded` are, by table, the figures of each sum that gapes as rounding would make it. Sums of large numbers that
    break so are `evened`: they say nothing against the relation, and are not counted.
    """

    relations: Mapping[str, tuple[int, int]]
    tables: Mapping[tuple[str, str], tuple[int, int]]
    rounded: Mapping[str, Sequence[frozenset[int]]]
    evened: frozenset[tuple[str, int | None]]

    def of(self, one: Constraint, verdict: str, breaking: Sequence[Constraint] = ()) -> Features:
        """Return how many siblings of a constraint hold and fail, itself left out, in binary orders of size.

        Those that are `breaking` hold now, and are counted as if they failed.
        """
        broken = verdict == "inconsistent" and (one.siblings, one.stated) not in self.evened
        own = (int(verdict == "consistent"), int(broken))
        if not one.siblings:
            return {}
        whole = self.relations[one.siblings]
        near, far = _breaking(one, breaking)
        held, failed = whole[0] - own[0] - near, whole[1] - own[1] + near
        every = self.tables.get((one.rule, _table(one)), (0, 0))
        others = [a - b for a, b in zip(every, whole if _may_be_meant(*whole) else (0, 0), strict=True)]
        return _counted(held, failed, max(others[0] - far, 0), others[1] + far) | self._rounded(one)

    def _rounded(self, one: Constraint) -> Features:
        """Return how many other sums of a table gape by rounding, by no figure that this one has too."""
        beside = self.rounded.get(_table(one), ()) if one.kind == "sum" else ()
        if not beside:
            return {}
        own = _figures(one)
        apart = sum(figures.isdisjoint(own) for figures in beside)
        return {GAPE: min(apart.bit_length(), 3)} if apart else {}


def _breaking(one: Constraint, breaking: Sequence[Constraint]) -> tuple[int, int]:
    """Return how many of several are siblings of a constraint, and how many are others of its rule and table."""
    near = sum(other is not one and other.siblings == one.siblings for other in breaking)
    alike = (other for other in breaking if other.rule == one.rule and _table(other) == _table(one))
    return near, sum(other.siblings != one.siblings for other in alike)


def _counted(held: int, failed: int, others_held: int, others_failed: int) -> Features:
    counts = {
        "siblings hold": held,
        "siblings fail": failed,
        "table holds": others_held,
        "table fails": others_failed,
    }
    found = {name: min(count.bit_length(), 5) for name, count in counts.items() if count}
    if failed >= SEVERAL and failed > held:
        found["most siblings fail"] = 1
    elif failed >= MANY:
        found["many siblings fail"] = 1
    return found


def _table(one: Constraint) -> str:
    return one.siblings.rsplit("|", 3)[0]


def siblings(
    constraints: Sequence[Constraint], verdicts: Sequence[str], places: Mapping[int, Place], uneven: Collection[int]
) -> Siblings:  # fmt: skip
    """Return the count of constraints that hold and fail, by relation and by table.

    `uneven` are the indexes of those that hold with a gap.
    """
    relations: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    table_of: dict[str, tuple[str, str]] = {}
    rounded, evened = _rounded(constraints, verdicts, places, uneven)
    for one, verdict in zip(constraints, verdicts, strict=True):
        if one.siblings:
            broken = verdict == "inconsistent" and (one.siblings, one.stated) not in evened
            relations[one.siblings][0] += verdict == "consistent"
            relations[one.siblings][1] += broken
            table_of[one.siblings] = (one.rule, _table(one))
    tables: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for key, (held, failed) in relations.items():
        if _may_be_meant(held, failed):
            tables[table_of[key]][0] += held
            tables[table_of[key]][1] += failed
    return Siblings(
        {key: (a, b) for key, (a, b) in relations.items()}, {key: (a, b) for key, (a, b) in tables.items()},
        rounded, evened,
    )  # fmt: skip


def _rounded(
    constraints: Sequence[Constraint], verdicts: Sequence[str], places: Mapping[int, Place], uneven: Collection[int]
) -> tuple[dict[str, list[frozenset[int]]], frozenset[tuple[str, int | None]]]:  # fmt: skip
    """Return the figures of each sum that gapes as rounding would make it, by table, and which of large numbers break so."""
    found: dict[str, list[frozenset[int]]] = defaultdict(list)
    evened: set[tuple[str, int | None]] = set()
    for index, (one, verdict) in enumerate(zip(constraints, verdicts, strict=True)):
        if one.kind != "sum" or not one.siblings or not one.sides:
            continue
        look = Terms(one, places).features() if verdict == "inconsistent" else {}
        if index in uneven or not ROUNDED.isdisjoint(look):
            found[_table(one)].append(frozenset(_figures(one)))
        if LARGE_ROUNDED in look:
            evened.add((one.siblings, one.stated))
    return dict(found), frozenset(evened)


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
    return of_both(main, gap | of_suspects(suspects, broken, places), relation, places)


def of_both(main: Constraint, found: Features, relation: Features, places: Mapping[int, Place]) -> Features:
    """Return what a gap and the slips that explain it look like together, apart where a sentence is held to account."""
    if "no slip" not in found:
        return named(main, found)
    if not is_borne_out(relation) and "huge gap" in found and _is_large(main, places):
        found = found | {"a huge gap that no slip makes": 1}
    if "a fraction of whole parts" in found:
        found = found | {"a fraction that no slip makes": 1}
    if "a total that is not printed" in relation and "small gap" not in found:
        found = found | {"a total that no slip makes": 1}
    return named(main, found)


def _is_large(main: Constraint, places: Mapping[int, Place]) -> bool:
    """Tell whether some figure has so many digits that one of them alone is mistyped."""
    return any(abs(q.value) >= 100 for f in _figures(main) if (q := places[f].quantity) is not None)


def named(one: Constraint, found: Features) -> Features:
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


def is_borne_out(relation: Features) -> bool:
    """Tell whether a relation holds in several other lines, and fails in hardly any."""
    return relation.get("siblings hold", 0) >= BORNE_OUT and relation.get("siblings fail", 0) <= 1


def of_gap(
    one: Constraint, places: Mapping[int, Place], relation: Features, terms: Terms | None = None, slip: Slip | None = None
) -> Features:  # fmt: skip
    """Return what the gap of a broken linear constraint looks like; `relation` is what speaks for the constraint.

    Where the same relation holds in several other lines, or a formula makes it, it is known what it is: no mean, no
    repeated part, and a sum no rate. If it holds to the unit in all the others, it is hardly a sum of rounded numbers. With a slip, the gap is the one it would make;
    `terms` are those of the constraint, where they are known.
    """
    if one.kind not in LINEAR or not one.sides:
        return {}
    own = terms or Terms(one, places)
    found = own.features(slip)
    if own.may_be_rounding(slip):
        found["rounding at random may make it"] = 1
    if "within rounding at random" in found and relation.get(GAPE, 0) > 1:
        found["others are rounded at random"] = 1
    if one.kind == "sum" and own.is_few_steps_off(slip):
        found["few steps off among large numbers"] = 1
    if LARGE_ROUNDED in found:
        found |= {"others of its table gape so": relation[GAPE]} if GAPE in relation else {}
    borne_out = is_borne_out(relation)
    if not borne_out and "formula" not in relation:
        return _without_whole_means(found) if _holds_as_a_sum(relation) else found
    rounded = borne_out and not ROUNDED.isdisjoint(found)
    if rounded and own.is_one_step_off(slip):
        found["one last digit"] = 1
    elif rounded and not relation.get("siblings fail", 0):
        found["no sibling is rounded"] = relation.get("siblings hold", 0) - BORNE_OUT + 1
    known: tuple[str, ...] = (
        (*OTHER_MEASURES, *RATES) if one.kind == "sum" and not own.subtracts else OTHER_MEASURES
    )
    if _is_finer_than_its_row(one, places):
        known = tuple(name for name in known if name != BETWEEN)
    return {name: count for name, count in found.items() if name not in known}


def _is_finer_than_its_row(one: Constraint, places: Mapping[int, Place]) -> bool:
    """Tell whether a total prints decimals in a line of whole numbers: what it totals may be a mean of what they count."""
    stated = places.get(one.stated) if one.stated is not None else None
    if stated is None or stated.table is None or stated.at is None or stated.quantity is None:
        return False
    along = 0 if stated.table.rows[stated.at[0]].role == "total" else 1
    line = (
        entry.quantity
        for at, entry in stated.table.entries.items()
        if at[along] == stated.at[along] and at != stated.at
    )
    counts = [q.decimals for q in line if q is not None and q.unit == stated.quantity.unit]
    return stated.quantity.decimals > 0 and len(counts) > 1 and counts.count(0) * 2 > len(counts)


def _holds_as_a_sum(relation: Features) -> bool:
    """Tell whether a relation holds in two other lines and fails in none: it is no mean there."""
    return relation.get("siblings hold", 0) > 1 and "siblings fail" not in relation


def _without_whole_means(found: Features) -> Features:
    """Return the look of a gap without that of a mean, which is seldom whole; a fraction may be one all the same."""
    return {name: count for name, count in found.items() if name != WHOLE_MEAN}


def _valued(one: Constraint, places: Mapping[int, Place]) -> list[tuple[tuple[int, Fraction], Quantity]]:
    """Return the terms of the first side of a constraint that print a number, each with it."""
    return [((f, Fraction(c)), q) for f, c in one.sides[0].terms if (q := places[f].quantity) is not None]


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
    reached = max(
        (_reach(row, places) for row in rows if row["slip"] is not None and row["complete"]), default=0
    )
    found[slip_of(reached)] = 1
    return found


def slip_of(reached: int) -> str:
    """Return the feature of a slip that explains some digits of a gap."""
    return SLIPS[min(reached, len(SLIPS) - 1)]


SLIPS = (
    "no slip",
    "a slip of few digits",
    "a slip of few digits",
    "a slip of three digits",
    "a slip of four digits",
)


def _reach(row: Mapping[str, Any], places: Mapping[int, Place]) -> int:
    """Return how many digits of a gap the slip of a suspect explains."""
    quantity = places[row["figure"]].quantity
    if quantity is None:
        return 1  # a blank may stand for any number
    if row["slip"] == "sign":
        return 3
    meant = Fraction(row["suggested"], 10 ** row["suggested_scale"])
    return reach(quantity.value, meant, quantity.magnitude, row["slip_rank"])


def reach(printed: Fraction, meant: Fraction, magnitude: int, rank: int) -> int:
    """Return how many digits of a gap a slip explains: one that few other numbers could have come by counts for one more.

    A gap of one digit is explained by another last digit whatever it is.
    """
    steps = in_last_digits((printed, meant), magnitude)
    base = next(base for base in BASES if all(n % base == 0 for n in steps) and base != 5)
    digits = len(str(abs(steps[1] - steps[0]) // base)) + 1
    return min(digits, len(str(abs(steps[0])))) + (rank <= RANKS["swapped"])


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
    return named(one, dict.fromkeys(worst if one.claim is not None else usual, 1))
