"""Which tables, titles, notes and sentences a sheet holds, wherever they stand on it."""

from __future__ import annotations

import itertools

import pytest

from mlcheck.layout.recover import laid_out
from mlcheck.model.document import Cell, Document, Grid, Locator
from mlcheck.model.table import Table
from mlcheck.tables.walk import Walk, walk
from tests.rules.loading import document_of


def walked(*sheets: str, sentences: tuple[str, ...] = ()) -> Walk:
    return walk(laid_out(document_of(sheets, sentences)), itertools.count())


def outline(table: Table) -> tuple[list[str], list[str]]:
    return [row.label for row in table.rows], [" / ".join((*c.path, c.label)) for c in table.columns]


def places(table: Table) -> list[str]:
    return [entry.locator.cell for entry in table.entries.values() if entry.state == "number"]


def test_tables_stacked_on_a_sheet():
    found = walked("""
# Contrats
Commune      Contrats
Lambersart   5
Lompret      2
Total        7

# Stages
Type         Stages
Courts       6
Longs        3
Total        9
""")
    assert [t.title for t in found.tables] == ["Contrats", "Stages"]
    assert [places(t) for t in found.tables] == [["B3", "B4", "B5"], ["B9", "B10", "B11"]]


def test_tables_side_by_side():
    found = walked("""
Commune    | Contrats |  | Type    | Stages
Lambersart | 5        |  | Courts  | 6
Lompret    | 2        |  | Longs   | 3
Total      | 7        |  | Total   | 9
""")
    assert [outline(t) for t in found.tables] == [
        (["Lambersart", "Lompret", "Total"], ["Contrats"]),
        (["Courts", "Longs", "Total"], ["Stages"]),
    ]


def test_tables_of_different_heads_that_touch():
    found = walked("""
Commune    | Contrats | Type    | Stages
Lambersart | 5        | Courts  | 6
Lompret    | 2        | Longs   | 3
Total      | 7        | Total   | 9
""")
    assert [places(t) for t in found.tables] == [["B2", "B3", "B4"], ["D2", "D3", "D4"]]


def test_blank_columns_between_figures_part_no_table():
    (table,) = walked("""
           | | 2022 | | 2023

Salaires   | | 120  | | 140
Transports | | 30   | | 35
Total      | | 150  | | 175
""").tables
    assert outline(table) == (["Salaires", "Transports", "Total"], ["2022", "2023"])


def test_figures_beyond_a_blank_column_that_stand_under_words_of_their_own_rows_are_another_table():
    found = walked("""
Commune    | Jeunes |  | Niveau      |
Lambersart | 8      |  | BAC et plus | Sans diplôme
Lompret    | 11     |  | 24          | 27
""")
    assert [places(t) for t in found.tables] == [["B2", "B3"], ["D3", "E3"]]


def test_a_total_goes_with_its_table_beyond_blank_rows():
    (table,) = walked("""
Commune    | Contrats | Stages
Lambersart | 5        | 1
Lompret    | 2        | 4
Lille      | 3        | 2


Total      | 10       | 7
""").tables
    assert outline(table)[0] == ["Lambersart", "Lompret", "Lille", "Total"]


def test_figures_without_a_label_close_a_table_beyond_a_blank_row():
    (table,) = walked("""
Commune    | Contrats | Stages
Lambersart | 5        | 1
Lompret    | 2        | 4
Lille      | 3        | 2

           | 10       | 7
""").tables
    assert outline(table)[0] == ["Lambersart", "Lompret", "Lille", ""]


def test_a_row_of_another_name_beyond_a_blank_row_is_another_table():
    found = walked("""
Commune    | Contrats | Stages
Lambersart | 5        | 1
Lompret    | 2        | 4
Total      | 7        | 5


Total des sorties | 10 | 7
""")
    assert [places(t)[0] for t in found.tables] == ["B2", "B7"]


def test_blocks_that_a_total_closes_go_on_in_the_columns_of_the_first():
    (table,) = walked("""
Compte                 | 2021 | 2022 | 2023
Ventes                 | 812  | 845  | 871
Subventions            | 305  | 298  | 322
Total des produits     | 1117 | 1143 | 1193

Charges :
Achats                 | 418  | 431  | 440
Salaires               | 652  | 669  | 701
Total des charges      | 1070 | 1100 | 1141

Résultat               | 47   | 43   | 52
""").tables
    assert outline(table)[0][2:] == [
        "Total des produits",
        "Achats",
        "Salaires",
        "Total des charges",
        "Résultat",
    ]
    assert outline(table)[1] == ["2021", "2022", "2023"]


