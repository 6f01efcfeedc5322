"""Every number that a document prints, as another library opens it, is in a table, in a passage or told as not understood."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import openpyxl
import pytest

from mlcheck.layout.recover import laid_out
from mlcheck.model.document import Grid, LaidOut
from mlcheck.model.table import Table
from mlcheck.reading import read
from mlcheck.tables.walk import walk
from tests.fixture_documents.opened import READERS, lines_of

FIXTURES = Path(__file__).parents[2] / "fixtures"
DOCUMENTS = {f"report-2023{suffix}": suffix for suffix in READERS}
DOCUMENTS |= {
    f"two-years{errors}{suffix}": suffix for errors in ("", "-errors") for suffix in (".docx", ".pptx")
}
WORKBOOKS = ["report-2022.xlsx", "report-2023.xlsx", "report-2023-errors.xlsx", "two-years.xlsx"]
TWICE = {
    "report-2023.pdf": Counter({"2023": 1}),
    "report-2023-borderless.pdf": Counter({"2023": 1}),
}  # a page prints the head of a table again
DIGITS = re.compile(r"[0-9]+")
NUMBERED = re.compile(r"^\s*[0-9]{1,2}\s?\)\s")  # a heading; its number is none that is checked


def numbers(texts: Iterable[str]) -> Counter[str]:
    return Counter(run for text in texts for run in DIGITS.findall(NUMBERED.sub("", text, count=1)))


def accounted(path: Path) -> Counter[str]:
    """The numbers of all that is kept of a file, each with the place it stands in, a title for each table under it."""
    document = laid_out(read(path))
    return numbers(_kept(document))


def _kept(document: LaidOut) -> Iterator[str]:
    found = walk(document, itertools.count())
    yield from (passage.text for passage in found.passages)
    yield from (text for text, _, _ in found.notes)
    told = {one.locator for one in found.not_understood}
    for one in found.not_understood:
        yield from map(str, one.values.values())
    for block in document.blocks:
        if isinstance(block, Grid):
            yield from (cell.text for at, cell in block.cells.items() if block.locate(*at) in told)
            yield from _corners(block, found.tables)
    for table in found.tables:
        yield from (entry.printed for entry in table.entries.values())
        yield from (line.label for line in (*table.rows, *table.columns))
        yield from (code for line in (*table.rows, *table.columns) for code in line.codes)
        yield from {title for line in table.columns for title in line.path}
        yield from {title for line in table.rows for title in line.path}
        yield from (table.title, table.headnote)


def _corners(block: Grid, tables: Iterable[Table]) -> Iterator[str]:
    """Yield what stands over the row labels of the tables of a block, beside the labels of their columns."""
    places = {block.locate(*at): at for at in block.cells}
    for table in tables:
        heads = {places[line.locator][0] for line in table.columns if line.locator in places}
        stubs = {places[line.locator][1] for line in table.rows if line.locator in places}
        yield from (block.cells[at].text for at in itertools.product(heads, stubs) if at in block.cells)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_number_of_a_document_is_accounted_for(name: str) -> None:
    path = FIXTURES / name
    printed = numbers(lines_of(DOCUMENTS[name], path.read_bytes()))
    assert sum(printed.values()) > 50
    assert not printed - accounted(path) - TWICE.get(name, Counter())


@pytest.mark.parametrize("name", WORKBOOKS)
def test_every_number_of_a_workbook_is_accounted_for(name: str) -> None:
    """A number that a cell stores is displayed with its own digits where it has no decimals."""
    book = openpyxl.load_workbook(FIXTURES / name, data_only=True)
    values = [
        cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if "%" not in cell.number_format  # 24 is displayed as 2 400 %
    ]
    texts = [value for value in values if isinstance(value, str)]
    plain = [f"{value:,}".replace(",", " ") for value in values if isinstance(value, int) and value < 1000]
    kept = accounted(FIXTURES / name)
    assert not numbers(texts) - kept
    assert not numbers(plain) - kept
