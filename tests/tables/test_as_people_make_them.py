"""Tables as people make them: codes, remarks, marks, units and composite cells; each with the table it is not."""

from __future__ import annotations

import itertools

import pytest

from mlcheck.layout.recover import laid_out
from mlcheck.model.document import Cell, Document, Grid, Locator
from mlcheck.model.table import Table
from mlcheck.tables.walk import Walk, walk
from tests.rules.loading import document_of


def walked(*sheets: str) -> Walk:
    return walk(laid_out(document_of(sheets)), itertools.count())


def only(sheet: str) -> Table:
    (table,) = walked(sheet).tables
    return table


def rows(table: Table) -> list[str]:
    return [row.label for row in table.rows]


def columns(table: Table) -> list[str]:
    return [" / ".join((*column.path, column.label)) for column in table.columns]


def sums(table: Table) -> list[str]:
    """The sums that words and layout state, by the labels of their lines: "Total = Loyer + Eau"."""
    found = []
    for one in table.relations:
        if one.kind == "sum":
            lines = table.rows if one.axis == "row" else table.columns
            found.append(f"{lines[one.target].label} = {' + '.join(lines[s].label for s, _ in one.sources)}")
    return found


def printed(table: Table, column: int) -> list[str]:
    return [entry.printed for (_, c), entry in sorted(table.entries.items()) if c == column]


# Columns of codes beside the labels.


def test_a_column_of_codes_before_the_labels_leaves_the_total_its_name():
    table = only("""
Chapitre | Libellé             | Montant
011      | Charges générales   | 400
012      | Charges de personnel| 421
65       | Autres charges      | 79
         | Total dépenses      | 900
""")
    assert rows(table) == ["Charges générales", "Charges de personnel", "Autres charges", "Total dépenses"]
    assert [row.codes for row in table.rows] == [("011",), ("012",), ("65",), ()]
    assert sums(table) == ["Total dépenses = Charges générales + Charges de personnel + Autres charges"]


def test_a_column_of_codes_after_the_labels_names_no_row():
    table = only("""
Libellé   | Compte | Montant
Achats    | 60     | 400
Personnel | 64     | 421
Total     |        | 821
""")
    assert rows(table) == ["Achats", "Personnel", "Total"]
    assert columns(table) == ["Montant"]


def test_a_number_that_comes_again_groups_its_rows():
    table = only("""
Département | Site     | Jeunes
59          | Lille    | 12
59          | Roubaix  | 4
62          | Lens     | 5
""")
    assert [(row.path, row.codes) for row in table.rows] == [(("59",), ()), (("59",), ()), (("62",), ())]


# Numbers that are row labels.


@pytest.mark.parametrize("numbers", [("6", "5", "4"), ("59", "62", "02"), ("30", "10", "20")])
def test_numbers_over_the_name_of_a_total_are_labels(numbers):
    one, two, three = numbers
    table = only(f"""
Niveau   | Femmes | Hommes | Total
{one}    | 1      | 2      | 3
{two}    | 4      | 5      | 9
{three}  | 6      | 7      | 13
Total    | 11     | 14     | 25
""")
    assert rows(table) == [*numbers, "Total"]
    assert columns(table) == ["Femmes", "Hommes", "Total"]


def test_numbers_over_nothing_stay_figures():
    table = only("""
Femmes | Hommes | Total
31     | 2      | 33
14     | 5      | 19
26     | 7      | 33
""")
    assert columns(table) == ["Femmes", "Hommes", "Total"]


# Remarks beside figures, and limits of classes in a boxhead.


def test_a_remark_beside_the_first_figure_makes_its_row_no_boxhead():
    table = only("""
Commune    | Contrats | Observations
Lambersart | 39       | dont deux en alternance
Lompret    | 3        |
Marcq      | 17       | hausse
Total      | 59       |
""")
    assert rows(table) == ["Lambersart", "Lompret", "Marcq", "Total"]
    assert columns(table) == ["Contrats"]


def test_a_limit_of_a_class_among_labels_stays_in_the_boxhead():
    table = only("""
Commune    | moins de | 18 | plus
Lambersart | 3        | 1  | 4
Lompret    | 2        | 2  | 5
""")
    assert columns(table) == ["moins de", "18", "plus"]


# Marks in the first row.


