"""Constraints to verdicts, all of a batch in one query, and the tolerance that a sum of counts learns.

Counts and amounts printed in full are exact, so that a table counts as rounded only on evidence: what
its other sums do. Only sums that share no figure with the one judged have a vote, so that an error
never votes for itself.
"""

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
            # The largest times their number: a float sum would depend on the order of the terms.
            estimate=pl.when(pl.col("known") & pl.col("power").is_null())
            .then(BEYOND)
            .otherwise("estimate")
            .max()
            * pl.len(),
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


BASES = (1000, 100, 10, 5)
# A few sums of a rounded table are wrong like those of any other: each one that even rounding does not
# explain needs two that only rounding explains, or it would raise a false alarm in every sound line.
NEAR_FOR_FAR = 2
FEWEST_FAILING = 2  # a sum that fails alone has nobody to vote for it


def adapt(
    figures: pl.DataFrame,
    constraints: pl.DataFrame,
    sides: pl.DataFrame,
    terms: pl.DataFrame,
    verdicts: pl.DataFrame,
) -> pl.DataFrame:
    """Return `verdicts` with those of the adaptive sums that rounding explains judged again.

    A sum whose votes hold exactly in fewer than nine tenths of the cases, the rest within half-units,
    carries half a unit of the last digit of each figure, or half the base (5, 10, 100, 1000) of which
    nine tenths of the figures of its group are multiples. Figures that carry a half-unit of their own
    keep it; "/" and blanks carry none. With one vote or none, a sum is exact. The tolerance is the one used.
    FIGURES needs `state` too; CONSTRAINTS report, adaptive and group.
    """
    if (verdicts["verdict"] == "inconsistent").sum() < FEWEST_FAILING:
        return verdicts
    doubtful = _doubtful(constraints, verdicts)
    if doubtful.is_empty():
        return verdicts
    own = terms.join(doubtful.select("constraint", "report", "group"), on="constraint")
    widened = _judge_rounded(figures, sides, own.join(_bases(figures, own), on=["report", "group"]))
    ballots = doubtful.join(
        widened.select("constraint", within=pl.col("verdict") == "consistent"), on="constraint"
    )
    return replace(verdicts, widened.join(_rounded(ballots, own), on="constraint", how="semi"))


def _doubtful(constraints: pl.DataFrame, verdicts: pl.DataFrame) -> pl.DataFrame:
    """Return the decided adaptive sums (constraint, report, group, exact) of the groups where enough fail."""
    adaptive = constraints.filter("adaptive").select("constraint", "report", "group")
    decided = verdicts.filter(pl.col("verdict") != "unverifiable")
    exact = decided.select("constraint", exact=pl.col("verdict") == "consistent")
    ballots = adaptive.join(exact, on="constraint")
    return ballots.filter((~pl.col("exact")).sum().over("report", "group") >= FEWEST_FAILING)


def _countable() -> pl.Expr:
    """Pick the figures that rounding may have touched: printed numbers without a half-unit of their own."""
    # Ten times a mantissa must stay in Int64; nobody rounds a count of eighteen digits.
    small = pl.col("mantissa").abs() < 9 * 10**17
    return (pl.col("state") == "number") & (pl.col("half") == 0) & small


def _bases(figures: pl.DataFrame, own: pl.DataFrame) -> pl.DataFrame:
    """Return report, group and the base to which the figures of the group look rounded, 1 if to none."""
    standing = own.select("report", "group", "figure").unique()
    columns = figures.select("figure", "mantissa", "half", "state")
    shares = (
        standing.join(columns, on="figure")
        .filter(_countable() & (pl.col("mantissa") != 0))
        .group_by("report", "group")
        .agg(((pl.col("mantissa") % base == 0).sum() * 10 >= pl.len() * 9).alias(str(base)) for base in BASES)
    )
    seen = [pl.when(str(base)).then(base) for base in BASES]
    base = pl.coalesce(*seen, 1).fill_null(1)
    return (
        own.select("report", "group")
        .unique()
        .join(shares, on=["report", "group"], how="left")
        .select("report", "group", base=base)
    )


def _judge_rounded(figures: pl.DataFrame, sides: pl.DataFrame, own: pl.DataFrame) -> pl.DataFrame:
    """Return the verdicts of the sums with half-units for every figure, base by base."""
    judged = []
    for base in sorted(own["base"].unique().to_list()):
        terms = own.filter(pl.col("base") == base)
        chosen = terms.select(pl.col("constraint").unique(maintain_order=True))
        wider = _widen(figures.join(terms, on="figure", how="semi"), base)
        judged.append(evaluate(wider, chosen, sides.join(chosen, on="constraint", how="semi"), terms))
    return pl.concat(judged)


def _widen(figures: pl.DataFrame, base: int) -> pl.DataFrame:
    """Give each countable figure half of `base` in units of its last digit, of 1 if no multiple."""
    rounded = _countable()
    unit = pl.when(pl.col("mantissa") % base == 0).then(base).otherwise(1)
    return figures.with_columns(
        mantissa=pl.when(rounded).then(pl.col("mantissa") * 10).otherwise("mantissa"),
        half=pl.when(rounded).then(unit * 5).otherwise("half").cast(pl.Int64),
        scale=pl.when(rounded).then(pl.col("scale") + 1).otherwise("scale").cast(pl.Int8),
    )


def _rounded(ballots: pl.DataFrame, own: pl.DataFrame) -> pl.DataFrame:
    """Return the constraints whose votes say that their group is rounded."""
    counts = [
        pl.len().cast(pl.Int64).alias("votes"),
        pl.col("exact").sum().cast(pl.Int64),
        (~pl.col("exact") & ~pl.col("within")).sum().cast(pl.Int64).alias("far"),
    ]
    place = ["report", "group"]
    standing = own.select(*place, "figure", "constraint")
    sharing = standing.join(standing, on=[*place, "figure"]).select(
        "constraint", vote=pl.col("constraint_right")
    )
    related = sharing.unique().join(ballots.select("exact", "within", vote="constraint"), on="vote")
    mine = related.group_by("constraint").agg(counts)
    every = ballots.group_by(place).agg(counts)
    tally = ballots.select("constraint", *place).join(every, on=place).join(mine, on="constraint")
    votes, exact, far = (pl.col(name) - pl.col(f"{name}_right") for name in ("votes", "exact", "far"))
    near = votes - exact - far
    return tally.filter((votes > 1) & (exact * 10 < votes * 9) & (NEAR_FOR_FAR * far <= near))
