"""What the checks of one report cover: the verdict on each figure, and how wrong it could be unnoticed."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
from msgspec import Struct

from mlcheck.checking.batch import Batch, lay_out, remark
from mlcheck.checking.check import apply_rules, former_facts, read_job
from mlcheck.checking.findings import title_of
from mlcheck.checking.job import Job, facts_of
from mlcheck.checking.solution import solution_of
from mlcheck.model.figure import Place
from mlcheck.model.finding import Report
from mlcheck.model.profile import Profile
from mlcheck.rules import RULES
from mlcheck.solving.admissible import blind_spots
from mlcheck.solving.solve import Solution

if TYPE_CHECKING:
    from mlcheck.model.facts import Facts


class Solved(Struct, frozen=True):
    """One report with its facts, laid out by itself and solved."""

    job: Job
    facts: Facts
    batch: Batch
    solution: Solution


def solved(
    file: Path, *, prior: Path | None = None, profile: Profile | None = None, year: int | None = None,
    assumed: bool = False,
) -> Solved:  # fmt: skip
    """Return a report read, ruled and solved, without repairs; options as for `check`.

    Raises MlcheckError where it cannot be used.
    """
    former = None if prior is None else former_facts(prior, profile, year)
    job = read_job(file, former, profile, year, assumed)
    return solved_job(job, facts_of(job))


def solved_job(job: Job, facts: Facts) -> Solved:
    """Return the solution of the constraints that all rules make of the facts of a job."""
    ruled(job)
    batch = lay_out([job])
    remark(batch, RULES)
    return Solved(job, facts, batch, solution_of(batch, repair=False))


def ruled(job: Job) -> None:
    """Run the rules on the facts of a job, all but those that read the figures."""
    for reads in ("facts", "constraints"):
        apply_rules(job, [rule for rule in RULES if rule.reads == reads])


def cover(checked: Solved) -> Report:
    """Return a report without findings, whose figures have more columns than those of other reports.

    These are BLIND, null for what is not checked, the `title` of their table, their `label` (its row and
    column, or the sentence) and the `chapter` over it.
    """
    job, facts, solution = checked.job, checked.facts, checked.solution
    figures = checked.batch.figures
    blind = blind_spots(figures, *checked.batch.frames, solution.verdicts)
    own = figures.filter(pl.col("report") == 0)
    places = [job.places[figure] for figure in own["figure"]]
    covered = (
        own.join(solution.coverage, on="figure", how="left", maintain_order="left")
        .join(blind, on="figure", how="left", maintain_order="left")
        .with_columns(
            title=pl.Series([title_of(place) for place in places], dtype=pl.String),
            label=pl.Series([place.label for place in places], dtype=pl.String),
            chapter=pl.Series([_chapter(place) for place in places], dtype=pl.String),
        )
    )
    return Report(
        job.source, facts.year, facts.profile.name if facts.profile else None, facts.language, covered,
        dict(Counter(solution.verdicts["verdict"].to_list())), crashes=tuple(job.crashes), prior=job.prior,
    )  # fmt: skip


def _chapter(place: Place) -> str:
    """Return the outermost heading over a figure."""
    above = place.table.sections if place.table else place.claim.sections if place.claim else ()
    return above[0] if above else ""
