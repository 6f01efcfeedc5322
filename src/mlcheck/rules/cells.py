"""Cells that hold what they cannot, found by a pandera schema on the figures frame."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
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

REPEATED = N_("{count} cells show an error of the spreadsheet: {printed}.")
UNCOMPUTED = N_(
    "A formula has no stored result: open the workbook in a spreadsheet program, save it, then check it again."
)
ALL_UNCOMPUTED = N_(
    "{count} formulas have no stored result: open the workbook in a spreadsheet program, save it, then check it again."
)
FIRST = 5  # cells that are named, of those that show the same error


def cell_is_not_admissible(figures: pl.DataFrame, profile: Profile | None) -> Iterator[Remark]:
    """A cell holds what it cannot: an error of the spreadsheet, a negative count, a count with decimals.

    Run as a pandera schema that the profile builds on the figures frame; each failure is mapped to its cell.
    Raises pandera's own error where the frame itself is not as it should be, which is a fault of mlcheck.
    """
    without_test_data()
    import pandera.errors
    from pandera.config import ValidationDepth, config_context

    asked = bool(profile and profile.non_negative), bool(profile and profile.integral)
    with config_context(validation_enabled=True, validation_depth=ValidationDepth.SCHEMA_AND_DATA):
        try:
            _schema(*asked).validate(figures, lazy=True)
        except pandera.errors.SchemaErrors as error:
            for failure in error.schema_errors:
                yield from _remarks(failure, figures, _rules(*asked))


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
    """Return the schema of the figures frame: what later steps lean on, and the rules that name a code.

    One check of the frame for all of it: pandera takes a millisecond for each check of a column.
    """
    import pandera.polars as pa
    import polars as pl

    from mlcheck.model.schemas import STATES

    identified = pl.col("figure").is_not_null() & pl.col("figure").is_unique()
    sound = identified & pl.col("state").is_in(STATES) & (pl.col("half") >= 0)
    rules = _rules(non_negative, integral)
    holds = pl.all_horizontal(sound.fill_null(False), *(rule.fill_null(True) for rule in rules.values()))
    check = pa.Check(lambda data: data.lazyframe.select(holds), name="admissible")
    types = {"figure": pl.UInt32, "state": pl.String, "mantissa": pl.Int64, "half": pl.Int64}
    columns = {name: pa.Column(dtype, nullable=True) for name, dtype in types.items()}
    return pa.DataFrameSchema(columns, checks=check)


def _rules(non_negative: bool, integral: bool) -> dict[str, pl.Expr]:
    """Return what each code asks of a figure; an error that the report hides is none of it."""
    import polars as pl

    measures = ["variation", "share", "mean"]
    count = pl.col("identity").is_not_null() & (pl.col("unit") == "count") & ~pl.col("role").is_in(measures)
    rules = {"STR106": (pl.col("state") != "error") | pl.col("hidden")}
    if non_negative:
        rules["STR103"] = ~count | (pl.col("mantissa") >= 0)
    if integral:
        one = pl.lit(10, pl.Int64).pow(pl.col("scale").cast(pl.UInt32))
        rules["STR104"] = ~count | (pl.col("mantissa") % one == 0)
    return rules


def _remarks(failure: Any, figures: pl.DataFrame, rules: dict[str, pl.Expr]) -> Iterator[Remark]:
    """Yield a remark for each figure that breaks a rule; any other failure is raised."""
    import polars as pl

    if getattr(failure.check, "name", None) != "admissible" or not hasattr(failure.check_output, "to_series"):
        raise failure
    failed = figures.filter(~failure.check_output.to_series())
    if failed.select(pl.all_horizontal(rules.values()).fill_null(True).any()).item():
        raise failure
    for code, rule in rules.items():
        rows = failed.filter(~rule).iter_rows(named=True)
        if code == "STR106":
            yield from _errors(rows)
            continue
        for row in rows:
            yield Remark(code, "error", MESSAGES[code], {"printed": row["printed"]}, (row["figure"],))


def _errors(rows: Iterable[dict[str, Any]]) -> Iterator[Remark]:
    """Yield one remark for each error value of a report, with the first of its cells.

    What displays nothing is a formula that no program has computed yet: no error of the report.
    """
    alike: dict[tuple[int, str], list[int]] = {}
    for row in rows:
        alike.setdefault((row["report"], row["printed"]), []).append(row["figure"])
    for (_, printed), figures in alike.items():
        one, many = (UNCOMPUTED, ALL_UNCOMPUTED) if not printed else (MESSAGES["STR106"], REPEATED)
        yield Remark(
            "STR106",
            "error" if printed else "warning",
            one if len(figures) == 1 else many,
            {"printed": printed, "count": len(figures)},
            tuple(figures[:FIRST]),
        )
