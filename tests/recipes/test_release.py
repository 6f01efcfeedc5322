""".github/workflows/release.yml: it is written as GitHub reads workflows, and runs what there is.

GitHub alone can run it; that every line of it works is not shown here.
"""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft7Validator

from tests.recipes.shells import ROOT

SCHEMA = json.loads((Path(__file__).parent / "schemas" / "github-workflow.json").read_text("utf-8"))
TEXT = (ROOT / ".github" / "workflows" / "release.yml").read_text("utf-8")
WORKFLOW = yaml.safe_load(TEXT)
WORKFLOW["on"] = WORKFLOW.pop(True)  # YAML 1.1 reads the word so
STEPS = [step for job in WORKFLOW["jobs"].values() for step in job["steps"]]


def errors(workflow):
    return [error.message for error in Draft7Validator(SCHEMA).iter_errors(workflow)]


def test_it_is_a_workflow():
    assert errors(WORKFLOW) == []


@pytest.mark.parametrize(
    ("key", "value"), [("runs_on", "ubuntu-22.04"), ("needs", 1), ("steps", [{"used": "x"}])]
)
def test_another_would_be_refused(key, value):
    broken = copy.deepcopy(WORKFLOW)
    broken["jobs"]["wheel"][key] = value
    assert errors(broken)


def test_what_it_runs_exists():
    run = "\n".join(step.get("run", "") for step in STEPS)
    named = set(re.findall(r"(?<![\w./-])(?:app|fixtures|ci)/[\w./-]+|constraints\.txt", run))
    assert {"app/build.py", "app/trial.py", "constraints.txt"} <= named
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


def test_three_systems_are_built_and_all_is_released():
    systems = WORKFLOW["jobs"]["app"]["strategy"]["matrix"]["system"]
    assert {system.partition("-")[0] for system in systems} == {"ubuntu", "windows", "macos"}
    assert set(WORKFLOW["jobs"]["release"]["needs"]) == WORKFLOW["jobs"].keys() - {"release"}


def test_only_a_tag_releases_and_only_the_release_may_write():
    release = WORKFLOW["jobs"]["release"]
    assert release["if"] == "github.ref_type == 'tag'"
    assert [name for name, job in WORKFLOW["jobs"].items() if "permissions" in job] == ["release"]
    assert WORKFLOW["permissions"] == {"contents": "read"}
