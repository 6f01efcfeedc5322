"""Code Quality reports as GitLab documents them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from msgspec.structs import replace

from mlcheck.model.document import Locator
from tests.machine.reports import HOSTILE, SUFFIXES, hostile, known, real, waived, written
from tests.rendering import cases

SCHEMA = Path(__file__).parent / "schemas" / "gitlab-code-quality.schema.json"
VALIDATOR = Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")))


def issues(*reports, language="en"):
    """Return the issues of a file that is valid, each with a fingerprint of its own."""
    told = json.loads(written("gitlab", *reports, language=language))
    assert [error.message for error in VALIDATOR.iter_errors(told)] == []
    fingerprints = [issue["fingerprint"] for issue in told]
    assert len(set(fingerprints)) == len(fingerprints)
    return told


def test_a_finding_is_an_issue():
    (issue,) = issues(cases.report(not_understood=()))
    assert issue["description"] == (
        "Aides!C15 — the 10 lines make 10,024 €, and 10 029 € is printed · expected 10 024, gap 5"
        " · to review: Aides!C15 10 029 → 10 024"
    )
    assert (issue["check_name"], issue["severity"]) == ("TOT101", "critical")
    assert issue["location"] == {"path": "report.xlsx", "lines": {"begin": 1}}


@pytest.mark.parametrize(
    ("severity", "told"), [("error", "critical"), ("warning", "minor"), ("info", "info")]
)
def test_severities(severity, told):
    (issue,) = issues(cases.report(findings=(cases.finding(severity=severity),), not_understood=()))
    assert issue["severity"] == told


def test_what_stops_a_run_is_a_blocker():
    reports = (
        cases.unusable(),
        cases.report(findings=(), crashes=(cases.CRASH,), not_understood=()),
        cases.report(findings=(), constraints={}, not_understood=()),
    )
    told = [(issue["check_name"], issue["severity"]) for issue in issues(*reports)]
    assert told == [("unusable", "blocker"), ("rule-crashed", "blocker"), ("nothing-checked", "blocker")]


def test_nothing_wrong_is_an_empty_array_and_what_is_accepted_is_left_out():
    assert issues(cases.report(findings=(), not_understood=())) == []
    assert issues(cases.report(findings=(), suppressed=(waived(), known()), not_understood=())) == []


def test_a_block_that_was_not_understood_is_told():
    (issue,) = issues(cases.report(findings=()))
    assert (issue["check_name"], issue["description"]) == ("not-understood", "no boxhead above 3 lines")


def test_a_fingerprint_is_that_of_the_finding_and_of_its_file():
    one = cases.finding(fingerprint="abcd")
    elsewhere = replace(one, location=Locator("2022/report.xlsx", sheet="Aides", cell="C15"))
    values = {"n": 11, "sum": 10025, "printed": "10 030 €"}
    mended = cases.finding(fingerprint="abcd", values=values, location=cases.at("C16"))
    here, there, later = (
        cases.report(findings=(finding,), not_understood=()) for finding in (one, elsewhere, mended)
    )
    first, second = issues(here, there)
    assert [issue["fingerprint"] for issue in issues(there, here)] == [
        second["fingerprint"],
        first["fingerprint"],
    ]
    assert issues(later)[0]["fingerprint"] == first["fingerprint"]
    assert re.fullmatch("[0-9a-f]{32}", first["fingerprint"])


def test_findings_without_a_fingerprint_are_told_apart():
    waiver = cases.finding(rule="WAI101", location=Locator("mlcheck.toml"), fingerprint="")
    told = issues(cases.report(findings=(waiver, waiver), not_understood=()))
    assert [issue["location"]["path"] for issue in told] == ["mlcheck.toml", "mlcheck.toml"]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_is_only_text(text):
    for issue in issues(hostile(text)):
        assert not re.search("[\x00-\x1f\x7f-\x9f\u2028\u202e\u2066\ud800-\udfff]", issue["description"])
        assert len(issue["description"]) <= 4000


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_real_report_in_every_format(suffix):
    (report,) = real(f"report-2023.{suffix}")
    told = issues(report, language="fr")
    assert len(told) == len(report.findings) + len(report.not_understood)
    total = next(issue for issue in told if issue["check_name"] == "TOT101")
    assert total["location"]["path"] == f"fixtures/report-2023.{suffix}"
    assert (total["location"]["lines"]["begin"] > 1) == (suffix in ("txt", "md", "html"))
