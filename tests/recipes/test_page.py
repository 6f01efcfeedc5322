"""docs/ci.md: every recipe names what there is, and those of the command line run as they are printed."""

from __future__ import annotations

import re
import shutil
import tomllib

import pytest
import yaml

from tests.recipes.github import ACTION
from tests.recipes.gitlab import job
from tests.recipes.pre_commit import HOOKS
from tests.recipes.shells import ROOT, fenced, publish, run

PAGE = ROOT / "docs" / "ci.md"
RECIPES = [yaml.safe_load(block) for block in fenced(PAGE, "yaml")]
COMMANDS = [line for block in fenced(PAGE, "sh") for line in block.splitlines()]


def test_the_inputs_and_outputs_of_the_action_exist():
    jobs = [made["jobs"]["mlcheck"] for made in RECIPES if "jobs" in made]
    steps = [step for made in jobs for step in made["steps"]]
    own = [step for step in steps if step["uses"].startswith("OWNER/mlcheck@")]
    assert len(own) == len(jobs) == 2
    for step in own:
        assert step["with"].keys() <= ACTION["inputs"].keys()
    outputs = re.findall(r"steps\.mlcheck\.outputs\.([\w-]+)", PAGE.read_text("utf-8"))
    assert {"sarif", "html"} <= set(outputs) <= ACTION["outputs"].keys()


def test_every_input_is_told():
    text = PAGE.read_text("utf-8")
    told = [*ACTION["inputs"], *ACTION["outputs"]]
    assert [name for name in told if f"`{name}`" not in text] == []


def test_the_inputs_of_the_gitlab_job_exist():
    (include,) = [made["include"][0] for made in RECIPES if "include" in made]
    assert (ROOT / include["file"]).is_file()
    assert job(**include["inputs"])["script"]


def test_the_hooks_exist_and_keep_the_two_dashes():
    (hook,) = [hook for made in RECIPES if "repos" in made for hook in made["repos"][0]["hooks"]]
    assert hook["id"] in HOOKS
    assert hook["args"][-1] == "--"
    assert re.search(hook["files"], "reports/report-2023.xlsx")


@pytest.mark.parametrize("command", [line for line in COMMANDS if "pip" not in line and "venv" not in line])
def test_a_command_runs_as_printed(workspace, command):
    publish(workspace / "report.xlsx")
    publish(workspace / "reports" / "report-2023.xlsx")
    (workspace / "known.json").write_text('{"baseline_version": 1, "findings": []}', "utf-8")
    ran = run(["sh", "-c", command.replace(".mlcheck/bin/", "")], workspace)
    assert ran.status == (0 if "|| true" in command else 1), ran.log
    written = re.findall(r"--(?:output|certificate|write-baseline) (\S+)", command)
    assert [name for name in written if not (workspace / name).stat().st_size] == []


def test_the_waiver_lets_the_published_report_pass(workspace):
    (waiver,) = fenced(PAGE, "toml")
    assert tomllib.loads(waiver)["waiver"][0]["rule"] == "TOT101"
    report = publish(workspace / "report-2023.xlsx")
    current = re.sub(r"^expires.*\n", "", waiver, flags=re.MULTILINE)
    (workspace / "mlcheck.toml").write_text(current, "utf-8")
    assert run(["mlcheck", "validate", report.name], workspace).status == 0
    shutil.move(report, workspace / "another.xlsx")
    assert run(["mlcheck", "validate", "another.xlsx"], workspace).status == 1
