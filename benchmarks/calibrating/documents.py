"""The documents to learn from, each with what is known of it: real ones, annotated tables, simulated reports, fixtures."""

from __future__ import annotations

import gzip
import json
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from openpyxl.utils import get_column_letter

from mlcheck.model.document import Locator
from mlcheck.reading.files import READERS

ROOT = Path(__file__).parents[2]
PROFILE = ROOT / "schemas" / "metropole-nord-ouest.toml"
SHEETS = {".xlsx", ".ods", ".csv"}
EXPORTED = 5  # decimals that only a program writes: their zeros were not printed
NUMBER = re.compile(r"-?\(?[$€£]?\s*((?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?)\s*(%?)\)?", re.IGNORECASE)


Cells = dict[
    tuple[int, int], tuple[Decimal, bool] | None
]  # the number of each cell, and whether it is a percentage


@dataclass(frozen=True)
class Spot:
    """A figure that is known to be wrong: what it prints and, where that is known, its cell."""

    printed: str
    cell: str | None = None
    sheet: str | None = None

    def holds(self, spot: Locator, printed: str) -> bool:
        """Tell whether a figure, by its place and what it prints, is this one."""
        if self.cell is None:
            return self.prints(printed)
        at = spot.cell == self.cell and self.sheet in (None, spot.sheet)
        return at and _plain(printed) in _plain(self.printed)

    def prints(self, printed: str) -> bool:
        """Tell whether a figure prints the same."""
        return _plain(printed) == _plain(self.printed)


@dataclass(frozen=True)
class Document:
    """A report to learn from; documents of one `name` are never fitted and judged apart.

    `wrong` are figures that its author printed wrong, `arguable` those that count for nothing; `broken` are the cells of
    sums that others than we saw in it and that its numbers break, `loose` those that they saw to hold nearly. A copy
    names the `clean` report that it was made of, and the figures of each slip `planted` in it.
    """

    source: str
    name: str
    path: Path
    prior: Path | None = None
    profile: Path | None = None
    wrong: tuple[Spot, ...] = ()
    arguable: tuple[Spot, ...] = ()
    clean: Path | None = None
    planted: tuple[tuple[Spot, ...], ...] = ()
    broken: frozenset[frozenset[str]] = frozenset()
    loose: frozenset[frozenset[str]] = frozenset()

    @property
    def label(self) -> str:
        """Return its file, and whether it is read with last year's."""
        return f"{self.path.name} with last year's" if self.prior else self.path.name


def _plain(text: str) -> str:
    """Return a printed number without what sets its thousands and its sign apart."""
    return re.sub(r"[\s\u00a0\u202f\u2009]", "", text).replace("\u2212", "-").replace("–", "-")


def corpus(folder: Path) -> Iterator[Document]:
    """Yield the real files of a folder, with the figures that a person found wrong in them."""
    truths = json.loads((folder / "truths.json").read_text("utf-8"))["files"]
    for path in sorted((folder / "files").iterdir()):
        if path.suffix.lower() in READERS:
            known = truths.get(path.name, {})
            wrong, arguable = (tuple(map(Spot, known.get(key, ()))) for key in ("wrong", "arguable"))
            yield Document("corpus", path.name, path, wrong=wrong, arguable=arguable)


def agencies(folder: Path) -> Iterator[Document]:
    """Yield simulated reports, and their copies with one slip that the report then contradicts."""
    for one in json.loads((folder / "truth.json").read_text("utf-8")):
        place = folder / one["agency"]
        clean, prior = place / one["clean"], place / one["prior"]
        yield Document("agencies", one["agency"], clean, prior)
        for slip in one["slips"]:
            if slip["contradicted"]:
                spots = ((_slipped(slip, clean.suffix),),)
                yield Document(
                    "agencies", one["agency"], place / slip["file"], prior, clean=clean, planted=spots
                )


def _slipped(slip: dict[str, Any], suffix: str) -> Spot:
    """Return the figure of a slip; its cell says where it stands in spreadsheets alone."""
    if suffix not in SHEETS or slip["where"] == "prose":
        return Spot(slip["new"])
    return Spot(slip["new"], slip["place"]["cell"], None if suffix == ".csv" else slip["place"].get("sheet"))


def fixtures(folder: Path) -> Iterator[Document]:
    """Yield the report of the fixtures and their ordinary workbook, as they are and with errors planted."""
    prior, report = folder / "report-2022.xlsx", folder / "report-2023.xlsx"
    total = (Spot("10 029 €"), Spot("10 029"))
    heads = (Spot("468"), Spot("384"))  # their column is headed with another noun
    yield Document("fixtures", "report", prior, profile=PROFILE, arguable=heads)
    for path in sorted(folder.glob("report-2023.*")):
        drawn = (Spot("17"),) if path.suffix == ".pptx" else ()  # its chart draws 17 for 19
        yield Document("fixtures", "report", path, wrong=(*total, *drawn), arguable=heads)
    yield Document("fixtures", "report", report, prior, PROFILE, total, heads)
    path = folder / "report-2023-errors.xlsx"
    for before, profile in ((prior, PROFILE), (None, None)):
        spots = _planted(folder / "errors.toml")
        yield Document("fixtures", "report", path, before, profile, total, heads, report, spots)
    for path in sorted(folder.glob("two-years.*")):
        if path.suffix in READERS:
            yield Document("fixtures", "two-years", path)
            copy = path.with_name(f"two-years-errors{path.suffix}")
            spots = _planted(folder / "two-years-errors.toml", cells=path.suffix == ".xlsx")
            yield Document("fixtures", "two-years", copy, clean=path, planted=spots)


