"""A batch solved and judged: what its arithmetic says, without what was never meant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import polars as pl
from msgspec import Struct

from mlcheck.checking.batch import Batch
from mlcheck.checking.findings import main_of
from mlcheck.judging.judge import judge, log_odds
from mlcheck.judging.weights import WARNING
from mlcheck.model.constraints import Constraint
from mlcheck.solving.solve import Diagnosis, Solution, coverage, decide, diagnosis


class _Judged(Struct, frozen=True):
    """How far the constraints of a batch can be believed, by their ids."""

    meant: tuple[int, ...]
    doubtful: frozenset[int]
    proving: frozenset[int]


def solution_of(batch: Batch, *, repair: bool = True) -> Solution:
    """Return the solution of a batch; constraints that were hardly meant decide nothing, and neither do they prove.

    Without `repair`, the search for corrections of several figures at once is left out.
    """
    verdicts = decide(batch.figures, *batch.frames)
    judged = _judged(batch, verdicts)
    kept = _without(verdicts, judged.doubtful)
    found = diagnosis(batch.figures, *batch.frames, kept, repair)
    odds = dict(_odds(batch, judged, found))
    lost = [group for group, one in odds.items() if one < WARNING]
    doubtful = judged.doubtful
    if lost and found.groups is not None:
        dropped = found.groups.filter(pl.col("group").is_in(lost))["constraint"].to_list()
        doubtful, found = doubtful | frozenset(dropped), _without_groups(found, lost)
        kept = _without(verdicts, doubtful)
    proving = pl.Series(sorted(judged.proving), dtype=pl.UInt32)
    covered = coverage(batch.figures, *batch.frames, kept, proving)
    return Solution(kept, covered, found.suspects, found.groups, found.repairs, judged.meant, odds, doubtful)


def _judged(batch: Batch, verdicts: pl.DataFrame) -> _Judged:
    meant: list[int] = []
    doubtful: set[int] = set()
    proving: set[int] = set()
    for job, offset in zip(batch.jobs, batch.constraint_offsets, strict=True):
        decided = verdicts["verdict"].slice(offset, len(job.constraints)).to_list()
        bindings = job.facts.bindings if job.facts is not None else {}
        own = judge(job.constraints, decided, job.places, bindings)
        meant += own.meant
        doubtful |= {offset + index for index in own.doubtful}
        proving |= {offset + index for index in own.proving}
    return _Judged(tuple(meant), frozenset(doubtful), frozenset(proving))


def _without(verdicts: pl.DataFrame, doubtful: frozenset[int]) -> pl.DataFrame:
    """Return the verdicts with the doubtful ones as unverifiable."""
    if not doubtful:
        return verdicts
    among = pl.col("constraint").is_in(sorted(doubtful))
    return verdicts.with_columns(verdict=pl.when(among).then(pl.lit("unverifiable")).otherwise("verdict"))


def _without_groups(found: Diagnosis, lost: Sequence[int]) -> Diagnosis:
    frames = (
        None if one is None else one.filter(~pl.col("group").is_in(list(lost)))
        for one in (found.suspects, found.groups, found.repairs)
    )  # fmt: skip
    return Diagnosis(*frames)


def _odds(batch: Batch, judged: _Judged, found: Diagnosis) -> Iterator[tuple[int, int]]:
    """Yield the log-odds of each group of violated constraints."""
    if found.groups is None:
        return
    assert found.suspects is not None
    rows: dict[int, list[Mapping[str, Any]]] = {}
    for row in found.suspects.sort("group", "place").iter_rows(named=True):
        rows.setdefault(row["group"], []).append(row)
    members: dict[int, list[int]] = {}
    for constraint, group in found.groups.select("constraint", "group").iter_rows():
        members.setdefault(group, []).append(constraint)
    for group, own in members.items():
        n = batch.owner(own[0])
        offset, figures = batch.constraint_offsets[n], batch.figure_offsets[n]
        job = batch.jobs[n]
        told: list[tuple[Constraint, int]] = [(job.constraints[c - offset], judged.meant[c]) for c in own]
        suspects = [{**row, "figure": row["figure"] - figures} for row in rows.get(group, ())]
        yield group, log_odds(told, main_of([one for one, _ in told]), suspects, job.places)
