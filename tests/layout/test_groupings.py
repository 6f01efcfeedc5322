"""Which digits make one figure is dictated by the other lines; what nothing dictates is said, not guessed."""

from __future__ import annotations

import pytest

from mlcheck.layout.recover import recover
from mlcheck.model.document import Grid
from tests.layout.texts import lines, tables

AIDES = """Commune Nombre de jeunes Montant
La Madeleine 164 358 644 €
Lompret 5 9 293 €
Pérenchies 50 86 583 €
Quesnoy-sur-Deûle 47 98 529 €
Wambrechies 41 69 440 €
Total : 307 622 489 €"""


def test_figures_as_large_as_those_of_their_column_are_chosen() -> None:
    """164 358 644 € is 164 and 358 644 €, not 164 358 and 644 €: no other commune has thousands of jeunes."""
    (rows,) = tables(AIDES)
    assert rows[1] == ["La Madeleine", "164", "358 644 €"]
    assert rows[-1] == ["Total :", "307", "622 489 €"]


@pytest.mark.parametrize("total", ["307 622 498 €", "317 622 489 €", "307 622 489 €"])
def test_they_are_chosen_whatever_the_total_says(total: str) -> None:
    (rows,) = tables(AIDES.replace("307 622 489 €", total))
    assert rows[1] == ["La Madeleine", "164", "358 644 €"]
    assert rows[-1] == ["Total :", total[:3], total[4:]]


def test_a_unit_tells_the_column_of_a_figure_that_stands_alone() -> None:
    (rows,) = tables("Nature Nombre Part\nIncendies 277 100 17 %\nSecours 4 083 200\nDivers 305 000 5 %")
    assert rows[2] == ["Secours", "4 083 200", ""]


def test_without_a_unit_nothing_tells_which_cell_is_empty() -> None:
    text = "Commune Femmes Hommes\nLille 12 15\nLens 9\nArras 8 7"
    blocks, unclear = recover(lines(text))
    (grid,) = (b for b in blocks if isinstance(b, Grid))
    assert [cell.fault for at, cell in sorted(grid.cells.items()) if at[0] == 2] == [
        None,
        "ambiguous",
        "ambiguous",
    ]
    assert [doubt.locator.line for doubt in unclear] == [3]
    assert unclear[0].values == {"text": "Lens 9", "columns": 2}


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("Diplôme Admis Part\nCAP Cuisine 19 79,2 %\nLicence 3 9 75,0 %\nBTS MCO 2 15 83,3 %", ["CAP Cuisine", "Licence 3", "BTS MCO 2"]),
        ("Quartier Habitants Emplois\nQPV 1 2 145 312\nQPV 2 1 870 287\nQPV 3 312 8", ["QPV 1", "QPV 2", "QPV 3"]),
        ("Route Accidents Blessés\nRD 12 34 41\nRD 940 18 25\nVoies communales 12 18", ["RD 12", "RD 940", "Voies communales"]),
        ("2021 12 45\n2022 9 1 201\n2023 14 648", ["2021", "2022", "2023"]),
    ],
)  # fmt: skip
def test_a_number_may_belong_to_the_label(text: str, labels: list[str]) -> None:
    (rows,) = tables(text)
    assert [row[0] for row in rows[-len(labels) :]] == labels


def test_the_only_columns_that_add_up_are_those() -> None:
    (rows,) = tables("Emploi 1 091\nFormation 2 389\nAlternance 1 981\nTotal 5 461")
    assert rows[0] == ["Emploi", "1 091"]
    (rows,) = tables("Emploi 154 389\nFormation 389 254\nAlternance 2 1\nTotal 545 644")
    assert rows[0] == ["Emploi", "154", "389"]


def test_a_list_whose_columns_nothing_counts_is_told() -> None:
    blocks, unclear = recover(lines("Emploi 154 389\n\nFormation 389 254\n\nAlternance 212 481"))
    assert blocks == []
    assert unclear[0].values == {"first": "Emploi 154 389", "last": "Alternance 212 481"}


@pytest.mark.parametrize(
    ("figures", "cells"),
    [
        ("12 % + 3,3 %", ["12 %", "+ 3,3 %"]),
        ("-57 1,5 k€", ["-57", "1,5 k€"]),
        ("(12) nd", ["(12)", "nd"]),
        ("3 087* 12 (1)", ["3 087*", "12 (1)"]),
        ("/ -", ["/", "-"]),
    ],
)
def test_signs_units_marks_and_footnotes_stay_with_their_figure(figures: str, cells: list[str]) -> None:
    (rows,) = tables(f"Commune Femmes Hommes\nLille 10 11\nLens {figures}\nArras 20 21")
    assert rows[2] == ["Lens", *cells]


def test_a_number_that_spoils_the_sum_may_end_a_label() -> None:
    """312 + 245 + 87 + 128 = 772, but so it would not with 3 128: neither is guessed."""
    blocks, unclear = recover(
        lines("Niveau 3 312\nNiveau 4 245\nNiveau 5 et plus 87\nInfra 3 128\nTotal 772")
    )
    (grid,) = (b for b in blocks if isinstance(b, Grid))
    assert [cell.text for cell in grid.cells.values() if cell.fault] == ["3 128"]
    assert [doubt.locator.line for doubt in unclear] == [4]


def test_a_number_without_which_every_sum_holds_ends_a_label() -> None:
    (rows,) = tables(
        "Résidence T1 T2 T3 Total\nLes Lilas 12 24 8 44\nJean Moulin 2 6 18 14 38\nBellevue 30 15 3 48\nTotal 48 57 25 130"
    )
    assert rows[2] == ["Jean Moulin 2", "6", "18", "14", "38"]


ACCOUNTS = """Achats 45 120 € 47 000 € 46 312 €
Services 112 430 € 115 000 € 118 204 €
Personnel 1 204 500 € 1 250 000 € 1 243 870 €
Taxes 87 400 € 90 000 € 89 112 €
Total 1 449 450 € 1 502 000 € 1 497 498 €"""


def test_sums_that_hold_by_no_chance_decide_without_a_boxhead() -> None:
    (rows,) = tables(ACCOUNTS)
    assert rows[0] == ["Achats", "45 120 €", "47 000 €", "46 312 €"]


def test_sums_that_hold_with_a_column_cut_in_two_decide_nothing() -> None:
    """59 | 200 and 59 200, 10 | 173 and 10 173, … 97 | 819 and 97 819 all add up."""
    text = "A 59 200 1 204 € 2 310 €\nB 10 173 3 412 € 1 998 €\nC 19 149 / 5 120 €\nD 9 297 8 765 € 402 €\nTotal 97 819 13 381 € 9 830 €"
    blocks, unclear = recover(lines(text))
    assert unclear
    assert not any(isinstance(block, Grid) for block in blocks)
