"""What the solution of a batch says of each report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import polars as pl
from msgspec.structs import replace

from mlcheck.checking.baseline import with_fingerprints
from mlcheck.checking.batch import Batch, lay_out, remark
from mlcheck.checking.findings import Writer, grouped, in_order, main_of, table_title
from mlcheck.checking.relations import checked_relations, related_figures
from mlcheck.checking.repeated import without_repeats
from mlcheck.checking.solution import solution_of
from mlcheck.checking.verdicts import checked_claims
from mlcheck.judging.weights import WARNING, probability, weights
from mlcheck.model.constraints import Constraint, Remark, Rule
from mlcheck.model.finding import Finding, Report
from mlcheck.model.frames import COVERAGE, FIGURES
from mlcheck.solving.solve import Solution

if TYPE_CHECKING:
    from mlcheck.checking.job import Job


Rows = dict[int, list[dict[str, Any]]]
"""Suspects or repairs, by the group of violated constraints that they mend."""


def reports_of(jobs: Sequence[Job], rules: Sequence[Rule], relations: bool = False) -> Iterator[Report]:
    """Yield the reports of a batch in order, all their constraints evaluated in one query; with `relations` if asked."""
    batch = lay_out([job for job in jobs if job.facts is not None])
    solution = solution_of(batch)
    remark(batch, rules)
    suspects, repairs = _by_group(solution.suspects, "place"), _by_group(solution.repairs, "repair")
    n = 0
    for job in jobs:
        if job.facts is None:
            yield without_facts(job)
            continue
        report = _report(batch, solution, n, rules, suspects, repairs)
        yield _with_relations(report, batch, solution, n) if relations else report
        n += 1


def _report(
    batch: Batch, solution: Solution, n: int, rules: Sequence[Rule], suspects: Rows, repairs: Rows
) -> Report:
    """Return one report of a solved batch, with the suspects and the repairs of its groups."""
    job, offset = batch.jobs[n], batch.figure_offsets[n]
    facts = job.facts
    assert facts is not None
    verdicts = dict(enumerate(batch.verdicts(solution, n)))
    writer = Writer(facts, job.places, rules)
    told: list[tuple[Finding, Constraint]] = []
    explained = {figure for one in job.remarks if one.severity == "error" for figure in one.explains}
    contradicted: set[int] = set()
    for group, members in grouped(job.constraints, batch.groups(solution, n)):
        if all(one.stated in explained for one in members):
            continue
        single = _of_report(suspects.get(group, ()), offset)
        contradicted |= {figure for one in members for side in one.sides for figure, _ in side.terms}
        contradicted |= {one.stated for one in members if one.stated is not None}
        together = _of_report(repairs.get(group, ()), offset)
        finding = writer.violation(members, solution.odds[group], single, together)
        told.append((finding, main_of(members)))
    findings = list(without_repeats(told, verdicts, job.constraints))
    frame = batch.figures.filter(pl.col("report") == n).join(
        solution.coverage, on="figure", how="left", maintain_order="left"
    )
    if offset:
        frame = frame.with_columns(pl.col("figure") - offset)
    remarks = [r for r in job.remarks if r.severity == "error" or contradicted.isdisjoint(r.explains)]
    findings += [writer.remark(r, odds) for r, odds in _weighed(remarks, frame) if odds >= WARNING]
    former = ((now, job.places[then].quantity) for now, then in facts.former.items() if then in job.places)
    claims = checked_claims(facts, job.constraints, verdicts, job.places, job.remarks)
    return Report(
        job.source, facts.year, facts.profile.name if facts.profile else None, facts.language, frame,
        dict(Counter(verdicts.values())), with_fingerprints(in_order(findings, job.places), claims), claims,
        facts.not_understood, tuple(job.crashes), job.prior, rules={rule.code: rule.severity for rule in rules},
        prior_year=facts.prior.year if facts.prior else None, former={now: q for now, q in former if q is not None},
        titles={table.name: table_title(table) for table in facts.tables},
    )  # fmt: skip


def _weighed(remarks: Sequence[Remark], figures: pl.DataFrame) -> Iterator[tuple[Remark, int]]:
    """Yield remarks with their log-odds, without those that doubt a figure which is proven."""
    proven = frozenset(figures.filter(pl.col("coverage") == "proven")["figure"].to_list())
    for one in remarks:
        if not one.doubts or proven.isdisjoint(one.figures[:1]):
            yield one, weights().remark(one.rule)


def _with_relations(report: Report, batch: Batch, solution: Solution, n: int) -> Report:
    """Return a report with what ties its figures, and what they were read from."""
    job = batch.jobs[n]
    verdicts = dict(enumerate(batch.verdicts(solution, n)))
    own = range(batch.constraint_offsets[n], batch.constraint_offsets[n] + len(job.constraints))
    relations = checked_relations(
        job.constraints, verdicts, job.places,
        confidences={i: probability(solution.meant[at]) for i, at in enumerate(own)},
        doubtful={i for i, at in enumerate(own) if at in solution.doubtful},
    )  # fmt: skip
    related = related_figures(relations, job.places)
    return replace(report, relations=relations, related=related, facts=job.facts)


def _by_group(frame: pl.DataFrame | None, order: str) -> Rows:
    """Return the suspects or the repairs of each group, best first."""
    found: Rows = {}
    if frame is not None:
        told = frame.filter(pl.col("suggested").is_not_null()).sort(order, maintain_order=True)
        for row in told.iter_rows(named=True):
            found.setdefault(row["group"], []).append(row)
    return found


def _of_report(rows: Sequence[dict[str, Any]], offset: int) -> list[dict[str, Any]]:
    """Return suspects or repairs with the figure ids of their report."""
    return [
        {**row, "figure": row["figure"] - offset, "also": [f - offset for f in row["also"] or []]}
        for row in rows
    ]


def without_facts(job: Job) -> Report:
    """Return the report of a file that could not be used, or in which a stage failed."""
    return Report(
        job.source,
        None,
        None,
        "fr",
        pl.DataFrame(schema={**FIGURES, **COVERAGE}),
        {},
        unusable=job.unusable,
        unusable_values={k: str(v) for k, v in job.values.items()},
        crashes=tuple(job.crashes),
        prior=job.prior,
    )
