"""A report whose findings are all known or accepted is not called consistent: nothing is new in it."""

from __future__ import annotations

import json
from datetime import date

import lxml.html
import pytest

from mlcheck.model.finding import Report, Suppressed, Waiver
from mlcheck.rendering import render
from mlcheck.rendering.certificate import certificate
from mlcheck.rendering.view import View
from tests.rendering import cases

WAIVED = Suppressed(
    cases.finding(), "waiver", Waiver("TOT101", "B4", "rounded", "A. Author", date(2030, 1, 1))
)
KNOWN = Suppressed(cases.finding(), "baseline")


def report(*suppressed: Suppressed, warning: bool = False) -> Report:
    found = (cases.finding(severity="warning"),) if warning else ()
    return cases.report(findings=found, suppressed=suppressed, crashes=())


def verdict(one: Report) -> str:
    (written,) = json.loads("".join(render("json", [one], View("en"))))["reports"]
    return written["verdict"]


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (report(WAIVED, KNOWN), "consistent-but-known"),
        (report(WAIVED, warning=True), "consistent"),  # the warning is new
        (report(), "consistent"),
    ],
)
def test_the_verdict(one: Report, expected: str) -> None:
    assert verdict(one) == expected
    (certified,) = json.loads(certificate([one], {}, "1", {}, 0))["reports"]
    assert certified["verdict"] == expected


def test_the_last_line_counts_them() -> None:
    assert "✓ rien de nouveau : 2 constats connus, 1 accepté" in "".join(
        render("terminal", [report(KNOWN, KNOWN, WAIVED)], View("fr"))
    )
    assert "✓ consistent" in "".join(render("terminal", [report()], View("en")))


def test_the_page_says_so() -> None:
    page = lxml.html.fromstring("".join(render("html", [report(WAIVED)], View("en"))))
    assert "Nothing new was found" in page.text_content()
    assert "No error was found" not in page.text_content()
