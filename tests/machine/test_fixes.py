"""The fixes that SARIF proposes of a text: applied, each one mends the finding."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from mlcheck.checking import check
from mlcheck.model.document import Locator
from mlcheck.model.finding import OTHERWISE, TOGETHER, Suspect
from tests.machine.reports import ROOT, real, written
from tests.machine.sarif_reading import run_of
from tests.rendering import cases

TABLE = """Les contrats signés en 2023

Commune\tNombre de contrats
Lambersart\t52
Lompret\t17
Pérenchies\t31
Total\t101
"""


def fixes_of(*reports) -> list[dict[str, Any]]:
    results = run_of(written("sarif", *reports, language="en"))["results"]
    return [fix for result in results for fix in result.get("fixes", ())]


def replacements(fix: dict[str, Any]) -> list[dict[str, Any]]:
    return [one for change in fix["artifactChanges"] for one in change["replacements"]]


def applied(lines: list[str], fix: dict[str, Any]) -> list[str]:
    """Return lines of text with the replacements of a fix made in them."""
    mended = list(lines)
    for one in replacements(fix):
        region = one["deletedRegion"]
        assert region["startLine"] == region["endLine"]
        line = mended[region["startLine"] - 1]
        start, end = region["startColumn"] - 1, region["endColumn"] - 1
        mended[region["startLine"] - 1] = line[:start] + one["insertedContent"]["text"] + line[end:]
    return mended


def test_each_fix_of_a_wrong_total_mends_it(tmp_path: Path):
    file = tmp_path / "report.txt"
    file.write_text(TABLE, "utf-8")
    fixes = fixes_of(*check([file]))
    assert len(fixes) >= 2
    for fix in fixes:
        mended = tmp_path / "mended.txt"
        mended.write_text("\n".join(applied(TABLE.splitlines(), fix)), "utf-8")
        (report,) = check([mended])
        assert [one.rule for one in report.findings if one.severity == "error"] == []
        assert report.constraints.get("consistent")


def test_a_fix_of_the_real_text_deletes_what_is_printed():
    lines = (ROOT / "fixtures" / "report-2023.txt").read_text("utf-8").splitlines()
    corrected = 0
    for fix in fixes_of(*real("report-2023.txt")):
        (one,) = replacements(fix)
        region = one["deletedRegion"]
        deleted = lines[region["startLine"] - 1][region["startColumn"] - 1 : region["endColumn"] - 1]
        told = fix["description"]["text"].partition(": ")[2].partition(" →")[0]
        assert deleted == told
        corrected += 1
    assert corrected


def suspect(
    column: int | None, stated: str = "101", reason: str = "", also=(), file: str = "r.txt"
) -> Suspect:
    return Suspect(Locator(file, line=7, column=column), "Total", stated, "100", 1, reason, also)


@pytest.mark.parametrize(
    "doubtful",
    [
        suspect(None),
        suspect(7, stated="1 010"),
        suspect(7, reason=OTHERWISE),
        suspect(7, also=(Locator("r.txt", line=2),)),
        suspect(7, file="r.md"),
        suspect(7, file="r.xlsx"),
    ],
    ids=["no column", "spaces", "of another set", "also elsewhere", "markdown", "workbook"],
)
def test_no_fix_where_the_characters_are_not_known(doubtful: Suspect):
    assert fixes_of(cases.report(findings=(cases.finding(suspects=(doubtful,)),))) == []


def test_corrections_that_only_mend_together_are_one_fix_or_none():
    first, second = suspect(7, reason=TOGETHER), suspect(17, reason=TOGETHER)
    (fix,) = fixes_of(cases.report(findings=(cases.finding(suspects=(first, second)),)))
    assert len(replacements(fix)) == 2
    half = suspect(None, reason=TOGETHER)
    assert fixes_of(cases.report(findings=(cases.finding(suspects=(first, half)),))) == []


def test_a_figure_that_stands_twice_is_changed_in_both_places():
    twice = suspect(7, also=(Locator("r.txt", line=2, column=5),))
    (fix,) = fixes_of(cases.report(findings=(cases.finding(suspects=(twice,)),)))
    assert [one["deletedRegion"]["startLine"] for one in replacements(fix)] == [7, 2]