@pytest.mark.parametrize("mark", ["NR", "s.o.", "env. 10", "< 5", "≈ 40"])
def test_what_is_not_known_in_the_first_row_is_unknown(mark):
    table = only(f"""
Commune    | Contrats
Lambersart | {mark}
Lompret    | 3
Marcq      | 17
Total      | 29
""")
    assert rows(table) == ["Lambersart", "Lompret", "Marcq", "Total"]
    assert table.entries[0, 0].state == "unknown"


def test_open_classes_head_columns_and_name_rows():
    table = only("""
       | Jeunes reçus |
Âge    | < 18         | > 18
Femmes | 4            | 5
Hommes | 6            | 7
""")
    assert [column.label for column in table.columns] == ["< 18", "> 18"]
    table = only("""
Âge  | Jeunes
< 18 | 4
> 18 | 5
""")
    assert rows(table) == ["< 18", "> 18"]


@pytest.mark.parametrize("nil", ["-", "- €", "–   €", "-   k€"])
def test_a_dash_with_a_currency_is_nothing_to_report(nil):
    table = only(f"""
Poste     | 2022
Membres   | 450,00 €
Missions  | {nil}
Assurance | 292,23 €
Total     | 742,23 €
""")
    assert table.entries[1, 0].state == "nil"


# Units.


@pytest.mark.parametrize("unit", ["ETP", "h", "$", "CHF", "m²", "km"])
def test_a_unit_of_its_own_changes_nothing_in_the_sum(unit):
    table = only(f"""
Service | Effectif
Accueil | 3,5 {unit}
Santé   | 2 {unit}
Total   | 5,5 {unit}
""")
    assert sums(table) == ["Total = Accueil + Santé"]


def test_distances_name_the_rows_of_a_table():
    table = only("""
Distance | Hommes | Femmes
10 km    | 4      | 7
5 km     | 2      | 1
21 km    | 9      | 3
""")
    assert rows(table) == ["10 km", "5 km", "21 km"]


def test_a_column_of_units_goes_into_the_figures_beside_it():
    table = only("""
Poste | Montant |   | N-1   |
Loyer | 1 200   | € | 1 100 | €
Eau   | 340     | € | 300   | €
Total | 1 540   | € | 1 400 | €
""")
    assert columns(table) == ["Montant", "N-1"]
    assert {entry.quantity.unit for entry in table.entries.values() if entry.quantity} == {"€"}


def test_a_column_of_the_year_before_last_holds_figures_and_no_codes():
    table = only("""
Commune         | N-2 | N-1 | N
Effectif total  | 121 | 107 | 109
Roncq           | 39  | 47  | 49
Halluin         | 70  | 28  | 42
Bondues         | 12  | 32  | 18
""")
    assert columns(table) == ["N-2", "N-1", "N"]
    assert sums(table) == ["Effectif total = Roncq + Halluin + Bondues"]
    assert table.rows[0].role == "total"


def test_a_total_of_a_group_has_no_parts_in_the_group_after_it():
    """All three totals are the same number: the numbers alone do not tell whose the parts are."""
    table = only("""
Profil         | Jeunes
Sexe           |
  Femmes       | 61
  Hommes       | 49
Total          | 110
Logement       |
  Chez parents | 72
  Autonome     | 38
Total          | 110
Permis         |
  Avec permis  | 23
  Sans permis  | 87
Total          | 110
""")
    assert sums(table) == [
        "Total = Femmes + Hommes",
        "Total = Chez parents + Autonome",
        "Total = Avec permis + Sans permis",
    ]


def test_two_sheets_of_one_name_have_tables_of_two_names():
    sheet = """
Commune | Jeunes
Roncq   | 39
Halluin | 70
"""
    document = document_of([sheet, sheet])
    once = document.blocks[0]
    twin = walk(laid_out(Document(document.source, (once, once))), itertools.count())
    assert len({table.name for table in twin.tables}) == 2


def test_a_column_of_letters_beside_figures_is_no_unit():
    table = only("""
Commune    | Jeunes | Sexe
Lambersart | 12     | h
Lompret    | 4      | f
Total      | 16     | h
""")
    assert {entry.quantity.unit for entry in table.entries.values() if entry.quantity} == {"count"}
    assert printed(table, 0) == ["12", "4", "16"]


# Several figures in a cell.


