"""Cells that hold what they cannot, found by a pandera schema on the figures frame."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from mlcheck.model.constraints import Remark
from mlcheck.model.profile import Profile
from mlcheck.translation import N_

if TYPE_CHECKING:
    import polars as pl

MESSAGES = {
    "STR103": N_("A count is negative: {printed}."),
    "STR104": N_("A count has decimals: {printed}."),
    "STR106": N_("The cell shows an error of the spreadsheet: {printed}."),
}


def cell_is_not_admissible(figures: pl.DataFrame, profile: Profile | None) -> Iterator[Remark]:
    """A cell holds what it cannot: an error of the spreadsheet, a negative count, a count with decimals.

    Run as a pandera schema that the profile builds on the figures frame; each failure is mapped to its cell.
    Raises pandera's own error where the frame itself is not as it should be, which is a fault of mlcheck.
    """
    without_test_data()
    import pandera.errors
    from pandera.config import ValidationDepth, config_context

    schema = _schema(bool(profile and profile.non_negative), bool(profile and profile.integral))
    with config_context(validation_enabled=True, validation_depth=ValidationDepth.SCHEMA_AND_DATA):
        try:
            schema.validate(figures, lazy=True)
        except pandera.errors.SchemaErrors as error:
            for failure in error.schema_errors:
                yield from _remarks(failure, figures)


def without_test_data() -> None:
    """Keep pandera from loading hypothesis, where it is installed: a checker makes up no data.

    It costs a third of a second, and pandera looks for it when it validates for the first time.
    """
    if "hypothesis" in sys.modules or "pandera.strategies.base_strategies" in sys.modules:
        return
    sys.modules["hypothesis"] = None  # type: ignore[assignment]
    try:
        import pandera.strategies.base_strategies  # noqa: F401
    finally:
        del sys.modules["hypothesis"]


@cache
def _schema(non_negative: bool, integral: bool) -> Any:
    """Return the schema of the figures frame: what later steps lean on, and the checks that name a code."""
    import pandera.polars as pa
    import polars as pl

    from mlcheck.model.schemas import STATES

    measures = ["variation", "share", "mean"]
    count = pl.col("identity").is_not_null() & (pl.col("unit") == "count") & ~pl.col("role").is_in(measures)
    rules = {"STR106": pl.col("state") != "error"}
    if non_negative:
        rules["STR103"] = ~count | (pl.col("mantissa") >= 0)
    if integral:
        one = pl.lit(10, pl.Int64).pow(pl.col("scale").cast(pl.UInt32))
        rules["STR104"] = ~count | (pl.col("mantissa") % one == 0)
    checks = [pa.Check(_flag(code, rule), name=code) for code, rule in rules.items()]
    columns = {
        "figure": pa.Column(pl.UInt32, unique=True),
        "state": pa.Column(pl.String, pa.Check.isin(STATES)),
        "mantissa": pa.Column(pl.Int64, nullable=True),
        "half": pa.Column(pl.Int64, pa.Check.ge(0)),
    }
    return pa.DataFrameSchema(columns, checks=checks)


def _flag(code: str, rule: pl.Expr) -> Any:
    def check(data: Any) -> Any:
        return data.lazyframe.select(rule.fill_null(True).alias(code))

    return check


def _remarks(failure: Any, figures: pl.DataFrame) -> Iterator[Remark]:
    """Yield a remark for each figure that failed a check; any other failure is raised."""
    code = getattr(failure.check, "name", None)
    if code not in MESSAGES or not hasattr(failure.check_output, "to_series"):
        raise failure
    for row in figures.filter(~failure.check_output.to_series()).iter_rows(named=True):
        yield Remark(code, "error", MESSAGES[code], {"printed": row["printed"]}, (row["figure"],))
