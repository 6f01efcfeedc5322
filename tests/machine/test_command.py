"""The machine formats from the command line: suffixes, waivers, baselines, several files, paths."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys

import pytest
from junitparser import JUnitXml
from typer.testing import CliRunner

from mlcheck.cli.main import app
from mlcheck.rendering import render
from mlcheck.rendering.view import View
from tests.machine.reports import ROOT
from tests.machine.sarif_reading import run_of
from tests.machine.workflow_commands import commands
from tests.rendering import cases

WAIVER = """[[waiver]]
rule = "TOT101"
place = "10 Aides financières!G84"
reason = "Printed so; a correction is published."
author = "the agency"
expires = 2999-12-31
"""
FORMATS = ("sarif", "junit", "github", "gitlab")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    shutil.copy(ROOT / "fixtures" / "report-2023.xlsx", tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    return tmp_path


def validate(*options):
    return CliRunner().invoke(app, ["validate", *map(str, options), "--lang", "en"])


def test_the_suffix_names_the_format(folder):
    result = validate("report-2023.xlsx", "--output", "a.sarif", "--output", "b.xml")
    assert (result.exit_code, result.stdout) == (1, "")
    assert len(run_of((folder / "a.sarif").read_text("utf-8"))["results"]) == 4
    assert JUnitXml.fromfile(str(folder / "b.xml")).failures == 1


@pytest.mark.parametrize("form", FORMATS)
def test_a_waived_report_is_green_and_says_so(folder, form):
    (folder / "mlcheck.toml").write_text(WAIVER, "utf-8")
    result = validate("report-2023.xlsx", "--format", form)
    assert (result.exit_code, result.stderr) == (0, "")
    if form == "sarif":
        (accepted,) = (one for one in run_of(result.stdout)["results"] if one["suppressions"])
        (suppression,) = accepted["suppressions"]
        assert suppression["justification"] == (
            "Printed so; a correction is published. — the agency — until 2999-12-31"
        )
    elif form == "junit":
        suites = JUnitXml.fromstring(result.stdout.encode())
        (skipped,) = (c for s in suites for c in s if c.name.startswith("TOT101"))
        assert skipped.result[0].message.startswith("Printed so; a correction is published.")
    else:
        assert "TOT101" not in result.stdout


def test_what_the_baseline_knows_is_unchanged_and_the_rest_is_new(folder):
    validate("report-2023.xlsx", "--write-baseline", "known.json")
    result = validate("report-2023.xlsx", "--baseline", "known.json", "--format", "sarif")
    assert result.exit_code == 0
    assert {one["baselineState"] for one in run_of(result.stdout)["results"]} == {"unchanged"}
    assert [
        c.name
        for c in commands(validate("report-2023.xlsx", "--baseline", "known.json", "-f", "github").stdout)
    ] == []


@pytest.mark.parametrize("form", FORMATS)
def test_an_unusable_file_beside_a_good_one(folder, form):
    (folder / "empty.xlsx").write_bytes(b"")
    result = validate("empty.xlsx", "report-2023.xlsx", "--format", form)
    assert result.exit_code == 2
    assert "empty.xlsx" in result.stdout
    assert "TOT101" in result.stdout


@pytest.mark.parametrize("form", FORMATS)
def test_an_absolute_path_is_told_from_the_current_folder(folder, form):
    (folder / "reports").mkdir()
    shutil.move(folder / "report-2023.xlsx", folder / "reports" / "report 2023.xlsx")
    result = validate(folder / "reports" / "report 2023.xlsx", "--format", form)
    assert result.exit_code == 1
    assert folder.as_posix() not in result.stdout
    assert ("reports/report%202023.xlsx" if form == "sarif" else "reports/report 2023.xlsx") in result.stdout


@pytest.mark.parametrize("form", FORMATS)
def test_reports_are_written_as_they_come(form):
    drawn = []

    def reports():
        for number in (1, 2):
            drawn.append(number)
            yield cases.report(source=f"{number}.xlsx")

    for piece in render(form, reports(), View("en")):
        if "TOT101" in piece:
            break
    assert drawn == [1]


@pytest.mark.parametrize("form", FORMATS)
def test_another_process_writes_the_same_bytes(folder, form):
    def run(seed):
        asked = [sys.executable, "-m", "mlcheck", "validate", "report-2023.xlsx", "--format", form]
        return subprocess.run(
            asked, capture_output=True, env={"PYTHONHASHSEED": seed, "PATH": ""}, check=False
        ).stdout

    one = run("1")
    assert one == run("2")
    assert b"TOT101" in one


def test_gitlab_is_json_and_nothing_else_on_standard_output(folder):
    assert len(json.loads(validate("report-2023.xlsx", "-f", "gitlab").stdout)) == 4