def test_a_count_with_its_share_makes_two_columns():
    table = only("""
Sexe   | Effectif (%)
Femmes | 39 (65 %)
Hommes | 21 (35 %)
Total  | 60 (100 %)
""")
    assert columns(table) == ["Effectif", "%"]
    assert [printed(table, 0), printed(table, 1)] == [["39", "21", "60"], ["65 %", "35 %", "100 %"]]
    assert table.entries[0, 0].locator == table.entries[0, 1].locator
    assert "Total = Femmes + Hommes" in sums(table)


def test_columns_to_the_right_of_a_parted_one_keep_their_place():
    found = walked("""
Sexe   | Effectif (%) | Contrats
Femmes | 39 (65 %)    | 4
Hommes | 21 (35 %)    | 5
Total  | 60 (100 %)   | 9
""")
    (table,) = found.tables
    assert [e.locator.cell for e in (table.entries[0, 1], table.entries[0, 2])] == ["B2", "C2"]
    assert not found.not_understood


def test_a_mark_of_a_note_is_no_second_figure():
    table = only("""
Sexe   | Effectif
Femmes | 39 (1)
Hommes | 21 (2)
Total  | 60
""")
    assert columns(table) == ["Effectif"]
    assert sums(table) == ["Total = Femmes + Hommes"]


# Two sides of an account.


def test_the_shorter_side_of_an_account_keeps_to_itself():
    tables = walked("""
Dépenses |       | Recettes  |
Achats   | 4 363 | Ventes    | 3 354
Services | 1 038 | Adhésions | 7 436
Courses  | 6 413 |           |
TOTAL    | 11 814| TOTAL     | 10 790
""").tables
    assert [sums(table) for table in tables] == [
        ["TOTAL = Achats + Services + Courses"], ["TOTAL = Ventes + Adhésions"],
    ]  # fmt: skip


def test_remarks_here_and_there_before_figures_part_no_table():
    tables = walked("""
Poste    | 2022  | Remarque  | 2023
Achats   | 4 363 | en baisse | 3 354
Services | 1 038 | en hausse | 7 436
Courses  | 6 413 |           | 100
TOTAL    | 11 814|           | 10 890
""").tables
    assert len(tables) == 1


# What is meant as a figure and is none.


@pytest.mark.parametrize("slip", ["3O", "1 25", "12 jeunes", "####"])
def test_a_misprinted_figure_is_listed_with_its_place(slip):
    found = walked(f"""
Commune    | Femmes | Hommes
Lambersart | 39     | 2
Lompret    | {slip} | 3
Marcq      | 17     | 4
""")
    assert [(one.locator.cell, one.values["text"]) for one in found.not_understood] == [("B3", slip)]


@pytest.mark.parametrize("mark", ["nd", "/", "env. 12", "voir note"])
def test_a_mark_or_a_word_among_figures_is_not_listed(mark):
    found = walked(f"""
Commune    | Femmes | Hommes
Lambersart | 39     | 2
Lompret    | {mark} | 3
Marcq      | 17     | 4
""")
    assert not found.not_understood


# What the boxhead says of the whole table, and codes under its labels.


def test_a_unit_alone_on_its_row_is_of_the_whole_table():
    table = only("""
           |      |      |      | En milliards d'euros
Poste      | 2021 | 2022 | 2023 | Total
Soins      | 3,1  | 2,4  | 1,5  | 7,0
Prévention | 1,0  | 2,0  | 3,0  | 6,0
""")
    assert table.headnote == "En milliards d'euros"
    assert {column.unit for column in table.columns} == {"€"}
    assert {column.path for column in table.columns} == {()}


def test_percentages_over_the_last_column_are_of_that_column():
    table = only("""
           |      |      | en %
Poste      | 2022 | 2023 | Évolution
Soins      | 310  | 341  | 10,0
Prévention | 100  | 120  | 20,0
""")
    assert table.headnote == ""
    assert [column.unit for column in table.columns] == ["count", "count", "%"]


def test_codes_under_the_labels_of_columns_are_no_labels():
    table = only("""
     | Agriculture | Industrie | <      | <     | Services |
     |             | Total     | Biens  | Autres |         |
     | AZ          | C         | C1     | C2    | GU       | TOTAL
2021 | 4           | 12        | 5      | 7     | 30       | 46
2022 | 5           | 14        | 6      | 8     | 31       | 50
""")
    assert [column.label for column in table.columns] == [
        "Agriculture", "Total", "Biens", "Autres", "Services", "TOTAL",
    ]  # fmt: skip
    assert [column.codes for column in table.columns] == [("AZ",), ("C",), ("C1",), ("C2",), ("GU",), ()]
    assert "Total = Biens + Autres" in sums(table)


