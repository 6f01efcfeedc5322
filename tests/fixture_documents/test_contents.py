"""Each document of the report holds what the workbook holds: no word more or less, row by row."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from fixtures.build.documents import document_bytes, report_pages
from fixtures.build.errors import plant, read_changes
from fixtures.build.flow import Heading, Table, Text, flow
from fixtures.build.page import Page
from tests.fixture_documents.opened import READERS, lines_of

FIXTURES = Path(__file__).parents[2] / "fixtures"
TITLE = "Rapport d’activité 2023"
CUT = "T24"  # a page of the PDF ends in this table, and the next page repeats its head
PDFS = (".pdf", "-borderless.pdf")
formats = pytest.mark.parametrize("suffix", READERS)


def words(lines: Iterable[str]) -> Counter[str]:
    """Count words; the bullets of lists are none."""
    return Counter(word for line in lines for word in line.split() if word not in ("-", "•"))


def printed(pages: list[Page]) -> Counter[str]:
    return words(cell.content.shown for page in pages for cell in page.cells)


def blocks(kind: type, pages: list[Page] | None = None) -> list:
    return [block for page in pages or report_pages(2023) for block in flow(page) if isinstance(block, kind)]


def missing_rows(pages: list[Page], found: list[str]) -> list[str]:
    """Return the rows of tables that do not stand in the lines as often as in the pages."""
    text = " ".join(found)
    rows = Counter(" ".join(filter(None, row)) for table in blocks(Table, pages) for row in table.body)
    assert sum(rows.values()) > 200
    return [
        row for row, times in rows.items() if len(re.findall(rf"(?<!\S){re.escape(row)}(?!\S)", text)) < times
    ]


def wrong_pages() -> list[Page]:
    pages = report_pages(2023)
    plant(pages, read_changes(FIXTURES / "errors.toml"))
    return pages


@cache
def lines(suffix: str) -> list[str]:
    return lines_of(suffix, document_bytes(suffix))


def added(suffix: str) -> Counter[str]:
    """The words that the layout of a format adds."""
    if suffix in (".html", ".ods"):
        return Counter()
    if suffix == ".pptx":
        return words([TITLE, "Mission Locale Métropole Nord-Ouest"])
    head = next(table.head[0] for table in blocks(Table) if table.table == CUT)
    return words([TITLE, *(head if suffix in PDFS else ())])


@formats
def test_every_word_of_the_workbook_stands_in_the_document_and_no_other(suffix):
    assert words(lines(suffix)) == printed(report_pages(2023)) + added(suffix)


@formats
def test_every_row_of_the_tables_stands_together(suffix):
    assert missing_rows(report_pages(2023), lines(suffix)) == []


@formats
def test_every_sentence_stands_whole(suffix):
    text = f" {' '.join(lines(suffix))} "
    for block in blocks(Text):
        for sentence in block.lines:
            assert f" {sentence.removeprefix('- ')} " in text, sentence


def test_the_tables_that_are_written_hold_the_listed_figures():
    with (FIXTURES / "places.csv").open(encoding="utf-8", newline="") as stream:
        listed = Counter((line["table"], line["printed"]) for line in csv.DictReader(stream))
    written = Counter(
        (table.table, cell)
        for table in blocks(Table)
        for row in table.body
        for column, cell in enumerate(row)
        if column not in table.labels
    )
    totals = Counter({("T07", "1 634"): 1, ("T20", "859"): 1, ("T28", "645"): 1})  # printed under the table
    assert written + totals == listed


@formats
def test_a_planted_error_changes_the_document_as_it_changes_the_workbook(suffix):
    pages = wrong_pages()
    found = lines_of(suffix, document_bytes(suffix, pages=pages))
    sound, wrong = words(lines(suffix)), words(found)
    was, now = printed(report_pages(2023)), printed(pages)
    assert wrong - sound == now - was
    assert sound - wrong == was - now
    assert {"-13", "#REF!", "2400", "117", "280"} <= (now - was).keys()
    assert missing_rows(pages, found) == []
    assert "Pérenchies 9 2" in missing_rows(pages, lines(suffix))


@pytest.mark.parametrize("suffix", PDFS)
def test_lines_of_the_pdf_keep_label_and_figures_together(suffix):
    for row in ("Verlinghem 329 111", "Total général : 42 318 16 709", "Lambersart 33 4 115 €", "BTP 28"):
        assert row in lines(suffix), row


def test_the_spreadsheet_holds_the_cells_of_the_workbook():
    workbook = openpyxl.load_workbook(FIXTURES / "report-2023.xlsx")
    spreadsheet = CalamineWorkbook.from_filelike(io.BytesIO(document_bytes(".ods")))
    assert spreadsheet.sheet_names == workbook.sheetnames
    for name in spreadsheet.sheet_names:
        found = spreadsheet.get_sheet_by_name(name)
        rows = found.to_python(skip_empty_area=False)
        for row in workbook[name].iter_rows():
            for cell in row:
                if cell.value is not None:
                    value = rows[cell.row - 1][cell.column - 1]
                    exact = isinstance(value, str)
                    assert (value if exact else Decimal(str(value))) == (
                        cell.value if exact else Decimal(str(cell.value))
                    ), f"{name}!{cell.coordinate}"


def test_headings_come_in_the_order_of_the_workbook():
    headings = [heading.text for heading in blocks(Heading)]
    for suffix in (".txt", ".md", ".html", ".docx", *PDFS):
        rest = iter(lines(suffix))
        assert all(heading in rest for heading in headings), suffix