def test_a_table_with_years_over_its_columns_is_no_further_block():
    found = walked("""
Dépenses | 2021 | 2022 | 2023
Loyers   | 310  | 315  | 322
Fluides  | 105  | 131  | 128
Total    | 415  | 446  | 450

Effectif | 2021 | 2022 | 2023
Cadres   | 14   | 15   | 15
Employés | 32   | 30   | 31
Total    | 46   | 45   | 46
""")
    assert [places(t)[0] for t in found.tables] == ["B2", "B7"]


def test_figures_without_a_label_end_a_block():
    found = walked("""
Poste    | Prévu | Payé
Loyers   | 310   | 315
Fluides  | 105   | 131
Achats   | 212   | 207
         | 627   | 653


Recettes | 640   | 655
Report   | 12    | 9
""")
    assert [places(t)[0] for t in found.tables] == ["B2", "B8"]


def test_labels_far_from_their_figures_name_them():
    gap = " |" * 10
    (table,) = walked(f"""
Poste{gap} | Montant
Honoraires{gap} | 8912
Locations{gap} | 6000
Total{gap} | 14912
""").tables
    assert outline(table)[0] == ["Honoraires", "Locations", "Total"]


def test_one_table_set_in_two_pairs_of_columns():
    found = walked("""
Commune    | Jeunes | Commune     | Jeunes
Lambersart | 5      | Pérenchies  | 6
Lompret    | 2      | Wambrechies | 3
""")
    (table,) = found.tables
    assert outline(table) == (["Lambersart", "Lompret", "Pérenchies", "Wambrechies"], ["Jeunes"])
    assert places(table) == ["B2", "B3", "D2", "D3"]


@pytest.mark.parametrize(("down", "right"), [(0, 0), (5, 0), (0, 4), (90, 25)])
def test_a_table_stands_anywhere(down, right):
    small = document_of(
        [
            """
Commune    | Contrats
Lambersart | 5
Lompret    | 2
Total      | 7
"""
        ]
    ).blocks[0]
    cells = {(row + down, column + right): cell for (row, column), cell in small.cells.items()}
    found = walk(laid_out(Document("r", (Grid(Locator("r", sheet="S"), cells),))), itertools.count())
    (table,) = found.tables
    assert outline(table) == (["Lambersart", "Lompret", "Total"], ["Contrats"])
    assert len(table.relations) == 1


def test_sheets_are_walked_apart_and_name_their_sections():
    found = walked("Commune | Contrats\nLambersart | 5\nLompret | 2", "Type | Stages\nCourts | 6\nLongs | 3")
    assert [t.sections for t in found.tables] == [("Feuille 1",), ("Feuille 2",)]


def test_headings_by_their_numbers():
    found = walked("""
1) Le public
I. Les nouveaux accueils
a. Par commune
Commune      Contrats
Lambersart   5
Lompret      2

II. Les contacts
Nature       Contacts
SMS          5
Courrier     2
""")
    assert [t.sections for t in found.tables] == [
        ("Le public", "Les nouveaux accueils", "Par commune"),
        ("Le public", "Les contacts"),
    ]


def test_a_sentence_beside_a_table_is_prose():
    found = walked("""
Commune    | Contrats |  | 7 contrats ont été signés en 2023.
Lambersart | 5        |  |
Lompret    | 2        |  | 2 d'entre eux sont en alternance depuis 2022.
Total      | 7        |  |
""")
    (table,) = found.tables
    assert outline(table) == (["Lambersart", "Lompret", "Total"], ["Contrats"])
    assert [p.text for p in found.passages] == [
        "7 contrats ont été signés en 2023.",
        "2 d'entre eux sont en alternance depuis 2022.",
    ]


def test_a_sentence_above_and_one_below_a_table():
    found = walked("""
7 contrats ont été signés en 2023.
Commune      Contrats
Lambersart   5
Lompret      2
Total        7
2 contrats sont en alternance depuis 2022.
""")
    assert len(found.tables) == 1
    assert [p.locator.cell for p in found.passages] == ["A1", "A6"]


