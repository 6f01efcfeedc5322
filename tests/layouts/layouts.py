"""The same two tables and one distribution, laid out in the ways people lay them out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

COMMUNES = ("La Madeleine", "Lambersart", "Lompret", "Marcq-en-Barœul", "Pérenchies")
ACCUEILS = ((45, 67), (66, 66), (5, 4), (70, 78), (25, 27))
CONTRATS = ((120, 42), (150, 30), (4, 2), (208, 70), (80, 21))
PERMIS = (("Titulaire du permis", 24), ("Non titulaire", 76))
SEXES = ["Commune", "Femmes", "Hommes", "Total"]
TYPES = ["Commune", "CDD", "CDI", "Total"]
TYPED = 88  # printed for the 70 CDI of Marcq-en-Barœul where an error is planted
Rows = list[list[Any]]


def tables(wrong: bool) -> tuple[Rows, Rows]:
    """Return the rows of both tables with their totals; one cell is wrong if asked."""
    first, second = _with_totals(ACCUEILS), _with_totals(CONTRATS)
    if wrong:
        second[3][2] = TYPED
    return first, second


def _with_totals(counts: tuple[tuple[int, int], ...]) -> Rows:
    rows: Rows = [[name, *pair, sum(pair)] for name, pair in zip(COMMUNES, counts, strict=True)]
    left, right = (sum(column) for column in zip(*counts, strict=True))
    return [*rows, ["Total", left, right, left + right]]


def _put(sheet: Worksheet, row: int, column: int, rows: Rows) -> None:
    for i, line in enumerate(rows):
        for j, value in enumerate(line):
            if value is not None:
                sheet.cell(row + i, column + j, value)


def _permis() -> Rows:
    return [["Permis"], *([label, f"{share} %"] for label, share in PERMIS)]


def _stack(sheet: Worksheet, first: Rows, second: Rows) -> None:
    _put(sheet, 1, 1, [["Jeunes accueillis par commune"], *first])
    _put(sheet, 11, 1, [["Contrats signés par commune"], *second])
    _put(sheet, 21, 1, _permis())


def stacked(wrong: bool) -> Workbook:
    book = Workbook()
    first, second = tables(wrong)
    _stack(book.active, [SEXES, *first], [TYPES, *second])
    return book


def side_by_side(wrong: bool) -> Workbook:
    book = Workbook()
    first, second = tables(wrong)
    _put(book.active, 2, 2, [["Jeunes accueillis par commune"], SEXES, *first])
    _put(book.active, 2, 8, [["Contrats signés par commune"], TYPES, *second])
    _put(book.active, 2, 14, _permis())
    return book


def transposed(wrong: bool) -> Workbook:
    book = Workbook()
    first, second = tables(wrong)
    _put(book.active, 1, 1, [["Jeunes accueillis par commune"], *map(list, zip(SEXES, *first, strict=True))])
    _put(book.active, 8, 1, [["Contrats signés par commune"], *map(list, zip(TYPES, *second, strict=True))])
    labels, shares = zip(*PERMIS, strict=True)
    _put(book.active, 15, 1, [["Permis"], list(labels), [f"{share} %" for share in shares]])
    return book


def totals_first(wrong: bool) -> Workbook:
    def turned(head: list[str], rows: Rows) -> Rows:
        return [[r[0], r[3], r[1], r[2]] for r in [head, rows[-1], *rows[:-1]]]

    book = Workbook()
    first, second = tables(wrong)
    _stack(book.active, turned(SEXES, first), turned(TYPES, second))
    return book


def as_text(wrong: bool) -> Workbook:
    def typed(rows: Rows) -> Rows:
        return [[r[0], *(f"{n:,}".replace(",", "\u202f") for n in r[1:])] for r in rows]

    book = Workbook()
    first, second = (typed(rows) for rows in tables(wrong))
    first[2][2] += "*"
    _stack(book.active, [SEXES, *first], [TYPES, *second])
    return book


def spanners(wrong: bool) -> Workbook:
    book = Workbook()
    first, second = tables(wrong)
    both = [a + b[1:] for a, b in zip(first, second, strict=True)]
    spans = [None, "Jeunes accueillis", None, None, "Contrats signés"]
    _put(book.active, 1, 1, [["Accueils et contrats par commune"], spans, SEXES + TYPES[1:], *both])
    for merged in ("A1:G1", "B2:D2", "E2:G2"):
        book.active.merge_cells(merged)
    _put(book.active, 13, 1, _permis())
    return book


def by_format(wrong: bool) -> Workbook:
    book = Workbook()
    first, second = tables(wrong)
    shared = [[*row, row[3] / first[-1][3]] for row in first]
    _stack(book.active, [[*SEXES, "Part"], *shared], [TYPES, *second])
    for row in range(3, 9):
        book.active.cell(row, 5).number_format = "0.0%"
    for row, (_, share) in enumerate(PERMIS, 22):
        book.active.cell(row, 2, share / 100).number_format = "0 %"
    return book


def one_sheet_each(wrong: bool) -> Workbook:
    book = Workbook()
    first, second = tables(wrong)
    book.active.title = "Accueils"
    _put(book.active, 1, 1, [SEXES, *first])
    _put(book.create_sheet("Contrats"), 1, 1, [TYPES, *second])
    _put(book.create_sheet("Permis"), 1, 1, _permis()[1:])
    return book


def tidy(wrong: bool) -> Workbook:
    book = Workbook()
    rows: Rows = [["Tableau", "Commune", "Modalité", "Nombre"]]
    for name, head, table in zip(("Accueils", "Contrats"), (SEXES, TYPES), tables(wrong), strict=True):
        rows += [[name, row[0], kind, n] for row in table for kind, n in zip(head[1:], row[1:], strict=True)]
    _put(book.active, 1, 1, rows)
    return book


LAYOUTS: tuple[Callable[[bool], Workbook], ...] = (
    stacked, side_by_side, transposed, totals_first, as_text, spanners, by_format, one_sheet_each, tidy,
)  # fmt: skip
