"""The plain formats keep what is printed, and nothing in them runs or breaks the page."""

import csv
import io

import pytest

from mlcheck.rendering import listing, render
from mlcheck.rendering.listing import Listing
from mlcheck.rendering.view import View
from tests.rendering import cases


def written(name, *reports, language="en"):
    return "".join(render(name, reports, View(language)))


def rows(*reports):
    return list(csv.DictReader(io.StringIO(written("csv", *reports))))


def test_a_finding_is_a_line_of_csv():
    (row,) = rows(cases.report())
    assert (row["rule"], row["severity"], row["sheet"], row["cell"]) == ("TOT101", "error", "Aides", "C15")
    assert (row["stated"], row["expected"], row["difference"]) == ("10 029", "10 024", "5")
    assert row["suspects"] == "Aides!C15 10 029 → 10 024"


def test_an_unusable_report_is_a_line_of_csv():
    (row,) = rows(cases.unusable())
    assert (row["source"], row["severity"]) == ("report.xlsx", "unusable")
    assert row["message"] == "report.xlsx is empty; save the workbook again."


def test_a_formula_in_a_label_does_not_run_and_a_growth_rate_stays_as_printed():
    (row,) = rows(cases.report(findings=(cases.finding(table="=1+cmd|' /C calc'!A0", label="@SUM(A1)"),)))
    assert row["table"].startswith("'=")
    assert row["label"] == "'@SUM(A1)"
    (row,) = rows(
        cases.report(findings=(cases.finding(stated="+8 %", expected="-1,5", difference="- 3 points"),))
    )
    assert (row["stated"], row["expected"], row["difference"]) == ("+8 %", "-1,5", "- 3 points")


def test_markdown_keeps_figures_as_printed_and_escapes_marks():
    report = cases.report(findings=(cases.finding(stated="0.50", message="a|b *c*", values={}),))
    text = written("markdown", report)
    assert "# report.xlsx" in text
    assert "## 10) Aides financières" in text
    assert r"a\|b \*c\*" in text
    assert " 0.50 |" in text
    assert "**✗ 1 error**" in text
    assert "- 4 figures: 1 proven" in text


def test_a_listing_never_cuts_its_figures():
    shown = Listing(
        ("Commune", "Montant"), (("Saint-André-lez-Lille " * 6, "1 234 567 890 €"),), frozenset({1})
    )
    text = listing.terminal(shown, 50)
    assert "1 234 567 890 €" in text
    assert max(map(len, text.splitlines())) <= 50


def test_an_empty_listing_is_its_boxhead():
    assert "Commune" in listing.terminal(Listing(("Commune", "Montant"), ()), 80)
    assert listing.markdown(Listing(("Commune",), ())).startswith("| Commune")


@pytest.mark.parametrize(
    ("language", "asked", "delimiter", "marked"),
    [("en", None, ",", False), ("fr", None, ";", True), ("fr", ",", ",", False), ("en", ";", ";", True), ("fr", "\t", "\t", False)],
)  # fmt: skip
def test_the_csv_opens_in_the_spreadsheets_of_its_language(language, asked, delimiter, marked):
    for reports in ([cases.report()], [cases.report(findings=())]):
        text = "".join(render("csv", reports, View(language, 100, delimiter=asked)))
        assert text.startswith("\ufeff") is marked
        rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=delimiter))
        assert len(rows) == len(reports[0].findings)
        assert all(row["rule"] and row["confidence"] for row in rows)
    assert "".join(render("csv", [], View(language, 100, delimiter=asked))).count("source") == 1
