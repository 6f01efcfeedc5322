"""The JSON is the contract of docs/json.md, key for key."""

import json
import subprocess
import sys

import pytest

from mlcheck.model.claim import Claim
from mlcheck.model.finding import CheckedClaim
from mlcheck.model.quantity import Quantity
from mlcheck.model.sentence import Sentence
from mlcheck.rendering import render
from mlcheck.rendering.view import View
from tests.rendering import cases

LOCATION = ["file", "sheet", "cell", "page", "box", "slide", "shape", "line"]
SUMMARY = [
    "figures", "checked", "constraints", "consistent", "inconsistent", "unverifiable",
    "claims", "claims_consistent", "claims_inconsistent", "claims_unverifiable",
    "left_out",
]  # fmt: skip
FINDING = [
    "rule", "name", "severity", "confidence", "message", "section", "table", "location",
    "stated", "expected", "difference", "suspects", "related", "fingerprint",
]  # fmt: skip
CLAIM = [
    "text", "location", "kind", "stated", "value", "unit", "direction",
    "verdict", "formula", "operands", "reason",
]  # fmt: skip
FIGURE = [
    "location", "section", "table", "row", "column", "stated", "value", "unit", "verdict", "constraints",
]  # fmt: skip


def written(*reports, language="en"):
    return json.loads("".join(render("json", reports, View(language))))


def test_every_key_of_the_contract_and_no_other():
    whole = written(cases.report())
    assert list(whole) == ["schema_version", "reports"]
    report = whole["reports"][0]
    assert list(report) == [
        "source", "year", "profile", "verdict", "summary", "findings", "claims", "figures", "not_understood",
    ]  # fmt: skip
    assert list(report["summary"]) == SUMMARY
    finding, claim, figure = report["findings"][0], report["claims"][0], report["figures"][0]
    assert list(finding) == FINDING
    assert list(finding["suspects"][0]) == [
        "location", "also", "label", "stated", "suggested", "mends", "reason",
    ]  # fmt: skip
    assert list(finding["related"][0]) == ["location", "label", "stated"]
    assert list(claim) == CLAIM
    assert list(claim["operands"][0]) == ["location", "label", "stated"]
    assert list(figure) == FIGURE
    assert list(report["not_understood"][0]) == ["location", "reason"]
    for place in (
        finding["location"],
        finding["suspects"][0]["location"],
        finding["suspects"][0]["also"][0],
        finding["related"][0]["location"],
        claim["location"],
        claim["operands"][0]["location"],
        figure["location"],
        report["not_understood"][0]["location"],
    ):
        assert list(place) == LOCATION


def test_a_blank_cell_is_no_figure_and_an_unchecked_one_is_not_checked():
    summary = written(cases.report())["reports"][0]["summary"]
    assert (summary["figures"], summary["checked"]) == (4, 3)
    assert (summary["constraints"], summary["unverifiable"]) == (210, 1)


def test_figures_are_printed_numbers_with_their_verdict():
    figures = written(cases.report())["reports"][0]["figures"]
    assert [(f["stated"], f["value"], f["verdict"]) for f in figures] == [
        ("49 %", 49.0, "bounded"),
        ("1 410 €", 1410, "proven"),
        ("8 585 €", 8585, "unchecked"),
        ("10 029 €", 10029, "contradicted"),
    ]


@pytest.mark.parametrize(
    ("quantity", "text"),
    [
        (Quantity("49 %", 490, 5, 1, "%"), "49.0"),
        (Quantity("1 410 €", 1410, 0, 0, "€"), "1410"),
        (Quantity("27", 270, 5, 1, "count"), "27"),
        (Quantity("13,3 %", 1330, 5, 2, "%"), "13.3"),
        (Quantity("12,50 €", 1250, 0, 2, "€"), "12.5"),
    ],
)
def test_whole_counts_and_euros_are_integers_and_the_rest_floats(quantity, text):
    said = CheckedClaim(Claim(Sentence(0, "…", (), cases.at("A1")), 0, 4, "count", quantity), "unverifiable")
    value = written(cases.report(claims=(said,)))["reports"][0]["claims"][0]["value"]
    assert json.dumps(value) == text


def test_an_unusable_report_says_why_and_has_every_other_key():
    report = written(cases.unusable(), cases.report())["reports"][0]
    assert report["unusable"] == "report.xlsx is empty; save the workbook again."
    assert list(report["summary"].values()) == [0] * len(SUMMARY)
    assert report["figures"] == report["findings"] == report["claims"] == report["not_understood"] == []


def test_a_crash_is_told():
    report = written(cases.report(crashes=(cases.CRASH,)))["reports"][0]
    assert report["crashes"] == [
        {"rule": "TOT101", "stage": "rules", "location": None, "error": "ZeroDivisionError: division by zero"}
    ]


def test_accents_are_written_as_they_are_and_numbers_with_plain_spaces():
    text = "".join(render("json", [cases.report()], View("fr")))
    assert "Aides financières" in text
    assert "make 10 024 €" in text


def test_no_report_is_an_empty_list():
    assert written() == {"schema_version": 1, "reports": []}


def test_reports_are_written_as_they_come():
    pieces = render("json", iter([cases.report(), cases.report()]), View("fr"))
    next(pieces)
    assert json.loads(next(pieces))["source"] == cases.FILE


def test_writing_json_imports_nothing_that_draws_on_a_terminal():
    program = "import sys, mlcheck.rendering.json; sys.exit(bool({'rich', 'tabulate'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
