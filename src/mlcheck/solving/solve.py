"""The one door to solving: constraints in, all that arithmetic says of them out."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import polars as pl
from msgspec import Struct

from mlcheck.solving.evaluate import adapt, evaluate

if TYPE_CHECKING:
    from mlcheck.solving.exact import Neighbourhood


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
    repair: bool = True,
) -> Solution:
    """Return the solution of a batch; frames as in `mlcheck.model.frames`.

    Without `repair`, the search for corrections of several figures at once is left out.
    """
    exact = evaluate(figures, constraints, sides, terms)
    verdicts = adapt(figures, constraints, sides, terms, exact)
    covered = coverage(figures, constraints, sides, terms, verdicts)
    if not (verdicts["verdict"] == "inconsistent").any():
        return Solution(verdicts, covered)
    from mlcheck.solving.diagnose import diagnose
    from mlcheck.solving.exact import neighbourhood

    around = neighbourhood(figures, constraints, sides, terms, verdicts)
    suspects, grouping = diagnose(around)
    repairs = _repairs(around, constraints, suspects, grouping) if repair else None
    return Solution(verdicts, covered, suspects, grouping, repairs)


def _repairs(
    around: Neighbourhood, constraints: pl.DataFrame, suspects: pl.DataFrame, grouping: pl.DataFrame
) -> pl.DataFrame | None:
    """Return the repairs of the groups that no single correction mends, None where there is no such group."""
    single = suspects.filter("complete").select("group")
    rest = grouping.join(single, on="group", how="anti")
    if rest.is_empty():
        return None
    from mlcheck.solving.repair import repairs

    wanted: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    own = rest.join(constraints.select("constraint", "report"), on="constraint")
    for report, group, constraint in (
        own.select("report", "group", "constraint").sort("constraint").iter_rows()
    ):
        wanted[report][group].append(constraint)
    return repairs(around, wanted)


def coverage(
    figures: pl.DataFrame,
    constraints: pl.DataFrame,
    sides: pl.DataFrame,
    terms: pl.DataFrame,
    verdicts: pl.DataFrame,
) -> pl.DataFrame:
    """Return COVERAGE, one row a figure in the order of `figures`.

    A figure is contradicted where it stands in an inconsistent constraint; proven where it stands in no
    such one and in a side of a consistent one whose two bounds are the same; bounded where it stands only
    in other consistent ones (inequalities, shares, variations, means), be it as the percentage stated.
    `constraints` counts those it stands in; unverifiable ones count for nothing.
    """
    standing = _standing(constraints, sides, terms, verdicts)
    word = (
        pl.when("contradicted")
        .then(pl.lit("contradicted"))
        .when("proven")
        .then(pl.lit("proven"))
        .when(pl.col("constraints").is_not_null())
        .then(pl.lit("bounded"))
        .otherwise(pl.lit("unchecked"))
    )
    return (
        figures.lazy()
        .select("figure")
        .join(standing, on="figure", how="left", maintain_order="left")
        .select("figure", coverage=word, constraints=pl.col("constraints").fill_null(0))
        .collect()
    )


def _standing(
    constraints: pl.DataFrame, sides: pl.DataFrame, terms: pl.DataFrame, verdicts: pl.DataFrame
) -> pl.LazyFrame:
    """Count the decided constraints of each figure: figure, constraints, contradicted, proven."""
    decided = verdicts.lazy().select("constraint", "verdict").filter(pl.col("verdict") != "unverifiable")
    equality = (pl.col("lower") == pl.col("upper")).fill_null(False)
    bounds = sides.lazy().select("constraint", "side", equality=equality)
    in_terms = (
        terms.lazy()
        .filter(pl.col("coefficient") != 0)
        .join(bounds, on=["constraint", "side"])
        .select("constraint", "figure", "equality")
    )
    stated = constraints.lazy().filter(pl.col("stated").is_not_null())
    as_stated = stated.select("constraint", figure="stated", equality=pl.lit(False))
    return (
        pl.concat([in_terms, as_stated])
        .join(decided, on="constraint")
        .group_by("figure")
        .agg(
            constraints=pl.col("constraint").n_unique().cast(pl.UInt32),
            contradicted=(pl.col("verdict") == "inconsistent").any(),
            proven=pl.col("equality").any(),
        )
    )
