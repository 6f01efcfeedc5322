"""The tolerance that a sum of counts learns from the other sums of its table.

Counts and amounts printed in full are exact, so that a table counts as rounded only on evidence: what
its other sums do. Only sums that share no figure with the one judged have a vote, so that an error
never votes for itself.
"""

from __future__ import annotations

import polars as pl

from mlcheck.solving.evaluate import evaluate, replace

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
    keep it; "/" and blanks carry none. With no vote, a sum is exact. The tolerance is the one used.
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
    return tally.filter((votes > 0) & (exact * 10 < votes * 9) & (NEAR_FOR_FAR * far <= near))
