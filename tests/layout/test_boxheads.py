"""The words over a body become the labels of its columns, or stay prose where they do not say which."""

from __future__ import annotations

import pytest

from mlcheck.layout.recover import recover
from mlcheck.model.document import Grid, Merge
from tests.layout.texts import lines, prose, tables

LEVELS = "Supérieur\nau BAC BAC BEP/CAP Aucun\n\ndiplôme\n"


@pytest.mark.parametrize(
    ("text", "heads"),
    [
        (LEVELS + "146 515 157 816", ["Supérieur au BAC", "BAC", "BEP/CAP", "Aucun diplôme"]),
        ("Sexe\n\nFemmes Hommes Total :\n\n765 869 1 634", ["Femmes", "Hommes", "Total :"]),
        ("Age\n\n16 - 17 ans 18 - 21 ans 26 et +\n\n9 % 87 % 4 %", ["16 - 17 ans", "18 - 21 ans", "26 et +"]),
        ("Niveau de qualification\n\nBAC et plus BEP/CAP Sans\ndiplôme\n\n24 7 27", ["BAC et plus", "BEP/CAP", "Sans diplôme"]),
    ],
)  # fmt: skip
def test_a_row_without_a_label_has_as_many_figures_as_labels(text: str, heads: list[str]) -> None:
    ((head, row),) = tables(text)
    assert head == heads
    assert " ".join(row) == text.split("\n")[-1]


def test_its_title_is_no_label() -> None:
    assert prose("Niveau de qualification (validé)\n\n" + LEVELS + "146 515 157 816") == [
        "Niveau de qualification (validé)"
    ]


def test_a_total_below_a_row_of_several_figures_stays_prose() -> None:
    text = LEVELS + "146 515 157 816\n\nTotal : 1 634 jeunes reçus en entretien"
    assert prose(text) == ["Total : 1 634 jeunes reçus en entretien"]
    ((_, row),) = tables(LEVELS + "70 316 98 375\n\nTotal : 859")
    assert row == ["70", "316", "98", "375"]


def test_rows_with_labels_leave_the_corner_empty() -> None:
    (rows,) = tables(
        "16 - 17 ans 18 - 21 ans Total :\n\nFemmes 67 179 246\n\nHommes 92 174 266\n\nTotal 159 353 512"
    )
    assert rows[0] == ["", "16 - 17 ans", "18 - 21 ans", "Total :"]
    assert rows[3] == ["Total", "159", "353", "512"]


def test_years_head_columns_and_are_no_figures() -> None:
    (rows,) = tables("Service 2022 2023\nCantine 12 14\nCrèche 8 9\nTotal 20 23")
    assert rows[0] == ["Service", "2022", "2023"]


def test_a_title_between_years_and_rows_titles_the_rows() -> None:
    (rows,) = tables("2021 2022 2023\nFonds\nRecettes 15,4 12,9 13,4\nDépenses 14,5 16,0 17,5")
    assert rows[:2] == [["", "2021", "2022", "2023"], ["Fonds", "", "", ""]]


@pytest.mark.parametrize(
    "over",
    [
        "Nombre de\njeunes Jeunes reçus\nCommune en contact en entretien",  # lines that go on each other's cells
        "Commune Nombre de jeunes en Dont jeunes résidant\n1er accueil dans un Quartier\nPolitique de la Ville",
        "jeunes accueillis jeunes accompagnés",
        "Quartiers prioritaires\nQuartier Habitants",  # one label is missing
    ],
)
def test_words_that_cannot_be_split_label_nothing(over: str) -> None:
    (rows,) = tables(f"{over}\nLille 87 27\nLens 61 35\nArras 34 13")
    assert rows == [["Lille", "87", "27"], ["Lens", "61", "35"], ["Arras", "34", "13"]]


def test_a_dont_is_never_the_first_column() -> None:
    (rows,) = tables("Dont femmes en Quartier Prioritaire\nLille 87 27\nLens 61 35")
    assert rows == [["Lille", "87", "27"], ["Lens", "61", "35"]]


