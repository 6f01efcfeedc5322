"""What is no finding: silenced ones, blocks that were not understood, faults of mlcheck, files that cannot be used."""

import pytest

from tests.html import reports
from tests.html.reports import page, text, written


def test_a_report_with_nothing_wrong():
    whole = page(reports.clean())
    assert text(whole.xpath("//h1")[0]) == "✓ No error was found"
    assert whole.xpath("//article | //form") == []
    assert "Nothing to correct was found among the figures that were checked." in text(whole)
    assert "No sentence of this report states a figure." in text(whole)


def test_where_nothing_was_checked_nothing_looks_right():
    assert (
        text(page(reports.report(findings=(), constraints={})).xpath("//h1")[0])
        == "? Nothing could be checked"
    )


def test_an_unusable_report_says_what_to_do():
    whole = page(reports.unusable())
    assert text(whole.xpath("//h1")[0]) == "✗ This file could not be checked"
    assert "report.xlsx is empty; save the workbook again." in text(whole)
    assert whole.xpath("//table | //svg[@role] | //nav") == []


def test_silenced_findings_stand_apart_and_closed():
    whole = page(reports.report(findings=(), suppressed=(reports.WAIVED, reports.KNOWN)))
    assert text(whole.xpath("//h1")[0]) == "✓ Nothing new was found"
    (box,) = whole.xpath("//details[@class='suppressed']")
    assert box.get("open") is None
    assert text(box.xpath("summary")[0]) == "2 findings set apart: 1 waived, 1 known before"
    waived, known = (text(line) for line in box.xpath(".//p[@class='by']"))
    assert waived == "accepted by the team: rounded by hand · until 31 December 2026"
    assert known == "known before, in the baseline"
    assert whole.xpath("//article/@id") == [reports.FINGERPRINT, "4560eec98bc5e9cb"]
    assert whole.xpath("//article/@data-kind") == []


def test_blocks_that_were_not_understood_are_listed():
    whole = page(reports.report(not_understood=(reports.BLOCK,)))
    assert text(whole.xpath("//ul[@class='blocks']/li")[0]) == "Aides!A40 no boxhead above 3 lines"


def test_a_fault_of_mlcheck_is_told_and_is_no_success():
    whole = page(reports.report(findings=(), crashes=(reports.CRASH,)))
    assert text(whole.xpath("//h1")[0]) == "✗ A rule of mlcheck failed: the check is incomplete"
    assert "✗ rule TOT101 failed, by a fault of mlcheck: ZeroDivisionError: division by zero" in text(whole)


def test_several_reports_open_with_a_table_that_leads_to_each():
    whole = page(reports.report(), reports.unusable(), reports.clean())
    assert text(whole.xpath("//h1")[0]) == "3 reports"
    (table,) = whole.xpath("//header[@class='all']//table")
    rows = [[text(cell) for cell in row] for row in table.xpath("tbody/tr")]
    assert rows == [
        ["report.xlsx", "✗ This report holds errors", "1", "1", "0", "93%"],
        ["report.xlsx", "✗ This file could not be checked", "–", "–", "–", "–"],
        ["report.xlsx", "✓ No error was found", "0", "0", "0", "100%"],
    ]
    assert table.xpath(".//a/@href") == ["#r1-top", "#r2-top", "#r3-top"]
    assert [text(heading) for heading in whole.xpath("//h2[@class='verdict']")] == [row[1] for row in rows]


def test_the_same_finding_in_two_reports_has_two_anchors():
    ids = page(reports.report(), reports.report()).xpath("//article/@id")
    assert ids[1::2] == [reports.FINGERPRINT, f"{reports.FINGERPRINT}-2"]


def test_reports_are_written_as_they_come():
    asked = []

    def coming():
        for n in range(3):
            asked.append(n)
            yield reports.report()

    from mlcheck.rendering import render
    from mlcheck.rendering.view import View

    assert "".join(render("html", coming(), View("en"))).count('class="report"') == 3
    assert asked == [0, 1, 2]


def test_no_report_at_all_writes_nothing():
    assert written() == ""


@pytest.mark.parametrize(("language", "figures"), [("fr", "15 chiffres"), ("en", "15 figures")])
def test_the_page_is_written_in_the_language_asked_for(language, figures):
    assert figures in text(page(reports.report(), language=language))
