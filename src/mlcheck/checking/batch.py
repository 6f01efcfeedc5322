"""Several reports laid into one set of frames, to be solved in one query."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

import polars as pl
from msgspec import Struct
from msgspec.structs import replace

from mlcheck.checking.frames import constraint_frames, figures_frame
from mlcheck.checking.places import Place
from mlcheck.model.constraints import Remark, Rule
from mlcheck.model.finding import Crash
from mlcheck.model.schemas import constraints_schema, terms_schema
from mlcheck.rules.cells import without_test_data

if TYPE_CHECKING:
    from mlcheck.checking.check import Job
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
    frames = constraint_frames([(n, figure_offsets[n], job.constraints) for n, job in enumerate(jobs)])
    _validate(*frames)
    constraint_offsets = _offsets(len(job.constraints) for job in jobs)
    figures = figures_frame(_laid_out(jobs, figure_offsets))
    return Batch(tuple(jobs), figure_offsets, constraint_offsets, figures, frames)


def remark(batch: Batch, rules: Sequence[Rule]) -> None:
    """Add to each report of a batch what the rules that read the figures remark."""
    for told, n in _structure(batch.figures, batch.jobs, batch.figure_offsets, rules):
        if isinstance(told, Crash):
            batch.jobs[n].crashes.append(told)
        else:
            batch.jobs[n].remarks.append(told)


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
                    yield replace(remark, figures=(remark.figures[0] - offsets[n],)), n


def _owner(figure: int, offsets: Sequence[int]) -> int:
    """Return the number of the report that a figure of the batch belongs to."""
    return bisect_right(offsets, figure) - 1
