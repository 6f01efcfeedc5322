"""Constraints to verdicts, all of a batch in one query."""

from __future__ import annotations

import polars as pl

from mlcheck.model.frames import VERDICTS

# Every sum is taken in integers of 10**-12. An Int128 costs a tenth more than an Int64 and holds sums of
# any report at that scale; like an Int64 it wraps without a word, so that what a float estimates above
# 2**120 (or finer than 12 decimals) is left to fractions.
SCALE = 12
POWERS = tuple(10**exponent for exponent in range(19))
SAFE = 2.0**120
BEYOND = float("inf")


def evaluate(
    figures: pl.DataFrame, constraints: pl.DataFrame, sides: pl.DataFrame, terms: pl.DataFrame
) -> pl.DataFrame:
    """Return the verdict of each constraint, in the order of `constraints`.

    Frames as in `mlcheck.model.frames`: FIGURES (figure, mantissa, half, scale), CONSTRAINTS (constraint),
    SIDES and TERMS give VERDICTS. A side asks that [S − slack, S + slack], with S = Σ coefficient · value
    and slack = Σ |coefficient| · half-unit, meet [lower, upper], closed at both ends. A constraint is
    unverifiable where it has no side, or one of its sides has no term, no bound, an unknown figure, or a
    `positive` figure that is not above zero. The residual is S, null where unverifiable.
    A figure is one term of a side at most. Raises polars.exceptions.ComputeError where a figure is not unique.
    """
    values = figures.lazy().select("figure", "mantissa", "half", "scale")
    judged = _judge(_sum(values, terms.lazy()), values, sides.lazy())
    verdicts = _gather(constraints.lazy().select("constraint"), judged).collect()
    large = verdicts.filter(pl.col("large"))["constraint"]
    verdicts = verdicts.select(*VERDICTS)
    if large.is_empty():
        return verdicts
    from mlcheck.solving.exact import evaluate_exactly

    return replace(verdicts, evaluate_exactly(figures, large, sides, terms))


def replace(verdicts: pl.DataFrame, others: pl.DataFrame) -> pl.DataFrame:
    """Return `verdicts` with the rows of `others` in the place of theirs, in the same order."""
    kept = verdicts.join(others, on="constraint", how="anti")
    order = verdicts.select("constraint")
    return order.join(pl.concat([kept, others]), on="constraint", how="left", maintain_order="left")


def _key() -> pl.Expr:
    """Constraint and side in one integer: grouping by it takes half the time of grouping by both."""
    return (pl.col("constraint").cast(pl.Int64) * 256 + pl.col("side")).alias("key")


def _power(exponent: pl.Expr) -> pl.Expr:
    """Look up 10**exponent, null where the table has none."""
    table = pl.Series("power", POWERS, dtype=pl.Int128)
    return pl.lit(table).gather(pl.when(exponent.is_between(0, len(POWERS) - 1)).then(exponent))


def _sum(values: pl.LazyFrame, terms: pl.LazyFrame) -> pl.LazyFrame:
    """Sum the terms of each side: key, total, slack, estimate, unknown, scale."""
    finest = pl.col("scale").cast(pl.Int32) + pl.col("coefficient_scale")
    weight = pl.col("coefficient").cast(pl.Int128) * pl.col("power")
    size = pl.col("mantissa").cast(pl.Float64).abs() + pl.col("half").cast(pl.Float64)
    estimate = size * (pl.col("coefficient").cast(pl.Float64) * pl.col("power").cast(pl.Float64)).abs()
    known = pl.all_horizontal(pl.col("mantissa", "half", "scale", "coefficient").is_not_null())
    return (
        terms.join(values, on="figure", how="left", validate="m:1")
        .with_columns(_key(), scale=finest, known=known, power=_power(SCALE - finest))
        .with_columns(weight=weight, estimate=estimate)
        .with_columns(
            total=pl.col("mantissa") * pl.col("weight"), slack=pl.col("half") * pl.col("weight").abs()
        )
        .group_by("key")
        .agg(
            pl.col("total", "slack").sum(),
            pl.col("scale").max().clip(0),
            known=pl.col("known").all(),
            estimate=pl.when(pl.col("known") & pl.col("power").is_null())
            .then(BEYOND)
            .otherwise("estimate")
            .sum(),
        )
    )


def _judge(sums: pl.LazyFrame, values: pl.LazyFrame, sides: pl.LazyFrame) -> pl.LazyFrame:
    """Compare each side with its bounds: constraint, side, known, violated, large, total, slack, scale."""
    base = values.select(positive="figure", above=pl.col("mantissa") > 0)
    one = _power(SCALE - pl.col("bound_scale").cast(pl.Int32))
    lower, upper = (pl.col(bound).cast(pl.Int128) * one for bound in ("lower", "upper"))
    below = (pl.col("total") + pl.col("slack") < lower).fill_null(False)
    above = (pl.col("total") - pl.col("slack") > upper).fill_null(False)
    bounded = pl.col("lower").is_not_null() | pl.col("upper").is_not_null()
    return (
        sides.with_columns(_key())
        .join(sums, on="key", how="left")
        .join(base, on="positive", how="left", validate="m:1")
        .select(
            "constraint", "side", "total", "slack", "scale",
            known=pl.col("known").fill_null(False)
            & bounded
            & (pl.col("positive").is_null() | pl.col("above").fill_null(False)),
            large=(pl.col("estimate") > SAFE) | (bounded & one.is_null()),
            violated=below | above,
        )
    )  # fmt: skip


def _gather(constraints: pl.LazyFrame, judged: pl.LazyFrame) -> pl.LazyFrame:
    """Bring the sides of each constraint together: the columns of VERDICTS, and `large`."""
    shorten = _power(SCALE - pl.col("scale"))
    verdict = (
        pl.when(~pl.col("known").fill_null(False))
        .then(pl.lit("unverifiable"))
        .when("violated")
        .then(pl.lit("inconsistent"))
        .otherwise(pl.lit("consistent"))
    )
    gathered = (
        judged.sort("constraint", ~pl.col("violated"), "side")
        .group_by("constraint")
        .agg(pl.col("known").all(), pl.col("large").any(), pl.col("violated").any(), pl.col("total", "slack", "scale").first())
    )  # fmt: skip
    return (
        constraints.join(gathered, on="constraint", how="left", maintain_order="left")
        .with_columns(pl.when("known").then(pl.col("total", "slack")), shorten=shorten)
        .select(
            "constraint",
            "large",
            verdict=verdict,
            residual=(pl.col("total") // pl.col("shorten")).cast(pl.Int64, strict=False),
            residual_scale=pl.when(pl.col("total").is_not_null()).then("scale").cast(pl.Int8, strict=False),
            tolerance=(pl.col("slack") // pl.col("shorten")).cast(pl.Int64, strict=False),
        )
    )
