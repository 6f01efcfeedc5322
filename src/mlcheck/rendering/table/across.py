"""One table of many agencies and years, from a store: added up over agencies where it may be, over years never."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from msgspec import Struct

from mlcheck.language.words import fold, stop_words
from mlcheck.model.errors import MlcheckError
from mlcheck.rendering.extraction.records import OVER
from mlcheck.rendering.table.choice import has_words, unknown, unknown_dimension
from mlcheck.rendering.table.view import ADDED_ROLES, ADDED_UNITS
from mlcheck.translation import LANGUAGES, N_, translator

if TYPE_CHECKING:
    import polars as pl

TOTAL = "\0total"  # no label is so
Dimension = Literal["agency", "year", "member", "label"]
NAMES: dict[Dimension, str] = {"agency": N_("agency"), "year": N_("year")}
MANY = 20  # sections, dimensions or tables that are named where there are more
EMPTY = N_(
    "{file} holds no such figures: put reports into it (mlcheck extract REPORTS… -o {file}/ --format parquet)."
)
FORMER = ("before", "two_before", "three_before")  # scenarios of another year than the report's
_YEAR = re.compile(r"\b(?:19|20)[0-9][0-9]\b")
_EMPTY = re.compile(r"\(\s*\)")
Row = dict[str, Any]
Key = tuple[str, str]  # a folded label with its unit


class AcrossColumn(Struct, frozen=True):
    """A measure in one year, or in all where the years run down; `added` tells whether agencies are added up in it."""

    label: str
    unit: str
    year: int | None
    added: bool


class AcrossCell(Struct, frozen=True):
    """A sum over `agencies`; in `unknown` others it is not known, and in `unlike` their own reports print two values."""

    value: Fraction | None
    agencies: int
    unknown: int = 0
    unlike: int = 0


class AcrossView(Struct, frozen=True):
    """A table over agencies and years: `cells` maps the indexes of a row and a column.

    `whole` is the number of the row of totals, `left_out` the measures of several agencies that are never added up,
    `others` the tables that stand in the same section.
    """

    store: str
    title: str
    dimension: str | None
    reports: int
    agencies: int
    years: tuple[int | None, ...]
    rows: tuple[str, ...]
    columns: tuple[AcrossColumn, ...]
    cells: dict[tuple[int, int], AcrossCell]
    whole: int | None = None
    left_out: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


def view_across(store: Path, section: str, by: str | None, year: int | None = None) -> AcrossView:
    """Return a table of a section along a dimension, over every agency and year of a store, or the one `year`.

    It is the one that most reports have, by its name in the profile or its title; `by` may be the agency or the
    year. Figures of other years than the report's own are left to the reports of those years. Raises
    MlcheckError where the section or the dimension is not there.
    """
    import polars as pl

    figures = _figures(store).filter(~pl.col("hidden"))
    if year is not None:
        figures = figures.filter(pl.col("year") == year)
    tables = _tables(figures, section, store)
    dimension, found = _along(tables, by, store)
    chosen, others = _alike(found, tables)
    own = pl.col("period").is_null() | (pl.col("period") == pl.col("year")) | pl.col("year").is_null()
    own &= ~pl.col("scenario").is_in(FORMER).fill_null(False)
    rows = (
        figures.filter(own & (pl.col("state") != "blank") & (pl.col("row_role") != "note"))
        .join(chosen.lazy(), on=("report", "table"), how="inner")
        .sort("report", "figure")
        .collect()
    )
    shown = _Shown(dimension, by)
    for row in rows.iter_rows(named=True):
        shown.add(row)
    return shown.view(store, rows, _called(chosen["known"][0]), others)


def _figures(store: Path) -> pl.LazyFrame:
    """Return the figures of a store, whatever else lies in its folders. Raises MlcheckError where it has none."""
    import polars as pl

    files = sorted((store / "figures").rglob("*.parquet"))
    if not files:
        raise MlcheckError(EMPTY, file=store.as_posix())
    named = {"agency": pl.String, "year": pl.Int64}  # an agency may be called by a number, "01"
    return pl.scan_parquet(files, hive_schema=named, glob=False)


# The tables of a section: which of them are one table, and which one is meant.


def _tables(figures: pl.LazyFrame, section: str, store: Path) -> pl.DataFrame:
    """Return the tables of a section, named by its id in the profile or by words of its headings."""
    import polars as pl

    tables = (
        figures.filter(pl.col("row_role") != "note")
        .group_by("report", "table")
        .agg(
            pl.col("section", "section_ids", "title", "identity").first(),
            pl.col("figure").min().alias("first"),
            pl.col("row_dimension", "column_dimension").drop_nulls().unique(maintain_order=True),
        )
        .sort("report", "first")
        .collect()
    )
    if not tables.height:
        raise MlcheckError(EMPTY, file=store.as_posix())
    told = tables.select("identity", "section_ids", "section", "title").rows()
    wanted = fold(section)
    named = [wanted in map(fold, (*ids, identity or "")) for identity, ids, _, _ in told]
    if not any(named):
        named = [has_words(wanted, f"{above} {title}") for _, _, above, title in told]
    if not any(named):
        names = Counter(ids[-1] if ids else _innermost(above) or title for _, ids, above, title in told)
        raise unknown(section, [name for name, _ in names.most_common(MANY) if name], store.as_posix())
    known = [_known(identity, above, title) for identity, _, above, title in told]
    return tables.with_columns(known=pl.Series(known, dtype=pl.String)).filter(named)


def _along(tables: pl.DataFrame, by: str | None, store: Path) -> tuple[Dimension, pl.DataFrame]:
    """Return what the rows are, and the tables along it with the axis that runs down."""
    import polars as pl

    wanted = None if by is None else fold(by)
    for name, template in NAMES.items():
        if wanted in {fold(translator(language).gettext(template)) for language in LANGUAGES} | {name}:
            return name, tables.with_columns(down=pl.lit("row"))
    if wanted is None:
        return "label", tables.with_columns(down=pl.lit("row"))
    for axis in ("row", "column"):
        members = [wanted in map(fold, names) for names in tables[f"{axis}_dimension"].to_list()]
        if any(members):
            return "member", tables.filter(members).with_columns(down=pl.lit(axis))
    told = tables.select("section", "title").rows()
    titled = [has_words(wanted, f"{_innermost(above)} {title}") for above, title in told]
    if not any(titled):
        names = [*tables["row_dimension"].to_list(), *tables["column_dimension"].to_list()]
        known = list(dict.fromkeys(name for several in names for name in several))
        raise unknown_dimension(by or "", known[:MANY], store.as_posix())
    return "label", tables.filter(titled).with_columns(down=pl.lit("row"))


def _alike(found: pl.DataFrame, tables: pl.DataFrame) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Return the table that most reports have, once of each, and what the others of the section are called."""
    import polars as pl

    counts = found.group_by("known", maintain_order=True).agg(pl.col("report").n_unique().alias("n"))
    best = counts.sort("n", descending=True, maintain_order=True)["known"][0]
    chosen = found.filter(pl.col("known") == best).unique("report", keep="first", maintain_order=True)
    others = tables.filter(pl.col("known") != best).group_by("known", maintain_order=True).len()
    names = others.sort("len", descending=True, maintain_order=True)["known"].head(MANY).to_list()
    return chosen.select("report", "table", "down", "known"), tuple(dict.fromkeys(map(_called, names)))


