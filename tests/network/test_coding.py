"""A report that went through bytes is written as the one that did not; bytes that are none are told."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from msgspec.structs import replace

from mlcheck.checking import check
from mlcheck.model.amount import Amount, Formula, Term
from mlcheck.model.finding import Report
from mlcheck.network.coding import LENGTH, UNUSED, Unreadable, decoded, encoded
from mlcheck.rendering import RENDERERS, render
from mlcheck.rendering.view import View

FIXTURES = Path(__file__).parents[2] / "fixtures"
REPORTS = (
    "report-2023-errors.xlsx",
    "report-2023.docx",
    "two-years-errors.pdf",
    "two-years.pptx",
    "report-2023.txt",
)


@pytest.fixture(scope="module", params=REPORTS)
def report(request: pytest.FixtureRequest) -> Report:
    (found,) = check([FIXTURES / request.param], relations=True)
    return found


def text_of(report: Report) -> bytes:
    """Return what is encoded of a report before its frame, whose padding may be anything."""
    data = encoded(report)
    return data[: LENGTH + int.from_bytes(data[:LENGTH], "big")]


def test_every_output_is_the_same(report: Report) -> None:
    back = decoded(encoded(report))
    assert report.claims or report.findings
    for form in RENDERERS:
        view = View(detail="all")
        assert "".join(render(form, [back], view)) == "".join(render(form, [report], view)), form


def test_every_field_is_the_same(report: Report) -> None:
    back = decoded(encoded(report))
    assert back.figures.equals(report.figures)
    for name in set(report.__struct_fields__) - UNUSED - {"claims"}:
        assert getattr(back, name) == getattr(report, name), name
    assert text_of(back) == text_of(report)
    claims = [one.claim for one in report.claims]
    assert [one.claim.figure for one in back.claims] == [claim.figure for claim in claims]
    sentences = {one.claim.sentence.id: one.claim.sentence for one in back.claims}
    assert all(one.claim.sentence is sentences[one.claim.sentence.id] for one in back.claims)


def test_values_of_every_kind(report: Report) -> None:
    finding = next(iter(check([FIXTURES / REPORTS[0]]))).findings[0]
    values = {
        "text": "‘3’", "count": 10**30, "zero": Fraction(0), "third": Fraction(1, 3), "large": Fraction(10**40, 7),
        "names": ("a", "b"), "amount": Amount(Fraction(21, 10), "€", magnitude=10**6),
        "formula": Formula("sum", (Term("1"), Term("2", Fraction(-1, 2)))),
    }  # fmt: skip
    (back,) = decoded(encoded(replace(report, findings=(replace(finding, values=values),)))).findings
    assert back.values == values
    assert [type(value) for value in back.values.values()] == [type(value) for value in values.values()]


@pytest.mark.parametrize("cut", [0, 3, 10, 5000, -1])
def test_bytes_that_are_no_report(report: Report, cut: int) -> None:
    data = encoded(report)
    with pytest.raises(Unreadable):
        decoded(data[:cut])
    with pytest.raises(Unreadable):
        decoded(data[:cut] + b"\xff\xff\xff\xff" + data[cut + 4 :] if cut >= 0 else b"\xff" * 400)
