"""Constraints in, all that arithmetic says of them out: verdicts, then suspects and repairs, then coverage."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import polars as pl
from msgspec import Struct, field

from mlcheck.solving.evaluate import adapt, evaluate

if TYPE_CHECKING:
    from mlcheck.solving.exact import Neighbourhood


class Solution(Struct, frozen=True):
    """Verdicts, coverage, and for what is violated its suspects, groups and repairs, as frames.

    `verdicts` has the columns VERDICTS, `coverage` COVERAGE, `groups` GROUPS, `suspects` SUSPECTS and
    `repairs` REPAIRS. The last three are None where nothing is violated, `repairs` also where one
    correction mends each group. `meant` are the log-odds of each constraint, by id, `odds` those of each group;
    those that are `doubtful` are unverifiable among the verdicts.
    """

    verdicts: pl.DataFrame
    coverage: pl.DataFrame
    suspects: pl.DataFrame | None = None
    groups: pl.DataFrame | None = None
    repairs: pl.DataFrame | None = None
    meant: tuple[int, ...] = ()
    odds: dict[int, int] = field(default_factory=dict)
    doubtful: frozenset[int] = frozenset()


class Diagnosis(Struct, frozen=True):
    """The suspects, groups and repairs of what is violated, None where nothing is or none are needed."""

    suspects: pl.DataFrame | None = None
    groups: pl.DataFrame | None = None
    repairs: pl.DataFrame | None = None


def decide(
    figures: pl.DataFrame, constraints: pl.DataFrame, sides: pl.DataFrame, terms: pl.DataFrame
) -> pl.DataFrame:
    """Return the verdicts of a batch (VERDICTS), what its sums learn of their tolerance included."""
    exact = evaluate(figures, constraints, sides, terms)
    return adapt(figures, constraints, sides, terms, exact)


def diagnosis(
    figures: pl.DataFrame, constraints: pl.DataFrame, sides: pl.DataFrame, terms: pl.DataFrame, verdicts: pl.DataFrame,
    repair: bool = True,
) -> Diagnosis:  # fmt: skip
    """Return what would mend the violated constraints of a batch.

    Without `repair`, the search for corrections of several figures at once is left out.
    """
    if not (verdicts["verdict"] == "inconsistent").any():
        return Diagnosis()
    from mlcheck.solving.diagnose import diagnose
    from mlcheck.solving.exact import neighbourhood

    around = neighbourhood(figures, constraints, sides, terms, verdicts)
    suspects, grouping = diagnose(around)
    return Diagnosis(
        suspects, grouping, _repairs(around, constraints, suspects, grouping) if repair else None
    )


def solve(
    figures: pl.DataFrame, constraints: pl.DataFrame, sides: pl.DataFrame, terms: pl.DataFrame, repair: bool = True
) -> Solution:  # fmt: skip
    """Return the solution of a batch all of whose constraints are believed; frames as in `mlcheck.model.frames`."""
    frames = (figures, constraints, sides, terms)
    verdicts = decide(*frames)
    found = diagnosis(*frames, verdicts, repair)
    return Solution(verdicts, coverage(*frames, verdicts), found.suspects, found.groups, found.repairs)


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
    proving: pl.Series | None = None,
    proven: pl.Series | None = None,
) -> pl.DataFrame:
    """Return COVERAGE, one row a figure in the order of `figures`.

    A figure is contradicted where it stands in an inconsistent constraint; proven where it stands in no such one,
    in a side of a consistent one that proves (of `proving`, None for all) whose two bounds are the same, and would
    be told if it were mistyped (of `proven`, None for all); bounded where it stands in other consistent ones (inequalities,
    shares, variations, means), be it as the percentage stated, or could be a little wrong in all.
    `constraints` counts those it stands in; unverifiable ones count for nothing.
    """
    standing = _standing(constraints, sides, terms, verdicts, proving)
    word = (
        pl.when("contradicted")
        .then(pl.lit("contradicted"))
        .when(pl.col("proven") & pl.col("told"))
        .then(pl.lit("proven"))
        .when(pl.col("constraints").is_not_null())
        .then(pl.lit("bounded"))
        .otherwise(pl.lit("unchecked"))
    )
    return (
        figures.lazy()
        .select("figure")
        .join(standing, on="figure", how="left", maintain_order="left")
        .with_columns(told=pl.lit(True) if proven is None else pl.col("figure").is_in(proven.implode()))
        .select("figure", coverage=word, constraints=pl.col("constraints").fill_null(0))
        .collect()
    )


def _standing(
    constraints: pl.DataFrame,
    sides: pl.DataFrame,
    terms: pl.DataFrame,
    verdicts: pl.DataFrame,
    proving: pl.Series | None,
) -> pl.LazyFrame:
    """Count the decided constraints of each figure: figure, constraints, contradicted, proven."""
    decided = verdicts.lazy().select("constraint", "verdict").filter(pl.col("verdict") != "unverifiable")
    if proving is not None:
        proves = (pl.col("verdict") == "inconsistent") | pl.col("constraint").is_in(proving.implode())
        decided = decided.filter(proves)
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
