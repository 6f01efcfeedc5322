"""A few reports of a network: right, wrong, unverifiable and unusable ones, small enough to be checked again and again."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

MLCHECK = [sys.executable, "-m", "mlcheck"]
TEXT = """# Mission locale n° {n}, rapport 2023

| Commune | Femmes | Hommes | Total |
|---|---|---|---|
| Lambersart | {a} | {b} | {ab} |
| Lompret | {c} | {d} | {cd} |
| Total | {ac} | {bd} | {all} |

En 2023, {all} jeunes ont été accueillis, dont {ac} femmes ({share} %). Le budget a augmenté de 4 % en un an.
"""
NUMBER = 11
WRONG, UNUSABLE, EMPTY = 3, 5, 8  # the numbers of the reports that are not right


def text_of(n: int, slip: int = 0) -> str:
    """Return a report whose figures agree but for a slip in its last total."""
    a, b, c, d = 100 + 7 * n, 90 + 3 * n, 40 + n, 31 + 2 * n
    everyone = a + b + c + d
    return TEXT.format(
        n=n, a=a, b=b, c=c, d=d, ab=a + b, cd=c + d, ac=a + c, bd=b + d, all=everyone + slip,
        share=round(100 * (a + c) / everyone),
    )  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the reports, which is the working folder."""
    place = tmp_path / "reports"
    place.mkdir()
    for n in range(NUMBER):
        (place / f"r{n:02}.md").write_text(text_of(n, slip=1000 if n == WRONG else 0), "utf-8")
    (place / f"r{UNUSABLE:02}.md").rename(place / f"r{UNUSABLE:02}.xlsx")
    (place / f"r{EMPTY:02}.md").write_text("# Rapport 2023\n\nRien n'est compté ici.\n", "utf-8")
    monkeypatch.chdir(place)
    monkeypatch.setenv("LANGUAGE", "en")
    return place


@pytest.fixture
def files(folder: Path) -> list[Path]:
    """The names of the reports, from their folder."""
    return sorted(Path(file.name) for file in folder.iterdir())


def run(*arguments: object) -> subprocess.CompletedProcess[bytes]:
    """Run the program as a person does."""
    return subprocess.run([*MLCHECK, *map(str, arguments)], capture_output=True, check=False, timeout=300)


def json_of(*arguments: object) -> dict[str, Any]:
    """Return what the program writes as JSON."""
    found: dict[str, Any] = json.loads(run("validate", *arguments, "--format", "json").stdout)
    return found
