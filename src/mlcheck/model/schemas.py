"""The pandera schemas of the frames, run once on each batch: what no later step needs to doubt."""

from __future__ import annotations

from functools import cache
from typing import Any

STATES = ("number", "nil", "blank", "unknown", "error")
KINDS = (
    "sum",
    "bound",
    "within",
    "share",
    "variation",
    "points",
    "mean",
    "equal",
    "distribution",
    "relation",
)


@cache
def constraints_schema() -> Any:
    """Return the schema of CONSTRAINTS: ids are unique and the kind is known."""
    import polars as pl

    sound = pl.col("constraint").is_unique() & pl.col("kind").is_in(KINDS)
    return _schema({"constraint": pl.UInt32, "kind": pl.String}, sound)


@cache
def terms_schema() -> Any:
    """Return the schema of TERMS: a figure stands once in a side, with a coefficient."""
    import polars as pl

    once = pl.struct("constraint", "side", "figure").is_unique()
    known = pl.all_horizontal(pl.col("figure", "coefficient").is_not_null())
    return _schema({"figure": pl.UInt32, "coefficient": pl.Int64}, once & known)


def _schema(types: dict[str, Any], sound: Any) -> Any:
    """Return a schema of column types and one check of all rows: each check costs pandera a millisecond."""
    import pandera.polars as pa

    check = pa.Check(lambda data: data.lazyframe.select(sound.fill_null(False)), name="sound")
    return pa.DataFrameSchema(
        {name: pa.Column(dtype, nullable=True) for name, dtype in types.items()}, checks=check
    )
