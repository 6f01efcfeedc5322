"""action.yml in a repository that a stranger wrote: names, texts and inputs are data, and stay so."""

from __future__ import annotations

import re

import openpyxl
import pytest

from tests.recipes.github import ACTION, STEPS, check
from tests.recipes.shells import HOSTILE, publish, slip

SHOWN = re.compile(r"::(error|warning|notice) ")


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_a_name(workspace, name):
    slip(workspace / name)
    step = check(workspace, files=name)
    assert step.status == 1
    assert [path.name for path in workspace.iterdir()] == [name]
    assert all(SHOWN.match(command) for command in step.commands)


def test_names_that_a_pattern_matches_are_names(workspace):
    for name in HOSTILE:
        slip(workspace / name)
    step = check(workspace, files="*.xlsx")
    assert step.status == 1
    assert len([command for command in step.commands if "title=TOT101" in command]) == len(HOSTILE)
    assert {path.name for path in workspace.iterdir()} == set(HOSTILE)


def test_a_line_break_in_a_name_starts_no_command(workspace):
    slip(workspace / "a\n::add-mask::b\n::error title=pwned::c.xlsx")
    (workspace / "d\n::error title=pwned::e.xlsx").write_text("no workbook", "utf-8")
    step = check(workspace, files="*.xlsx")
    assert step.status == 2
    assert step.commands
    assert all(SHOWN.match(command) for command in step.commands)
    assert not [command for command in step.commands if command.startswith("::error title=pwned")]


def test_a_text_of_the_report_starts_no_command(workspace):
    report = publish(workspace / "report-2023.xlsx")
    workbook = openpyxl.load_workbook(report)
    workbook["10 Aides financières"]["A84"] = "Total\n::error title=pwned::x"
    workbook["10 Aides financières"]["A83"] = "::stop-commands::pwned"
    workbook.save(report)
    step = check(workspace, files="*.xlsx")
    assert step.status == 1
    assert all(SHOWN.match(command) for command in step.commands)
    assert not [command for command in step.commands if command.startswith("::error title=pwned")]


@pytest.mark.parametrize("name", ["prior", "profile", "fail_on", "baseline", "args"])
def test_an_input_is_never_run(workspace, name):
    publish(workspace / "report-2023.xlsx")
    value = """$(touch pwned) `touch pwned` '; touch pwned; " ; touch pwned #"""
    step = check(workspace, files="report-2023.xlsx", **{name: value})
    assert step.status == 2
    assert [path.name for path in workspace.iterdir()] == ["report-2023.xlsx"]


def test_the_path_of_an_output_names_no_other_output(workspace):
    publish(workspace / "report-2023.xlsx")
    path = "a\nexit-status=0\nb.sarif"
    step = check(workspace, files="report-2023.xlsx", sarif=path)
    assert step.outputs == {"exit-status": "1", "sarif": path}


def test_a_report_is_never_written_over(workspace):
    report = publish(workspace / "report-2023.xlsx")
    before = report.read_bytes()
    assert check(workspace, files="report-2023.xlsx", html="report-2023.xlsx").status == 2
    assert report.read_bytes() == before


def test_no_expression_stands_in_a_script_and_actions_are_pinned():
    for step in STEPS.values():
        assert "${{" not in step.get("run", "")
        assert re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", step.get("uses", "x@" + "0" * 40))


def test_every_input_reaches_a_step():
    text = str(list(STEPS.values()))
    assert [name for name in ACTION["inputs"] if f"${{{{ inputs.{name} }}}}" not in text] == []
