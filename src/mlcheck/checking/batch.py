"""Several reports laid into one set of frames, to be solved in one query."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import accumulate
from typing import TYPE_CHECKING, Any

import polars as pl
from msgspec import Struct
from msgspec.structs import replace

from mlcheck.checking.hidden import is_hidden
from mlcheck.model.constraints import Constraint, Number, Remark, Rule
from mlcheck.model.figure import Place
from mlcheck.model.finding import Crash
from mlcheck.model.frames import CONSTRAINTS, FIGURES, SIDES, TERMS
from mlcheck.model.schemas import constraints_schema, terms_schema
from mlcheck.rules.cells import without_test_data

if TYPE_CHECKING:
    from mlcheck.checking.job import Job
    from mlcheck.model.claim import Verdict
    from mlcheck.solving.solve import Solution


class Batch(Struct, frozen=True):
    """Usable reports, and the frames they are laid into (FIGURES; CONSTRAINTS, SIDES, TERMS).

    The ids of the figures and of the constraints of report n run from `figure_offsets[n]` and
    `constraint_offsets[n]`; in FIGURES it is report n, and last year's is another.
    """

    jobs: tuple[Job, ...]
    figure_offsets: tuple[int, ...]
    constraint_offsets: tuple[int, ...]
    figures: pl.DataFrame
    frames: tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]

    def owner(self, constraint: int) -> int:
        """Return the number of the report that a constraint is of."""
        return bisect_right(self.constraint_offsets, constraint) - 1

    def verdicts(self, solution: Solution, n: int) -> list[Verdict]:
        """Return the verdicts of one report, in the order of its constraints."""
        own = solution.verdicts.slice(self.constraint_offsets[n], len(self.jobs[n].constraints))
        return own["verdict"].to_list()

    def groups(self, solution: Solution, n: int) -> dict[int, int]:
        """Map each violated constraint of one report, by its place among them, to its group."""
        if solution.groups is None:
            return {}
        first, count = self.constraint_offsets[n], len(self.jobs[n].constraints)
        rows = solution.groups.select("constraint", "group").iter_rows()
        return {
            constraint - first: group for constraint, group in rows if first <= constraint < first + count
        }


def lay_out(jobs: Sequence[Job]) -> Batch:
    """Return a batch of reports, ready to be solved."""
    figure_offsets = _offsets(1 + max(job.places, default=0) for job in jobs)
    frames = _constraint_frames([(n, figure_offsets[n], job.constraints) for n, job in enumerate(jobs)])
    _validate(*frames)
    constraint_offsets = _offsets(len(job.constraints) for job in jobs)
    figures = _figures_frame(_laid_out(jobs, figure_offsets))
    return Batch(tuple(jobs), figure_offsets, constraint_offsets, figures, frames)


def remark(batch: Batch, rules: Sequence[Rule]) -> None:
    """Add to each report of a batch what the rules that read the figures remark."""
    for made, n in _structure(batch.figures, batch.jobs, batch.figure_offsets, rules):
        if isinstance(made, Crash):
            batch.jobs[n].crashes.append(made)
        else:
            batch.jobs[n].remarks.append(made)


def _offsets(sizes: Iterator[int]) -> tuple[int, ...]:
    return tuple(accumulate(sizes, initial=0))[:-1]


def _validate(constraints: pl.DataFrame, sides: pl.DataFrame, terms: pl.DataFrame) -> None:
    """Hold the frames of a batch to their schemas; a failure is a fault of mlcheck."""
    without_test_data()
    from pandera.config import ValidationDepth, config_context

    with config_context(validation_enabled=True, validation_depth=ValidationDepth.SCHEMA_AND_DATA):
        constraints_schema().validate(constraints)
        terms_schema().validate(terms)


def _laid_out(jobs: Sequence[Job], offsets: Sequence[int]) -> Iterator[tuple[int, int, list[Place]]]:
    """Yield the figures of each report, and those of last year's under a number of its own."""
    for n, job in enumerate(jobs):
        yield n, offsets[n], [p for f, p in job.places.items() if f >= job.first]
        yield len(jobs) + n, offsets[n], [p for f, p in job.places.items() if f < job.first]


def _structure(
    figures: pl.DataFrame, jobs: Sequence[Job], offsets: Sequence[int], rules: Sequence[Rule]
) -> Iterator[tuple[Remark | Crash, int]]:
    """Yield what the rules that read the figures frame remark, with their report's number."""
    schemas = {rule.check: rule for rule in rules if rule.reads == "figures"}
    wanted = {rule.code for rule in rules if rule.reads == "figures"}
    by_profile: dict[int, list[int]] = {}
    for n, job in enumerate(jobs):
        by_profile.setdefault(id(job.facts.profile) if job.facts else 0, []).append(n)
    for check, rule in schemas.items():
        for members in by_profile.values():
            facts = jobs[members[0]].facts
            assert facts is not None
            own = figures.filter(pl.col("report").is_in(members))
            try:
                remarks = [r for r in check(own, facts.profile) if isinstance(r, Remark)]
            except Exception as error:
                yield Crash(rule.code, f"{type(error).__name__}: {error}"), members[0]
                continue
            for remark in remarks:
                if remark.rule in wanted:
                    n = _owner(remark.figures[0], offsets)
                    own_figures = tuple(figure - offsets[n] for figure in remark.figures)
                    yield replace(remark, figures=own_figures), n


def _owner(figure: int, offsets: Sequence[int]) -> int:
    """Return the number of the report that a figure of the batch belongs to."""
    return bisect_right(offsets, figure) - 1


# Facts and constraints laid into the frames that are solved: one batch, unique ids.


def _figures_frame(
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
        quantity.scale if quantity else 0, _unit(place), _year(place) or year, place.hidden or is_hidden(place),
        spot.sheet, spot.cell, spot.page, spot.slide, spot.shape, spot.line,
        list(spot.box) if spot.box else None,
    )  # fmt: skip


def _role(place: Place) -> str:
    if place.line is None or place.across is None:
        return "claim"
    roles = (place.line.role, place.across.role)
    return next(
        (r for r in ("variation", "share", "mean", "total", "of_which", "other") if r in roles), "part"
    )


def _unit(place: Place) -> str:
    if place.quantity is not None:
        return place.quantity.unit
    return place.across.unit if place.across is not None else "count"


def _year(place: Place) -> int | None:
    if place.claim is not None:
        return place.claim.period
    return place.across.year if place.across is not None and place.across.year else None


def _constraint_frames(
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
