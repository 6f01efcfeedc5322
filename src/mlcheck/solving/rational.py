"""The same frames in fractions, for the few constraints that need to be looked at one by one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache

import polars as pl
from msgspec import Struct


class Amount(Struct, frozen=True):
    """A figure: its value (None where unknown), half-unit, and what one step of its last digit is worth."""

    value: Fraction | None
    half: Fraction
    step: Fraction
    scale: int
    state: str = "number"


class Line(Struct, frozen=True):
    """One side of a constraint: Σ coefficient · figure within [lower, upper]."""

    constraint: int
    coefficients: dict[int, Fraction]
    lower: Fraction | None
    upper: Fraction | None
    positive: int | None = None


@lru_cache(maxsize=4096)
def fraction(mantissa: int, scale: int) -> Fraction:
    """Return mantissa / 10**scale."""
    return Fraction(mantissa, 10**scale) if scale >= 0 else Fraction(mantissa * 10**-scale)


def mantissa(value: Fraction, scale: int) -> tuple[int | None, int]:
    """Return a decimal value as mantissa and the first scale from `scale` on that holds it; None past Int64."""
    while (value * 10**scale).denominator != 1:
        scale += 1
    found = int(value * 10**scale)
    return (found if abs(found) < 2**63 else None), scale


def amounts(figures: pl.DataFrame, wanted: Iterable[int]) -> dict[int, Amount]:
    """Return the figures `wanted` (FIGURES: figure, mantissa, half, scale, and state if it is there) by id."""
    columns = ["figure", "mantissa", "half", "scale"] + ["state"] * ("state" in figures.columns)
    chosen = figures.lazy().select(columns).filter(pl.col("figure").is_in(list(wanted))).collect()
    return {row[0]: _amount(*row[1:]) for row in chosen.iter_rows()}


def _amount(mantissa: int | None, half: int | None, scale: int | None, state: str = "number") -> Amount:
    if mantissa is None or half is None or scale is None:
        return Amount(None, Fraction(0), Fraction(1), 0, state)
    step = fraction(2 * half, scale) if half else fraction(1, scale)
    return Amount(fraction(mantissa, scale), fraction(half, scale), step, scale, state)


def lines(sides: pl.DataFrame, terms: pl.DataFrame, wanted: pl.Series) -> dict[int, list[Line]]:
    """Return the sides of the constraints `wanted`, in the order of their numbers (SIDES, TERMS)."""
    chosen = wanted.to_frame("constraint")
    coefficients: dict[tuple[int, int], dict[int, Fraction]] = defaultdict(dict)
    own = terms.join(chosen, on="constraint", how="semi")
    for constraint, side, figure, coefficient, scale in own.select(
        "constraint", "side", "figure", "coefficient", "coefficient_scale"
    ).iter_rows():
        here, weight = coefficients[constraint, side], fraction(coefficient, scale)
        here[figure] = here[figure] + weight if figure in here else weight
    found: dict[int, list[Line]] = {constraint: [] for constraint in wanted.to_list()}
    rows = sides.join(chosen, on="constraint", how="semi").sort("constraint", "side")
    for constraint, side, lower, upper, scale, positive in rows.select(
        "constraint", "side", "lower", "upper", "bound_scale", "positive"
    ).iter_rows():
        least, most = (None if bound is None else fraction(bound, scale) for bound in (lower, upper))
        found[constraint].append(Line(constraint, coefficients[constraint, side], least, most, positive))
    return found
