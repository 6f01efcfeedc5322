"""The pandera schemas of the frames, run once on each batch: what no later step needs to doubt."""

from __future__ import annotations

from functools import cache
from typing import Any

STATES = ("number", "nil", "blank", "unknown", "error")
KINDS = ("sum", "bound", "share", "variation", "points", "mean", "equal", "distribution", "relation")


@cache
def constraints_schema() -> Any:
    """Return the schema of CONSTRAINTS: ids are unique and the kind is known."""
    import pandera.polars as pa
    import polars as pl

    return pa.DataFrameSchema({
        "constraint": pa.Column(pl.UInt32, unique=True),
        "kind": pa.Column(pl.String, pa.Check.isin(KINDS)),
    })  # fmt: skip


@cache
def terms_schema() -> Any:
    """Return the schema of TERMS: a figure stands once in a side, with a coefficient."""
    import pandera.polars as pa
    import polars as pl

    return pa.DataFrameSchema(
        {"figure": pa.Column(pl.UInt32), "coefficient": pa.Column(pl.Int64)},
        unique=["constraint", "side", "figure"],
    )
