"""Files are named as seen from the folder in which mlcheck ran, and their lines are lines of the file."""

from __future__ import annotations

import os
from urllib.parse import unquote, urlsplit

import pytest

from mlcheck.model.document import Locator
from mlcheck.rendering.machine import cut, line_of, path_of, readable
from mlcheck.rendering.sarif.locations import artifact
from tests.machine.reports import ROOT, written
from tests.machine.sarif_reading import run_of
from tests.rendering import cases


@pytest.mark.parametrize(
    ("file", "told"),
    [
        ("report.xlsx", "report.xlsx"),
        ("./reports//report.xlsx", "reports/report.xlsx"),
        ("../report.xlsx", "../report.xlsx"),
        (str(ROOT / "reports" / "report.xlsx"), "reports/report.xlsx"),
        ("/elsewhere/report.xlsx", "/elsewhere/report.xlsx"),
        ("", "."),
    ],
)
def test_a_path_from_the_current_folder(file, told):
    assert path_of(file) == told


def test_a_path_in_another_folder_than_the_project(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert path_of(str(tmp_path / "report.xlsx")) == "report.xlsx"
    assert path_of(str(ROOT / "report.xlsx")) == (ROOT / "report.xlsx").as_posix()


@pytest.mark.parametrize(
    "name", ["Rapport d’activité 2023.xlsx", "a:b.xlsx", "100 %.xlsx", "a#b?c.xlsx", "a\nb.xlsx"]
)
def test_a_uri_is_percent_encoded_and_leads_back_to_the_file(name):
    told = artifact(f"reports/{name}")
    assert told["uriBaseId"] == "%SRCROOT%"
    assert all(
        character.isascii() and character.isprintable() and character != " " for character in told["uri"]
    )
    split = urlsplit(told["uri"])
    assert (split.scheme, split.netloc, split.query, split.fragment) == ("", "", "", "")
    assert unquote(split.path) == f"reports/{name}"


def test_a_file_elsewhere_has_an_absolute_uri_without_a_base():
    assert artifact("/elsewhere/my report.xlsx") == {"uri": "file:///elsewhere/my%20report.xlsx"}


@pytest.mark.skipif(os.name == "nt", reason="names are no bytes there")
def test_a_name_that_is_no_utf_8_is_told_all_the_same():
    name = os.fsdecode(b"caf\xe9.xlsx")
    report = cases.report(source=name, findings=(cases.finding(location=Locator(name)),))
    (result,) = run_of(written("sarif", report))["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "caf%E9.xlsx"
    for form in ("sarif", "junit", "github", "gitlab"):
        assert written(form, report).encode()


@pytest.mark.parametrize(
    ("locator", "line"),
    [
        (Locator("r.txt", line=12), 12),
        (Locator("r.html", line=12, cell="B3"), 12),
        (Locator("r.csv", sheet="r", cell="AB7"), 7),
        (Locator("r.tsv", sheet="r"), 1),
        (Locator("r.docx", line=12), 1),
        (Locator("r.xlsx", sheet="Aides", cell="C15"), 1),
        (Locator("r.pdf", page=3), 1),
    ],
)
def test_the_line_of_a_place(locator, line):
    assert line_of(locator) == line


def test_the_row_of_a_real_csv_is_its_line(tmp_path):
    from mlcheck.reading import read

    lines = ["Commune;Nombre", "Lambersart;12", "", "Lompret;7"]
    file = tmp_path / "report.csv"
    file.write_text("\n".join(lines), "utf-8")
    (grid,) = read(file).blocks
    for (row, column), cell in grid.cells.items():
        assert lines[line_of(grid.locate(row, column)) - 1].split(";")[column] == cell.text


def test_a_long_text_is_cut_to_what_fits():
    assert cut("abcdef", 6) == "abcdef"
    assert cut("abcdefg", 6) == "abcd …"
    assert len(readable("x" * 9999)) == 4000
