"""validate --min-confidence: findings that are less sure are left out, and counted."""

from __future__ import annotations

import json

import pytest

from mlcheck.checking.suppression import Policy, settled
from mlcheck.configuration import find
from mlcheck.model.finding import Waiver
from mlcheck.rendering import render
from mlcheck.rendering.summary import status
from mlcheck.rendering.view import View
from tests.rendering import cases

UNSURE = cases.report(
    findings=(cases.finding(confidence=0.896), cases.finding(confidence=0.42, fingerprint="b", severity="error")),
    rules={"TOT101": "error"},
)  # fmt: skip


@pytest.mark.parametrize(
    ("least", "left_out"), [(0.0, 0), (0.42, 0), (0.43, 1), (0.9, 1), (0.91, 2), (1.0, 2)]
)
def test_what_is_less_sure_than_it_is_shown_is_left_out(least, left_out):
    report = settled(UNSURE, Policy(min_confidence=least))
    assert (len(report.findings), report.left_out) == (2 - left_out, left_out)
    assert status(report, {"error"}) == (0 if left_out == 2 else 1)


def test_a_waiver_of_what_is_left_out_is_needed_and_silences_nothing():
    waiver = Waiver("TOT101", "b", "Printed so.", "the agency")
    report = settled(UNSURE, Policy((waiver,), min_confidence=0.5))
    assert (len(report.findings), report.suppressed, report.left_out) == (1, (), 1)


@pytest.mark.parametrize("form", ["terminal", "markdown", "html"])
def test_people_are_told_how_many(form):
    report = settled(UNSURE, Policy(min_confidence=0.95))
    assert "2 findings left out as unsure" in "".join(render(form, [report], View("en", 100)))
    assert "2 constats laissés de côté" in "".join(render(form, [report], View("fr", 100, detail="verdict")))
    assert "left out" not in "".join(render(form, [settled(UNSURE, Policy())], View("en", 100)))


def test_programs_are_told_how_many():
    report = settled(UNSURE, Policy(min_confidence=0.5))
    told = json.loads("".join(render("json", [report], View("en", 100))))
    assert told["reports"][0]["summary"]["left_out"] == 1


@pytest.mark.parametrize("value", ["1.01", "-0.1", "nan", "inf", "95"])
@pytest.mark.parametrize(("option", "most"), [("--min-confidence", 1), ("--min-coverage", 100)])
def test_a_number_outside_is_refused_in_a_sentence(run, checking, option, most, value):
    if 0 <= float(value) <= most:
        pytest.skip("it is one")
    result = run("validate", "report.xlsx", option, value, "--lang", "en")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"mlcheck: {option} must be a number from 0 to {most}.\n"
    assert checking.asked == {}


def test_the_command_line_goes_before_the_configuration(run, checking, tmp_path):
    checking.reports = [cases.report()]
    assert run("validate", "report.xlsx").exit_code == 1
    assert checking.asked["policy"].min_confidence == 0
    (tmp_path / "mlcheck.toml").write_text("min-confidence = 0.8\n", "utf-8")
    assert find(tmp_path).min_confidence == 0.8
    run("validate", "report.xlsx")
    assert checking.asked["policy"].min_confidence == 0.8
    run("validate", "report.xlsx", "--min-confidence", "0")
    assert checking.asked["policy"].min_confidence == 0


def test_the_certificate_says_what_was_asked(run, checking, tmp_path):
    checking.reports = [settled(UNSURE, Policy(min_confidence=0.5))]
    (tmp_path / "report.xlsx").touch()
    run("validate", "report.xlsx", "--min-confidence", "0.5", "--certificate", "c.json")
    written = json.loads((tmp_path / "c.json").read_text("utf-8"))
    assert written["options"]["min_confidence"] == 0.5
    assert written["reports"][0]["left_out"] == 1
