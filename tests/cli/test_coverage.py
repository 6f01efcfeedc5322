"""mlcheck coverage and --min-coverage."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from mlcheck.cli.main import app
from mlcheck.configuration import find
from mlcheck.model.errors import MlcheckError
from tests.rendering import cases

ROOT = Path(__file__).parents[2]
CONSISTENT = {"consistent": 208}


@pytest.mark.parametrize(("least", "status"), [(75, 0), (75.1, 1), (0, 0), (100, 1)])
def test_too_few_checked_figures_make_the_exit_status_1(run, checking, least, status):
    checking.reports = [cases.report(findings=(), constraints=CONSISTENT)]  # 3 of 4 figures are checked
    result = run("validate", "report.xlsx", "--min-coverage", least, "--lang", "en")
    assert result.exit_code == status
    assert bool(result.stderr) == bool(status)


def test_the_sentence_says_what_is_below(run, checking):
    checking.reports = [cases.report(findings=(), constraints=CONSISTENT)]
    result = run("validate", "report.xlsx", "--min-coverage", 80, "--format", "json", "--lang", "en")
    assert result.stderr == (
        "mlcheck: report.xlsx: 75% of its 4 figures stand in a check, less than the 80% asked for;"
        " without any: 10) Aides financières (1).\n"
    )
    json.loads(result.stdout)


def test_the_configuration_may_ask_for_it_and_the_command_line_goes_before(run, checking, tmp_path):
    (tmp_path / "mlcheck.toml").write_text("min-coverage = 80\n", "utf-8")
    checking.reports = [cases.report(findings=(), constraints=CONSISTENT)]
    assert run("validate", "report.xlsx").exit_code == 1
    assert run("validate", "report.xlsx", "--min-coverage", 70).exit_code == 0


@pytest.mark.parametrize("value", ["101", "-1", "true", '"80"'])
def test_a_percentage_that_is_none(tmp_path, value):
    (tmp_path / "mlcheck.toml").write_text(f"min-coverage = {value}\n", "utf-8")
    with pytest.raises(MlcheckError, match="must be a percentage, from 0 to 100"):
        find(tmp_path)


def test_a_report_that_cannot_be_checked_stays_unusable(run, checking):
    checking.reports = [cases.report(findings=(), constraints={})]
    assert run("validate", "report.xlsx", "--min-coverage", 90).exit_code == 2
    checking.reports = [cases.unusable()]
    assert run("validate", "report.xlsx", "--min-coverage", 90).exit_code == 2


@pytest.fixture
def coverage(monkeypatch):
    """Run mlcheck coverage on the report of 2023."""
    monkeypatch.chdir(ROOT)

    def call(*arguments):
        return CliRunner().invoke(app, ["coverage", "fixtures/report-2023.xlsx", *map(str, arguments)])

    return call


def test_the_report_of_2023_and_typing_errors_made_in_it(coverage):
    before = (ROOT / "fixtures/report-2023.xlsx").read_bytes()
    result = coverage("--format", "json", "--mutate", 15, "--seed", 3)
    assert (result.exit_code, result.stderr) == (0, "")
    told = json.loads(result.stdout)
    assert {one["table"] for one in told["unchecked"] if one["table"]} == {"4 Emploi!G15"}
    assert told["mutations"]["made"] == 15
    assert (ROOT / "fixtures/report-2023.xlsx").read_bytes() == before


def test_a_file_that_cannot_be_used_is_one_sentence(coverage, tmp_path):
    result = CliRunner().invoke(app, ["coverage", str(tmp_path / "none.xlsx")])
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
