"""Simulated reports: their figures agree, a seed gives the same files, and a slip that is said to contradict does."""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction

import pytest

from simulated import slips
from simulated.figures import Figure, Form, in_place
from simulated.making import agency, both_years, make, stated
from simulated.meaning import EVERYONE, Growth, Share, Total, only
from simulated.relations import relations

UNIVERSE = {"sexe": ("F", "H")}
ALL = Total("inscrits", EVERYONE, 2023)
WOMEN, MEN = (replace(ALL, members=only("sexe", sex)) for sex in UNIVERSE["sexe"])
PERCENT = Form("%", 0, after=" %", rounded=True)


def figures() -> list[Figure]:
    """Return a table of two parts and their total, with a share."""
    counts = [Figure(meaning, Fraction(n), Form()) for meaning, n in ((WOMEN, 335), (MEN, 344), (ALL, 679))]
    return [*counts, Figure(Share(WOMEN, ALL), Fraction(33500, 679), PERCENT)]


@pytest.mark.parametrize("number", [1, 2])
def test_the_figures_of_a_clean_report_agree(number: int):
    report, former = both_years(agency(number, 5))
    held = stated(report, former)
    assert len(held) > 100
    assert len(report.figures()) > 50


def test_a_seed_gives_the_same_files(tmp_path):
    first, second = tmp_path / "first", tmp_path / "second"
    assert make(first, 1, 7, ("xlsx",)) == make(second, 1, 7, ("xlsx",))
    written = {path.relative_to(first): path.read_bytes() for path in first.rglob("*.*")}
    assert written == {path.relative_to(second): path.read_bytes() for path in second.rglob("*.*")}


def test_a_sum_and_a_share_are_found_and_break():
    made = figures()
    held = relations(made, UNIVERSE)
    assert {relation.kind for relation in held} == {"sum", "share", "part"}
    assert slips.broken(made[0], Fraction(353), held) == ("share", "sum")
    assert slips.broken(made[3], Fraction(94), held) == ("share",)


def test_what_rounding_hides_breaks_nothing():
    made = figures()
    share = relations(made, UNIVERSE)
    assert made[3].printed == "49 %"
    assert slips.broken(made[3], Fraction(49), share) == ()


def test_a_fall_printed_without_its_sign_is_a_fall():
    before = replace(ALL, year=2022)
    fallen = Figure(Growth(ALL, before), Fraction(-30), replace(PERCENT, scale=-1))
    now, then = Figure(ALL, Fraction(679), Form()), Figure(before, Fraction(970), Form())
    assert fallen.printed == "30 %"
    held = relations([fallen, now, then], UNIVERSE)
    assert [relation.holds() for relation in held] == [True]
    assert slips.broken(fallen, Fraction(3), held) == ("growth",)


def test_a_slip_is_printed_in_its_place_for_a_while():
    figure = Figure(ALL, Fraction(12_345), Form(thousands="\u202f"))
    with in_place(figure, Fraction(12_354)) as printed:
        assert printed == figure.printed == "12\u202f354"
    assert figure.printed == "12\u202f345"


def test_every_slip_changes_what_is_printed():
    report, former = both_years(agency(2, 5))
    held, chance = stated(report, former), random.Random(1)
    for _ in range(30):
        slip = slips.drawn(chance, report.figures(), report.figures(), held, report.agency.population)
        assert slip.figure.form.text(slip.value) != slip.figure.printed
