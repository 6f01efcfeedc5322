"""What a violated constraint says in numbers: printed, expected, gap, and the figures it compares."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from msgspec import Struct, field

from mlcheck.checking.places import Place
from mlcheck.model.constraints import Constraint
from mlcheck.model.finding import Severity, Value
from mlcheck.rendering.numbers import number, rounded, with_unit
from mlcheck.translation import N_


class Arithmetic(Struct, frozen=True):
    """The numbers of one constraint.

    `values` fill the rule's message; `others` are the figures that take part, the stated one left out.
    """

    stated: str | None
    expected: str | None
    difference: str | None
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


def arithmetic_of(one: Constraint, places: Mapping[int, Place], language: str) -> Arithmetic:
    """Return the arithmetic of a constraint, as the reader of the report does it."""
    work = {
        "sum": _sum, "equal": _equal, "distribution": _hundred, "share": _ratio, "mean": _ratio,
        "variation": _ratio, "bound": _bound, "points": _sum, "relation": _relation,
    }[one.kind]  # fmt: skip
    return work(one, places, language)


def _value(place: Place) -> Fraction:
    return place.quantity.value if place.quantity else Fraction(0)


def _write(value: Fraction, like: Place, language: str) -> str:
    """Write a value with the decimals and the unit of the figure that prints it."""
    decimals = _decimals(like)
    text = number(value, language, decimals) if decimals is not None else number(value, language)
    return with_unit(text, like.quantity.unit if like.quantity else "count", language)


def _decimals(place: Place) -> int | None:
    if place.quantity is None:
        return None
    scale = place.quantity.scale
    return max(scale - 1, 0) if place.quantity.half and scale else scale


def _terms(one: Constraint, side: int = 0) -> list[tuple[int, Fraction]]:
    return [(figure, Fraction(c)) for figure, c in one.sides[side].terms]


def _sum(one: Constraint, places: Mapping[int, Place], language: str) -> Arithmetic:
    """Stated against Σ coefficient · part, solved for the stated figure."""
    assert one.stated is not None
    own = next(c for f, c in _terms(one) if f == one.stated)
    parts = [(f, c) for f, c in _terms(one) if f != one.stated]
    expected = sum((c * _value(places[f]) for f, c in parts), Fraction(0)) / -own
    stated = places[one.stated]
    values: dict[str, Value] = {
        "stated": stated.printed, "sum": expected, "count": len(parts), "expected": _write(expected, stated, language),
    }  # fmt: skip
    if one.kind == "points":
        values |= {"present": _side(parts, 1, places), "former": _side(parts, -1, places)}
    notes = [f for f, _ in parts if places[f].claim is not None and stated.claim is None]
    if notes:
        note = places[notes[0]]
        lines = expected - _value(note)
        values |= {"sum": lines, "count": len(parts) - 1, "note": note.printed, "all": expected}
    return _told(one, places, expected, values, [f for f, _ in parts], language)


def _side(parts: list[tuple[int, Fraction]], sign: int, places: Mapping[int, Place]) -> Value:
    """Return what one side of a difference prints, or what its figures make together."""
    own = [f for f, c in parts if c * sign > 0]
    return places[own[0]].printed if len(own) == 1 else sum((_value(places[f]) for f in own), Fraction(0))


def _told(
    one: Constraint, places: Mapping[int, Place], expected: Fraction, values: dict[str, Value], others: list[int],
    language: str,
) -> Arithmetic:  # fmt: skip
    assert one.stated is not None
    stated = places[one.stated]
    gap = abs(_value(stated) - expected)
    return Arithmetic(
        stated.printed, _write(expected, stated, language), number(gap, language), values, tuple(others)
    )


def _equal(one: Constraint, places: Mapping[int, Place], language: str) -> Arithmetic:
    result = _sum(one, places, language)
    others = [places[f] for f in result.others]
    return Arithmetic(
        result.stated, result.expected, result.difference,
        {**result.values, "where": others[0].label if len(others) == 1 else ""}, result.others,
    )  # fmt: skip


def _hundred(one: Constraint, places: Mapping[int, Place], language: str) -> Arithmetic:
    figures = [f for f, _ in _terms(one)]
    total = sum((_value(places[f]) for f in figures), Fraction(0))
    values: dict[str, Value] = {"count": len(figures), "sum": total}
    return Arithmetic(
        None, with_unit("100", "%", language), number(abs(total - 100), language), values, tuple(figures)
    )


def _ratio(one: Constraint, places: Mapping[int, Place], language: str) -> Arithmetic:
    """A share, a growth rate or a mean against the one recomputed from its operands."""
    assert one.stated is not None
    stated = places[one.stated]
    top = [f for f, c in _terms(one) if c == 1]
    base = [f for f, c in _terms(one) if c != 1]
    above = sum((_value(places[f]) for f in top), Fraction(0))
    below = sum((_value(places[f]) for f in base), Fraction(0))
    values: dict[str, Value] = {"stated": stated.printed}
    if not below:
        return Arithmetic(stated.printed, None, None, values, (*top, *base))
    exact = above / below
    if one.kind == "share" and stated.quantity is not None and stated.quantity.unit == "points":
        return _change(one, places, exact, (*top, *base), language)
    unit = {"‰": 1000}.get(stated.quantity.unit if stated.quantity else "", 100)
    if one.kind == "variation":
        exact = (exact - 1) * unit
        values |= {"present": above, "former": below}
    elif one.kind == "share":
        exact *= unit
        values |= {"part": above, "base": below}
    else:
        values |= {"total": above, "number": below}
    printed = _value(stated)
    down = stated.claim is not None and stated.claim.direction == "down" and printed > 0
    if one.kind == "variation" and down:
        printed = -printed
    expected = _write(exact, stated, language)
    if one.kind == "variation" and exact > 0:
        expected = f"+{expected}"
    gap = abs(printed - Fraction(rounded(exact, _decimals(stated) or 0), 10 ** (_decimals(stated) or 0)))
    values["expected"] = expected
    return Arithmetic(stated.printed, expected, number(gap, language), values, (*top, *base))


def _change(
    one: Constraint, places: Mapping[int, Place], former: Fraction, others: tuple[int, ...], language: str
) -> Arithmetic:
    """A change in points against the two shares that it leads between."""
    assert one.stated is not None
    stated, present = places[one.stated], _level_of(one, places)
    change = present - 100 * former
    expected = _write(abs(change), stated, language)
    values: dict[str, Value] = {
        "stated": stated.printed, "expected": ("-" if change < 0 else "+") + expected,
        "present": f"{number(present, language, 2)} %", "former": f"{number(100 * former, language, 2)} %",
    }  # fmt: skip
    gap = abs(abs(_value(stated)) - abs(change))
    return Arithmetic(stated.printed, values["expected"], number(gap, language, 2), values, others)  # type: ignore[arg-type]


def _bound(one: Constraint, places: Mapping[int, Place], language: str) -> Arithmetic:
    parts = [f for f, c in _terms(one) if c > 0]
    wholes = [f for f, c in _terms(one) if c < 0]
    whole = sum((_value(places[f]) for f in wholes), Fraction(0))
    part = sum((_value(places[f]) for f in parts), Fraction(0))
    stated = places[parts[0]]
    values: dict[str, Value] = {"part": stated.printed, "whole": whole}
    written = f"≤ {_write(whole, stated, language)}"
    return Arithmetic(stated.printed, written, number(part - whole, language), values, (*parts[1:], *wholes))


def _relation(one: Constraint, places: Mapping[int, Place], language: str) -> Arithmetic:
    """A relation of the profile, solved for its first figure."""
    assert one.stated is not None
    side = one.sides[0]
    own = next(c for f, c in _terms(one) if f == one.stated)
    rest = sum((c * _value(places[f]) for f, c in _terms(one) if f != one.stated), Fraction(0))
    bound = Fraction(side.lower if side.lower is not None else side.upper or 0)
    expected = (bound - rest) / own
    sign = "" if side.lower == side.upper else "≤ " if (side.upper is not None) == (own > 0) else "≥ "
    stated = places[one.stated]
    left = " + ".join(_signed(f, c, places) for f, c in _terms(one) if c > 0)
    right = " + ".join(_signed(f, -c, places) for f, c in _terms(one) if c < 0) or number(bound, language)
    mark = {"": "≠", "≤ ": ">", "≥ ": "<"}[sign if own > 0 else {"≤ ": "≥ ", "≥ ": "≤ "}.get(sign, "")]
    values: dict[str, Value] = {"arithmetic": f"{left} {mark} {right}", "stated": stated.printed}
    gap = number(abs(_value(stated) - expected), language)
    others = tuple(f for f, _ in _terms(one) if f != one.stated)
    return Arithmetic(stated.printed, sign + _write(expected, stated, language), gap, values, others)


def _signed(figure: int, coefficient: Fraction, places: Mapping[int, Place]) -> str:
    printed = places[figure].printed or "—"
    return printed if coefficient == 1 else f"{number(coefficient)} × {printed}"


# The arithmetic of a constraint as one line: "335 / 679 = 49,34 %".


def formula(one: Constraint, places: Mapping[int, Place], language: str, *, holds: bool = True) -> str:
    """Return the arithmetic of a constraint as a reader does it; `holds` is its verdict, for what only nearly fits."""
    terms = one.sides[0].terms
    if one.kind in RATIOS:
        top, base = [f for f, c in terms if c == 1], [f for f, c in terms if c != 1]
        if _total_of(base, places):
            return _ratio_formula(one, top, base, places, language)
    top, base = [f for f, c in terms if c > 0], [f for f, c in terms if c < 0]
    above, below = _total_of(top, places), _total_of(base, places)
    left, right = _added(top, places), _added(base, places)
    if one.kind == "distribution":
        return f"{left} = {number(above, language)} %"
    if one.kind == "bound":
        return f"{left} {'≤' if above <= below else '>'} {right}"
    if not base:
        below = Fraction(one.sides[0].lower or 0)
        right = number(below, language)
    mark = "=" if above == below else "≈" if holds else "≠"
    return f"{left or 0} {mark} {right or 0}"


def _ratio_formula(
    one: Constraint, top: Sequence[int], base: Sequence[int], places: Mapping[int, Place], language: str
) -> str:
    exact = _total_of(top, places) / _total_of(base, places)
    part, whole = _bracketed(top, places), _bracketed(base, places)
    stated = places[one.stated].quantity if one.stated is not None else None
    if one.kind == "mean":
        return f"{part} / {whole} = {number(exact, language, 2)}"
    if one.kind == "share" and stated is not None and stated.unit == "points":
        level = _level_of(one, places)
        change = number(level - 100 * exact, language, 2)
        points = change if change.startswith("-") else f"+{change}"
        return f"{number(level, language, 2)} % − {part} / {whole} = {points} points"
    unit, per = ("‰", 1000) if stated is not None and stated.unit == "‰" else ("%", 100)
    if one.kind == "share":
        return f"{part} / {whole} = {number(per * exact, language, 2)} {unit}"
    growth = number(per * (exact - 1), language, 2)
    return f"{part} / {whole} − 1 = {growth if growth.startswith('-') else '+' + growth} {unit}"


def _bracketed(figures: Sequence[int], places: Mapping[int, Place]) -> str:
    added = _added(figures, places)
    return f"({added})" if len(figures) > 1 else added or "0"


def _total_of(figures: Sequence[int], places: Mapping[int, Place]) -> Fraction:
    return sum((q.value for f in figures if (q := places[f].quantity) is not None), Fraction(0))


def _added(figures: Sequence[int], places: Mapping[int, Place]) -> str:
    return " + ".join(places[f].printed for f in figures if places[f].printed not in ("", "/"))


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
    below = interval_of(((f, Fraction(1)) for f, c in terms if c != 1), places)
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
        return low, high
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
    if exact is None or not step:
        return False
    printed, (low, high) = stated.quantity.value, exact
    if printed < 0:
        printed, low, high = -printed, -high, -low
    return printed >= 0 and low < printed + step and high >= printed


def eased(one: Constraint, places: Mapping[int, Place]) -> Severity:
    """Return how grave a violation is: a warning where only rounding is at fault."""
    return "warning" if one.severity == "error" and only_cut(one, places) else one.severity
