"""GitHub as action.yml meets it: inputs by expression, files for outputs, commands read from the log."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml
from msgspec import Struct

from tests.recipes.shells import PROGRAM, ROOT, run

ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
STEPS: dict[str, dict[str, Any]] = {step["id"]: step for step in ACTION["runs"]["steps"]}
_EXPRESSION = re.compile(r"\$\{\{ (\S+) \}\}")


class Step(Struct, frozen=True):
    """What GitHub holds after the step that checks: its status, log, commands, outputs and summary."""

    status: int
    log: str
    commands: list[str]
    outputs: dict[str, str]
    summary: str


def check(workspace: Path, **inputs: str) -> Step:
    """Run the step `check` of action.yml in a workspace; `inputs` with _ for -, the others at their defaults."""
    given = {name.replace("_", "-"): value for name, value in inputs.items()}
    assert given.keys() <= ACTION["inputs"].keys()
    values = {f"inputs.{name}": given.get(name, told["default"]) for name, told in ACTION["inputs"].items()}
    values["steps.install.outputs.program"] = str(PROGRAM)
    own = workspace.parent / f"{workspace.name}-runner"
    own.mkdir(exist_ok=True)
    output, summary = own / "output", own / "summary"
    output.write_text("", "utf-8")
    summary.write_text("", "utf-8")
    step = STEPS["check"]
    done = run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        workspace,
        GITHUB_ACTION_PATH=str(ROOT),
        GITHUB_OUTPUT=str(output),
        GITHUB_STEP_SUMMARY=str(summary),
        RUNNER_TEMP=str(own),
        **{name: _EXPRESSION.sub(lambda found: values[found[1]], text) for name, text in step["env"].items()},
    )
    assert sorted(path.name for path in own.iterdir()) == ["output", "summary"], "it leaves nothing behind"
    told = outputs(output.read_text("utf-8"))
    return Step(done.status, done.log, commands(done.log), told, summary.read_text("utf-8"))


def outputs(text: str) -> dict[str, str]:
    """Read a file of outputs as GitHub does: name<<WORD, then lines up to WORD, or name=value."""
    found: dict[str, str] = {}
    lines = iter(text.splitlines())
    for line in lines:
        name, _, word = line.partition("<<")
        if word:
            found[name] = "\n".join(iter(lambda: next(lines), word))
        else:
            found.update([line.split("=", 1)])
    return found


def commands(log: str) -> list[str]:
    """Return the lines of a log that GitHub would take for commands, those it is told to stop at left out."""
    found: list[str] = []
    stopped = None
    for line in log.splitlines():
        text = line.strip()
        if stopped is not None:
            stopped = None if text == f"::{stopped}::" else stopped
        elif text.startswith("::stop-commands::"):
            stopped = text.removeprefix("::stop-commands::")
            assert len(stopped) >= 16, "a word that nobody guesses"
        elif text.startswith(("::", "##[")):
            found.append(line)
    assert stopped is None, "commands are read again after the log"
    return found
