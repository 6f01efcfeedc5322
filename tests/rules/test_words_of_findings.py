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


def test_without_a_cell_the_table_is_told_alone():
    (report,) = check([FIXTURES / "two-years-errors.pdf"])
    (message,) = said(report, "AGR101")
    assert message == "La phrase dit 1 248, le tableau 1 284."
