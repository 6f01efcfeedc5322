"""Where gaps part the cells of a line, columns are told by place, as pdftotext -layout prints them."""

from __future__ import annotations

from mlcheck.layout.recover import recover
from mlcheck.model.document import Grid, Paragraph
from tests.layout.texts import lines, prose, table, tables

HEADED = """
                              Nombre de           Dont jeunes résidant
      Commune                  jeunes               dans un Quartier
                           en 1er accueil         Politique de la Ville
La Madeleine                      127                              /
Lambersart                      1 106                             13
Total général :                 1 233                             13
"""


def test_words_one_below_another_are_one_label() -> None:
    (rows,) = tables(HEADED)
    assert rows[0] == [
        "Commune",
        "Nombre de jeunes en 1er accueil",
        "Dont jeunes résidant dans un Quartier Politique de la Ville",
    ]
    assert rows[2] == ["Lambersart", "1 106", "13"]


def test_an_empty_cell_is_told_by_its_place() -> None:
    text = "Commune     Femmes   Hommes\nLille           12       15\nLens                      9\nArras            8\n"
    (rows,) = tables(text)
    assert rows[2:] == [["Lens", "", "9"], ["Arras", "8", ""]]


def test_a_label_of_two_lines_has_its_figure_between_them() -> None:
    text = """
Nature                                  Nombre
Formation                                2 318
Insertion sociale (santé, logement,
                                        10 163
ressources, mobilité, justice, …)
Total :                                 12 481
"""
    (rows,) = tables(text)
    assert rows[2] == ["Insertion sociale (santé, logement, ressources, mobilité, justice, …)", "10 163"]


def test_two_tables_side_by_side_are_two() -> None:
    text = """
            Femmes   Hommes                       CDD    CDI
16 ans          12       15      La Madeleine      31     12
17 ans           9       11      Lambersart        28     15
18 ans           7        8      Lompret            3      1
"""
    assert tables(text) == [
        [["", "Femmes", "Hommes"], ["16 ans", "12", "15"], ["17 ans", "9", "11"], ["18 ans", "7", "8"]],
        [["", "CDD", "CDI"], ["La Madeleine", "31", "12"], ["Lambersart", "28", "15"], ["Lompret", "3", "1"]],
    ]


def test_a_table_folded_in_halves_is_one() -> None:
    text = """
Mois       Visites      Mois       Visites
Janvier        120      Avril          310
Février        135      Mai             95
Mars           150      Juin           180
                        Total          990

L'année commence en janvier.
"""
    (rows,) = tables(text)
    assert [label for label, _ in rows] == [
        "Mois",
        "Janvier",
        "Février",
        "Mars",
        "Avril",
        "Mai",
        "Juin",
        "Total",
    ]
    assert prose(text) == ["L'année commence en janvier."]


def test_two_tables_under_the_same_heads_stay_two_where_each_has_its_total() -> None:
    text = """
Mois       Visites      Mois       Visites
Janvier        120      Avril          310
Février        135      Mai             95
Total          255      Total          405
"""
    assert [len(rows) for rows in tables(text)] == [4, 4]


def test_known_labels_of_columns_say_how_many_there_are() -> None:
    text = """
Hiver Été
Bassin nordique 120 340
Bassin ludique 210 480
Toboggan 95 310
"""
    assert tables(text)[0][:2] == [["", "Hiver", "Été"], ["Bassin nordique", "120", "340"]]
    headed = """
Équipement Hiver Été
Piscine 12 340 25 480
Patinoire 18 210 2 150
"""
    assert tables(headed)[0][:2] == [["Équipement", "Hiver", "Été"], ["Piscine", "12 340", "25 480"]]


def test_words_that_are_no_known_labels_leave_the_columns_open() -> None:
    text = """
Nord Sud
Bassin nordique 120 340
Bassin ludique 210 480
Toboggan 95 310
"""
    assert not tables(text)


def test_prose_beside_a_table_stays_prose() -> None:
    text = """
48 % des nouveaux inscrits sont des femmes.           Titulaire du permis    23 %
51 % ont un niveau inférieur au BAC.                  Non titulaire          77 %
"""
    assert tables(text) == [[["Titulaire du permis", "23 %"], ["Non titulaire", "77 %"]]]
    assert prose(text) == ["48 % des nouveaux inscrits sont des femmes. 51 % ont un niveau inférieur au BAC."]


def test_a_table_goes_on_over_the_foot_of_a_page() -> None:
    text = (
        "Commune     Jeunes\nLille          12\nLens            9\n\n\n\n\nRapport d’activité 2022     1\n"
        "\fArras           8\nDouai           7\nTotal          36\n\n\n\nRapport d’activité 2022     2\n"
    )
    (rows,) = tables(text)
    assert [row[0] for row in rows] == ["Commune", "Lille", "Lens", "Arras", "Douai", "Total"]
    assert [" ".join(p.split()) for p in prose(text)] == [
        "Rapport d’activité 2022 1",
        "Rapport d’activité 2022 2",
    ]


def test_tabs_are_columns() -> None:
    assert tables("\t\t\t\tVentes\n\n\t\tSanté / Social\t\t43\n\n\t\tCommerce\t\t19\n") == [
        [["", "Ventes"], ["Santé / Social", "43"], ["Commerce", "19"]]
    ]


def test_ruled_bars_are_columns_and_no_words() -> None:
    text = "+-------+-------+-------+\n| Ville | 2022  | 2023  |\n+-------+-------+-------+\n| Lille | 1 234 |       |\n| Lens  | 98    | 112   |\n+-------+-------+-------+"
    assert tables(text) == [[["Ville", "2022", "2023"], ["Lille", "1 234", ""], ["Lens", "98", "112"]]]
    assert prose(text) == []


def test_dots_lead_to_the_figure() -> None:
    assert tables("Adhésions .......... 1 250\nDons ............... 980") == [
        [["Adhésions", "1 250"], ["Dons", "980"]]
    ]


def test_titles_stay_where_they_are_printed() -> None:
    blocks, _ = recover(lines("Sexe / Age\n\n" + HEADED.strip("\n") + "\n\nAge à la date du 1er accueil"))
    assert [b.text if isinstance(b, Paragraph) else len(table(b)) for b in blocks] == [
        "Sexe / Age",
        4,
        "Age à la date du 1er accueil",
    ]
    assert all(isinstance(b, Grid | Paragraph) for b in blocks)


def test_a_figure_at_the_foot_of_a_page_is_not_its_number() -> None:
    text = "Janvier\n\n4 120\n\nFévrier\n\n3 876\n\nMars\n\n4 502\n\nAvril\n\n943\n\n\fMai\n\n233\n\n"
    assert tables(text) == [
        [["Janvier", "4 120"], ["Février", "3 876"], ["Mars", "4 502"], ["Avril", "943"], ["Mai", "233"]]
    ]
