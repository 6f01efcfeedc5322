"""Tables, rows and cells that the profile requires, or forbids."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from mlcheck.model.constraints import Remark
from mlcheck.model.facts import Facts
from mlcheck.model.profile import Profile
from mlcheck.model.table import Line, Table

if TYPE_CHECKING:
    import polars as pl


def table_is_missing(facts: Facts) -> Iterator[Remark]:
    """A table that the profile requires is not in the report, or not recognised in it.

    The rules that name it cannot be checked.
    """
    found = {table.identity for table in facts.tables}
    for declared in facts.profile.tables if facts.profile else ():
        if declared.required and declared.name not in found:
            yield Remark(
                "STR101", "error", 'The table "{name}" ({title}) is missing.',
                {"name": declared.name, "title": declared.titles[0] if declared.titles else declared.section},
            )  # fmt: skip


def row_is_missing(facts: Facts) -> Iterator[Remark]:
    """A row that the profile requires is not in its table: a commune of the territory, a required member."""
    profile = facts.profile
    for table in facts.tables if profile else ():
        declared = next((d for d in profile.tables if d.name == table.identity), None) if profile else None
        if declared is None or profile is None:
            continue
        members = {line.member for line in (*table.rows, *table.columns) if line.member}
        dimension = next((d for d in profile.dimensions if d.name == declared.dimension), None)
        required = [*declared.rows, *(dimension.members if dimension and dimension.complete else ())]
        for name in dict.fromkeys(required):
            if name not in members:
                yield Remark(
                    "STR102", "error", 'The row "{name}" is missing.', {"name": name}, table=table.name
                )


def total_is_missing(facts: Facts) -> Iterator[Remark]:
    """A total's cell is empty though the figures it sums are printed.

    Told where every other figure of its column is there, so that the cell was meant to be filled.
    """
    for table in facts.tables:
        for relation in table.relations:
            if relation.kind != "sum" or relation.belief != "words":
                continue
            for x in relation.crossings:
                at = (relation.target, x) if relation.axis == "row" else (x, relation.target)
                entry = table.entries.get(at)
                if entry is None or entry.state != "blank":
                    continue
                severity = "error" if _meant(table, relation.target, relation.axis) else "warning"
                label = (table.rows[at[0]].label, table.columns[at[1]].label)
                yield Remark(
                    "STR107", severity, "The total is empty.", {"row": label[0], "column": label[1]}, (entry.figure,)
                )  # fmt: skip


def _meant(table: Table, target: int, axis: str) -> bool:
    """Tell whether an empty total is surely a slip: of a table we know, of one that writes "/", or the only one."""
    own = [e for (r, c), e in table.entries.items() if (r if axis == "row" else c) == target]
    return table.identity is not None or table.slashes or all(e.state == "blank" for e in own)


def cell_is_not_admissible(figures: pl.DataFrame, profile: Profile | None) -> Iterator[Remark]:
    """A cell holds what it cannot: an error of the spreadsheet, a negative or fractional count, a row twice.

    Run as a pandera schema that the profile builds on the figures frame; each failure is mapped to its cell.
    """
    without_test_data()
    import pandera.errors
    from pandera.config import ValidationDepth, config_context

    frame = figures.with_row_index("_row")
    with config_context(validation_enabled=True, validation_depth=ValidationDepth.SCHEMA_AND_DATA):
        try:
            _schema(profile is not None, bool(profile and profile.non_negative), bool(profile and profile.integral)).validate(frame, lazy=True)
        except pandera.errors.SchemaErrors as error:
            for failure in error.schema_errors:
                yield from _remarks(failure, frame)


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
def _schema(known: bool, non_negative: bool, integral: bool) -> Any:
    """Return the schema of the figures frame: its columns, and the checks that each name their code."""
    import pandera.polars as pa
    import polars as pl

    from mlcheck.model.frames import FIGURES

    cell = pl.col("table").is_not_null()
    count = cell & pl.col("identity").is_not_null() & (pl.col("unit") == "count") & ~pl.col("role").is_in(["variation", "share", "mean"])
    member = pl.col("member").is_not_null() & (pl.col("role") != "total")
    rules = {"STR106": pl.col("state") != "error"}
    if non_negative:
        rules["STR103"] = ~count | pl.col("mantissa").is_null() | (pl.col("mantissa") >= 0)
    if integral:
        whole = pl.col("mantissa") % (pl.lit(10, pl.Int64).pow(pl.col("scale").cast(pl.UInt32))) == 0
        rules["STR104"] = ~count | pl.col("mantissa").is_null() | whole
    if known:
        alone = pl.len().over("report", "table", "dimension", "member", "column", "row" if False else "column_at") == 1
        rules["STR105"] = ~member | ~(pl.col("dimension") == "commune") | alone
    checks = [pa.Check(_flag(code, rule), name=code) for code, rule in rules.items()]
    columns = {name: pa.Column(dtype, nullable=True) for name, dtype in FIGURES.items()}
    return pa.DataFrameSchema({"_row": pa.Column(pl.UInt32), **columns}, checks=checks)


def _flag(code: str, rule: pl.Expr) -> Any:
    def check(data: Any) -> Any:
        return data.lazyframe.select(rule.fill_null(True).alias(code))

    return check


MESSAGES = {
    "STR103": "A count is negative: {printed}.",
    "STR104": "A count has decimals: {printed}.",
    "STR105": '"{row}" stands twice in the table.',
    "STR106": "The cell shows an error of the spreadsheet: {printed}.",
}


def _remarks(failure: Any, frame: pl.DataFrame) -> Iterator[Remark]:
    """Yield a remark for each row that failed a check."""
    code = getattr(failure.check, "name", None)
    if code not in MESSAGES:
        raise failure
    flags = failure.check_output.to_series() if hasattr(failure.check_output, "to_series") else None
    if flags is None:
        raise failure
    for row in frame.filter(~flags.fill_null(True)).iter_rows(named=True):
        yield Remark(
            code, "error", MESSAGES[code], {"printed": row["printed"], "row": row["row"] or ""}, (row["figure"],)
        )


def label_is_no_member(facts: Facts) -> Iterator[Remark]:
    """A row of a table by commune is none of the communes that the profile lists."""
    profile = facts.profile
    for dimension in profile.dimensions if profile else ():
        if not (dimension.complete and dimension.members):
            continue
        for table in facts.tables:
            for axis in ("row", "column"):
                lines = table.rows if axis == "row" else table.columns
                for index, line in enumerate(lines):
                    if line.dimension == dimension.name and line.member is None and _is_part(line):
                        figures = [e.figure for (r, c), e in table.entries.items() if (r if axis == "row" else c) == index]
                        yield Remark(
                            "STR108", "error", '"{label}" is no {dimension} that the profile knows.',
                            {"label": line.label, "dimension": dimension.name}, tuple(figures[:1]),
                        )  # fmt: skip


def _is_part(line: Line) -> bool:
    return line.role == "part" and bool(line.label)