def test_a_spanner_stands_over_the_columns_under_its_middle() -> None:
    text = """
                     Femmes                Hommes
Commune          2022       2023       2022       2023
Lille              12         14         15         11
Lens                8          9          7         10
"""
    (grid,) = (b for b in recover(lines(text))[0] if isinstance(b, Grid))
    assert {at: cell.text for at, cell in grid.cells.items() if at[0] == 0} == {
        (0, 1): "Femmes",
        (0, 3): "Hommes",
    }
    assert grid.merges == (Merge(0, 1, 0, 2), Merge(0, 3, 0, 4))


def test_lines_of_labels_half_a_line_apart_go_to_their_own() -> None:
    text = """
                                                  Dont nombre de
                            Nombre de jeunes
                                                  jeunes qui ont
       Commune                en cours de
                                                   démarré une
                            mission Service
                                                mission de Service
                                Civique
                                                  Civique en 2022
La Madeleine                           26                         5
Lambersart                              8                         4
"""
    (rows,) = tables(text)
    assert rows[0] == [
        "Commune",
        "Nombre de jeunes en cours de mission Service Civique",
        "Dont nombre de jeunes qui ont démarré une mission de Service Civique en 2022",
    ]


def test_a_year_may_end_a_label() -> None:
    (rows,) = tables("Commune\nNombre de contrats signés en\n2023\nLille 56\nLens 41\nArras 9")
    assert rows == [
        ["Commune", "Nombre de contrats signés en 2023"],
        ["Lille", "56"],
        ["Lens", "41"],
        ["Arras", "9"],
    ]


@pytest.mark.parametrize(
    "head",
    [
        "2022 2023\nSecteur Nombre Part en % Nombre Part en %",
        "2022 2023\nSecteur Nombre % Nombre %",
        "Enfants Adultes\nSecteur Femmes Hommes Femmes Hommes",
        "Secteur 2022 2023\nNombre Part Nombre Part",
    ],
)
def test_labels_that_come_again_stand_under_as_many_spanners(head: str) -> None:
    (rows,) = tables(head + "\nCommerce 45 19 38 17\nSanté 20 8 17 8\nBâtiment 20 8 16 7\nTotal 85 35 71 32")
    over, labels = (text.split() for text in head.split("\n"))
    assert [cell for cell in rows[0] if cell][-2:] == over[-2:]
    assert " ".join(cell for cell in rows[1] if cell).endswith(" ".join(labels))
    assert rows[2] == ["Commerce", "45", "19", "38", "17"]


def test_a_group_right_under_a_total_has_the_boxhead_above_it() -> None:
    text = (
        "2022 2023\nProfil Nombre Part Nombre Part\nNiveau\nBac 12 60 % 9 45 %\nCAP 8 40 % 11 55 %\nTotal 20 100 % 20 100 %\n"
        "Sexe\nFemmes 7 35 % 12 60 %\nHommes 13 65 % 8 40 %\nTotal 20 100 % 20 100 %"
    )
    first, second = tables(text)
    assert first[:2] == second[:2]
    assert [row[0] for row in second[2:]] == ["Femmes", "Hommes", "Total"]
    (apart, _) = tables(text.replace("Sexe\n", "\n\nAutre chose\n\n"))
    assert apart[0] == first[0]


RANKED = """Adhérents par commune
Rang                             Commune de résidence       Débutants      Confirmés   BAC   BAC et plus   Total
1                                Panissières                      215        68    84            24     391
2                                Savigneux                         68        17    35             8     128
3                                Montbrison                        31        11     9             5      56
4                                Chazelles-sur-Lyon                35         9    10             1      55
                                 Ensemble                         349       105   138            38     630
"""


def test_two_labels_over_the_labels_of_rows_are_none_of_the_columns() -> None:
    ((head, *rows),) = tables(RANKED)
    assert head == ["Rang Commune de résidence", "Débutants", "Confirmés", "BAC", "BAC et plus", "Total"]
    assert rows[-1] == ["Ensemble", "349", "105", "138", "38", "630"]
    assert prose(RANKED) == ["Adhérents par commune"]