def _planted(file: Path, cells: bool = True) -> tuple[tuple[Spot, ...], ...]:
    """Return the figures of each planted error, by their cells or by what they print."""
    errors = tomllib.loads(file.read_text("utf-8"))["error"]
    if not cells:
        return tuple((Spot(error["stated"]),) for error in errors)
    return tuple(
        tuple(Spot(cell["printed"], cell["cell"], cell["sheet"]) for cell in error["cells"])
        for error in errors
    )


# Annotated tables are only texts: each becomes a workbook whose cells store what they print.


def aggrecol(data: Path, folder: Path) -> Iterator[Document]:
    """Yield the tables of AggreCol, written to workbooks in a folder."""
    with gzip.open(data, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            table = json.loads(line)
            path = folder / f"table-{number:03}.xlsx"
            write_table(table["table_array"], table["number_format"], path)
            sums = dict(_broken(table))
            broken, loose = (frozenset(one for one in sums if sums[one] is near) for near in (False, True))
            yield Document("aggrecol", path.stem, path, broken=broken, loose=loose)


def _broken(table: dict[str, Any]) -> Iterator[tuple[frozenset[str], bool]]:
    """Yield the cells of each annotated relation that its numbers break beyond rounding, and whether it is annotated as near."""
    rows, convention = table["table_array"], table["number_format"]

    def number(at: Sequence[int]) -> Decimal | None:
        row = rows[at[0]] if at[0] < len(rows) else []
        found = _number(row[at[1]].strip(), convention) if at[1] < len(row) else None
        return found[0] if found else None

    for one in table["aggregation_annotations"]:
        parts = {(r, c): own for r, c in one["aggregatee_indices"] if (own := number((r, c))) is not None}
        stated = number(one["aggregator_index"])
        if stated is None or not parts:
            continue
        rounded = Decimal(10) ** -_places(stated) / 2
        if one["operator"] == "Sum":
            rounded += sum(Decimal(10) ** -_places(own) for own in parts.values()) / 2
        gaps = [abs(stated - made) for made in _made(one["operator"], [*parts.values()])]
        if gaps and min(gaps) > rounded:
            cells = (tuple(one["aggregator_index"]), *parts)
            near = min(gaps) <= Decimal(str(one["error_bound"]))
            yield frozenset(f"{get_column_letter(c + 1)}{r + 1}" for r, c in cells), near


def _made(operator: str, parts: Sequence[Decimal]) -> list[Decimal]:
    """Return what an annotated relation may make of its parts: a ratio as such and in percent."""
    if operator == "Sum":
        return [sum(parts, Decimal(0))]
    if operator == "Average":
        return [sum(parts, Decimal(0)) / len(parts)]
    if len(parts) != 2 or not all(parts):
        return []
    ratios = [parts[0] / parts[1], parts[1] / parts[0]]
    made = [ratio - 1 for ratio in ratios] if operator == "RelativeChange" else ratios[:1]
    return [100**power * one for one in made for power in (0, 1)]


def write_table(rows: list[list[str]], convention: str, path: Path) -> None:
    """Write a table of printed texts to a workbook."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    cells = {
        (r, c): _number(text, convention) for r, row in enumerate(rows, 1) for c, text in enumerate(row, 1)
    }
    exported = _exported(cells)
    for (r, c), found in cells.items():
        text = rows[r - 1][c - 1].strip()
        if found is None:
            if text:
                sheet.cell(r, c).value = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", text)
                sheet.cell(r, c).data_type = "s"
            continue
        value, percent = found
        value = value.normalize() if c in exported or _places(value) >= EXPORTED else value
        shown = "#,##0" if "," in text else "0"
        shown += "." + "0" * _places(value) if _places(value) else ""
        sheet.cell(r, c).value = float(value / 100 if percent else value)
        sheet.cell(r, c).number_format = f"{shown}%" if percent else shown
    book.save(path)


def _exported(cells: Cells) -> set[int]:
    """Return the columns in which a program wrote whole numbers as 12.0, as it did with every number of the table."""
    numbers = [(at, found[0]) for at, found in cells.items() if found]
    if min((_places(number) for _, number in numbers), default=0) < 1:
        return set()
    return {c for (_, c), _ in numbers} - {c for (_, c), number in numbers if number % 1}


def _number(text: str, convention: str) -> tuple[Decimal, bool] | None:
    """Return the number of a cell and whether it is a percentage, None where it is a text."""
    bare = re.sub(r"\s", "", text)
    bare = bare.replace(",", "") if convention in ("Comma Point", "None Point") else bare.replace(",", ".")
    found = NUMBER.fullmatch(bare)
    if found is None:
        return None
    try:
        value = Decimal(found[1])
    except InvalidOperation:
        return None
    return (-value if bare[0] in "-(" else value), bool(found[2])


def _places(value: Decimal) -> int:
    """Return how many decimals a number prints."""
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
