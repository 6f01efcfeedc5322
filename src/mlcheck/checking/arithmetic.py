"""What a violated constraint says in numbers: printed, expected, gap, and the figures it compares."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from msgspec import Struct, field

from mlcheck.checking.places import Place
from mlcheck.checking.recomputed import level_of
from mlcheck.model.constraints import Constraint
from mlcheck.model.finding import Value
from mlcheck.rendering.numbers import number, rounded, with_unit


class Arithmetic(Struct, frozen=True):
    """The numbers of one constraint.

    `values` fill the rule's message; `others` are the figures that take part, the stated one left out.
    """

    stated: str | None
    expected: str | None
    difference: str | None
    values: dict[str, Value] = field(default_factory=dict)
    others: tuple[int, ...] = ()


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
    stated, present = places[one.stated], level_of(one, places)
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
