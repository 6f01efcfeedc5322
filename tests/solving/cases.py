"""Small frames to solve, written as a person would: printed figures and the sums they stand in."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

import polars as pl

from mlcheck.model.frames import CONSTRAINTS, FIGURES, SIDES, TERMS, frame

Number = int | str | Decimal
COLUMNS = ("figure", "report", "mantissa", "half", "scale", "state")


def decimal(number: Number) -> tuple[int, int]:
    """Return a number as mantissa and scale: "13.30" is (1330, 2)."""
    sign, digits, exponent = Decimal(number).as_tuple()
    mantissa = int("".join(map(str, digits))) * (-1 if sign else 1)
    return (mantissa, -int(exponent)) if int(exponent) <= 0 else (mantissa * 10 ** int(exponent), 0)


@dataclass
class Case:
    """The four frames of a batch, filled row by row."""

    figures: list[tuple[object, ...]] = field(default_factory=list)
    constraints: list[tuple[object, ...]] = field(default_factory=list)
    sides: list[tuple[object, ...]] = field(default_factory=list)
    terms: list[tuple[object, ...]] = field(default_factory=list)

    def figure(self, value: Number | None, half: Number = 0, state: str = "number", report: int = 0) -> int:
        """Add a printed figure and return its id; None is unknown."""
        number = len(self.figures)
        if value is None:
            self.figures.append((number, report, None, None, None, "unknown"))
            return number
        mantissa, scale = decimal(value)
        half_mantissa, half_scale = decimal(half)
        finest = max(scale, half_scale)
        half_unit = half_mantissa * 10 ** (finest - half_scale)
        self.figures.append((number, report, mantissa * 10 ** (finest - scale), half_unit, finest, state))
        return number

    def values(self, *values: Number | None) -> list[int]:
        """Add several exact figures."""
        return [self.figure(value) for value in values]

    def constraint(
        self,
        *sides: tuple[dict[int, Number], Number | None, Number | None],
        kind: str = "sum",
        stated: int | None = None,
        positive: int | None = None,
        severity: str = "error",
        group: str | None = None,
        report: int = 0,
    ) -> int:
        """Add a constraint of sides (terms, lower, upper); with a `group` it is adaptive."""
        number = len(self.constraints)
        row = (number, report, "TOT101", kind, stated, None, severity, group is not None, group or "")
        self.constraints.append(row)
        for side, (terms, lower, upper) in enumerate(sides):
            bounds = [None if bound is None else decimal(bound) for bound in (lower, upper)]
            scale = max((bound[1] for bound in bounds if bound), default=0)
            low, high = (None if bound is None else bound[0] * 10 ** (scale - bound[1]) for bound in bounds)
            self.sides.append((number, side, low, high, scale, positive))
            for figure, coefficient in terms.items():
                self.terms.append((number, side, figure, *decimal(coefficient)))
        return number

    def sum(self, parts: list[int], total: int, **options: object) -> int:
        """Add Σ parts − total = 0."""
        terms: dict[int, Number] = {**dict.fromkeys(parts, 1), total: -1}
        return self.constraint((terms, 0, 0), stated=total, **options)  # type: ignore[arg-type]

    def equal(self, one: int, other: int) -> int:
        """Add one − other = 0: the same figure printed twice."""
        return self.constraint(({one: 1, other: -1}, 0, 0), kind="equal", stated=one)

    def share(self, stated: int, part: int, whole: int, lower: str, upper: str, kind: str = "share") -> int:
        """Add lower · whole ≤ part ≤ upper · whole, stated by a percentage."""
        sides = [({part: 1, whole: f"-{lower}"}, 0, None), ({part: 1, whole: f"-{upper}"}, None, 0)]
        return self.constraint(*sides, kind=kind, stated=stated, positive=whole)

    def frames(self) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame, pl.DataFrame]:
        """Return figures, constraints, sides and terms."""
        schema = {name: FIGURES[name] for name in COLUMNS}
        return (
            frame(self.figures, schema),
            frame(self.constraints, CONSTRAINTS),
            frame(self.sides, SIDES),
            frame(self.terms, TERMS),
        )


def cross_table(rows: list[list[int]], case: Case | None = None) -> tuple[Case, list[list[int]]]:
    """Add a table of counts with both margins printed, as given, and return the ids of its figures."""
    case = case or Case()
    ids = [case.values(*row) for row in rows]
    for row in ids:
        case.sum(row[:-1], row[-1], group="table")
    for column in zip(*ids, strict=True):
        case.sum(list(column[:-1]), column[-1], group="table")
    return case, ids
