"""What a finding says to the author: which figure stands where."""

from __future__ import annotations

from pathlib import Path

from mlcheck.checking import check
from mlcheck.model.finding import Report
from mlcheck.rendering.wording import Wording

FIXTURES = Path(__file__).parents[2] / "fixtures"


def said(report: Report, rule: str) -> list[str]:
    wording = Wording("fr")
    return [wording.say(one.message, one.values) for one in report.findings if one.rule == rule]


def test_a_sentence_and_the_cell_that_it_restates_are_told_apart():
    (report,) = check([FIXTURES / "report-2023-errors.xlsx"], prior=FIXTURES / "report-2022.xlsx")
    assert "La phrase dit 138, le tableau (B16) 183." in said(report, "AGR101")


def test_without_a_cell_the_table_is_told_alone(tmp_path):
    path = tmp_path / "r.md"
    path.write_text(
        "# Les contrats par commune\n\n| Commune | Nombre de contrats |\n|---|---|\n| La Madeleine | 13 |\n"
        "| Lambersart | 7 |\n| Lompret | 1 |\n| Total | 21 |\n\n12 contrats ont été signés.\n",
        "utf-8",
    )
    (report,) = check([path])
    assert said(report, "AGR101") == ["La phrase dit 12, le tableau 21."]
