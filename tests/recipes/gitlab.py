"""GitLab as ci/gitlab.yml meets it: inputs written into the text of a job, whose script a shell runs."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import yaml

from tests.recipes.shells import ROOT, Ran, run

TEMPLATE = (ROOT / "ci" / "gitlab.yml").read_text("utf-8")
SHELLS = [shell for shell in ("bash", "sh") if shutil.which(shell)]
SHELL = SHELLS[-1]


def job(**inputs: str) -> dict[str, Any]:
    """Return the job: GitLab writes the inputs into the text of the template, then reads it as YAML."""
    header, body = TEMPLATE.split("\n---\n")
    given = {"package": "mlcheck.tar.gz", **{name.replace("_", "-"): text for name, text in inputs.items()}}
    declared = yaml.safe_load(header)["spec"]["inputs"]
    assert given.keys() <= declared.keys()
    values = {name: given[name] if name in given else told["default"] for name, told in declared.items()}
    text = re.sub(r"\$\[\[ inputs\.(\S+) \]\]", lambda found: values[found[1]], body)
    (found,) = yaml.safe_load(text).items()
    assert found[0] == values["job"]
    return found[1]


def check(folder: Path, shell: str = SHELL, **inputs: str) -> Ran:
    """Run the script of the job as a runner does, with its variables; mlcheck is installed already."""
    made = job(**inputs)
    assert all(variable["expand"] is False for variable in made["variables"].values())
    variables = {name: variable["value"] for name, variable in made["variables"].items()}
    options = ["-eo", "pipefail"] if shell == "bash" else ["-e"]
    return run([shell, *options, "-c", "\n".join(made["script"])], folder, **variables)
