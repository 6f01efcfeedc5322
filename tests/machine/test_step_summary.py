"""The summary that GitHub shows of a step: written with its annotations, never over a report, never too long."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from mlcheck.cli import outputs
from mlcheck.cli.main import app
from mlcheck.cli.outputs import LIMIT, SUMMARY, summarised
from mlcheck.rendering.view import View
from tests.machine.reports import ROOT, hostile, written
from tests.rendering import cases

Validate = Callable[..., Result]


@pytest.fixture
def summary(tmp_path, monkeypatch) -> Path:
    file = tmp_path / "summary.md"
    monkeypatch.setenv(SUMMARY, str(file))
    return file


@pytest.fixture
def validate(tmp_path, monkeypatch) -> Validate:
    shutil.copy(ROOT / "fixtures" / "report-2023.xlsx", tmp_path)
    monkeypatch.chdir(tmp_path)
    return lambda *options: CliRunner().invoke(
        app, ["validate", "report-2023.xlsx", "--lang", "en", *options]
    )


def test_a_run_for_github_appends_the_report_as_markdown(validate, summary):
    summary.write_text("# Before\n", "utf-8")
    result = validate("--format", "github")
    assert result.exit_code == 1
    assert "::error file=report-2023.xlsx," in result.stdout
    text = summary.read_text("utf-8")
    assert text.startswith("# Before\n\n# report-2023.xlsx\n")
    assert "TOT101" in text and " s**" not in text


def test_github_among_several_outputs_is_enough(validate, summary):
    assert (
        validate("--format", "github", "--output", "a.out", "--format", "json", "--output", "b.out").exit_code
        == 1
    )
    assert summary.read_text("utf-8").count("# report-2023.xlsx") == 1


def test_other_formats_write_none(validate, summary):
    assert validate("--format", "sarif").exit_code == 1
    assert not summary.exists()


def test_without_the_variable_none_is_written(validate, monkeypatch, tmp_path):
    monkeypatch.delenv(SUMMARY, raising=False)
    assert validate("--format", "github").exit_code == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["report-2023.xlsx"]


def test_a_summary_that_cannot_be_written_is_told_and_changes_nothing_else(validate, monkeypatch, tmp_path):
    monkeypatch.setenv(SUMMARY, str(tmp_path))
    result = validate("report-2023.xlsx", "--format", "github")  # the same report twice
    assert result.exit_code == 1
    assert result.stdout.count("::error") == 2
    assert result.stderr.count("the job has no summary") == 1


def test_a_report_is_never_appended_to(validate, monkeypatch, tmp_path):
    before = (tmp_path / "report-2023.xlsx").read_bytes()
    monkeypatch.setenv(SUMMARY, "report-2023.xlsx")
    result = validate("--format", "github")
    assert (result.exit_code, "GITHUB_STEP_SUMMARY must name another file" in result.stderr) == (2, True)
    assert (tmp_path / "report-2023.xlsx").read_bytes() == before


def test_an_unusable_file_is_in_the_summary_too(validate, summary, tmp_path):
    (tmp_path / "report-2023.xlsx").write_bytes(b"")
    assert validate("--format", "github").exit_code == 2
    assert "# report-2023.xlsx" in summary.read_text("utf-8")


@pytest.mark.parametrize("before", [0, 1000, LIMIT - 400, LIMIT - 20, LIMIT, LIMIT + 10])
def test_a_summary_is_cut_at_a_line_before_github_throws_it_away(summary, before):
    summary.write_bytes(b"x" * before)
    long = cases.finding(message="{label}", values={"label": "x" * 4000})
    many = cases.report(findings=(long,) * 300)
    told = list(summarised([many, cases.report()], summary, View("en")))
    assert len(told) == 2
    held = summary.read_bytes()
    assert len(held) <= max(LIMIT, before)
    text = held[before:].decode()
    if text:
        assert text.endswith("\nThe rest is left out: GitHub shows 1 MiB of a summary.\n")
        lines = written("markdown", many, language="en").splitlines()
        assert [line for line in text.splitlines()[:-1] if line not in lines] == []
    assert bool(text) == (before < LIMIT - 100)


def test_what_fits_is_not_cut(summary):
    list(summarised([cases.report(), cases.unusable()], summary, View("en")))
    text = summary.read_text("utf-8")
    assert text == "\n" + written("markdown", cases.report(), language="en") + "\n" + written(
        "markdown", cases.unusable(), language="en"
    )


def test_a_hostile_text_does_not_stop_the_run(summary):
    assert len(list(summarised([hostile("a\ud800b")], summary, View("en")))) == 1
    assert summary.read_text("utf-8").count("\n# ") == 1


def test_the_limit_is_that_of_github():
    assert outputs.LIMIT == 1024 * 1024