def test_letters_under_spanners_are_labels():
    table = only("""
           | 2022 | <  | 2023 | <
Commune    | F    | H  | F    | H
Lambersart | 4    | 12 | 5    | 7
Lompret    | 5    | 14 | 6    | 8
""")
    assert columns(table) == ["2022 / F", "2022 / H", "2023 / F", "2023 / H"]


def test_a_line_without_a_code_sums_those_with_one_over_it():
    table = only("""
Poste               | Compte | Montant
Indemnités          | 6218   | -
Intervenants        | 6226   | 450
Missions            | 6256   | -
Frais d'intervention|        | 450
Matériel            | 6063   | 120
Assurance           | 616    | 292
Total dépenses      |        | 862
""")
    assert sums(table) == [
        "Frais d'intervention = Indemnités + Intervenants + Missions",
        "Total dépenses = Frais d'intervention + Matériel + Assurance",
    ]


def test_a_line_without_a_code_that_sums_nothing_is_a_part():
    table = only("""
Poste               | Compte | Montant
Indemnités          | 6218   | 210
Intervenants        | 6226   | 450
Missions            | 6256   | 81
Dons                |        | 37
Matériel            | 6063   | 120
Assurance           | 616    | 292
Total dépenses      |        | 1190
""")
    assert sums(table) == [
        "Total dépenses = Indemnités + Intervenants + Missions + Dons + Matériel + Assurance"
    ]


def test_a_row_with_one_amount_has_the_unit_of_the_others():
    table = only("""
Poste        | Prévu    | Réalisé
Membres      | 2 000 €  | 1 690 €
Cours        | —        | 4 516 €
Stages       | —        | 1 865 €
Total        | 2 000 €  | 8 071 €
""")
    assert sums(table) == ["Total = Membres + Cours + Stages"]


@pytest.mark.parametrize(("cell", "state"), [("9 000 € ³", "number"), ("— ⁴", "nil"), ("120 ¹ ²", "number")])
def test_a_raised_mark_after_a_blank_is_of_a_note(cell, state):
    table = only(f"""
Poste   | Prévu
Membres | {cell}
Cours   | 450
Stages  | 120
""")
    assert table.entries[0, 0].state == state


def test_a_short_text_with_a_colon_between_rows_titles_those_under_it():
    table = only("""
Poste            | 2022 | 2023
Soins courants   | 310  | 341
Prévention       | 100  | 120
Hors du champ fixé :
Indemnités       | 24   | 18
Contributions    | 10   | 5
""")
    assert rows(table) == ["Soins courants", "Prévention", "Indemnités", "Contributions"]
    assert [row.path for row in table.rows[2:]] == [("Hors du champ fixé :",)] * 2


def test_a_sentence_between_two_tables_titles_no_row():
    tables = walked("""
Poste            | 2022 | 2023
Soins courants   | 310  | 341
Prévention       | 100  | 120

Voici ce que deviennent les indemnités :
Type             | 2022 | 2023
Indemnités       | 24   | 18
Contributions    | 10   | 5
""").tables
    assert len(tables) == 2


# Groups that words or the place of lines state.


def test_a_total_but_one_line_is_made_of_the_other_parts():
    table = only("""
     | Énergie | Industrie | Déchets | Forêts | Total | Total hors forêts
2021 | 54      | 12        | 5       | -7     | 64    | 71
2022 | 55      | 14        | 6       | -8     | 67    | 75
""")
    assert sums(table) == [
        "Total = Énergie + Industrie + Déchets + Forêts", "Total hors forêts = Énergie + Industrie + Déchets",
    ]  # fmt: skip


def test_a_total_but_what_no_line_counts_is_bound_to_nothing():
    table = only("""
     | Énergie | Industrie | Déchets | Total | Total hors forêts
2021 | 54      | 12        | 5       | 71    | 80
2022 | 55      | 14        | 6       | 75    | 85
""")
    assert sums(table) == ["Total = Énergie + Industrie + Déchets"]


