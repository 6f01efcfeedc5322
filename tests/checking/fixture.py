"""The fixture reports, checked once a run, and the gold verdicts of their claims."""

from __future__ import annotations

import csv
from collections import defaultdict
from functools import cache
from pathlib import Path

from mlcheck.checking import check
from mlcheck.model.finding import CheckedClaim, Finding, Report
from mlcheck.model.profile import Profile
from mlcheck.profile import load
from mlcheck.rendering.wording import Wording

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "fixtures"
NOW, BEFORE, ERRORS = (FIXTURES / f"report-{name}.xlsx" for name in ("2023", "2022", "2023-errors"))
PROFILE = "metropole-nord-ouest"
Place = tuple[str | None, str | None]


@cache
def profile() -> Profile:
    return load(PROFILE, folder=ROOT)


@cache
def report_of(path: Path = NOW, *, prior: Path | None = None, profiled: bool = True) -> Report:
    """Return the report of one file, made once for all tests of a process."""
    (report,) = check([path], prior=prior, profile=profile() if profiled else None)
    assert not report.crashes
    assert report.unusable is None
    return report


def lines_of(name: str) -> list[dict[str, str]]:
    with (FIXTURES / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def of_severity(report: Report, severity: str) -> list[Finding]:
    return [finding for finding in report.findings if finding.severity == severity]


def place(finding: Finding) -> Place:
    return finding.location.sheet, finding.location.cell


def cells_of(finding: Finding) -> set[Place]:
    """Return every cell of its own file that a finding speaks of; last year's are left out."""
    own = [finding.location, *(one.location for one in (*finding.related, *finding.suspects))]
    return {(where.sheet, where.cell) for where in own if where.file == finding.location.file}


def plain(figure: object) -> str:
    """Return a figure as it is written, with ordinary spaces, for comparison with what one types."""
    return Wording("fr").value(figure).replace("\u00a0", " ").replace("\u202f", " ")


def claims_by_id(report: Report) -> dict[str, CheckedClaim]:
    """Map the ids of claims.csv to the claims read: in each cell, the n-th claim is the n-th of the list."""
    read: dict[Place, list[CheckedClaim]] = defaultdict(list)
    for one in report.claims:
        read[one.claim.locator.sheet, one.claim.locator.cell].append(one)
    wanted: dict[Place, list[dict[str, str]]] = defaultdict(list)
    for line in lines_of("claims.csv"):
        wanted[line["sheet"], line["cell"]].append(line)
    found = {}
    for where, lines in wanted.items():
        lines.sort(key=lambda line: int(line["start"]))
        for line, one in zip(lines, read[where], strict=True):
            assert plain(one.claim.text[one.claim.start : one.claim.end]) == plain(line["printed"])
            found[line["id"]] = one
    return found
