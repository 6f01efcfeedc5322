"""Lists that are tables, in the ways they are printed, and what only looks like one."""

from __future__ import annotations

import pytest

from tests.layout.texts import prose, tables


def test_lists_of_shares_part_where_they_make_a_hundred() -> None:
    assert tables("Permis B 24 %\nSans permis 76 %\nParents 58 %\nAutonome 20 %\nPrécaire 22 %") == [
        [["Permis B", "24 %"], ["Sans permis", "76 %"]],
        [["Parents", "58 %"], ["Autonome", "20 %"], ["Précaire", "22 %"]],
    ]


def test_they_part_so_too_where_one_of_them_is_wrong() -> None:
    found = tables("Permis B 24 %\nSans permis 76 %\nParents 85 %\nAutonome 20 %\nPrécaire 22 %")
    assert [len(rows) for rows in found] == [2, 3]
    assert found[1][0] == ["Parents", "85 %"]


def test_a_title_between_lists_parts_them() -> None:
    text = "Sexe\nFemmes 45\nHommes 55\n\nAge\nMineurs 10\nMajeurs 90"
    assert tables(text) == [[["Femmes", "45"], ["Hommes", "55"]], [["Mineurs", "10"], ["Majeurs", "90"]]]
    assert prose(text) == ["Sexe", "Age"]


def test_figures_before_their_labels() -> None:
    assert tables("45 % Femmes\n55 % Hommes") == [[["Femmes", "45 %"], ["Hommes", "55 %"]]]


def test_two_labels_on_each_line() -> None:
    assert tables("La Madeleine 8 Pérenchies 4\n\nLambersart 11 Verlinghem /\n\nLompret 1") == [
        [
            ["La Madeleine", "8", "Pérenchies", "4"],
            ["Lambersart", "11", "Verlinghem", "/"],
            ["Lompret", "1", "", ""],
        ]
    ]


def test_a_slash_within_labels_parts_no_columns() -> None:
    assert tables("Hôtellerie / Restauration 4\n\nAnimation / Sports 9") == [
        [["Hôtellerie / Restauration", "4"], ["Animation / Sports", "9"]]
    ]


def test_one_cell_a_line() -> None:
    cells = ["Commune", "Nombre de jeunes", "Montant", "La Madeleine", "39", "15 728 €", "Lambersart", "50"]
    cells += ["49 269 €", "Total", "89", "64 997 €"]
    rows = [cells[at : at + 3] for at in range(0, 12, 3)]
    assert tables("\n\n".join(cells)) == [rows]
    assert tables("\n".join(cells)) == [rows]


def test_one_column_after_another() -> None:
    text = "Commune\nLille\nLens\nArras\n\nFemmes\n12\n9\n8\n\nHommes\n1 215\n7\n6"
    assert tables(text) == [
        [["Commune", "Femmes", "Hommes"], ["Lille", "12", "1 215"], ["Lens", "9", "7"], ["Arras", "8", "6"]]
    ]


def test_a_column_that_lacks_a_figure_is_left_alone() -> None:
    """Nothing tells which of the labels has none: the figures would slip."""
    text = "Lille\nLens\nArras\nDouai\n\nFemmes\n12\n9\n8"
    assert not any("Lille" in row for rows in tables(text) for row in rows)


def test_a_label_on_the_line_above_its_figure() -> None:
    (rows,) = tables("CDD 772\nCDI 167\nContrat Unique d’Insertion (PEC\net CIE en CDD)\n27\nTotal : 966")
    assert rows[2:] == [["Contrat Unique d’Insertion (PEC et CIE en CDD)", "27"], ["Total :", "966"]]


@pytest.mark.parametrize(
    "text",
    [
        "Sommaire\n\nLe public 3\nL’emploi 7\nLa santé 12",
        "Le public ........ 3\nL’emploi ........ 7\nLa santé ........ 12",
        "0 20 40 60 80 100\n\n0 10 20 30 40 50",
        "Tél. 03 20 12 34 56\nFax 03 20 12 34 57",
        "- Femmes : 43 %\n- Hommes : 57 %",
        "Niveau 3\nNiveau 4\nNiveau 5",
        "Total général : 96 41\n\n31",
        "En 2023, les jeunes accueillis sont 679\net les jeunes accompagnés sont 1 634",
    ],
)
def test_what_only_looks_like_a_table(text: str) -> None:
    assert tables(text) == []


def test_the_number_of_a_page_after_a_total_is_no_row() -> None:
    text = (
        "Commune Jeunes Montant\nLille 20 7 867 €\nLens 65 22 119 €\nTotal : 85 29 986 €\n52\nIV. La mobilité"
    )
    (rows,) = tables(text)
    assert rows[-1] == ["Total :", "85", "29 986 €"]
    assert prose(text) == ["52", "IV. La mobilité"]


def test_a_note_under_a_total_stays_prose() -> None:
    assert prose("Lille 20 €\nLens 65 €\nTotal : 114 €\n(dont 29 € de frais de gestion)") == [
        "(dont 29 € de frais de gestion)"
    ]
