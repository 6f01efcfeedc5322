"""How sure a finding is stands in every format, with two digits."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal

import pytest

from mlcheck.model.finding import Related
from mlcheck.model.relation import CheckedRelation, Evidence
from mlcheck.rendering import RENDERERS, render
from mlcheck.rendering.annotation.notes import stated_note
from mlcheck.rendering.numbers import plain_spaces
from mlcheck.rendering.view import View
from mlcheck.rendering.wording import Wording
from tests.rendering import cases

DOUBTED = cases.report(findings=(cases.finding(confidence=0.9684, figure=5),))


def written(form, report=DOUBTED, language="fr", detail="usual"):
    return plain_spaces("".join(render(form, [report], View(language, 100, detail=detail))))


def test_programs_are_given_a_number():
    (finding,) = json.loads(written("json"))["reports"][0]["findings"]
    assert finding["confidence"] == 0.97
    (result,) = json.loads(written("sarif"))["runs"][0]["results"]
    assert result["rank"] == 96.8
    (row,) = csv.DictReader(io.StringIO(written("csv", language="en")))
    assert row["confidence"] == "0.97"


@pytest.mark.parametrize("form", ["html", "junit", "github", "gitlab", "sarif"])
def test_people_are_told_in_words(form):
    sign = "%25" if form == "github" else "%"  # which it would take for the start of a code
    assert f"sûr à 97 {sign}" in written(form) and f"97{sign} sure" in written(form, language="en")


def test_markdown_has_a_column():
    head, _, row = [line for line in written("markdown").splitlines() if line.startswith("|")]
    assert head.rstrip("| ").endswith("Confiance") and row.rstrip("| ").endswith("97 %")


def test_the_note_of_a_marked_cell_says_it():
    (finding,) = DOUBTED.findings
    assert stated_note(finding, (), Wording("en")).head == "✗ TOT101 · error · 97% sure"
    assert stated_note(cases.finding(), (), Wording("en")).head == "✗ TOT101 · error"


@pytest.mark.parametrize("form", [form for form in RENDERERS if form != "markdown"])
def test_what_nobody_doubts_is_not_said_to_be_sure(form):
    certain = written(form, cases.report(findings=(cases.finding(confidence=0.9999),)))
    assert "sûr à" not in certain and "confiance" not in certain


def test_the_terminal_says_it_only_where_all_is_asked_for():
    assert "97 %" not in written("terminal")
    assert "      confiance 97 %\n" in written("terminal", detail="all")


def test_the_evidence_of_what_is_broken_is_told_with_it():
    figures = {n: Related(cases.at(f"C{n}"), "", str(n), n) for n in (2, 3, 5)}
    evidence = Evidence(("Total",), formula="=SUM(C4:C6)")
    one = CheckedRelation(
        "TOT101", "sum", 5, ((2, Decimal(1)), (3, Decimal(1))), evidence, (4, 5), 0.99, "inconsistent"
    )
    (finding,) = DOUBTED.findings
    report = cases.report(findings=(finding,), relations=(one,), related=figures)
    text = written("terminal", report, "en", "all")
    assert "confidence 97% · words: Total · formula: =SUM(C4:C6) · in other lines: 4 of 5" in text
