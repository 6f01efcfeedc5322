"""What many reports cost to read together: a store queried by duckdb and polars, a site and a long page in a browser.

    python benchmarks/overview.py [--agencies 436] [--keep FOLDER]

Simulated agencies are put into a store (both years of each) and onto a site; then a total is asked of the store by
year, once by duckdb and once by polars, which must agree, and the index of the site and the page of a report with a
thousand findings are loaded in Chromium, where it is installed. Times are the best of three.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import xlsxwriter

from simulated.making import make

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests.html.browser import CHROMIUM, Page

FEW = 4
FORMATS = ("xlsx", "xlsx", "docx", "md")
COMMUNES = ("La Madeleine", "Lambersart", "Pérenchies", "Verlinghem", "Wambrechies", "Lille")
MEASURES = (
    "Contrats",
    "Formations",
    "Entrées",
    "Sorties",
    "Aides",
    "Ateliers",
    "Contacts",
    "Stages",
    "Offres",
)
WRONG = (1, 4, 8)  # measures whose total is wrong in every table
TABLES, SHEETS = 20, 20
QUERY = """
select year, sum(mantissa / 10**scale), count(distinct report) from '{store}/figures/**/*.parquet'
where row_role = 'total' and column_role in ('part', 'total') and unit = 'count' and scale = 0 and statistic is null
group by year order by year
"""


def main() -> None:
    """Make reports, a store and a site, and tell sizes and times."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--agencies", type=int, default=FEW)
    options.add_argument("--keep", type=Path, help="an empty folder to leave everything in")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="overview-") as temporary:
        folder = asked.keep or Path(temporary)
        reports = [file for n in range(1, asked.agencies + 1) for file in agency(folder / "reports", n)]
        store, site, long = folder / "store", folder / "site", folder / "thousand.xlsx"
        show("store", run("extract", *reports, "--output", f"{store}/", "--format", "parquet"), store)
        query(store)
        show("site", run("validate", *reports, "--output", f"{site}/"), site)
        thousand(long)
        page = long.with_suffix(".html")
        show("a page of a thousand findings", run("validate", long, "--output", page), page)
        if CHROMIUM is None:
            print("no Chromium is installed here")
            return
        for name, file in (("index of the site", site / "index.html"), ("page of a thousand findings", page)):
            seconds, elements = load(file)
            print(f"{name}: {elements} elements, shown after {seconds:.2f} s")


def agency(folder: Path, number: int) -> Iterator[Path]:
    """Write the reports of an agency, and yield those of both years."""
    known = make(folder, number, 1, FORMATS)
    for key in ("prior", "clean"):
        yield folder / known["agency"] / known[key]


def run(*arguments: object) -> float:
    """Return how long a command takes."""
    started = time.perf_counter()
    command = [sys.executable, "-m", "mlcheck", *map(str, arguments)]
    subprocess.run(command, check=False, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def show(name: str, seconds: float, made: Path) -> None:
    """Tell what was made: how long it took, how many files it has and how large they are."""
    files = [made] if made.is_file() else [file for file in made.rglob("*") if file.is_file()]
    size = sum(file.stat().st_size for file in files) / 1e6
    print(f"{name}: {seconds:.1f} s, {len(files)} files, {size:.1f} MB")


def query(store: Path) -> None:
    """Ask the store for its totals by year, in two ways that must agree."""
    total = (
        (pl.col("row_role") == "total") & pl.col("column_role").is_in(["part", "total"])
        & (pl.col("unit") == "count") & (pl.col("scale") == 0) & pl.col("statistic").is_null()
    )  # fmt: skip
    lazy = pl.scan_parquet(store / "figures").filter(total)
    by_year = lazy.group_by("year").agg(pl.col("value").sum(), pl.col("report").n_unique()).sort("year")
    theirs, slow = best(lambda: duckdb.sql(QUERY.format(store=store.as_posix())).fetchall())
    ours, fast = best(lambda: by_year.collect().rows())
    assert ours == theirs, (ours, theirs)
    print(f"totals by year: duckdb {slow:.2f} s, polars {fast:.2f} s, both {ours}")


def best(asked: Callable[[], Any]) -> tuple[Any, float]:
    """Return the answer, and the least time of three."""
    times = []
    for _ in range(3):
        started = time.perf_counter()
        answer = asked()
        times.append(time.perf_counter() - started)
    return answer, min(times)


def thousand(file: Path) -> None:
    """Write a workbook of tables in each of which three totals are wrong: a thousand findings and more."""
    chance = random.Random(5)
    book = xlsxwriter.Workbook(file)
    for sheet_number in range(1, SHEETS + 1):
        sheet, at = book.add_worksheet(f"Partie {sheet_number}"), 0
        for table in range(1, TABLES + 1):
            body = [[chance.randint(20, 999) for _ in MEASURES] for _ in COMMUNES]
            sums = [sum(line[i] for line in body) + (10 if i in WRONG else 0) for i in range(len(MEASURES))]
            lines = [
                [f"Tableau {sheet_number}.{table} : activité par commune"],
                ["Commune", *MEASURES],
                *([name, *line] for name, line in zip(COMMUNES, body, strict=True)),
                ["Total", *sums],
                [],
            ]
            for line in lines:
                sheet.write_row(at, 0, line)
                at += 1
    book.close()


def load(file: Path) -> tuple[float, int]:
    """Return after how long a browser shows a page, the best of three, and how many elements the page has."""
    with browser() as page:
        counted: list[int] = []

        def shown() -> None:
            page.open("about:blank")
            page.open(file.absolute().as_uri())
            counted.append(
                int(str(page.run("document.body.offsetHeight && document.querySelectorAll('*').length")))
            )

        return best(shown)[1], counted[0]


@contextmanager
def browser() -> Iterator[Page]:
    """Give a page of a browser, in a window of an ordinary size."""
    with tempfile.TemporaryDirectory(prefix="browser-", ignore_cleanup_errors=True) as profile:
        page = Page(Path(profile))
        page.size(1280, 900)
        try:
            yield page
        finally:
            page.close()


if __name__ == "__main__":
    main()