REPEATED = """
Logements        | 2021 | 2022
Lambersart       | 30   | 33
un à deux pièces | 10   | 12
trois et plus    | 20   | {}
Lompret          | 14   | 15
un à deux pièces | 5    | 6
trois et plus    | 9    | 9
Marcq            | 70   | 72
un à deux pièces | 30   | 32
trois et plus    | 40   | 40
"""


@pytest.mark.parametrize("printed", [21, 12])
def test_the_same_lines_under_each_of_several_are_its_parts_right_or_wrong(printed):
    found = sums(only(REPEATED.format(printed)))
    assert found == [
        f"{town} = un à deux pièces + trois et plus" for town in ("Marcq", "Lompret", "Lambersart")
    ]


def test_the_same_lines_under_each_of_several_that_they_do_not_make_are_no_parts():
    table = only("""
Structure       | 2021 | 2022
Lambersart      | 30   | 33
Ateliers menés  | 4    | 12
Heures passées  | 217  | 230
Lompret         | 14   | 15
Ateliers menés  | 5    | 6
Heures passées  | 99   | 90
""")
    assert sums(table) == []


def test_years_under_a_spanner_of_changes_are_changes():
    table = only("""
                   | 2021 | 2022 | 2023 | Évolution en % | <
                   |      |      |      | 2021-2022      | 2022-2023
Communes           | 100  | 110  | 121  | 10,0           | 10,0
Établissements     | 200  | 210  | 252  | 5,0            | 20,0
""")
    assert [column.role for column in table.columns[3:]] == ["variation", "variation"]


def test_shares_under_a_spanner_of_changes_stay_shares():
    table = only("""
                   | 2021 | Évolution | <
                   |      | Part (%)  | Écart (%)
Communes           | 100  | 10,0      | 10,0
Établissements     | 200  | 5,0       | 20,0
""")
    assert table.columns[1].role == "share"


def test_a_label_alone_over_a_total_that_comes_first_titles_the_table():
    table = only("""
Effectifs  | 2022 | 2023
Sexe       |      |
Total      | 37   | 38
Femmes     | 24   | 18
Hommes     | 13   | 20
""")
    assert rows(table) == ["Total", "Femmes", "Hommes"]


def test_lines_under_a_title_of_which_are_parts_of_the_line_before_it():
    table = only("""
Demandeurs     | 2022 | 2023
Catégorie A    | 370  | 380
Dont :         |      |
  Débutants    | 24   | 18
  Cadres       | 13   | 20
Catégorie B    | 100  | 90
Catégorie C    | 100  | 90
""")
    assert [
        (table.rows[one.target].label, table.rows[one.sources[0][0]].label)
        for one in table.relations
        if one.kind == "of_which"
    ] == [("Catégorie A", "Débutants"), ("Catégorie A", "Cadres")]


# Boxheads and rules inside a table.


def test_other_heads_over_the_rows_below_make_another_table():
    tables = walked("""
Votants             | 400  |
Blancs et nuls      | 4    |
Candidats           | Voix | % exprimés
Mme Joly            | 99   | 25,0
M. Poutou           | 198  | 50,0
Mme Arthaud         | 99   | 25,0
""").tables
    assert [columns(table) for table in tables] == [[""], ["Voix", "% exprimés"]]


def test_words_among_figures_head_nothing():
    (table,) = walked("""
Commune    | Femmes     | Hommes
Lambersart | 39         | 2
Lompret    | voir note  | voir note
Marcq      | 17         | 4
Lomme      | 18         | 5
""").tables
    assert len(table.rows) == 4


def test_rules_drawn_in_the_rows_of_a_table_part_nothing():
    found = walked("""
Produits  | 2022    | 2023
--------- | ------: | ------:
Ventes    | 700     | 400
--------- | ------: | ------:
Dons      | 300     | 250
--------- | ------: | ------:
TOTAL     | 1000    | 650
""")
    (table,) = found.tables
    assert sums(table) == ["TOTAL = Ventes + Dons"]
    assert table.entries[2, 1].locator.cell == "C7"
    assert not found.not_understood


# Shares of a whole that no line prints.


def bases(table: Table) -> dict[str, int]:
    """How many rows make the whole of each share, by the label of its column."""
    return {
        table.columns[one.target].label: len(one.wholes)
        for one in table.relations
        if one.kind == "share" and one.axis == "column"
    }