def _known(identity: str | None, section: str, title: str) -> str:
    """Return by what tables of several reports are known for one, and after a mark what it is called."""
    heading = identity or _undated(title) or _undated(_innermost(section))
    return f"{fold(heading)}\0{heading}"


def _called(known: str) -> str:
    return known.partition("\0")[2]


def _innermost(section: str) -> str:
    return section.rpartition(OVER)[2]


def _undated(text: str | None) -> str:
    """Return a label without the year that it is of, which parts no table or measure from last year's."""
    if not text or not _YEAR.search(text):
        return text or ""
    words = _EMPTY.sub(" ", _YEAR.sub(" ", text)).split()
    while words and (fold(words[-1]) in stop_words() or not fold(words[-1])):
        words.pop()
    return " ".join(words)


# The figures of the chosen tables, laid together.


class _Shown:
    """What the agencies print in each place: line, measure and year."""

    def __init__(self, dimension: Dimension, by: str | None) -> None:
        self.dimension, self.by = dimension, by
        self.places: dict[tuple[str, Key, int | None], dict[str, list[Row]]] = {}
        self.names: dict[str, Counter[str]] = {}
        self.order: dict[Key, list[int]] = {}
        self.added: dict[Key, bool] = {}

    def add(self, row: Row) -> None:
        """Take a figure; where the agencies or the years run down, only those of grand totals."""
        down, across = ("row", "column") if row["down"] == "row" else ("column", "row")
        total = row[f"{down}_role"] == "total" and not row[f"{down}_path"]
        apart = self.dimension in NAMES
        if apart and not total:
            return
        line, called = (TOTAL, row[down]) if total and not apart else _line(row, down, self.dimension)
        label = _label(row, across)
        key = (fold(label) or label, row["unit"] or "count")
        self.names.setdefault(line, Counter())[called] += 1
        self.names.setdefault(key[0], Counter())[label] += 1
        self.order.setdefault(key, []).append(row["figure"])
        self.added[key] = self.added.get(key, True) and _is_added(row)
        year = None if self.dimension == "year" else row["year"]
        agencies = self.places.setdefault((line, key, year), {})
        agencies.setdefault(row["agency"] or row["report"], []).append(row)

    def view(self, store: Path, figures: pl.DataFrame, title: str, others: tuple[str, ...]) -> AcrossView:
        """Return the table of all that was taken; shares, means and rates are in it where each is of one agency."""
        lines = sorted({line for line, _, _ in self.places}, key=lambda line: (line == TOTAL, line))
        agencies = {agency or report for agency, report in figures.select("agency", "report").rows()}
        alone = self.dimension == "agency" or len(agencies) == 1
        order = {key: sum(at) / len(at) for key, at in self.order.items()}
        keys = sorted(order, key=lambda key: (order[key], key))
        used = {(key, year) for _, key, year in self.places}
        years = _years(year for _, year in used)
        shown = [
            (key, year) for key in keys if alone or self.added[key] for year in years if (key, year) in used
        ]
        cells = {
            (i, j): _cell(found)
            for i, line in enumerate(lines)
            for j, (key, year) in enumerate(shown)
            if (found := self.places.get((line, key, year))) is not None
        }
        left_out = () if alone else dict.fromkeys(self._name(key[0]) for key in keys if not self.added[key])
        return AcrossView(
            store.as_posix(), title, self.by, figures["report"].n_unique(), len(agencies),
            tuple(_years(figures["year"].to_list())), tuple(map(self._name, lines)),
            tuple(AcrossColumn(self._name(key[0]), key[1], year, self.added[key]) for key, year in shown), cells,
            lines.index(TOTAL) if TOTAL in lines else None, tuple(left_out), others,
        )  # fmt: skip

    def _name(self, known: str) -> str:
        return self.names[known].most_common(1)[0][0]


