"""The violated constraints that hang together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import polars as pl

from mlcheck.model.frames import frame
from mlcheck.solving.neighbourhood import Judged, connected

GROUPS = {"constraint": pl.UInt32, "group": pl.UInt32}


def groups(
    verdicts: pl.DataFrame, terms: pl.DataFrame, constraints: pl.DataFrame | None = None
) -> pl.DataFrame:
    """Return the violated constraints (constraint, group), those that share a figure in one group.

    Groups are numbered from 0 by their lowest constraint. With `constraints`, the figure that a
    percentage constraint holds to account (`stated`) ties it too.
    """
    violated = verdicts.filter(pl.col("verdict") == "inconsistent").select("constraint")
    standing = terms.filter(pl.col("coefficient") != 0).select("constraint", "figure")
    if constraints is not None:
        standing = pl.concat([standing, constraints.select("constraint", figure="stated").drop_nulls()])
    rows = standing.join(violated, on="constraint", how="semi").unique().iter_rows()
    return _frame(violated["constraint"].to_list(), rows)


def grouped(judged: dict[int, Judged], places: dict[int, int]) -> pl.DataFrame:
    """Return the same of judged constraints, with the places that print one figure taken for one."""
    violated = [constraint for constraint, one in judged.items() if one.violated]
    return _frame(violated, ((c, places.get(f, f)) for c in violated for f in judged[c].figures))


def _frame(violated: list[int], standing: Iterable[tuple[int, int]]) -> pl.DataFrame:
    meeting: dict[int, set[int]] = defaultdict(set)
    for constraint, figure in standing:
        meeting[figure].add(constraint)
    heads = connected([*meeting.values(), *([constraint] for constraint in violated)])
    number = {head: at for at, head in enumerate(sorted({heads[constraint] for constraint in violated}))}
    rows = [(constraint, number[heads[constraint]]) for constraint in sorted(violated)]
    return frame(rows, GROUPS)
