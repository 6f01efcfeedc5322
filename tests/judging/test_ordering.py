"""Which figure of a broken sum is named first: the likeliest slip, and the one that is out of line with its neighbours."""

from __future__ import annotations

import pytest

from tests.rules.loading import checked, document_of

SOUND = """
Mois    | 2020 | 2021 | 2022 | 2023
janvier | 410  | 421  | 433  | 440
février | 380  | 377  | 391  | 402
mars    | 2210 | 2195 | 2240 | 2251
avril   | 95   | 99   | 102  | 97
Total   | 3095 | 3092 | 3166 | 3190
"""


def _first(text: str) -> tuple[str | None, str]:
    (finding,) = [f for f in checked(document_of((text,))).report.findings if f.rule == "TOT101"]
    first = finding.suspects[0]
    return first.location.cell, first.reason


@pytest.mark.parametrize(
    ("right", "wrong", "cell", "reason"),
    [
        ("391 ", "931 ", "D3", "two digits swapped"),
        ("2240", "240 ", "D4", "a digit left out"),
        ("102 ", "1020", "D5", "a factor of ten"),
        ("3166", "3666", "D6", "one digit changed"),  # 3 666 is unlike the other years
        ("433 ", "    ", "D2", "the only blank of the sum"),
    ],
)
def test_the_mistyped_figure_comes_first(right, wrong, cell, reason):
    assert right in SOUND
    assert _first(SOUND.replace(right, wrong, 1)) == (cell, reason)


def test_a_blank_among_blanks_is_no_suspect_before_a_slip():
    text = SOUND.replace("| 99   | 102  | 97\n", "|      |      |   \n")
    text = (
        text.replace("3092", "2993").replace("3166", "3064").replace("3190", "3093").replace("391 ", "931 ")
    )
    assert _first(text)[0] == "D3"


def test_two_digits_swapped_come_before_the_number_of_the_next_cell():
    text = """
Lieu    | 2020 | 2021 | 2022
Ardres  | 310  | 305  | 322
Bergues | 360  | 352  | 347
Cassel  | 580  | 77   | 90
Douai   | 912  | 930  | 918
Évin    | 355  | 350  | 361
Fives   | 625  | 352  | 358
Total   | 3142 | 2366 | 2396
"""
    assert _first(text.replace("580  |", "850  |")) == ("B4", "two digits swapped")


def test_a_line_that_the_gap_is_by_chance_is_not_said_to_be_left_out():
    marks = [7, 9, 3, 12, 5, 16, 8, 10, 6, 14]
    rows = [["Devoir", "Ana", "Bob"]]
    rows += [[f"Devoir {n}", str(mark), str(mark - 1)] for n, mark in enumerate(marks, 1)]
    rows.append(["Total", str(sum(marks)), str(sum(marks) - len(marks))])
    rows[4][1] = "21"
    _, reason = _first("\n".join(" | ".join(row) for row in rows))
    assert "line" not in reason
