"""What a constraint says in numbers: printed, expected, gap, its formula, and the figures it compares."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from msgspec import Struct, field
from msgspec.structs import replace

from mlcheck.checking.amounts import beside, gap_of, like, nearest, stated_of
from mlcheck.model.amount import Amount, Formula, Limit, Sign, Term
from mlcheck.model.constraints import BOUNDS, Constraint
from mlcheck.model.figure import Place
from mlcheck.model.finding import Severity, Stated, Value
from mlcheck.model.quantity import Unit
from mlcheck.translation import N_


class Arithmetic(Struct, frozen=True):
    """The numbers of one constraint.

    `values` fill the rule's message; `others` are the figures that take part, the stated one left out.
    """

    stated: Stated | None
    expected: Amount | None
    difference: Amount | None
    values: dict[str, Value] = field(default_factory=dict)
    others: tuple[int, ...] = ()


Interval = tuple[Fraction, Fraction]
RATIOS = ("share", "variation", "mean")
PER = {"%": 100, "‰": 1000, "points": 100}

CUT = {
    "share": N_("Printed {stated}; {part} of {base} is {expected}: it fits only with its decimals cut off, not rounded."),
    "variation": N_(
        "Printed {stated}; from {former} to {present} is {expected}: it fits only with its decimals cut off, not rounded."
    ),
    "mean": N_(
        "Printed {stated}; {total} / {number} is {expected}: it fits only with its decimals cut off, not rounded."
    ),
}  # fmt: skip
ONLY_CUT = N_("it fits only with its decimals cut off, not rounded")


def arithmetic_of(one: Constraint, places: Mapping[int, Place]) -> Arithmetic:
    """Return the arithmetic of a constraint, as the reader of the report does it."""
    work = {
        "sum": _sum, "equal": _equal, "distribution": _hundred, "share": _ratio, "mean": _ratio,
        "variation": _ratio, "bound": _bound, "within": _bound, "points": _sum, "relation": _relation,
    }[one.kind]  # fmt: skip
    return work(one, places)


def _value(place: Place) -> Fraction:
    return place.quantity.value if place.quantity else Fraction(0)


def _terms(one: Constraint, side: int = 0) -> list[tuple[int, Fraction]]:
    return [(figure, Fraction(c)) for figure, c in one.sides[side].terms]


def _sum(one: Constraint, places: Mapping[int, Place]) -> Arithmetic:
    """Stated against Σ coefficient · part, solved for the stated figure."""
    assert one.stated is not None
    own = next(c for f, c in _terms(one) if f == one.stated)
    parts = [(f, c) for f, c in _terms(one) if f != one.stated]
    made = sum((c * _value(places[f]) for f, c in parts), Fraction(0)) / -own
    stated = places[one.stated]
    expected = like(stated, made)
    values: dict[str, Value] = {
        "stated": stated_of(stated), "sum": beside(stated, made), "count": len(parts), "expected": expected,
    }  # fmt: skip
    if one.kind == "points":
        values |= {"present": _side(parts, 1, places), "former": _side(parts, -1, places)}
    notes = [f for f, _ in parts if places[f].claim is not None and stated.claim is None]
    if notes:
        note = places[notes[0]]
        lines = beside(stated, made - _value(note))
        values |= {
            "sum": lines,
            "count": len(parts) - 1,
            "note": stated_of(note),
            "all": beside(stated, made),
        }
    gap = gap_of(stated, abs(_value(stated) - made))
    return Arithmetic(stated_of(stated), expected, gap, values, tuple(f for f, _ in parts))


def _side(parts: list[tuple[int, Fraction]], sign: int, places: Mapping[int, Place]) -> Value:
    """Return what one side of a difference prints, or what its figures make together."""
    own = [f for f, c in parts if c * sign > 0]
    return stated_of(places[own[0]]) if len(own) == 1 else sum((_value(places[f]) for f in own), Fraction(0))


def _equal(one: Constraint, places: Mapping[int, Place]) -> Arithmetic:
    result = _sum(one, places)
    others = [places[f] for f in result.others]
    where = others[0].label if len(others) == 1 else ""
    return replace(result, values={**result.values, "where": where})


def _hundred(one: Constraint, places: Mapping[int, Place]) -> Arithmetic:
    figures = [f for f, _ in _terms(one)]
    total = sum((_value(places[f]) for f in figures), Fraction(0))
    values: dict[str, Value] = {"count": len(figures), "sum": total}
    return Arithmetic(None, Amount(Fraction(100), "%"), Amount(abs(total - 100)), values, tuple(figures))


def _ratio(one: Constraint, places: Mapping[int, Place]) -> Arithmetic:
    """A share, a growth rate or a mean against the one recomputed from its operands."""
    assert one.stated is not None
    stated = places[one.stated]
    top = [f for f, c in _terms(one) if c == 1]
    base = base_of(one)
    above = sum((_value(places[f]) for f in top), Fraction(0))
    below = sum((c * _value(places[f]) for f, c in base), Fraction(0))
    values: dict[str, Value] = {"stated": stated_of(stated)}
    if not below:
        return Arithmetic(stated_of(stated), None, None, values, (*top, *(f for f, _ in base)))
    exact = above / below
    if one.kind == "share" and stated.quantity is not None and stated.quantity.unit == "points":
        return _change(one, places, exact, (*top, *(f for f, _ in base)))
    unit = {"‰": 1000}.get(stated.quantity.unit if stated.quantity else "", 100)
    if one.kind == "variation":
        exact = (exact - 1) * unit
        values |= {"present": above, "former": below}
    elif one.kind == "share":
        exact *= unit
        values |= {"part": above, "base": below}
    else:
        exact *= one.per
        values |= {"total": above, "number": below}
    printed = _value(stated)
    down = stated.claim is not None and stated.claim.direction == "down" and printed > 0
    if one.kind == "variation" and down:
        printed = -printed
    expected = like(stated, exact, signed=one.kind == "variation" and exact > 0)
    values["expected"] = expected
    gap = gap_of(stated, abs(printed - nearest(stated, exact)))
    others = tuple(dict.fromkeys((*top, *(f for f, _ in base))))
    return Arithmetic(stated_of(stated), expected, gap, values, others)


def base_of(one: Constraint) -> list[tuple[int, Fraction]]:
    """Return the figures that the base of a ratio adds up, each with its sign: a level less what it rose by."""
    terms = [(f, c) for f, c in _terms(one) if c != 1]
    less = one.kind == "variation" and len(terms) > 1
    return [(f, Fraction(-1 if less and c * terms[0][1] < 0 else 1)) for f, c in terms]


def _change(
    one: Constraint, places: Mapping[int, Place], former: Fraction, others: tuple[int, ...]
) -> Arithmetic:
    """A change in points against the two shares that it leads between."""
    assert one.stated is not None
    stated, present = places[one.stated], _level_of(one, places)
    change = present - 100 * former
    expected = like(stated, change, signed=True)
    values: dict[str, Value] = {
        "stated": stated_of(stated), "expected": expected,
        "present": Amount(present, "%", 2), "former": Amount(100 * former, "%", 2),
    }  # fmt: skip
    gap = gap_of(stated, abs(abs(_value(stated)) - abs(change)), 2)
    return Arithmetic(stated_of(stated), expected, gap, values, others)


def _bound(one: Constraint, places: Mapping[int, Place]) -> Arithmetic:
    parts = [f for f, c in _terms(one) if c > 0]
    wholes = [f for f, c in _terms(one) if c < 0]
    whole = sum((_value(places[f]) for f in wholes), Fraction(0))
    part = sum((_value(places[f]) for f in parts), Fraction(0))
    stated = places[parts[0]]
    values: dict[str, Value] = {"part": stated_of(stated), "whole": beside(stated, whole)}
    if not wholes:  # at most a number that no figure prints: 100 %
        limit = Fraction(one.sides[0].upper or 0)
        values |= {"count": len(parts), "sum": part}
        return Arithmetic(
            None, like(stated, limit, limit="≤"), gap_of(stated, part - limit), values, tuple(parts)
        )
    most, gap = like(stated, whole, limit="≤"), gap_of(stated, part - whole)
    return Arithmetic(stated_of(stated), most, gap, values, (*parts[1:], *wholes))


def _relation(one: Constraint, places: Mapping[int, Place]) -> Arithmetic:
    """A relation of the profile, solved for its first figure."""
    assert one.stated is not None
    side = one.sides[0]
    own = next(c for f, c in _terms(one) if f == one.stated)
    rest = sum((c * _value(places[f]) for f, c in _terms(one) if f != one.stated), Fraction(0))
    bound = Fraction(side.lower if side.lower is not None else side.upper or 0)
    expected = (bound - rest) / own
    limit: Limit = "" if side.lower == side.upper else "≤" if (side.upper is not None) == (own > 0) else "≥"
    stated = places[one.stated]
    left = tuple(Term(places[f].printed or "—", c) for f, c in _terms(one) if c > 0)
    right = tuple(Term(places[f].printed or "—", -c) for f, c in _terms(one) if c < 0)
    broken: dict[Limit, Sign] = {"": "≠", "≤": ">", "≥": "<"}
    turned: dict[Limit, Limit] = {"": "", "≤": "≥", "≥": "≤"}
    sign = broken[limit if own > 0 else turned[limit]]
    arithmetic = Formula("relation", left, right, sign, None if right else Amount(bound))
    values: dict[str, Value] = {"arithmetic": arithmetic, "stated": stated_of(stated)}
    gap = gap_of(stated, abs(_value(stated) - expected))
    others = tuple(f for f, _ in _terms(one) if f != one.stated)
    return Arithmetic(stated_of(stated), like(stated, expected, limit=limit), gap, values, others)


# The arithmetic of a constraint as one line: 335 / 679 = 49,34 %.


def formula(one: Constraint, places: Mapping[int, Place], *, holds: bool = True) -> Formula:
    """Return the arithmetic of a constraint as a reader does it; `holds` is its verdict, for what only nearly fits."""
    terms = one.sides[0].terms
    if one.kind in RATIOS:
        shown = base_of(one)
        if sum((c * _value(places[f]) for f, c in shown), Fraction(0)):
            return _ratio_formula(one, [f for f, c in terms if c == 1], shown, places)
    top, base = [f for f, c in terms if c > 0], [f for f, c in terms if c < 0]
    above, below = _total_of(top, places), _total_of(base, places)
    left, right = _printed(top, places), _printed(base, places)
    if one.kind == "distribution":
        return Formula("sum", left, result=Amount(above, "%"))
    if one.kind in BOUNDS:
        return Formula("sum", left, right, "≤" if above <= below else ">")
    result = None
    if not base:
        below = Fraction(one.sides[0].lower or 0)
        result = Amount(below)
    return Formula("sum", left, right, "=" if above == below else "≈" if holds else "≠", result)


def _ratio_formula(
    one: Constraint, top: Sequence[int], base: Sequence[tuple[int, Fraction]], places: Mapping[int, Place]
) -> Formula:
    exact = _total_of(top, places) / sum((c * _value(places[f]) for f, c in base), Fraction(0))
    part, whole = _printed(top, places), tuple(Term(places[f].printed, c) for f, c in base)
    stated = places[one.stated].quantity if one.stated is not None else None
    if one.kind == "mean":
        return Formula("ratio", part, whole, result=Amount(one.per * exact, decimals=2))
    if one.kind == "share" and stated is not None and stated.unit == "points":
        level = _level_of(one, places)
        change = Amount(level - 100 * exact, "points", 2, signed=True)
        return Formula("points", part, whole, result=change, level=Amount(level, "%", 2))
    unit: Unit = "‰" if stated is not None and stated.unit == "‰" else "%"
    if one.kind == "share":
        return Formula("ratio", part, whole, result=Amount(PER[unit] * exact, unit, 2))
    return Formula("growth", part, whole, result=Amount(PER[unit] * (exact - 1), unit, 2, signed=True))


def _printed(figures: Sequence[int], places: Mapping[int, Place]) -> tuple[Term, ...]:
    return tuple(Term(places[f].printed) for f in figures)


def _total_of(figures: Sequence[int], places: Mapping[int, Place]) -> Fraction:
    return sum((q.value for f in figures if (q := places[f].quantity) is not None), Fraction(0))


# What a printed figure should be, as an interval: the value that the other figures of its constraint leave
# it.


def recomputed(one: Constraint, figure: int, places: Mapping[int, Place]) -> Interval | None:
    """Return the lowest and the highest value that `figure` may stand for, in its own unit and sign.

    What rounding hides of the other figures is allowed for. None where one of them is unknown, where it is
    no part of the constraint, or where nothing bounds it.
    """
    if one.kind in RATIOS and figure == one.stated:
        return _ratio_interval(one, places)
    if len(one.sides) != 1:
        return None
    side = one.sides[0]
    own = sum((Fraction(c) for f, c in side.terms if f == figure), Fraction(0))
    rest = interval_of(((f, Fraction(c)) for f, c in side.terms if f != figure), places)
    if not own or rest is None or (side.lower is None and side.upper is None):
        return None
    low = None if side.lower is None else Fraction(side.lower) - rest[1]
    high = None if side.upper is None else Fraction(side.upper) - rest[0]
    if low is None or high is None:
        return None
    ends = (low / own, high / own)
    return min(ends), max(ends)


def interval_of(terms: Iterable[tuple[int, Fraction]], places: Mapping[int, Place]) -> Interval | None:
    """Return what Σ coefficient · figure may be; None where a figure is unknown."""
    low = high = Fraction(0)
    for figure, coefficient in terms:
        quantity = places[figure].quantity
        if quantity is None:
            if places[figure].state not in ("nil", "blank"):
                return None
            continue
        middle, slack = coefficient * quantity.value, abs(coefficient) * quantity.half_unit
        low, high = low + middle - slack, high + middle + slack
    return low, high


def _level_of(one: Constraint, places: Mapping[int, Place]) -> Fraction:
    """Return the share of this year that a change in points was taken from, as a percentage.

    The constraint holds last year's share to it, so it stands in the middle of the coefficients.
    """
    assert one.stated is not None
    ends = [-Fraction(c) for side in one.sides for f, c in side.terms if c != 1]
    middle = (min(ends) + max(ends)) / 2
    return 100 * middle + _signed_value(places[one.stated])


def ends_of(one: Constraint, places: Mapping[int, Place]) -> tuple[Interval, Interval] | None:
    """Return what the numerator and the base of a ratio may be; None where one is unknown or not positive."""
    terms = one.sides[0].terms
    above = interval_of(((f, Fraction(1)) for f, c in terms if c == 1), places)
    below = interval_of(base_of(one), places)
    return None if above is None or below is None or below[0] <= 0 else (above, below)


def _ratio_interval(one: Constraint, places: Mapping[int, Place]) -> Interval | None:
    """Return what a share, a growth rate, a mean or a change in points may be."""
    assert one.stated is not None
    ends, stated = ends_of(one, places), places[one.stated]
    if ends is None or stated.quantity is None:
        return None
    (least, most), (fewest, all_) = ends
    low = least / (all_ if least >= 0 else fewest)
    high = most / (fewest if most >= 0 else all_)
    per = PER.get(stated.quantity.unit, 100)
    if one.kind == "mean":
        return one.per * low, one.per * high
    if one.kind == "share" and stated.quantity.unit == "points":
        level = _level_of(one, places)
        return _turned((level - 100 * high, level - 100 * low), stated)
    if one.kind == "share":
        return per * low, per * high
    return _turned((per * (low - 1), per * (high - 1)), stated)


def _turned(change: Interval, stated: Place) -> Interval:
    """Return a change as it is printed: a fall of 4 % without its sign is 4."""
    return (-change[1], -change[0]) if _falls(stated) else change


def _falls(stated: Place) -> bool:
    claim = stated.claim
    return claim is not None and claim.direction == "down" and claim.quantity.mantissa > 0


def _signed_value(stated: Place) -> Fraction:
    assert stated.quantity is not None
    return -stated.quantity.value if _falls(stated) else stated.quantity.value


# Percentages, growth rates and means that were cut off where they should have been rounded.


def only_cut(one: Constraint, places: Mapping[int, Place]) -> bool:
    """Tell whether the printed value of a violated constraint is the exact one with its decimals cut off."""
    if one.kind not in RATIOS or one.stated is None:
        return False
    stated = places[one.stated]
    if stated.quantity is None or stated.quantity.unit == "points" or (stated.claim and stated.claim.hedge):
        return False
    exact = recomputed(one, one.stated, places)
    step = 2 * stated.quantity.half_unit or (1 if stated.quantity.scale == 0 else 0)
    if exact is None or not step or (stated.quantity.unit == "%" and step > 1):  # "un tiers" has no decimals
        return False
    printed, (low, high) = stated.quantity.value, exact
    if printed < 0:
        printed, low, high = -printed, -high, -low
    return printed >= 0 and low < printed + step and high >= printed


def eased(one: Constraint, places: Mapping[int, Place]) -> Severity:
    """Return how grave a violation is: a warning where only rounding is at fault."""
    return "warning" if one.severity == "error" and only_cut(one, places) else one.severity
