"""A line a finding, and a line a rule."""

from __future__ import annotations

from mlcheck.rendering import render
from mlcheck.rendering.view import View
from tests.rendering import cases


def written(form, *reports, language="en"):
    return "".join(render(form, reports or [cases.report()], View(language, 100))).splitlines()


def test_a_finding_is_one_line_with_its_place():
    finding = cases.report().findings[0]
    (line,) = written("concise")
    assert line.startswith(f"{cases.report().source}: ")
    assert f": {finding.rule} " in line


def test_every_report_of_a_run_is_counted_once():
    report = cases.report()
    lines = written("statistics", report, report)
    assert lines[0].split()[:2] == ["2", report.findings[0].rule]
    assert lines[-1] == "2 findings"
    assert written("statistics", language="fr")[-1] == "1 constat"


def test_nothing_found_is_counted_too():
    assert written("statistics", cases.report(findings=())) == ["0 findings"]
    assert written("concise", cases.report(findings=())) == []