VOTES = """
Candidats    | % exprimés | Voix
Mme Aubry    | 49,77      | 1 486
M. Bellot    | 25,29      | 755
Mme Carlier  | 15,07      | 450
M. Dufour    | 9,88       | 295
"""


def test_percentages_beside_counts_are_shares_of_all_of_them():
    assert bases(only(VOTES)) == {"% exprimés": 4}


def test_what_follows_a_full_hundred_is_no_part_of_the_whole():
    after = "Participation | 53,91 | 3 028\nAbstention | 46,09 | 2 589\n"
    assert bases(only(VOTES + after)) == {"% exprimés": 4}


def test_percentages_that_rounding_brings_near_a_hundred_early_are_of_all():
    assert bases(
        only("""
Fonction     | Md€ | % dépenses
Protection   | 693 | 41 %
Santé        | 261 | 16 %
Services     | 181 | 11 %
Économie     | 166 | 10 %
Enseignement | 149 | 9 %
Défense      | 54  | 3 %
Sûreté       | 52  | 3 %
Culture      | 43  | 3 %
Logement     | 42  | 3 %
Nature       | 30  | 2 %
""")
    ) == {"% dépenses": 10}


def test_percentages_of_other_wholes_are_no_shares_of_the_counts_beside_them():
    assert not bases(
        only("""
Candidats    | % inscrits | Voix
Mme Aubry    | 22,11      | 1 486
M. Bellot    | 11,29      | 755
Mme Carlier  | 8,07       | 450
M. Dufour    | 4,88       | 295
""")
    )


# More ways to write the same.


@pytest.mark.parametrize(
    ("head", "numbers"), [("Département", ("59", "62", "02")), ("Niveau", ("6", "5", "4"))]
)
def test_numbers_under_a_head_of_labels_or_that_fall_by_one_are_labels(head, numbers):
    one, two, three = numbers
    table = only(f"""
{head} | Jeunes | Contrats
{one}  | 12     | 3
{two}  | 39     | 4
{three}| 5      | 1
""")
    assert rows(table) == [*numbers]


def test_numbers_under_a_head_of_figures_are_figures():
    table = only("""
Contrats | Jeunes | Visites
59       | 12     | 3
62       | 39     | 4
2        | 5      | 1
""")
    assert columns(table) == ["Contrats", "Jeunes", "Visites"]


@pytest.mark.parametrize(
    "cells", [("39 / 65 %", "21 / 35 %"), ("39 – 65 %", "21 – 35 %"), ("39\n65 %", "21\n35 %")]
)
def test_a_count_and_its_share_may_be_parted_in_other_ways(cells):
    grid = {
        (0, 0): "Sexe",
        (0, 1): "Effectif",
        (1, 0): "Femmes",
        (1, 1): cells[0],
        (2, 0): "Hommes",
        (2, 1): cells[1],
    }
    document = Document("r", (Grid(Locator("r", sheet="S"), {at: Cell(text) for at, text in grid.items()}),))
    (table,) = walk(laid_out(document), itertools.count()).tables
    assert [printed(table, 0), printed(table, 1)] == [["39", "21"], ["65 %", "35 %"]]


def test_two_years_with_a_bar_between_are_one_text():
    table = only("""
Saison      | Contrats
2021 / 2022 | 39
2022 / 2023 | 21
""")
    assert rows(table) == ["2021 / 2022", "2022 / 2023"]


def test_rows_stacked_in_the_cells_of_one_are_rows():
    cells = {
        (0, 0): "Sexe", (0, 1): "2022", (0, 2): "2023",
        (1, 0): "Femmes\nHommes\nTotal", (1, 1): "16\n17\n33", (1, 2): "20\n-\n20",
    }  # fmt: skip
    document = Document("r", (Grid(Locator("r", sheet="S"), {at: Cell(text) for at, text in cells.items()}),))
    (table,) = walk(laid_out(document), itertools.count()).tables
    assert sums(table) == ["Total = Femmes + Hommes"]
    assert {entry.locator.cell for entry in table.entries.values()} == {"B2", "C2"}


def test_a_subtotal_may_be_shortened():
    table = only("""
Commune          | 2022 | 2023
Lambersart       | 10   | 12
Lompret          | 20   | 30
S/T secteur nord | 30   | 42
Marcq            | 5    | 6
Total ML         | 35   | 48
""")
    assert sums(table) == ["S/T secteur nord = Lambersart + Lompret", "Total ML = S/T secteur nord + Marcq"]


