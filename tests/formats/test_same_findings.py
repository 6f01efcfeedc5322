"""One report in every format: the same figures, the same verdicts, the same findings, place aside."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from fixtures.build.documents import WRITERS, document_bytes, report_pages
from fixtures.build.errors import Change, plant
from mlcheck.checking import check
from mlcheck.rendering import render
from mlcheck.rendering.view import View
from tests.formats.looking_up import printed_at

FIXTURES = Path(__file__).parents[2] / "fixtures"
SUFFIXES = sorted(WRITERS)
TELLING = ("rule", "severity", "message", "stated", "expected", "difference")
BOUND_LESS = ("-borderless.pdf",)  # where a head and a sentence share a line, the head is not set apart
STALE = "AGR106"  # the slides' chart has a workbook behind it that was not refreshed


def told(path: Path) -> dict[str, Any]:
    """Return the report of a file as the JSON tells it."""
    written = "".join(render("json", check([path]), View("fr")))
    report: dict[str, Any] = json.loads(written)["reports"][0]
    return report


def findings(report: dict[str, Any]) -> Counter[tuple[Any, ...]]:
    return Counter(tuple(f[key] for key in TELLING) for f in report["findings"] if f["rule"] != STALE)


@pytest.fixture(scope="module")
def workbook() -> dict[str, Any]:
    return told(FIXTURES / "report-2023.xlsx")


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_same_report_in_another_format(suffix: str, workbook: dict[str, Any]) -> None:
    report = told(FIXTURES / f"report-2023{suffix}")
    if suffix not in BOUND_LESS:
        assert report["summary"] == workbook["summary"]
    assert findings(report) == findings(workbook)
    assert Counter(f["stated"] for f in report["figures"]) == Counter(
        f["stated"] for f in workbook["figures"]
    )
    if suffix in BOUND_LESS:
        return
    assert len({f["table"] for f in report["figures"]}) == len({f["table"] for f in workbook["figures"]})


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_claims_have_the_same_verdicts(suffix: str, workbook: dict[str, Any]) -> None:
    report = told(FIXTURES / f"report-2023{suffix}")
    ours, theirs = (
        Counter((c["kind"], c["stated"], c["verdict"], c["formula"]) for c in one["claims"])
        for one in (report, workbook)
    )
    if suffix in BOUND_LESS:
        assert {c[:2] for c in ours} == {c[:2] for c in theirs}
        assert sum(n for c, n in ours.items() if c[2] == "inconsistent") == 1
        assert sum(n for c, n in ours.items() if c[2] == "consistent") >= 50
    else:
        assert ours == theirs


def test_only_the_slides_have_a_chart_that_its_workbook_contradicts() -> None:
    counts = {
        s: sum(f["rule"] == STALE for f in told(FIXTURES / f"report-2023{s}")["findings"]) for s in SUFFIXES
    }
    assert counts == {suffix: int(suffix == ".pptx") for suffix in SUFFIXES}


SLIPS = [
    ("1 Public", "B13", "148", "184", "TOT101"),  # two digits swapped, in a commune
    ("1 Public", "B20", "679", "697", "TOT101"),  # in a total
]


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize(("sheet", "cell", "was", "printed", "rule"), SLIPS)
def test_a_digit_changed_by_hand_is_found_where_it_stands(
    suffix: str, sheet: str, cell: str, was: str, printed: str, rule: str, tmp_path: Path
) -> None:
    pages = report_pages(2023)
    plant(pages, [Change(sheet, cell, was, printed)])
    path = tmp_path / f"report-2023{suffix}"
    path.write_bytes(document_bytes(suffix, 2023, pages))
    suspects = [s for f in told(path)["findings"] if f["rule"] == rule for s in f["suspects"]]
    (accused,) = [s for s in suspects if (s["stated"], s["suggested"]) == (printed, was)]
    assert printed in printed_at(path, accused["location"])
