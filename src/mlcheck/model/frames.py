"""The three frames at the heart: figures, constraints and terms, as polars schemas.

A batch of reports shares one set of frames; ids are unique in the batch.
"""

from __future__ import annotations

import polars as pl

FIGURES: dict[str, pl.DataType | type[pl.DataType]] = {
    "figure": pl.UInt32,  # id, unique in the batch
    "report": pl.UInt32,  # index of the report in the batch
    "section": pl.String,  # headings above it, joined by " / "
    "table": pl.String,  # name of the table, null in prose
    "identity": pl.String,  # id of the table in the profile, null if it has none
    "row": pl.String,  # printed label of the row
    "column": pl.String,  # printed label of the column, spanners first
    "row_at": pl.Int32,  # index of the row in its table, null in prose
    "column_at": pl.Int32,
    "dimension": pl.String,  # name in the profile of what the row (or else the column) is a member of
    "member": pl.String,
    "role": pl.String,  # part, total, of_which, share, variation, mean, note, claim, other
    "printed": pl.String,
    "state": pl.String,  # number, nil, blank, unknown, error
    "mantissa": pl.Int64,  # value = mantissa / 10**scale; null where the value is unknown
    "half": pl.Int64,  # half-unit = half / 10**scale
    "scale": pl.Int8,
    "unit": pl.String,  # count, %, ‰, €, points, ratio
    "year": pl.Int32,
    "hidden": pl.Boolean,
    "sheet": pl.String,
    "cell": pl.String,
    "page": pl.Int32,
    "slide": pl.Int32,
    "shape": pl.String,
    "line": pl.Int32,
    "box": pl.List(pl.Float64),
}

CONSTRAINTS = {
    "constraint": pl.UInt32,  # id, unique in the batch
    "report": pl.UInt32,
    "rule": pl.String,  # code, e.g. TOT101
    "kind": pl.String,  # sum, bound, share, variation, mean, equal, distribution, relation
    "stated": pl.UInt32,  # the figure whose printed value the constraint holds to account; null if none
    "claim": pl.UInt32,  # index of the claim it comes from; null if none
    "severity": pl.String,  # error, warning, info: what a violation is
    "adaptive": pl.Boolean,  # whether its tolerance is learnt from the other sums of `group`
    "group": pl.String,  # what votes on the tolerance together: a table and a unit, e.g. "Emploi!A3|count"
}

TERMS = {
    "constraint": pl.UInt32,
    "side": pl.Int8,  # a constraint is one or more rows: Σ coefficient · figure within [lower, upper]
    "figure": pl.UInt32,
    "coefficient": pl.Int64,  # coefficient = coefficient / 10**coefficient_scale
    "coefficient_scale": pl.Int8,
}

SIDES = {
    "constraint": pl.UInt32,
    "side": pl.Int8,
    "lower": pl.Int64,  # bound = lower / 10**bound_scale; null is unbounded
    "upper": pl.Int64,
    "bound_scale": pl.Int8,
    "positive": pl.UInt32,  # a figure that must be > 0 for the side to mean anything; null if none
}

VERDICTS = {
    "constraint": pl.UInt32,
    "verdict": pl.String,  # consistent, inconsistent, unverifiable
    "residual": pl.Int64,  # the exact Σ of the first violated side (else the first side) = residual / 10**residual_scale; null past Int64 or if unknown
    "residual_scale": pl.Int8,
    "tolerance": pl.Int64,  # what half-units allowed on that side, same scale
}

COVERAGE = {
    "figure": pl.UInt32,
    "coverage": pl.String,  # proven, bounded, contradicted, unchecked
    "constraints": pl.UInt32,  # how many it stands in
}


def frame(rows: list[tuple] | list[dict], schema: dict) -> pl.DataFrame:
    """Return a frame of `schema` from rows, empty ones included."""
    return pl.DataFrame(rows, schema=schema, orient="row")
