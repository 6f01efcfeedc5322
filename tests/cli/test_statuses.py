"""The exit status of a run is computed from its reports, one by one as they pass."""

from __future__ import annotations

from functools import partial

import pytest

from mlcheck.cli.statuses import Passing, usability
from mlcheck.model.finding import Crash
from mlcheck.rendering.summary import status
from tests.rendering import cases

ERRORS = {"error"}
CLEAN = cases.report(findings=())
WRONG = cases.report()
STATUSES = [
    (CLEAN, None, 0),
    (WRONG, None, 1),
    (cases.report(findings=(cases.finding(severity="warning"),)), None, 0),
    (CLEAN, 100.0, 1),
    (CLEAN, 0.0, 0),
    (cases.report(constraints={"unverifiable": 4}), None, 2),
    (cases.report(unusable="it is empty"), 100.0, 2),
    (cases.report(crashes=(Crash("TOT101", "KeyError"),)), None, 3),
]


@pytest.mark.parametrize(("report", "least", "expected"), STATUSES)
def test_a_report_has_its_exit_status(report, least, expected):
    assert status(report, ERRORS, least) == expected


def test_a_run_has_the_gravest_status_of_its_reports_once_they_have_passed():
    passing = Passing(iter([CLEAN, WRONG, CLEAN]), partial(status, severities=ERRORS))
    assert [passing.status for _ in passing] == [0, 1, 1]
    assert passing.status == 1


@pytest.mark.parametrize(
    ("report", "expected"),
    [(WRONG, 0), (cases.unusable(), 2), (cases.report(crashes=(cases.CRASH,)), 3)],
)
def test_a_report_that_is_looked_at_is_not_judged(report, expected):
    assert usability(report) == expected


def test_a_run_without_reports_is_unusable():
    passing = Passing([], usability)
    assert (list(passing), passing.status) == ([], 2)