def test_a_note_below_a_table():
    found = walked("""
Commune      Montant
Lambersart   500 €
Lompret      200 €
Total        729 €
(dont 29 € de frais de gestion)
""")
    assert [(text, table) for text, _, table in found.notes] == [("(dont 29 € de frais de gestion)", 0)]


def test_a_source_below_a_table_is_a_note():
    found = walked("""
Commune      Jeunes
Lambersart   500
Lompret      200
Source : i-Milo, extraction du 12 janvier 2024
""")
    assert [text for text, _, _ in found.notes] == ["Source : i-Milo, extraction du 12 janvier 2024"]


def test_a_total_printed_as_text_below_a_table():
    found = walked("""
Femmes    Hommes
765       869
Total : 1 634 jeunes
""")
    (table,) = found.tables
    assert [(c.label, c.role) for c in table.columns] == [
        ("Femmes", "part"),
        ("Hommes", "part"),
        ("Total :", "total"),
    ]
    assert table.entries[0, 2].quantity.value == 1634
    assert table.entries[0, 2].locator.cell == "A3"


def test_two_lines_of_title():
    found = walked("""
Les contrats
par commune
Commune      Contrats
Lambersart   5
Lompret      2
""")
    assert found.tables[0].title == "Les contrats · par commune"


def test_a_hidden_row_keeps_its_place_and_is_marked():
    found = walked("""
Commune      Contrats
Lambersart   5
~ Lompret      2
Total        5
""")
    (table,) = found.tables
    assert [(row.label, row.hidden) for row in table.rows] == [
        ("Lambersart", False),
        ("Lompret", True),
        ("Total", False),
    ]


def test_spanners_are_the_path_of_their_columns():
    found = walked("""
           | 2022   | <      | 2023   | <
           | Femmes | Hommes | Femmes | Hommes
Lambersart | 5      | 7      | 6      | 8
Lompret    | 2      | 3      | 4      | 5
""")
    assert outline(found.tables[0])[1] == [
        "2022 / Femmes",
        "2022 / Hommes",
        "2023 / Femmes",
        "2023 / Hommes",
    ]
    assert [c.year for c in found.tables[0].columns] == [2022, 2022, 2023, 2023]


def test_title_rows_are_the_path_of_their_lines():
    found = walked("""
Commune        | Jeunes
Nord           |
  Lompret      | 4
  Verlinghem   | 6
Sud            |
  La Madeleine | 8
  Lambersart   | 12
""")
    assert [(row.path, row.label) for row in found.tables[0].rows] == [
        (("Nord",), "Lompret"),
        (("Nord",), "Verlinghem"),
        (("Sud",), "La Madeleine"),
        (("Sud",), "Lambersart"),
    ]


def test_title_rows_from_the_second_on_are_the_path_of_their_lines():
    found = walked("""
Commune        | Jeunes
Roubaix        | 40
Nord           |
  Lompret      | 4
  Verlinghem   | 6
Sud            |
  La Madeleine | 8
  Lambersart   | 12
""")
    assert [(row.path, row.label) for row in found.tables[0].rows] == [
        ((), "Roubaix"),
        (("Nord",), "Lompret"),
        (("Nord",), "Verlinghem"),
        (("Sud",), "La Madeleine"),
        (("Sud",), "Lambersart"),
    ]


def test_a_lone_figure_is_kept_though_nothing_names_it():
    found = walked("168")
    (table,) = found.tables
    assert outline(table) == ([""], [""])
    assert places(table) == ["A1"]


def test_a_table_of_words_is_prose():
    found = walked("Nom | Fonction\nPrésidence | Élus\nDirection | Cadres")
    assert not found.tables
    assert {p.text for p in found.passages} == {
        "Nom",
        "Fonction",
        "Présidence",
        "Élus",
        "Direction",
        "Cadres",
    }


def test_an_empty_sheet_holds_nothing():
    found = walk(laid_out(Document("r", (Grid(Locator("r", sheet="S"), {}),))), itertools.count())
    assert (found.tables, found.passages, found.not_understood) == ([], [], [])


def test_a_cell_of_spaces_is_empty():
    cells = {(0, 0): Cell(" \u00a0 ")}
    found = walk(laid_out(Document("r", (Grid(Locator("r", sheet="S"), cells),))), itertools.count())
    assert not found.tables


