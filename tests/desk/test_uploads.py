"""Files that are sent: names are words and no paths, sizes have a limit, and nothing is left behind."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote

import pytest

from mlcheck.desk import uploads
from mlcheck.desk.uploads import LONGEST, safe_name
from tests.desk.conftest import FIXTURES

NAMES = {
    "rapport 2023.xlsx": "rapport 2023.xlsx",
    "Rapport d’activité – é.docx": "Rapport d’activité – é.docx",
    "../../etc/passwd": "passwd",
    "..\\..\\windows\\win.ini": "win.ini",
    "C:\\fakepath\\report.xlsx": "report.xlsx",
    "/": "report",
    "": "report",
    "..": "report",
    " . ": "report",
    ".bashrc": "_bashrc",
    "a\x00b\nc\u202e.xlsx": "abc.xlsx",
    'a<b>:"|?*.csv': "a_b______.csv",
    "CON": "_CON",
    "com1.xlsx": "_com1.xlsx",
    "~$report.xlsx": "~$report.xlsx",
    "report.xlsx. . ": "report.xlsx",
}


@pytest.mark.parametrize(("given", "kept"), NAMES.items())
def test_a_name_is_a_word(given, kept):
    assert safe_name(given) == kept


@pytest.mark.parametrize("given", ["é" * 5000 + ".xlsx", "x" * 5000, "." + "y" * 5000, "a." + "z" * 5000])
def test_a_long_name_is_cut_and_keeps_its_suffix(given):
    kept = safe_name(given)
    assert 0 < len(os.fsencode(kept)) <= LONGEST
    assert kept.endswith(".xlsx") == given.endswith(".xlsx")


@pytest.mark.parametrize(
    "name", ["../../out.csv", "/etc/out.csv", "..%2f..%2fout.csv", "\\..\\out.csv", "a\x00/out.csv"]
)
def test_whatever_its_name_a_file_lands_in_the_folder_of_its_page(spoken, tmp_path, name):
    page = spoken()
    answer = page.ask("PUT", f"files/report?name={quote(name, safe='')}", content=b"a;b\n1;2\n")
    assert answer.status_code == 200
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path.parent for path in written] == [page.desk.private / "report"]
    assert written[0].name.endswith("out.csv")


def test_a_file_takes_the_place_of_the_one_before(spoken):
    page = spoken()
    for name in ("first.csv", "second.csv", "second.csv"):
        assert page.send("report", FIXTURES / "places.csv", name).status_code == 200
    assert [path.name for path in (page.desk.private / "report").iterdir()] == ["second.csv"]
    assert page.desk.name("report") == "second.csv"


@pytest.mark.parametrize("told", [True, False])
def test_a_file_that_is_too_large_gets_a_sentence_and_leaves_nothing(spoken, monkeypatch, told):
    monkeypatch.setattr(uploads, "LIMIT", 1024**2)
    page = spoken()

    def pieces():
        for _ in range(64):
            yield b"x" * 65536

    content = b"x" * (4 * 1024**2) if told else pieces()
    answer = page.ask("PUT", "files/report?name=big.csv", content=content)
    assert answer.status_code == 409
    assert answer.json()["sentence"].startswith("big.csv is larger than 1 MB")
    assert page.desk.name("report") is None
    assert [path for path in page.desk.private.rglob("*") if path.is_file()] == []


def test_an_empty_file_gets_a_sentence(spoken):
    answer = spoken().ask("PUT", "files/report?name=a.csv", content=b"")
    assert answer.json()["sentence"].startswith("a.csv is empty")


def test_a_disk_that_takes_nothing_gets_a_sentence(spoken, monkeypatch):
    def full(self, mode):
        raise OSError(28, "No space left on device")

    page = spoken()
    monkeypatch.setattr(Path, "open", full)
    answer = page.ask("PUT", "files/report?name=a.csv", content=b"a;1\n")
    assert answer.json()["sentence"].startswith("a.csv cannot be kept (No space left on device)")


@pytest.mark.parametrize("role", ["other", "..", "report%2f.."])
def test_there_are_two_files_and_no_others(spoken, role):
    page = spoken()
    assert page.ask("PUT", f"files/{role}?name=a.csv", content=b"a;1\n").status_code in (404, 405)
    assert [path for path in page.desk.private.rglob("*") if path.is_file()] == []
