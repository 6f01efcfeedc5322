"""What runs a recipe in a test: a shell with the mlcheck of this Python on its path, in a folder of reports."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
from msgspec import Struct

ROOT = Path(__file__).parents[2]
REPORT = ROOT / "fixtures" / "report-2023.xlsx"
PROGRAM = next(
    program
    for program in (Path(sys.executable).with_name("mlcheck"), shutil.which("mlcheck"))
    if program and Path(program).is_file()
)
HOSTILE = (
    "rapport d'activité 2023.xlsx",
    'un "rapport".xlsx',
    "$(touch pwned).xlsx",
    "`touch pwned`.xlsx",
    "'; touch pwned; '.xlsx",
    "$HOME.xlsx",
    "-rf.xlsx",
    "--output=pwned.xlsx",
    "rapport [2023].xlsx",
    "100 % & plus # fin.xlsx",
)
"""Names that a careless script would run, split, expand or take for an option."""


class Ran(Struct, frozen=True):
    """The exit status of a script, and what it printed on either stream, in the order printed."""

    status: int
    log: str


def run(command: list[str], folder: Path, **variables: str) -> Ran:
    """Run a command in a folder, in French, with `variables` and little else of this environment."""
    kept = {name: os.environ[name] for name in ("TMPDIR", "SYSTEMROOT") if name in os.environ}
    path = os.pathsep.join((str(Path(PROGRAM).parent), os.environ["PATH"]))
    own = {"PATH": path, "HOME": str(folder), "LANG": "fr_FR.UTF-8", "PYTHONUTF8": "1"}
    done = subprocess.run(
        command, cwd=folder, env={**kept, **own, **variables}, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", errors="replace",
    )  # fmt: skip
    return Ran(done.returncode, done.stdout)


def publish(report: Path) -> Path:
    """Copy the report of 2023, as it was published, to a path."""
    report.parent.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copy(REPORT, report))


def slip(report: Path) -> None:
    """Write a workbook of one table, whose total is one too high."""
    workbook = openpyxl.Workbook()
    for row in (
        ("Commune", "Contrats"),
        ("La Madeleine", 12),
        ("Lambersart", 30),
        ("Lompret", 4),
        ("Total", 47),
    ):
        workbook.active.append(row)
    workbook.save(report)


def mend(report: Path) -> None:
    """Write the total that its lines and the fees make: 9 995 € + 29 € = 10 024 €, printed 10 029 €."""
    workbook = openpyxl.load_workbook(report)
    cell = workbook["10 Aides financières"]["G84"]
    assert cell.value == 10029
    cell.value = 10024
    workbook.save(report)


def fenced(page: Path, language: str) -> list[str]:
    """Return the blocks of code of a Markdown page in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)
