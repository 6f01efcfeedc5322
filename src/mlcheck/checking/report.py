"""Solve a batch of reports in one query and write what it says of each."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import polars as pl
from msgspec.structs import replace

from mlcheck.checking.findings import Writer, grouped, in_order
from mlcheck.checking.frames import constraint_frames, figures_frame
from mlcheck.checking.places import Place
from mlcheck.checking.verdicts import checked_claims
from mlcheck.model.constraints import Remark, Rule
from mlcheck.model.finding import Crash, Finding, Report
from mlcheck.model.schemas import constraints_schema, terms_schema
from mlcheck.rules.cells import without_test_data
from mlcheck.solving.solve import Solution, solve

if TYPE_CHECKING:
    from mlcheck.checking.check import Job


def reports_of(jobs: Sequence[Job], rules: Sequence[Rule]) -> Iterator[Report]:
    """Yield the reports of a batch in order, all their constraints evaluated in one query."""
    from mlcheck.checking.check import unusable_report

    usable = [job for job in jobs if job.facts is not None]
    offsets, start = [], 0
    for job in usable:
        offsets.append(start)
        start += 1 + max(job.places, default=0)
    figures = figures_frame(_laid_out(usable, offsets))
    frames = constraint_frames([(n, offsets[n], job.constraints) for n, job in enumerate(usable)])
    _validate(*frames)
    solution = solve(figures, *frames)
    for told, n in _structure(figures, usable, offsets, rules):
        if isinstance(told, Crash):
            usable[n].crashes.append(told)
        else:
            usable[n].remarks.append(told)
    first = 0
    numbers = {id(job): n for n, job in enumerate(usable)}
    for job in jobs:
        if job.facts is None:
            yield unusable_report(job)
            continue
        n = numbers[id(job)]
        yield _report(job, n, offsets[n], first, figures, solution, rules)
        first += len(job.constraints)


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


def _report(
    job: Job,
    n: int,
    offset: int,
    first: int,
    figures: pl.DataFrame,
    solution: Solution,
    rules: Sequence[Rule],
) -> Report:
    """Return one report of a solved batch; its ids run from `offset`, its constraints from `first`."""
    facts = job.facts
    assert facts is not None
    count = len(job.constraints)
    own = solution.verdicts.slice(first, count)
    verdicts = dict(enumerate(own["verdict"].to_list()))
    writer = Writer(facts, job.places, rules, facts.language)
    findings: list[Finding] = []
    for group, members in grouped(job.constraints, _violated(solution, first, count)):
        findings.append(writer.violation(members, _suspects(solution, group, offset)))
    findings += [writer.remark(r) for r in job.remarks]
    frame = figures.filter(pl.col("report") == n).join(
        solution.coverage, on="figure", how="left", maintain_order="left"
    )
    return Report(
        job.source, facts.year, facts.profile.name if facts.profile else None, facts.language, frame,
        dict(Counter(verdicts.values())), in_order(findings, job.places),
        checked_claims(facts, job.constraints, verdicts, job.places, facts.language),
        facts.not_understood, tuple(job.crashes), job.prior,
    )  # fmt: skip


def _violated(solution: Solution, first: int, count: int) -> dict[int, int]:
    """Map each violated constraint of a report (its own number) to its group."""
    if solution.groups is None:
        return {}
    return {
        constraint - first: group
        for constraint, group in solution.groups.select("constraint", "group").iter_rows()
        if first <= constraint < first + count
    }


def _suspects(solution: Solution, group: int, offset: int) -> list[dict[str, Any]]:
    """Return the suspects of a group, best first, with the figure ids of their report."""
    if solution.suspects is None:
        return []
    rows = solution.suspects.filter((pl.col("group") == group) & pl.col("suggested").is_not_null()).sort(
        "place"
    )
    return [
        {**row, "figure": row["figure"] - offset, "also": [f - offset for f in row["also"] or []]}
        for row in rows.iter_rows(named=True)
    ]
