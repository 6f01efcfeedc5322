"""What a gap looks like that rounding or another measure leaves, and what is broken together with it."""

from __future__ import annotations

from mlcheck.model.finding import Finding
from tests.rules.loading import checked, document_of

CENSUS = """
Logement  | Ain    | Aude   | Lot    | Nord
Maisons   | 251630 | 103365 | 48910  | 293220
Immeubles | 36090  | 20095  | 6815   | 43710
Foyers    | 6365   | 3665   | 310    | 23960
Bateaux   | 21385  | 14635  | 4050   | 33020
Abris     | 2115   | 540    | 445    | 2625
Autres    | 3025   | 6215   | 565    | 4225
Total     | 320610 | 148515 | 61095  | 400760
"""


def told(text: str) -> list[Finding]:
    return [f for f in checked(document_of((text,))).report.findings if f.severity != "info"]


def test_counts_rounded_at_random_are_not_accused():
    assert told(CENSUS) == []
    assert all(f.severity != "error" for f in told(CENSUS.replace("320610", "320625")))


def test_a_slip_among_counts_rounded_at_random_is():
    (finding,) = told(CENSUS.replace("48910", "49810"))
    assert (finding.location.cell, finding.severity) == ("D8", "error")


def test_a_total_one_off_among_large_numbers_is_no_error():
    text = CENSUS.replace("36090", "36091").replace("20095", "20097").replace("320610", "320612")
    text = text.replace("148515", "148517")
    assert all(f.severity == "warning" for f in told(text))


def test_a_rate_in_the_row_of_a_total_is_no_sum():
    text = """
Matière   | 2021   | 2022   | 2023   | Suite
Français  | 19728  | 20119  | 20647  | 0,01726
Musique   | 4172   | 4531   | 4691   | 0,10521
Dessin    | 9111   | 9576   | 10301  | 0,01329
Sport     | 16675  | 16887  | 17174  | 0,02073
Total     | 49686  | 51113  | 52813  | 0,00685
"""
    assert [f for f in told(text) if f.severity == "error"] == []


def test_a_digit_left_out_of_a_total_is_no_other_measure():
    text = """
Foyers      | 2020  | 2021  | 2022  | 2023
Couples     | 36695 | 72885 | 25310 | 25010
  à deux    | 14250 | 32335 | 11975 | 11395
  à trois   | 22445 | 40550 | 13335 | 13615
Seuls       | 6060  | 14950 | 6010  | 3795
  hommes    | 3860  | 10110 | 3955  | 2345
  femmes    | 2200  | 4840  | 2055  | 1450
"""
    (finding,) = told(text.replace("25010", "2510 "))
    assert (finding.location.cell, finding.suspects[0].location.cell) == ("E2", "E2")
