"""How the cost of a check grows with rows, tables, sentences and pages.

    python benchmarks/growth.py [KIND …] [--runs 2] [--stages] [--longest]

A kind of report is made at several sizes and checked in this process, set as the program sets its own and with nothing
remembered of the runs before; printed is the CPU time of each size over that of the least, and the exponent between the
two largest sizes: 1.0 is linear, 2.0 quadratic. Only ratios within one run say something of the program; AIM is what they
should stay below. Of sentences what reading one costs is told too. `--stages`
prints the exponent of each stage, which shows where what grows too fast stands, and `--longest` goes on to the sizes that
take minutes.
"""

from __future__ import annotations

import argparse
import gc
import io
import itertools
import math
import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import _lru_cache_wrapper
from pathlib import Path

from openpyxl import Workbook
from reportlab.pdfgen.canvas import Canvas

from mlcheck.binding import bind, former_figures
from mlcheck.checking.check import check
from mlcheck.checking.facts import read_facts
from mlcheck.layout.recover import laid_out
from mlcheck.network.garbage import OBJECTS_BETWEEN_COLLECTIONS
from mlcheck.reading import read
from mlcheck.tables.walk import walk

AIM = 1.1
TOWNS = (
    "Lambersart",
    "Lompret",
    "Pérenchies",
    "Verlinghem",
    "Wambrechies",
    "Marquette",
    "Quesnoy",
    "Deûlémont",
)
Rows = list[list[str | int]]


def town(n: int) -> str:
    """Return the name of a town, another for each number."""
    return f"{TOWNS[n % len(TOWNS)]} {''.join(chr(97 + int(digit)) for digit in str(n))}"


def table(rows: int, chance: random.Random, columns: int = 3) -> Rows:
    """Return a cross table with its margins."""
    body = [[chance.randrange(1, 999) for _ in range(columns)] for _ in range(rows)]
    out: Rows = [["Commune", *(f"Groupe {chr(65 + n)}" for n in range(columns)), "Total"]]
    out += [[town(n), *own, sum(own)] for n, own in enumerate(body)]
    sums = [sum(own[n] for own in body) for n in range(columns)]
    return [*out, ["Total", *sums, sum(sums)]]


