"""The arithmetic of a constraint as one line: "335 / 679 = 49,34 %"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from mlcheck.checking.places import Place
from mlcheck.checking.recomputed import RATIOS, level_of
from mlcheck.model.constraints import Constraint
from mlcheck.rendering.numbers import number


def formula(one: Constraint, places: Mapping[int, Place], language: str, *, holds: bool = True) -> str:
    """Return the arithmetic of a constraint as a reader does it; `holds` is its verdict, for what only nearly fits."""
    terms = one.sides[0].terms
    if one.kind in RATIOS:
        top, base = [f for f, c in terms if c == 1], [f for f, c in terms if c != 1]
        if _sum(base, places):
            return _ratio(one, top, base, places, language)
    top, base = [f for f, c in terms if c > 0], [f for f, c in terms if c < 0]
    above, below = _sum(top, places), _sum(base, places)
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


def _ratio(
    one: Constraint, top: Sequence[int], base: Sequence[int], places: Mapping[int, Place], language: str
) -> str:
    exact = _sum(top, places) / _sum(base, places)
    part, whole = _bracketed(top, places), _bracketed(base, places)
    stated = places[one.stated].quantity if one.stated is not None else None
    if one.kind == "mean":
        return f"{part} / {whole} = {number(exact, language, 2)}"
    if one.kind == "share" and stated is not None and stated.unit == "points":
        level = level_of(one, places)
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


def _sum(figures: Sequence[int], places: Mapping[int, Place]) -> Fraction:
    return sum((q.value for f in figures if (q := places[f].quantity) is not None), Fraction(0))


def _added(figures: Sequence[int], places: Mapping[int, Place]) -> str:
    return " + ".join(places[f].printed for f in figures if places[f].printed not in ("", "/"))
