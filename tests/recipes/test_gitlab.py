"""ci/gitlab.yml at work: the job as GitLab makes it of the inputs, run by the shells of its images."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest

from tests.recipes.gitlab import SHELLS, check, job
from tests.recipes.shells import HOSTILE, mend, publish, slip


@pytest.mark.parametrize("shell", SHELLS)
def test_a_wrong_total_fails_until_it_is_mended(workspace, shell):
    report = publish(workspace / "reports" / "report-2023.xlsx")
    ran = check(workspace, shell, files="reports/*.xlsx")
    assert ran.status == 1
    assert "attendu 10 024 €" in ran.log
    issues = json.loads((workspace / "gl-code-quality-report.json").read_text("utf-8"))
    (issue,) = [issue for issue in issues if issue["check_name"] == "TOT101"]
    assert (issue["severity"], issue["location"]["path"]) == ("critical", "reports/report-2023.xlsx")
    junit = ElementTree.parse(workspace / "mlcheck-junit.xml").getroot()
    assert [failure for failure in junit.iter("failure") if "10 024" in "".join(failure.itertext())]
    assert "<html" in (workspace / "mlcheck.html").read_text("utf-8")
    mend(report)
    assert check(workspace, shell, files="reports/*.xlsx").status == 0


def test_every_file_that_the_job_keeps_is_written(workspace):
    publish(workspace / "report-2023.xlsx")
    check(workspace, files="report-2023.xlsx")
    artifacts = job()["artifacts"]
    kept = {*artifacts["paths"], *artifacts["reports"].values()}
    assert kept == {path.name for path in workspace.iterdir()} - {"report-2023.xlsx"}
    assert artifacts["when"] == "always"


def test_names_are_names(workspace):
    for name in HOSTILE:
        slip(workspace / name)
    ran = check(workspace, files="; ".join(name for name in HOSTILE if ";" not in name))
    assert ran.status == 1
    assert ran.log.count("✗ TOT101") == len(HOSTILE) - 1
    ran = check(workspace, files="*.xlsx")
    assert ran.log.count("✗ TOT101") == len(HOSTILE)
    assert "pwned" not in {path.name for path in workspace.iterdir()}


@pytest.mark.parametrize("name", ["prior", "profile", "fail_on", "baseline", "args"])
def test_an_input_is_never_run(workspace, name):
    publish(workspace / "report-2023.xlsx")
    value = """$(touch pwned) `touch pwned` '; touch pwned; " ; touch pwned #: *"""
    assert check(workspace, files="report-2023.xlsx", **{name: value}).status == 2
    assert "pwned" not in {path.name for path in workspace.iterdir()}


def test_without_files_it_is_the_report_of_the_folder(workspace):
    publish(workspace / "report-2023.xlsx")
    (workspace / "mlcheck.toml").write_text('report = "report-2023.xlsx"\n', "utf-8")
    assert check(workspace).status == 1
    assert check(workspace, args="--ignore TOT --lang en").status == 0


def test_a_pattern_that_matches_nothing_is_never_green(workspace):
    mend(publish(workspace / "report-2023.xlsx"))
    ran = check(workspace, files="report-2023.xlsx; no/*.xlsx")
    assert ran.status == 2
    assert "no/*.xlsx" in ran.log


def test_warnings_fail_where_asked_and_what_was_known_does_not(workspace):
    mend(publish(workspace / "report-2023.xlsx"))
    assert check(workspace, files="*.xlsx", fail_on="warning").status == 1
    assert check(workspace, files="*.xlsx", args="--write-baseline known.json").status == 0
    assert check(workspace, files="*.xlsx", fail_on="warning", baseline="known.json").status == 0


def test_the_job_installs_the_package_it_is_given():
    (install,) = job(package="https://example.org/mlcheck.tar.gz")["before_script"]
    assert install.startswith("python -I -m pip install ")
    assert install.endswith(' "$MLCHECK_PACKAGE"')
    made = job(package="p", job="figures", stage="verify", image="python:3.13")
    assert (made["stage"], made["image"]) == ("verify", "python:3.13")