def workbook(rows: Rows) -> bytes:
    """Return a workbook of one sheet."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Accueil")
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def rows_of_one_table(size: int, chance: random.Random) -> bytes:
    """One table of many rows, with its total."""
    return workbook(table(size, chance))


def rows_without_total(size: int, chance: random.Random) -> bytes:
    """One list of many rows and no total."""
    return workbook(table(size, chance)[:-1])


def tables_on_a_sheet(size: int, chance: random.Random) -> bytes:
    """Many small tables, one under another."""
    rows: Rows = []
    for n in range(size):
        rows += [[f"Accueil du point {town(n)}"], *table(3, chance), []]
    return workbook(rows)


def columns_of_one_table(size: int, chance: random.Random) -> bytes:
    """One table of many columns."""
    return workbook(table(6, chance, size))


def sentences(size: int, chance: random.Random) -> bytes:
    """Sentences with numbers; 6 000 of them are a million characters."""
    lines = []
    for n in range(size):
        part, whole = chance.randrange(50, 99), chance.randrange(100, 400)
        lines.append(
            f"À {town(n)}, la Mission Locale a accueilli {whole} jeunes, dont {part} femmes, soit "
            f"{100 * part / whole:.0f} % du public, contre {whole - 7} l’année précédente.\n"
        )
    return "\n".join(lines).encode()


def flattened_rows(size: int, chance: random.Random) -> bytes:
    """One table as the lines of a text."""
    return "\n".join(" ".join(map(str, row)) for row in table(size, chance)).encode()


def pages(size: int, chance: random.Random) -> bytes:
    """Printed pages with a table without rulings and a sentence on each."""
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    for n in range(size):
        canvas.drawString(60, 780, f"Accueil du point {town(n)}")
        for r, row in enumerate(table(12, chance)):
            for c, text in enumerate(row):
                draw = canvas.drawRightString if c else canvas.drawString
                draw(60 + 160 * bool(c) + 70 * c, 740 - 18 * r, str(text))
        canvas.drawString(
            60, 400, f"Cette page compte {n + 2} lignes de commentaires sur le public accueilli."
        )
        canvas.showPage()
    canvas.save()
    return out.getvalue()


Make = Callable[[int, random.Random], bytes]
KINDS: dict[str, tuple[Make, str, tuple[int, ...], tuple[int, ...]]] = {
    "rows": (rows_of_one_table, ".xlsx", (10, 100, 1000, 3000), (10_000,)),
    "list": (rows_without_total, ".xlsx", (10, 100, 1000, 3000), (10_000,)),
    "columns": (columns_of_one_table, ".xlsx", (5, 50, 100, 200), (400,)),
    "tables": (tables_on_a_sheet, ".xlsx", (1, 50, 250, 500), (2000,)),
    "sentences": (sentences, ".txt", (20, 200, 1000, 2000), (6000,)),
    "lines": (flattened_rows, ".txt", (10, 100, 500, 1000), (10_000,)),
    "pages": (pages, ".pdf", (1, 10, 50, 100), (500,)),
}


def stages(path: Path) -> dict[str, float]:
    """Return the CPU seconds of each stage of a check of a file."""
    spent: dict[str, float] = {}
    _forget()
    last = time.process_time()

    def took(name: str) -> None:
        nonlocal last
        now = time.process_time()
        spent[name], last = now - last, now

    document = read(path)
    took("reading")
    out = laid_out(document)
    took("layout")
    walk(out, itertools.count())
    took("tables")
    _forget()
    facts = read_facts(out)
    took("prose")
    spent["prose"] -= spent["tables"]  # the tables are read once more
    bind(facts), former_figures(facts)
    took("binding")
    _forget()
    list(check([path]))
    took("all")
    spent["rules and solving"] = spent["all"] - sum(own for name, own in spent.items() if name != "all")
    return spent


def _forget() -> None:
    """Empty what is remembered of texts read before, as if each run were a process of its own.

    Otherwise a report whose labels are few enough to be remembered would be read for nothing the second time.
    """
    known = [
        value for module in list(sys.modules.values()) if module for value in list(vars(module).values())
    ]
    for value in known:
        if isinstance(value, _lru_cache_wrapper) and value.cache_parameters()["maxsize"] is not None:
            value.cache_clear()


def lowest(path: Path, runs: int) -> dict[str, float]:
    """Return the least CPU seconds of each stage over several runs."""
    found = [stages(path) for _ in range(runs)]
    return {name: min(one[name] for one in found) for name in found[0]}


def exponent(sizes: Sequence[int], costs: Sequence[float]) -> float:
    """Return by what power the cost grows between the two largest sizes."""
    return math.log(max(costs[-1], 1e-6) / max(costs[-2], 1e-6)) / math.log(sizes[-1] / sizes[-2])


def measure(name: str, folder: Path, *, runs: int, longest: bool, by_stage: bool) -> float:
    """Print how one kind of report grows, and return its exponent."""
    make, suffix, sizes, more = KINDS[name]
    sizes = (*sizes, *more) if longest else sizes
    costs = []
    for size in sizes:
        path = folder / f"{name}-{size}{suffix}"
        path.write_bytes(make(size, random.Random(size)))
        costs.append(lowest(path, runs))
    whole = [one["all"] for one in costs]
    found = exponent(sizes, whole)
    shown = "  ".join(f"{size}: {cost / whole[0]:.1f}" for size, cost in zip(sizes, whole, strict=True))
    print(f"{name:10} {found:5.2f}   {shown}", flush=True)
    if name == "sentences":
        print(f"    prose {1000 * costs[-1]['prose'] / sizes[-1]:.2f} ms of CPU a sentence", flush=True)
    for stage in costs[-1] if by_stage else ():
        own = [one[stage] for one in costs]
        share = 100 * own[-1] / whole[-1]
        if stage != "all" and share >= 1:
            print(f"    {stage:18} {exponent(sizes, own):5.2f}   {share:3.0f} % of the largest", flush=True)
    return found


def main() -> None:
    """Measure the kinds of report that are named, or all."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=", ".join(KINDS))
    parser.add_argument("--runs", type=int, default=2)
    parser.add_argument("--stages", action="store_true")
    parser.add_argument("--longest", action="store_true")
    given = parser.parse_args()
    unknown = [kind for kind in given.kinds if kind not in KINDS]
    if unknown:
        parser.error(f"no kind of report: {', '.join(unknown)}")
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)  # as the program itself runs
    with tempfile.TemporaryDirectory() as folder:
        lowest(_warm(Path(folder)), 1)  # what is imported once is no growth
        found = {
            name: measure(name, Path(folder), runs=given.runs, longest=given.longest, by_stage=given.stages)
            for name in given.kinds or KINDS
        }
    above = [name for name, own in found.items() if own > AIM]
    print(f"above {AIM}: {', '.join(above) or 'none'}")


def _warm(folder: Path) -> Path:
    path = folder / "warm.xlsx"
    path.write_bytes(rows_of_one_table(10, random.Random(0)))
    return path


if __name__ == "__main__":
    main()