def test_a_year_alone_over_a_boxhead_is_a_spanner():
    (table,) = walked("""
        | 2021         |               |
        | Nord, nombre | Sud, nombre   | Est, nombre
Total   | 91           | 74            | 55
Moins   | 40           | 30            | 25
Plus    | 51           | 44            | 30
""").tables
    assert outline(table) == (
        ["Total", "Moins", "Plus"],
        ["2021 / Nord, nombre", "2021 / Sud, nombre", "2021 / Est, nombre"],
    )


def test_a_year_alone_over_figures_is_a_figure():
    (table,) = walked("""
Créée en | 1998 |
Agents   | 41   | 43
Usagers  | 530  | 611
""").tables
    assert [row.label for row in table.rows] == ["Créée en", "Agents", "Usagers"]


def test_the_same_years_under_several_spanners():
    (table,) = walked("""
Port   | Route |      |       | Rail |      |
       | 2021  | 2022 | Écart | 2021 | 2022 | Écart
Nord   | 812   | 845  | 33    | 120  | 131  | 11
Sud    | 640   | 611  | -29   | 95   | 99   | 4
""").tables
    assert outline(table)[0] == ["Nord", "Sud"]
    assert outline(table)[1][:2] == ["Route / 2021", "Route / 2022"]


def test_the_boxhead_printed_again_over_another_group_is_no_line():
    (table,) = walked("""
ESSAIS  | Points | Possibles
Essai 1 | 85     | 100
Essai 2 | 97     | 100
Total   | 182    | 200
LABOS   | Points | Possibles
Labo 1  | 18     | 20
Labo 2  | 15     | 20
Total   | 33     | 40
""").tables
    assert [row.label for row in table.rows] == [
        "Essai 1", "Essai 2", "Total", "Labo 1", "Labo 2", "Total",
    ]  # fmt: skip
    assert [(r.target, [s for s, _ in r.sources]) for r in table.relations if r.axis == "row"] == [
        (2, [0, 1]),
        (5, [3, 4]),
    ]


def test_a_rule_drawn_with_signs_parts_no_table():
    (table,) = walked("""
Commune    | Contrats
Lambersart | 5
Lompret    | 2
           | ---------
Total      | 7
""").tables
    assert [row.label for row in table.rows] == ["Lambersart", "Lompret", "Total"]


def test_a_total_named_in_a_column_of_texts():
    (table,) = walked("""
12 | Lambersart | Achat | 305
14 | Lompret    | Vente | 210
17 | Lompret    | Achat | 133
   |            | TOTAL | 648
""").tables
    assert [(row.label, row.role) for row in table.rows][-1] == ("TOTAL", "total")


def test_one_number_in_each_row_of_texts_is_no_boxhead():
    (table,) = walked("""
Commune    | Projet  | Montant | Nature
Lambersart | Jardin  | 9975    | Étude
Lambersart | École   | 4164    | Travaux
Lompret    | Piscine | 1150    | Étude
           |         | 15289   |
""").tables
    assert [entry.printed for entry in table.entries.values()] == ["9975", "4164", "1150", "15289"]


@pytest.mark.parametrize(
    ("heads", "statistic"),
    [
        (("Q1", "Q2", "Q3"), "quantile"),
        (("Q1", "Q2", "Q3", "Q4"), None),
        (("Q1 2023", "Q2 2023", "Q3 2023"), None),
    ],
)
def test_quarters_and_questions_are_no_quartiles(heads, statistic):
    figures = " | ".join(str(n + 11) for n in range(len(heads)))
    (table,) = walked(f"Ville | {' | '.join(heads)}\nLille | {figures}\nLens | {figures}\n").tables
    assert table.columns[0].statistic == statistic


def test_a_letter_in_a_head_makes_no_codes():
    (table,) = walked("""
      | Lens (N. C.) nombre | Arras (N. C.) nombre | Douai nombre
Total | 305                 | 210                  | 133
Jeune | 105                 | 110                  | 33
Âgé   | 200                 | 100                  | 100
""").tables
    assert len(table.columns) == 3


def test_a_mean_named_in_a_column_of_numbers_is_no_line():
    (table,) = walked("""
Numéro | Écrit | Oral | Note
2617   | 12    | 14   | A
2623   | 9     | 11   | B
2933   | 15    | 8    | A
MEAN   | 12    | 11   | A
""").tables
    assert (table.rows[-1].label, table.rows[-1].statistic) == ("MEAN", "mean")
