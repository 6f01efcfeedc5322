"""The one door to solving: constraints in, all that arithmetic says of them out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from msgspec import Struct

from mlcheck.solving.coverage import coverage
from mlcheck.solving.evaluate import evaluate
from mlcheck.solving.tolerance import adapt

if TYPE_CHECKING:
    from mlcheck.solving.neighbourhood import Neighbourhood


class Solution(Struct, frozen=True):
    """Verdicts, coverage, and for what is violated its suspects, groups and repairs, as frames.

    `verdicts` has the columns VERDICTS, `coverage` COVERAGE, `groups` GROUPS, `suspects` SUSPECTS and
    `repairs` REPAIRS. The last three are None where nothing is violated, `repairs` also where one
    correction mends each group.
    """

    verdicts: pl.DataFrame
    coverage: pl.DataFrame
    suspects: pl.DataFrame | None = None
    groups: pl.DataFrame | None = None
    repairs: pl.DataFrame | None = None


def solve(
    figures: pl.DataFrame,
    constraints: pl.DataFrame,
    sides: pl.DataFrame,
    terms: pl.DataFrame,
    seconds: float = 2.0,
) -> Solution:
    """Return the solution of a batch; frames as in `mlcheck.model.frames`.

    `seconds` bounds the search for repairs of several figures, for all the groups together; 0 leaves
    it out.
    """
    exact = evaluate(figures, constraints, sides, terms)
    verdicts = adapt(figures, constraints, sides, terms, exact)
    covered = coverage(figures, constraints, sides, terms, verdicts)
    if not (verdicts["verdict"] == "inconsistent").any():
        return Solution(verdicts, covered)
    from mlcheck.solving.diagnose import diagnose
    from mlcheck.solving.neighbourhood import neighbourhood

    around = neighbourhood(figures, constraints, sides, terms, verdicts)
    suspects, grouping = diagnose(around)
    return Solution(verdicts, covered, suspects, grouping, _repairs(around, suspects, grouping, seconds))


def _repairs(
    around: Neighbourhood, suspects: pl.DataFrame, grouping: pl.DataFrame, seconds: float
) -> pl.DataFrame | None:
    """Return the repairs of the groups that no single correction mends, None where there is no such group."""
    single = suspects.filter("complete").select("group")
    rest = grouping.join(single, on="group", how="anti")
    if rest.is_empty() or seconds <= 0:
        return None
    from mlcheck.solving.repair import repairs

    wanted = rest.sort("group", "constraint").group_by("group", maintain_order=True).agg("constraint")
    return repairs(around, dict(wanted.iter_rows()), seconds)
