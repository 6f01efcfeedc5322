"""Facts and constraints laid into the frames that are solved: one batch, unique ids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

import polars as pl

from mlcheck.checking.places import Place
from mlcheck.model.constraints import Constraint, Number
from mlcheck.model.frames import CONSTRAINTS, FIGURES, SIDES, TERMS


def figures_frame(
    batches: Iterable[tuple[int, int, Iterable[Place]]], year: int | None = None
) -> pl.DataFrame:
    """Return FIGURES of several reports; each batch is (report, offset of its figure ids, places)."""
    rows = [_figure(place, report, offset, year) for report, offset, places in batches for place in places]
    return _frame(rows, FIGURES)


def _figure(place: Place, report: int, offset: int, year: int | None) -> tuple[Any, ...]:
    """Return the row of one figure; "/" and blanks are known to be 0, "nd" and errors are unknown."""
    row, column, quantity = place.line, place.across, place.quantity
    named = row if row is not None and row.member else column
    mantissa = quantity.mantissa if quantity else 0 if place.state in ("nil", "blank") else None
    table, at, spot = place.table, place.at, place.locator
    return (
        place.figure + offset, report, place.section, table.name if table else None,
        table.identity if table else None, place.row or None, place.column or None,
        at[0] if at else None, at[1] if at else None,
        named.dimension if named else None, named.member if named else None, _role(place),
        place.printed, place.state, mantissa, quantity.half if quantity else 0,
        quantity.scale if quantity else 0, _unit(place), _year(place) or year, place.hidden,
        spot.sheet, spot.cell, spot.page, spot.slide, spot.shape, spot.line,
        list(spot.box) if spot.box else None,
    )  # fmt: skip


def _role(place: Place) -> str:
    if place.line is None or place.across is None:
        return "claim"
    roles = (place.line.role, place.across.role)
    return next((r for r in ("variation", "share", "mean", "total", "dont", "other") if r in roles), "part")


def _unit(place: Place) -> str:
    if place.quantity is not None:
        return place.quantity.unit
    return place.across.unit if place.across is not None else "count"


def _year(place: Place) -> int | None:
    if place.claim is not None:
        return place.claim.period
    return place.across.year if place.across is not None and place.across.year else None


def constraint_frames(
    batches: Sequence[tuple[int, int, Sequence[Constraint]]],
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Return CONSTRAINTS, SIDES and TERMS; ids count through the batches in order."""
    heads: list[tuple[Any, ...]] = []
    sides: list[tuple[Any, ...]] = []
    terms: list[tuple[Any, ...]] = []
    for report, offset, constraints in batches:
        for one in constraints:
            identity = len(heads)
            stated = None if one.stated is None else one.stated + offset
            heads.append((
                identity, report, one.rule, one.kind, stated, one.claim, one.severity, one.adaptive,
                f"{report}|{one.group}" if one.group else "",
            ))  # fmt: skip
            for number, side in enumerate(one.sides):
                sides.append(_side(identity, number, side.lower, side.upper, side.positive, offset))
                terms.extend(_terms(identity, number, side.terms, offset))
    return _frame(heads, CONSTRAINTS), _frame(sides, SIDES), _frame(terms, TERMS)


def _frame(rows: list[tuple[Any, ...]], schema: dict[str, Any]) -> pl.DataFrame:
    columns: list[Any] = list(zip(*rows, strict=True)) if rows else [[] for _ in schema]
    return pl.DataFrame(dict(zip(schema, columns, strict=True)), schema=schema)


def _terms(
    constraint: int, side: int, terms: Sequence[tuple[int, Number]], offset: int
) -> Iterator[tuple[int, int, int, int, int]]:
    """Yield TERMS rows; a figure named twice in a side stands in it once, with both coefficients."""
    sums: dict[int, Number] = {}
    for figure, coefficient in terms:
        sums[figure] = sums[figure] + coefficient if figure in sums else coefficient
    for figure, coefficient in sums.items():
        mantissa, scale = _integer(coefficient)
        yield constraint, side, figure + offset, mantissa, scale


def _side(
    constraint: int, side: int, lower: Number | None, upper: Number | None, positive: int | None, offset: int
) -> tuple[Any, ...]:
    low, low_scale = (None, 0) if lower is None else _integer(lower)
    high, high_scale = (None, 0) if upper is None else _integer(upper)
    scale = max(low_scale, high_scale)
    return (
        constraint, side,
        None if low is None else low * 10 ** (scale - low_scale),
        None if high is None else high * 10 ** (scale - high_scale),
        scale, None if positive is None else positive + offset,
    )  # fmt: skip


def _integer(value: Number) -> tuple[int, int]:
    """Return a number as mantissa and decimal scale, exact."""
    if isinstance(value, int):
        return value, 0
    sign, digits, exponent = Decimal(value).normalize().as_tuple()
    mantissa = int("".join(map(str, digits))) * (-1 if sign else 1)
    assert isinstance(exponent, int)
    return (mantissa * 10**exponent, 0) if exponent > 0 else (mantissa, -exponent)
