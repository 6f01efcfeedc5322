"""action.yml at work: what a pull request shows of a report that is wrong, and of the same report mended."""

from __future__ import annotations

import json
import shutil

import pytest

from tests.recipes.github import check, outputs
from tests.recipes.shells import ROOT, mend, publish


def test_a_wrong_total_fails_until_it_is_mended(workspace):
    report = publish(workspace / "reports" / "report-2023.xlsx")
    step = check(workspace, files="reports/*.xlsx")
    assert (step.status, step.outputs) == (1, {"exit-status": "1"})
    (error,) = [command for command in step.commands if command.startswith("::error ")]
    assert error.startswith("::error file=reports/report-2023.xlsx,line=1,title=TOT101 Aides directes")
    assert "10 Aides financières!G84" in error
    assert step.summary.count("# reports/report-2023.xlsx") == 1
    assert "TOT101" in step.summary
    assert "attendu 10 024 €" in step.log
    mend(report)
    step = check(workspace, files="reports/*.xlsx")
    assert (step.status, step.outputs) == (0, {"exit-status": "0"})
    assert not [command for command in step.commands if command.startswith("::error")]


def test_files_that_are_asked_for_are_written_and_named(workspace):
    publish(workspace / "report-2023.xlsx")
    step = check(workspace, files="report-2023.xlsx", sarif="out/a b/mlcheck.sarif", html="out/mlcheck.html")
    assert step.outputs == {
        "exit-status": "1", "sarif": "out/a b/mlcheck.sarif", "html": "out/mlcheck.html",
    }  # fmt: skip
    sarif = json.loads((workspace / step.outputs["sarif"]).read_text("utf-8"))
    assert "TOT101" in [result["ruleId"] for result in sarif["runs"][0]["results"]]
    assert "<html" in (workspace / step.outputs["html"]).read_text("utf-8")


def test_a_file_of_an_earlier_run_is_not_taken_for_one_of_this(workspace):
    (workspace / "mlcheck.sarif").write_text("{}", "utf-8")
    step = check(workspace, files="report.xlsx", profile="no-such-profile", sarif="mlcheck.sarif")
    assert step.outputs == {"exit-status": "2"}


def test_without_files_it_is_the_report_of_the_folder_against_that_of_last_year(workspace):
    report = publish(workspace / "report-2023.xlsx")
    mend(report)
    shutil.copy(ROOT / "fixtures" / "report-2022.xlsx", workspace)
    (workspace / "mlcheck.toml").write_text(
        'report = "report-2023.xlsx"\nprior = "report-2022.xlsx"\n', "utf-8"
    )
    step = check(workspace)
    assert step.status == 0
    assert "report-2022.xlsx" in step.log


def test_one_pattern_or_path_a_line(workspace):
    for name in ("2022/a.xlsx", "2022/nord est/b.xlsx", "2023/sud/lys/c.xlsx", "other.xlsx", "d.xlsx"):
        mend(publish(workspace / name))
    step = check(workspace, files="2022/nord est/*.xlsx\n2023/**/*.xlsx\n\n  other.xlsx  \r\n")
    assert step.status == 0
    checked = [line.split(" · ")[0] for line in step.log.splitlines() if " · rapport 2023" in line]
    assert checked == ["2022/nord est/b.xlsx", "2023/sud/lys/c.xlsx", "other.xlsx"]


@pytest.mark.parametrize("files", ["no/*.xlsx", "report-2024.xlsx", "report-2023.xlsx\nno-such.xlsx"])
def test_a_pattern_that_matches_nothing_is_never_green(workspace, files):
    mend(publish(workspace / "report-2023.xlsx"))
    step = check(workspace, files=files)
    assert (step.status, step.outputs["exit-status"]) == (2, "2")
    (error,) = [command for command in step.commands if command.startswith("::error ")]
    assert files.splitlines()[-1] in error


def test_trouble_before_any_report_is_an_annotation_too(workspace):
    publish(workspace / "report-2023.xlsx")
    step = check(workspace, files="report-2023.xlsx", profile="no-such-profile")
    assert step.status == 2
    (error,) = step.commands
    assert error.startswith("::error title=mlcheck::mlcheck: ")
    assert "no-such-profile" in error


def test_a_report_with_too_few_checked_figures_is_an_annotation(workspace):
    mend(publish(workspace / "report-2023.xlsx"))
    step = check(workspace, files="report-2023.xlsx", args="--min-coverage 99.5 --lang en")
    assert step.status == 1
    (error,) = [command for command in step.commands if command.startswith("::error")]
    assert "99.5" in error


def test_warnings_fail_where_asked_and_what_was_known_does_not(workspace):
    mend(publish(workspace / "report-2023.xlsx"))
    assert check(workspace, files="*.xlsx", fail_on="warning").status == 1
    assert check(workspace, files="*.xlsx", args="--write-baseline known.json").status == 0
    step = check(workspace, files="*.xlsx", fail_on="warning", baseline="known.json")
    assert step.status == 0
    assert not [command for command in step.commands if command.startswith("::warning")]


def test_outputs_are_read_as_github_reads_them():
    assert outputs("a=1=2\nb<<X\nc=3\n\nX\nd=4\n") == {"a": "1=2", "b": "c=3\n", "d": "4"}
