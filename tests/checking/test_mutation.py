"""A slip in a figure that a sum or an equality holds is found; benchmarks/mutation.py tries every one."""

from __future__ import annotations

import pytest

from benchmarks.mutation import MENDS, Slip, figures_of, grave, mended, reports_of, sampled, slips_of, told
from tests.checking.fixture import profile
from tests.rules.loading import facts_of

DOCUMENT = mended()


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
    missed = [
        (one.slip.figure.place, one.slip.figure.label, one.slip.figure.printed, one.slip.printed)
        for one in told(slips, DOCUMENT, profile())
        if not one.named
    ]
    assert missed == []