def _years(found: Iterable[int | None]) -> list[int | None]:
    """Return the years in their order, the unknown one last."""
    return sorted(set(found), key=lambda year: (year is None, year or 0))


def _line(row: Row, down: str, dimension: Dimension) -> tuple[str, str]:
    """Return by what a row is known, and what it is called."""
    if dimension == "agency" or dimension == "year":
        told = row[dimension]
        return ("\uffff", "–") if told is None else (str(told), str(told))
    member = row[f"{down}_member"] if dimension == "member" else None
    text = " · ".join(part for part in (_undated(row[f"{down}_path"]), member or _undated(row[down])) if part)
    return fold(text), text


def _label(row: Row, across: str) -> str:
    """Return what a measure is called: its printed label, without the year that it is of."""
    parts = (_undated(row[f"{across}_path"]), _undated(row[across]))
    return " · ".join(part for part in parts if part) or row["title"] or ""


def _is_added(row: Row) -> bool:
    """Tell whether a figure may be added to those of other agencies: counts and amounts, no shares, means or rates."""
    roles = {row["row_role"], row["column_role"]}
    return row["statistic"] is None and (row["unit"] or "count") in ADDED_UNITS and roles <= set(ADDED_ROLES)


def _cell(found: dict[str, list[Row]]) -> AcrossCell:
    """Return what the agencies print in one place, added up; each of them counts once."""
    values: list[Fraction] = []
    missing = unlike = 0
    for rows in found.values():
        told = {_value(row) for row in rows}
        known = [value for value in told if value is not None]
        missing += not known
        unlike += len(known) > 1
        values += known if len(known) == 1 else []
    return AcrossCell(sum(values, Fraction(0)) if values else None, len(values), missing, unlike)


def _value(row: Row) -> Fraction | None:
    """Return a figure; what is printed as nothing to report is 0, what is unknown is None."""
    if row["mantissa"] is None:
        return Fraction(0) if row["state"] == "nil" else None
    return Fraction(row["mantissa"], 10 ** row["scale"])
