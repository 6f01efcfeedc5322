"""A slip in a figure that a sum or an equality holds is found; benchmarks/mutation.py tries every one."""

from __future__ import annotations

import pytest

from benchmarks.mutation import MENDS, Slip, figures_of, grave, mended, reports_of, sampled, slips_of, told
from tests.checking.fixture import profile
from tests.rules.loading import facts_of

DOCUMENT = mended()
UNNAMED = {  # cells that no finding can name once they are empty: what is left of them is no row, or no total
    ("1 Public", "A65"),  # "Total : 1 634 jeunes …", printed as a line of text
    ("4 Emploi", "A37"),
    ("8 Accompagnement", "A63"),
    ("4 Emploi", "B13"),  # the first row of a table without boxhead: its label is left as a title
    ("8 Accompagnement", "B80"),
    ("8 Accompagnement", "D80"),  # of a table in two pairs of columns
    ("8 Accompagnement", "D84"),
}


@pytest.fixture(scope="module")
def figures():
    return figures_of(facts_of(DOCUMENT, profile=profile()))


def test_the_mended_report_has_no_error():
    assert MENDS
    (report,) = reports_of([DOCUMENT], profile())
    assert {finding.rule for finding in grave(report)} == {"AGR103", "ORP101"}


def test_the_figures_that_nothing_holds_are_those_of_the_stray_chart(figures):
    assert len(figures) == 381
    assert len([f for f in figures if f.held]) == 370
    assert {f.table for f in figures if not f.held} == {"4 Emploi!G15 Graph1"}


def test_slips_of_a_figure(figures):
    total = next(f for f in figures if f.place == ("10 Aides financières", "G84"))
    assert [(s.kind, s.printed.replace("\u00a0", " ")) for s in slips_of(total)] == [
        ("one more", "10 025"),
        ("one less", "10 023"),
        ("emptied", ""),
        ("swapped", "1 024"),
        ("swapped", "10 204"),
        ("swapped", "10 042"),
    ]


def test_one_more_and_one_less_are_detected_and_their_cells_named(figures):
    slips = [s for f in figures if f.held for s in slips_of(f) if s.kind in ("one more", "one less")]
    some = sampled(slips, 1)
    assert {s.figure.table for s in some} == {f.table for f in figures if f.held}
    assert [one.slip for one in told(some, DOCUMENT, profile()) if not one.named] == []


def test_slips_are_detected_and_their_cells_named(figures):
    slips: list[Slip] = sampled([s for f in figures if f.held for s in slips_of(f)], 1)
    assert len(slips) >= 30
    results = list(told(slips, DOCUMENT, profile()))
    assert [one.slip for one in results if not one.findings] == []
    assert [one.slip for one in results if not one.named and one.slip.figure.place not in UNNAMED] == []


def test_cells_that_take_their_place_along_when_they_are_emptied_are_detected_all_the_same(figures):
    slips = [s for f in figures if f.place in UNNAMED for s in slips_of(f) if s.kind == "emptied"]
    assert len(slips) == len(UNNAMED)
    assert [one.slip for one in told(slips, DOCUMENT, profile()) if not one.findings] == []
