"""One content, ten layouts: the same figures are proven, and the same typing error is found."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from mlcheck.checking import check
from mlcheck.model.finding import Report
from tests.checking.fixture import plain

from .layouts import LAYOUTS, TYPED

DATA = Path(__file__).parent / "data"
Layout = Callable[[bool], Workbook]


def _report(path: Path) -> Report:
    return next(iter(check([path])))


def _checked(layout: Layout, wrong: bool, folder: Path) -> Report:
    path = folder / f"{layout.__name__}.xlsx"
    layout(wrong).save(path)
    return _report(path)


def _one_error(report: Report) -> None:
    """The one finding is a total of 165 CDI or of 278 contracts in Marcq, and the 88 is a suspect to make 70."""
    (finding,) = report.findings
    assert (finding.severity, finding.rule[:3]) == ("error", "TOT")
    assert (plain(finding.stated), plain(finding.expected)) in {("165", "183"), ("278", "296")}
    assert (str(TYPED), "70") in {(plain(s.stated), plain(s.suggested)) for s in finding.suspects}


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda f: f.__name__)
def test_a_clean_layout_is_proven_without_a_finding(layout: Layout, tmp_path: Path) -> None:
    report = _checked(layout, False, tmp_path)
    assert report.findings == ()
    figures = report.figures.filter(state="number")
    left = figures.filter(~figures["coverage"].is_in(["proven", "bounded"]))["printed"].to_list()
    assert left in ([], ["100,0%"]), "a whole that prints 100 is what says that the others are its shares"


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda f: f.__name__)
def test_one_typing_error_is_one_finding_that_names_it(layout: Layout, tmp_path: Path) -> None:
    _one_error(_checked(layout, True, tmp_path))


def test_totals_may_be_formulas_with_their_values() -> None:
    assert _report(DATA / "formulas.xlsx").findings == ()
    _one_error(_report(DATA / "formulas-wrong.xlsx"))
