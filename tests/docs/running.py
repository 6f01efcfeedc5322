"""mlcheck run as its reader would, in a folder of its own that holds the reports of the fixtures."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from mlcheck.cli.main import app

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "fixtures"
PAGES = sorted(page.relative_to(ROOT).as_posix() for page in (*ROOT.glob("docs/*.md"), ROOT / "README.md"))
SAME = {
    "report.xlsx": "report-2023.xlsx",
    "last-year.xlsx": "report-2022.xlsx",
    "rapport.pptx": "report-2023.pptx",
    "rapport.pdf": "report-2023.pdf",
}
# What may have been loaded with the two rules that stand in for all in tests/cli.
OF_RULES = ("mlcheck.checking.coverage", "mlcheck.mutation.detection")


def settle(folder: Path, monkeypatch: pytest.MonkeyPatch, files: Sequence[str]) -> Path:
    """Go to `folder` with copies of some fixtures, in an environment that asks for nothing."""
    for name in files:
        shutil.copy(FIXTURES / name, folder / name)
    monkeypatch.chdir(folder)
    for variable in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "MLCHECK_DEBUG", "FORCE_COLOR", "GITHUB_ACTIONS"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    for module in OF_RULES:
        monkeypatch.delitem(sys.modules, module, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("COLUMNS", "100")
    return folder


def furnish(folder: Path, page: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Go to a folder with the reports under the names that a page calls them by, in either language."""
    names = sorted(path.name for path in FIXTURES.glob("report-202*.*"))
    settle(folder, monkeypatch, names)
    for name in names:
        shutil.copy(folder / name, folder / name.replace("report", "rapport"))
    for name, source in SAME.items():
        shutil.copy(folder / source, folder / name)
    for below in ("reports", "schemas"):
        (folder / below).mkdir()
    for year in (2022, 2023):
        shutil.copy(folder / f"report-{year}.xlsx", folder / "reports" / f"agency-{year}.xlsx")
    return folder


def reports(*arguments: str) -> dict[str, Any]:
    """Return what `mlcheck validate --format json` writes."""
    result = CliRunner().invoke(app, ["validate", *arguments, "--format", "json"])
    told: dict[str, Any] = json.loads(result.stdout)
    return told
