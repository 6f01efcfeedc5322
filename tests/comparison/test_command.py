"""mlcheck compare: exit codes, options, and where things are written."""

import json

import openpyxl
import pytest
from typer.testing import CliRunner

from mlcheck import comparison
from mlcheck.cli.main import app
from mlcheck.model.finding import Crash

ROWS = (
    ("Les contrats signés en 2023",),
    ("Commune", "CDI", "CDD", "Total"),
    ("La Madeleine", 112, 30, 142),
    ("Lambersart", 132, 45, 177),
    ("Lompret", 9, 4, 13),
    ("Total", 253, 79, 332),
)


@pytest.fixture
def run(monkeypatch, tmp_path):
    """Run mlcheck compare in an empty folder, in English."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANGUAGE", "en")
    monkeypatch.delenv("MLCHECK_DEBUG", raising=False)

    def call(*arguments):
        return CliRunner().invoke(app, ["compare", *map(str, arguments), "--lang", "en"])

    return call


@pytest.fixture
def book(tmp_path):
    """Write the contracts as a workbook, with some cells changed and some rows left out."""

    def write(name, cells=None, without=()):
        made = openpyxl.Workbook()
        for row in ROWS:
            if row[0] not in without:
                made.active.append(row)
        for cell, value in (cells or {}).items():
            made.active[cell] = value
        made.save(tmp_path / name)
        return name

    return write


def test_all_that_both_state_agrees(run, book):
    result = run(book("a.xlsx"), book("b.xlsx"))
    assert result.exit_code == 0
    assert result.stdout.endswith("✓ all that both state agrees\n")
    assert result.stderr == ""


def test_a_difference_makes_the_exit_status_1_and_the_proven_one_is_named(run, book):
    result = run(book("a.xlsx"), book("b.xlsx", {"B4": 123}))
    assert result.exit_code == 1
    text = " ".join(result.stdout.split())
    assert "a.xlsx, Sheet!B4 prints 132; b.xlsx, Sheet!B4 prints 123 two digits swapped" in text
    assert "132 is proven by the other figures of a.xlsx · 123 contradicts other figures of b.xlsx" in text


def test_missing_figures_fail_only_where_asked(run, book):
    files = book("a.xlsx"), book("b.xlsx", without=("Lompret",))
    assert run(*files).exit_code == 0
    assert run(*files, "--fail-on", "missing").exit_code == 1
    assert run(files[0], files[0], "--fail-on", "missing").exit_code == 0


def test_nothing_in_common_is_no_success(run, book):
    other = {"A1": "Les recettes", "B2": "Adhésions", "C2": "Dons", "D2": "Ventes"}
    result = run(book("a.xlsx"), book("b.xlsx", other), "--format", "json")
    assert result.exit_code == 2
    assert json.loads(result.stdout)["summary"]["compared"] == 0
    assert result.stderr.startswith("mlcheck: no figure stands in both a.xlsx and b.xlsx")


def test_an_unusable_file_is_one_sentence(run, book):
    result = run(book("a.xlsx"), "none.xlsx")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1


def test_a_fault_of_ours_goes_before_all(run, book, monkeypatch):
    files = book("a.xlsx"), book("b.xlsx", {"B4": 123})
    genuine = comparison.compare

    def crashing(*arguments, **options):
        from msgspec.structs import replace

        found = genuine(*arguments, **options)
        return replace(found, left=replace(found.left, crashes=(Crash("TOT101", "ZeroDivisionError"),)))

    monkeypatch.setattr(comparison, "compare", crashing)
    result = run(*files, "--format", "csv")
    assert result.exit_code == 3
    assert "rule TOT101 failed" in result.stderr


def test_no_input_is_written_over(run, book, tmp_path):
    files = book("a.xlsx"), book("b.xlsx")
    before = (tmp_path / "b.xlsx").read_bytes()
    result = run(*files, "--format", "json", "--output", "b.xlsx")
    assert result.exit_code == 2
    assert (tmp_path / "b.xlsx").read_bytes() == before
    assert run(*files, "--format", "json", "--output", "out.json").exit_code == 0
    assert json.loads((tmp_path / "out.json").read_text("utf-8"))["differences"] == []
