"""mlcheck validate: exit codes, where things are written, and what is asked of the checker."""

import json

import pytest

from tests.rendering import cases

CONSISTENT = {"consistent": 208, "inconsistent": 0, "unverifiable": 2}


@pytest.mark.parametrize(
    ("report", "options", "status"),
    [
        (cases.report(findings=(), constraints=CONSISTENT), [], 0),
        (cases.report(), [], 1),
        (cases.report(findings=(cases.finding(severity="warning"),)), [], 0),
        (cases.report(findings=(cases.finding(severity="warning"),)), ["--fail-on", "warning"], 1),
        (cases.report(findings=(cases.finding(severity="info"),)), ["--fail-on", "warning"], 0),
        (cases.unusable(), [], 2),
        (cases.report(findings=(), constraints={"unverifiable": 3}), [], 2),
        (cases.report(findings=(), constraints={}), [], 2),
        (cases.report(crashes=(cases.CRASH,)), [], 3),
    ],
)
def test_the_exit_status(run, checking, report, options, status):
    checking.reports = [report]
    assert run("validate", "report.xlsx", *options).exit_code == status


def test_the_exit_status_of_several_files_is_the_highest(run, checking):
    checking.reports = [cases.report(), cases.unusable(), cases.report(findings=(), constraints=CONSISTENT)]
    assert run("validate", "a.xlsx", "b.xlsx", "c.xlsx").exit_code == 2


def test_of_several_files_the_unusable_one_is_told_and_the_others_go_on(run, checking):
    checking.reports = [cases.unusable(), cases.report()]
    result = run("validate", "a.xlsx", "b.xlsx", "--format", "json")
    first, second = json.loads(result.stdout)["reports"]
    assert first["unusable"] == "report.xlsx is empty; save the workbook again."
    assert second["findings"][0]["rule"] == "TOT101"
    assert result.stderr == "mlcheck: report.xlsx is empty; save the workbook again.\n"


def test_on_the_terminal_the_sentence_of_an_unusable_file_stands_once(run, checking):
    checking.reports = [cases.unusable()]
    result = run("validate", "a.xlsx")
    assert (result.stdout, result.stderr) == ("", "mlcheck: report.xlsx is empty; save the workbook again.\n")


def test_json_stands_alone_on_standard_output_even_when_nothing_was_checked(run, checking):
    checking.reports = [cases.report(findings=(), constraints={})]
    result = run("validate", "report.xlsx", "--format", "json", "--lang", "en")
    assert result.exit_code == 2
    assert json.loads(result.stdout)["reports"][0]["findings"] == []
    assert "nothing could be checked" in result.stderr


def test_a_crash_is_told_with_the_rule(run, checking):
    checking.reports = [cases.report(crashes=(cases.CRASH,))]
    result = run("validate", "report.xlsx", "--format", "json", "--lang", "en")
    assert "rule TOT101 failed, by a fault of mlcheck: ZeroDivisionError" in result.stderr


def test_the_report_is_in_its_own_language_unless_asked_otherwise(run, checking):
    checking.reports = [cases.report()]
    assert "à revoir" in run("validate", "report.xlsx").stdout
    assert "to review" in run("validate", "report.xlsx", "--lang", "en").stdout


def test_what_is_asked_of_the_checker(run, checking, tmp_path):
    checking.reports = [cases.report()]
    run(
        "validate", "a.xlsx", "--prior", "b.xlsx", "--year", 2023, "--select", "tot,SHR101", "--ignore", "SHR"
    )
    assert checking.asked["files"] == ["a.xlsx"]
    assert str(checking.asked["prior"]) == "b.xlsx"
    assert checking.asked["year"] == 2023
    assert checking.asked["profile"] is None
    assert checking.asked["select"] == ("TOT", "SHR101")
    assert checking.asked["ignore"] == ("SHR",)


@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_an_unknown_code_names_the_nearest(run, checking, option):
    result = run("validate", "report.xlsx", option, "TOT110")
    assert result.exit_code == 2
    assert (
        result.stderr
        == "mlcheck: No rule has the code “TOT110”; the nearest is TOT101 (mlcheck rules lists them).\n"
    )
    assert checking.asked == {}


@pytest.mark.parametrize(
    "arguments", [["--format", "xml"], ["--fail-on", "info"], ["--year", "last"], ["--what"]]
)
def test_an_unusable_command_line(run, checking, arguments):
    assert run("validate", "report.xlsx", *arguments).exit_code == 2


def test_no_report_named_anywhere(run, checking):
    result = run("validate")
    assert result.exit_code == 2
    assert "No report is named" in result.stderr


def test_a_fault_of_mlcheck_is_one_line_without_a_traceback(run, checking, monkeypatch):
    def broken(*_, **__):
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr(checking, "check", broken)
    result = run("validate", "report.xlsx")
    assert result.exit_code == 3
    assert result.stderr.startswith(
        "mlcheck: This is a fault of mlcheck, not of the report: ZeroDivisionError"
    )
    assert result.stderr.count("\n") == 1


def test_a_fault_of_mlcheck_shows_its_traceback_when_asked(run, checking, monkeypatch):
    def broken(*_, **__):
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr(checking, "check", broken)
    monkeypatch.setenv("MLCHECK_DEBUG", "1")
    assert isinstance(run("validate", "report.xlsx").exception, ZeroDivisionError)
