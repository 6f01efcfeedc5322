"""pre-commit as .pre-commit-hooks.yaml meets it: a hook of git that runs an entry on the files staged."""

from __future__ import annotations

import shlex
import shutil
import sys
from pathlib import Path

import yaml

from tests.recipes.shells import ROOT, Ran, run

MANIFEST = ROOT / ".pre-commit-hooks.yaml"
HOOKS = {hook["id"]: hook for hook in yaml.safe_load(MANIFEST.read_text("utf-8"))}
PRE_COMMIT = next(
    (str(p) for p in (Path(sys.executable).with_name("pre-commit"), shutil.which("pre-commit")) if p and Path(p).is_file()),
    None,
)  # fmt: skip
IDENTITY = ("-c", "user.name=Author", "-c", "user.email=author@example.org", "-c", "commit.gpgsign=false")

# A hook of git that passes the staged files as pre-commit does: those that match, after the arguments.
AS_PRE_COMMIT = """#!{python}
import re, subprocess, sys
staged = subprocess.run(
    ["git", "diff", "--staged", "--name-only", "--no-ext-diff", "-z", "--diff-filter=ACMRTUXB"],
    stdout=subprocess.PIPE, check=True,
).stdout.decode().split("\\0")[:-1]
files = [name for name in staged if re.search({files!r}, name) and not re.search({exclude!r}, name)]
if {always}:
    sys.exit(subprocess.run({command!r}).returncode)
sys.exit(subprocess.run([*{command!r}, *files]).returncode if files else 0)
"""


def git(folder: Path, *arguments: str) -> Ran:
    """Run git as an author of its own, whatever the configuration of this machine."""
    return run(["git", *IDENTITY, *arguments], folder, GIT_CONFIG_NOSYSTEM="1")


def commit(folder: Path) -> Ran:
    """Stage all and commit; the status is not 0 where a hook stops it."""
    assert git(folder, "add", "--all").status == 0
    return git(folder, "commit", "--quiet", "--allow-empty", "--message", "a report")


def install(folder: Path, hook: str, *arguments: str) -> None:
    """Have git run a hook of the manifest at every commit, with `arguments` in place of its own."""
    told = HOOKS[hook]
    command = [*shlex.split(told["entry"]), *(arguments or told.get("args", ()))]
    script = folder / ".git" / "hooks" / "pre-commit"
    script.parent.mkdir(exist_ok=True)
    script.write_text(
        AS_PRE_COMMIT.format(
            python=sys.executable, files=told.get("files", ""), exclude=told.get("exclude", "^$"),
            always=told.get("always_run", False) and not told.get("pass_filenames", True), command=command,
        ),
        "utf-8",
    )  # fmt: skip
    script.chmod(0o755)
