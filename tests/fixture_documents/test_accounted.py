"""Every number that a document prints, as another library opens it, is in a table, in a passage or told as not understood."""

from __future__ import annotations

import itertools
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.accounted import counted, kept_texts, numbers
from mlcheck.layout.recover import laid_out
from mlcheck.reading import read
from mlcheck.tables.walk import walk
from tests.fixture_documents.opened import READERS, lines_of

FIXTURES = Path(__file__).parents[2] / "fixtures"
DOCUMENTS = {f"report-2023{suffix}": suffix for suffix in READERS}
DOCUMENTS |= {
    f"two-years{errors}{suffix}": suffix for errors in ("", "-errors") for suffix in (".docx", ".pptx")
}
BY_PLACE = sorted(path.name for pattern in ("*.xlsx", "two-years*.pdf") for path in FIXTURES.glob(pattern))
TWICE = {
    "report-2023.pdf": Counter({"2023": 1}),
    "report-2023-borderless.pdf": Counter({"2023": 1}),
}  # a page prints the head of a table again


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_number_of_a_document_is_accounted_for(name: str) -> None:
    path = FIXTURES / name
    document = laid_out(read(path))
    kept = numbers(text for _, text in kept_texts(document, walk(document, itertools.count())))
    printed = numbers(lines_of(DOCUMENTS[name], path.read_bytes()))
    assert sum(printed.values()) > 50
    assert not printed - kept - TWICE.get(name, Counter())


@pytest.mark.parametrize("name", BY_PLACE)
def test_every_number_of_a_sheet_or_page_is_accounted_for_in_its_place(name: str) -> None:
    printed, missing = counted(FIXTURES / name)
    assert sum(printed.values()) > 50
    assert not missing


def test_every_fixture_is_counted() -> None:
    reports = {path.name for path in FIXTURES.iterdir() if path.suffix in {".xlsx", ".pdf", *READERS}}
    assert reports - {*DOCUMENTS, *BY_PLACE} == {"README.md"}


def test_a_number_that_nothing_accounts_for_is_missed(tmp_path: Path) -> None:
    path = tmp_path / "rapport.md"
    path.write_text("En 2023, 679 jeunes ont été accueillis[^4].\n", encoding="utf-8")
    assert counted(path) == (Counter({"2023": 1, "679": 1, "4": 1}), Counter({"4": 1}))
