"""What the verdicts say of each figure: proven, bounded, contradicted, or unchecked."""

from __future__ import annotations

import polars as pl


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
    standing = (
        pl.concat([in_terms, as_stated])
        .join(decided, on="constraint")
        .group_by("figure")
        .agg(
            constraints=pl.col("constraint").n_unique().cast(pl.UInt32),
            contradicted=(pl.col("verdict") == "inconsistent").any(),
            proven=pl.col("equality").any(),
        )
    )
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
