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
