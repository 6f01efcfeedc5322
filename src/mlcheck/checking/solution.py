"""A batch solved and judged: what its arithmetic says, without what was never meant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

import polars as pl
from msgspec import Struct

from mlcheck.checking.batch import Batch
from mlcheck.checking.findings import main_of
from mlcheck.judging.gap import Features
from mlcheck.judging.judge import features_of, judge
from mlcheck.judging.ordering import ordered
from mlcheck.judging.proofs import Decided, proven
from mlcheck.judging.weights import WARNING, weights
from mlcheck.model.constraints import Constraint
from mlcheck.solving.solve import Diagnosis, Solution, coverage, decide, diagnosis

ROUNDS = 4  # relations that are left out of what is broken together, one after the other


class Group(Struct, frozen=True):
    """Constraints of one report that are violated together, by their ids, its suspects, and what speaks for a slip."""

    number: int
    constraints: tuple[int, ...]
    suspects: Sequence[Mapping[str, Any]]
    features: Features

    @property
    def odds(self) -> int:
        """The log-odds that it is a slip."""
        return weights().log_odds(self.features)


class _Judged(Struct, frozen=True):
    """How far the constraints of a batch can be believed, by their ids, what speaks for each, and the figures proven."""

    meant: tuple[int, ...]
    doubtful: frozenset[int]
    proving: frozenset[int]
    features: dict[int, Features]
    proven: frozenset[int]


def solution_of(batch: Batch, *, repair: bool = True, proofs: bool = True) -> Solution:
    """Return the solution of a batch; constraints that were hardly meant decide nothing, and neither do they prove.

    Without `repair`, the search for corrections of several figures at once is left out; without `proofs`, that for the
    figures that are proven, and none is.
    """
    verdicts = decide(batch.figures, *batch.frames)
    judged = _judged(batch, verdicts, proofs=proofs)
    doubtful, found, odds = _diagnosed(batch, judged, verdicts, repair)
    kept = _without(verdicts, doubtful)
    lost = [group for group, one in odds.items() if one < WARNING]
    if lost and found.groups is not None:
        dropped = found.groups.filter(pl.col("group").is_in(lost))["constraint"].to_list()
        doubtful, found = doubtful | frozenset(dropped), _without_groups(found, lost)
        kept = _without(verdicts, doubtful)
    proving = pl.Series(sorted(judged.proving), dtype=pl.UInt32)
    shown = pl.Series(sorted(judged.proven), dtype=pl.UInt32)
    covered = coverage(batch.figures, *batch.frames, kept, proving, shown)
    return Solution(kept, covered, found.suspects, found.groups, found.repairs, judged.meant, odds, doubtful)


def _diagnosed(
    batch: Batch, judged: _Judged, verdicts: pl.DataFrame, repair: bool
) -> tuple[frozenset[int], Diagnosis, dict[int, int]]:
    """Return what is doubtful, the diagnosis of the rest, and the log-odds of its groups.

    Where no slip would explain all that is broken together, the relation that is the least sure was perhaps never
    meant: without it, the others may be a slip. A few are left out one after the other.
    """
    doubtful = judged.doubtful
    for last in range(ROUNDS, -1, -1):
        found = _ordered(batch, diagnosis(batch.figures, *batch.frames, _without(verdicts, doubtful), repair))
        groups = list(_groups(batch, judged, found))
        unsure = [one for one in groups if len(one.constraints) > 1 and one.odds < WARNING] if last else []
        weakest = {min(one.constraints, key=lambda c: (judged.meant[c], -c)) for one in unsure}
        if not weakest:
            break
        doubtful |= weakest
    return doubtful, found, {one.number: one.odds for one in groups}


def weighed_groups(batch: Batch, verdicts: pl.DataFrame, least: int = WARNING) -> list[Group]:
    """Return the groups of violated constraints that are weighed, those too that turn out doubtful.

    `verdicts` are what arithmetic alone says; what is broken and whose relation has log-odds below `least` is in none.
    """
    judged = _judged(batch, verdicts, least)
    found = diagnosis(batch.figures, *batch.frames, _without(verdicts, judged.doubtful), repair=False)
    return list(_groups(batch, judged, found))


def _judged(batch: Batch, verdicts: pl.DataFrame, least: int = WARNING, proofs: bool = False) -> _Judged:
    meant: list[int] = []
    features: dict[int, Features] = {}
    doubtful: set[int] = set()
    proving: set[int] = set()
    shown: set[int] = set()
    for n, (job, offset) in enumerate(zip(batch.jobs, batch.constraint_offsets, strict=True)):
        rows = verdicts.slice(offset, len(job.constraints))
        decided = rows["verdict"].to_list()
        bindings = job.facts.bindings if job.facts is not None else {}
        own = judge(job.constraints, decided, job.places, bindings, least, _uneven(rows))
        features |= {offset + index: said for index, said in own.features.items()}
        meant += own.meant
        doubtful |= {offset + index for index in own.doubtful}
        proving |= {offset + index for index in own.proving}
        if proofs:
            found = proven(job.constraints, _decided(rows), own, job.places, main_of)
            shown |= {batch.figure_offsets[n] + figure for figure in found}
    return _Judged(tuple(meant), frozenset(doubtful), frozenset(proving), features, frozenset(shown))


def _uneven(verdicts: pl.DataFrame) -> frozenset[int]:
    """Return the places of the constraints that hold with a gap."""
    gaping = (pl.col("verdict") == "consistent") & (pl.col("residual") != 0)
    return frozenset(verdicts.with_row_index().filter(gaping)["index"].to_list())


def _decided(verdicts: pl.DataFrame) -> list[Decided]:
    """Return the verdict on each constraint with its gap and its tolerance."""
    rows = verdicts.select("verdict", "residual", "tolerance", "residual_scale").iter_rows()
    return [
        Decided(verdict, *(Fraction(n or 0, 10 ** (scale or 0)) for n in gaps))
        for verdict, *gaps, scale in rows
    ]


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


def _ordered(batch: Batch, found: Diagnosis) -> Diagnosis:
    """Return a diagnosis with the suspects of each group in the order of how likely each is."""
    if found.groups is None or found.suspects is None:
        return found
    rows: list[dict[str, Any]] = []
    for group in _broken(batch, found):
        places, offset = batch.jobs[group.report].places, batch.figure_offsets[group.report]
        own = ordered(group.suspects, group.main, places)
        rows += ({**row, "figure": row["figure"] + offset} for row in own)
    return Diagnosis(pl.DataFrame(rows, found.suspects.schema), found.groups, found.repairs)


class _Broken(Struct, frozen=True):
    """Constraints of one report that are violated together, the one that is told, and the suspects by their ids in it."""

    number: int
    report: int
    constraints: tuple[int, ...]
    main: Constraint
    suspects: tuple[Mapping[str, Any], ...]


def _broken(batch: Batch, found: Diagnosis) -> Iterator[_Broken]:
    """Yield what is violated together, suspects with the figure ids of their report."""
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
        first, figures = batch.constraint_offsets[n], batch.figure_offsets[n]
        suspects = tuple({**row, "figure": row["figure"] - figures} for row in rows.get(group, ()))
        main = main_of([batch.jobs[n].constraints[c - first] for c in own])
        yield _Broken(group, n, tuple(own), main, suspects)


def _groups(batch: Batch, judged: _Judged, found: Diagnosis) -> Iterator[Group]:
    """Yield the groups of violated constraints with what speaks for them."""
    for one in _broken(batch, found):
        weighed = [(judged.meant[c], judged.features[c]) for c in one.constraints]
        features = features_of(weighed, one.main, one.suspects, batch.jobs[one.report].places)
        yield Group(one.number, one.constraints, one.suspects, features)
