"""The main job from end to end, on the figures of the real report of 2023."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from mlcheck.cli.main import app

ROOT = Path(__file__).parents[2]


@pytest.fixture
def run(monkeypatch):
    monkeypatch.chdir(ROOT)
    return lambda *arguments: CliRunner().invoke(app, list(arguments))


def test_the_report_of_2023_has_exactly_one_error(run):
    result = run("validate", "fixtures/report-2023.xlsx", "--format", "json")
    assert result.exit_code == 1
    (report,) = json.loads(result.stdout)["reports"]
    (error,) = [finding for finding in report["findings"] if finding["severity"] == "error"]
    assert (error["rule"], error["table"], error["difference"]) == ("TOT101", "Aides directes", "5")
    assert error["stated"].startswith("10 029")
    assert error["expected"].startswith("10 024")
    assert report["summary"]["checked"] == sum(f["verdict"] != "unchecked" for f in report["figures"])
    assert report["summary"]["claims"] == len(report["claims"]) == 132


def test_the_folder_says_which_report_is_meant(run):
    result = run("table", "emploi", "--by", "commune")
    assert result.exit_code == 0
    total = next(line for line in result.stdout.splitlines() if line.startswith("│ Total général"))
    assert [cell.strip() for cell in total.strip("│").split("│")] == [
        "Total général :",
        "1 915",
        "100,0 %",
        "1 667",
        "+14,9 %",
    ]


def test_an_unknown_section_suggests_the_nearest(run):
    result = run("table", "emplio", "--lang", "fr")
    assert result.exit_code == 2
    assert "vouliez-vous dire « emploi » ?" in result.stderr


def test_a_file_that_does_not_exist_is_one_sentence(run):
    result = run("validate", "no-such-report.xlsx")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("mlcheck: no-such-report.xlsx ")
    assert result.stderr.count("\n") == 1
