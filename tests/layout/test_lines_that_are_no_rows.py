"""Lines with figures that are no rows of a table, and those one cell a line that are."""

from __future__ import annotations

import itertools

from mlcheck.layout.recover import recover
from mlcheck.model.document import Grid, LaidOut, Lines, Locator, Paragraph, TextLine
from mlcheck.tables.walk import walk


def tables(*texts: str) -> list[list[str]]:
    """The cells of each table of some lines, in reading order."""
    lines = tuple(TextLine(text, Locator("r.txt", line=n)) for n, text in enumerate(texts, 1))
    blocks, _ = recover(Lines(lines))
    return [[c.text for _, c in sorted(b.cells.items())] for b in blocks if isinstance(b, Grid)]


def listed(text: str) -> int:
    document = LaidOut("r.txt", (Paragraph(text, Locator("r.txt", line=1)),))
    return len(walk(document, itertools.count()).not_understood)


def test_a_table_joined_into_one_line_is_listed():
    assert listed(
        "Le nombre évolue : 2021 2022 2023 Femmes 14 16 18 Hommes 15 17 19 Total 29 33 38 Source : service."
    )


def test_numbers_among_words_and_telephones_are_not_listed():
    assert not listed("Entre 2021 et 2023, 14 femmes et 1 234 567 euros ; 12 contrats, 14 % de 16 jeunes.")
    assert not listed("Tél. 03 20 12 34 56, 03 20 12 34 57 ou 06 12 34 56 78.")


def test_the_year_and_the_page_at_the_foot_are_no_figures():
    assert not tables(
        "Source : direction, 5 mars 2020.", "", "AGENCE RAPPORT ANNUEL 2019 21", "", "ANNEXE 5", ""
    )


def test_two_years_of_a_balance_are_rows():
    assert tables("Année     Jeunes", "Bilan 2022     45", "Bilan 2023     47", "") == [
        ["Année", "Jeunes", "Bilan 2022", "45", "Bilan 2023", "47"]
    ]


def test_a_label_that_ends_in_a_year_heads_the_figures_under_it():
    assert tables(
        "RECETTES", "DEPENSES", "RESULTAT", "CA 2022", "1 100 €", "980 €", "120 €", "CA 2023", "1 200 €", "1 000 €",
        "200 €",
    ) == [
        [
            "RECETTES", "DEPENSES", "RESULTAT", "CA 2022", "1 100 €", "980 €", "120 €", "CA 2023", "1 200 €", "1 000 €",
            "200 €",
        ]
    ]  # fmt: skip


def test_a_unit_of_its_own_stays_with_its_figure():
    assert tables("Service    Effectif", "Accueil    3,5 ETP", "Emploi    2 ETP", "Total    5,5 ETP") == [
        ["Service", "Effectif", "Accueil", "3,5 ETP", "Emploi", "2 ETP", "Total", "5,5 ETP"]
    ]


def test_hours_of_opening_are_no_rows():
    assert not tables("Lundi de 9 h à 12 h", "Mardi de 14 h à 18 h")


def test_a_label_may_end_in_a_number_before_a_gap():
    assert tables("Niveaux 5 à 7    12    13", "Niveaux 3 et 4    10    11", "Total    22    24") == [
        ["Niveaux 5 à 7", "12", "13", "Niveaux 3 et 4", "10", "11", "Total", "22", "24"]
    ]
