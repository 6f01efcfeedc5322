"""Whether the checks notice typing errors, and whether they suspect the right figure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

import polars as pl
from msgspec import Struct

from mlcheck.checking.affected import figures_of, signature
from mlcheck.checking.batch import Batch, lay_out, remark
from mlcheck.checking.mutants import Mutant, Sound, told_by
from mlcheck.model.constraints import Constraint
from mlcheck.rules import RULES
from mlcheck.solving.solve import Solution, solve

FIRST = 3  # suspects that a reader looks at


class Noticed(Struct, frozen=True):
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


def noticed(report: Sound, mutants: Sequence[Mutant]) -> list[Noticed]:
    """Return what the checks make of some typing errors, all solved together.

    One is noticed where a finding that was not there before, an error or a warning, has its figure among its own.
    """
    batch = lay_out([one.job for one in mutants])
    solution = solve(batch.figures, *batch.frames, seconds=0)
    remark(batch, RULES)
    known = report.before.told
    return [_noticed(report, one, batch, solution, n, known) for n, one in enumerate(mutants)]


def _noticed(
    report: Sound, one: Mutant, batch: Batch, solution: Solution, n: int, known: frozenset[Any]
) -> Noticed:  # fmt: skip
    if one.figure is None:
        return Noticed(False)
    for group, members in _groups(one.job.constraints, batch.groups(solution, n)):
        ties = {constraint: figures_of(constraint) for constraint in members}
        new = any(signature(constraint, figures) not in known for constraint, figures in ties.items())
        if new and any(one.figure in figures for figures in ties.values()):
            equalities = sum(one.figure in figures and _equality(c) for c, figures in ties.items())
            return _suspected(solution, group, one.figure + batch.figure_offsets[n], equalities)
    for told in one.job.remarks:
        if told.severity != "info" and one.figure in told.figures and told_by(told) not in report.remarks:
            named = told.figures[0] == one.figure
            return Noticed(True, float(named), float(named), named)
    return Noticed(False)


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


def _suspected(solution: Solution, group: int, figure: int, equalities: int) -> Noticed:
    """Return how likely a reader of the suspects of a group, who takes ties in any order, finds a figure."""
    if solution.suspects is None:
        return Noticed(True, equalities=equalities)
    own = solution.suspects.filter((pl.col("group") == group) & pl.col("suggested").is_not_null())
    merit = ("complete", "mends", "breaks", "slip_rank")
    before = 0
    for _, rows in groupby(own.sort("place").iter_rows(named=True), key=lambda row: [row[m] for m in merit]):
        tied = [{row["figure"], *(row["also"] or [])} for row in rows]
        if any(figure in places for places in tied):
            first = 1 / len(tied) if not before else 0
            three = min(max((FIRST - before) / len(tied), 0), 1)
            return Noticed(True, first, three, True, equalities)
        before += len(tied)
    return Noticed(True, equalities=equalities)
