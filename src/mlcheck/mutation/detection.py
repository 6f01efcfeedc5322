"""Whether the checks notice typing errors, and whether they suspect the right figure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

import polars as pl
from msgspec import Struct

from mlcheck.checking.batch import Batch, lay_out, remark
from mlcheck.checking.solution import solution_of
from mlcheck.model.constraints import Constraint
from mlcheck.mutation.mutants import Mutant, Sound, Where, figures_of, key_of, where
from mlcheck.rules import RULES
from mlcheck.solving.solve import Solution

FIRST = 3  # suspects that a reader looks at


class Detected(Struct, frozen=True):
    """What the checks make of a typing error: whether they notice it, and how often they suspect the true figure.

    `first` and `three` are the shares of the readers who find it first, or among the first three, where ties
    stand in no order; `suspected` is whether it is among the suspects at all. `equalities` counts the
    violated equalities that it stands in.
    """

    caught: bool
    first: float = 0
    three: float = 0
    suspected: bool = False
    equalities: int = 0


def detected(report: Sound, mutants: Sequence[Mutant]) -> list[Detected]:
    """Return what the checks make of some typing errors, all solved together.

    One is noticed where a finding that was not there before, an error or a warning, has its figure among its own;
    a cell that is no figure any more where one has those that it stood in a check with.
    """
    batch = lay_out([one.job for one in mutants])
    solution = solution_of(batch, repair=False, proofs=False)
    remark(batch, RULES)
    return [_detected(report, one, batch, solution, n) for n, one in enumerate(mutants)]


def _detected(report: Sound, one: Mutant, batch: Batch, solution: Solution, n: int) -> Detected:
    beside = _beside(report, one)
    for group, members in _groups(one.job.constraints, batch.groups(solution, n)):
        ties = {constraint: figures_of(constraint) for constraint in members}
        new = any(key_of(c.rule, figures, one.places) not in report.known for c, figures in ties.items())
        named = {where(one.places[f]) for figures in ties.values() for f in figures}
        if new and not named.isdisjoint(beside):
            if one.figure is None:
                return Detected(True)
            equalities = sum(one.figure in figures and _equality(c) for c, figures in ties.items())
            return _suspected(solution, group, one.figure + batch.figure_offsets[n], equalities)
    for known in one.job.remarks:
        new = key_of(known.rule, known.figures, one.places) not in report.known
        if new and known.severity != "info" and one.figure in known.figures:
            first = known.figures[0] == one.figure
            return Detected(True, float(first), float(first), first)
    return Detected(False)


def _beside(report: Sound, one: Mutant) -> set[Where]:
    """Return where the figure with the error stands; where it is none any more, those it stood in a check with."""
    if one.figure is not None:
        return {where(one.places[one.figure])}
    lost = one.mistypable.place.figure
    checks = (figures for figures in report.before.figures.values() if lost in figures)
    return {where(report.places[figure]) for figures in checks for figure in figures}


def _groups(
    constraints: Sequence[Constraint], violated: Mapping[int, int]
) -> Iterator[tuple[int, list[Constraint]]]:
    """Yield the constraints that are violated together, those that are only worth a remark left out."""
    pairs = sorted((group, n) for n, group in violated.items())
    for group, own in groupby(pairs, key=lambda pair: pair[0]):
        members = [constraints[n] for _, n in own]
        if any(one.severity != "info" for one in members):
            yield group, members


def _equality(one: Constraint) -> bool:
    return any(side.lower is not None and side.lower == side.upper for side in one.sides)


def _suspected(solution: Solution, group: int, figure: int, equalities: int) -> Detected:
    """Return how likely a reader of the suspects of a group, who takes ties in any order, finds a figure."""
    if solution.suspects is None:
        return Detected(True, equalities=equalities)
    own = solution.suspects.filter((pl.col("group") == group) & pl.col("suggested").is_not_null())
    merit = ("complete", "mends", "breaks", "slip_rank")
    before = 0
    for _, rows in groupby(own.sort("place").iter_rows(named=True), key=lambda row: [row[m] for m in merit]):
        tied = [{row["figure"], *(row["also"] or [])} for row in rows]
        if any(figure in places for places in tied):
            first = 1 / len(tied) if not before else 0
            three = min(max((FIRST - before) / len(tied), 0), 1)
            return Detected(True, first, three, True, equalities)
        before += len(tied)
    return Detected(True, equalities=equalities)