def test_a_label_that_names_two_lines_is_found_among_many():
    towns = "\n".join(f"Lieu {n} | {n}" for n in range(100, 130))
    table = only(f"""
Lieux   | Jeunes
{towns}
Actifs  | 7
Retraités | 9
Actifs et retraités | 16
""")
    assert "Actifs et retraités = Actifs + Retraités" in sums(table)


# Heads, codes and last lines that are easily taken for others.


def test_a_row_with_a_code_is_a_member_whatever_its_name_says():
    table = only("""
Code  | Commune      | Habitants
59052 | Bauvin       | 5312
59143 | Moyenneville | 704
59386 | Marquillies  | 1975
""")
    assert [row.statistic for row in table.rows] == [None, None, None]


def test_a_title_of_rates_speaks_of_the_column_that_says_so_too():
    table = only("""
Taux d'accès à la formation

Site  | Inscrits | Entrés | Taux d'accès
Douai | 212      | 87     | 41,0
Denain| 164      | 53     | 32,3
""")
    assert [column.statistic for column in table.columns] == [None, None, "rate"]


def test_a_year_alone_over_a_boxhead_is_no_row():
    table = only("""
      | 2023 |        |
      |      | Nombre | Montant
Stock |      | 12     | 1400
Achat |      | 30     | 8000
Total |      | 42     | 9400
""")
    assert rows(table) == ["Stock", "Achat", "Total"]
    assert sums(table) == ["Total = Stock + Achat"]


def test_blank_columns_between_figures_whose_heads_are_numbers_and_texts():
    table = only("""
        |  | Femmes |  | Hommes |  | 2 ans ou plus
Anzin   |  | 31     |  | 44     |  | 75
Bavay   |  | 18     |  | 27     |  | 45
Caudry  |  | 22     |  | 13     |  | 35
""")
    assert rows(table) == ["Anzin", "Bavay", "Caudry"]
    assert len(table.columns) == 3


def test_a_nameless_last_line_is_the_sum_though_one_of_two_columns_breaks():
    table = only("""
Poste    | Prévu  | Payé
Loyer    | 180250 | 82114
Salaires | 926400 | 933121
Achats   | 409180 | 406306
         | 1515830| 1421451
""")
    assert [(r.target, len(r.sources)) for r in table.relations if r.kind == "sum" and r.axis == "row"] == [
        (3, 3)
    ]


# Groups under headings of their own.


def test_a_total_under_a_heading_is_not_made_of_the_lines_under_the_next_one():
    table = only("""
Caractéristiques | 2022 | 2023
Mobilité         |      |
Permis           | 345  | 320
Autres           | 4700 | 482
Total            | 815  | 802
Genre            |      |
Femmes           | 300  | 273
Hommes           | 515  | 529
Total            | 815  | 802
""")
    assert "Total = Permis + Autres" in sums(table)
    assert sums(table).count("Total = Femmes + Hommes") == 1


def test_percentages_that_make_100_say_what_their_total_is_whatever_it_prints():
    table = only("""
Âge            | Mineurs | Majeurs | Autres | Total
Entrées        | 143     | 639     | 212    | 994
Répartition en % | 14 %  | 64 %    | 21 %   | 10 %
""")
    assert "Total = Mineurs + Majeurs + Autres" in sums(table)
    whole = [
        one for one in table.relations if one.kind == "sum" and one.evidence.layout == ("its parts make 100",)
    ]
    assert len(whole) == 1


GROUPS = """
Profil       | Nombre | En %
Hébergement  |        |
Famille      | 427    | {share}
Autonome     | 351    | 36,52
Précaire     | 163    | 16,96
Sans abri    | 20     | 2,08
Sexe         |        |
Femmes       | 323    | 33,61
Hommes       | 638    | 66,39
Freins       |        |
Transport    | 500    | {several}
Logement     | 200    | 20,81
"""


@pytest.mark.parametrize("share", ["44,43", "54,43"])
def test_percentages_under_headings_are_shares_of_what_each_group_makes(share: str):
    table = only(GROUPS.format(share=share, several="52,03"))
    groups = {one.crossings for one in table.relations if one.kind == "share" and one.wholes}
    assert groups == {(0, 1, 2, 3), (4, 5)}, (
        "what persons give several answers to is a share of another whole"
    )
