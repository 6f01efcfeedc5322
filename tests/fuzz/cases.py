"""Small reports written for one test, and what checking them tells."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mlcheck.checking import check
from mlcheck.model.finding import Report
from mlcheck.rendering import render
from mlcheck.rendering.view import View

TOTALLED = "Antenne;Dossiers\nNord{a};{x}\nSud;{y}\nEst;{z}\nTotal;{total}\n"


def report(folder: Path, text: str, name: str = "bilan.csv") -> Report:
    """Return the report of a text that is written to a file."""
    path = folder / name
    path.write_text(text, "utf-8")
    return checked(path)


def checked(path: Path) -> Report:
    """Return the report of one file; no rule failed on it."""
    (found,) = check([path])
    assert found.crashes == ()
    return found


def verdict(found: Report, printed: str) -> str | None:
    """Return what is known of the one figure that prints so."""
    (row,) = found.figures.filter(printed=printed).iter_rows(named=True)
    return row["coverage"]


def written(kind: str, found: Report, language: str = "en") -> str:
    """Return what a format prints of a report."""
    return "".join(render(kind, [found], View(language)))


def cells(found: Report) -> list[Any]:
    """Return the cells that the findings of error or warning stand at."""
    return [finding.location.cell for finding in found.findings if finding.severity != "info"]
