"""Labels with and without their year, spellings of one label, and ids made of words."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcheck.drafting.ids import Taken, joined, slug
from mlcheck.drafting.labels import slip_of, spelt_alike, without_years


@pytest.mark.parametrize(
    ("printed", "quoted"),
    [
        ("Nombre de PEC signés\nen 2023", "Nombre de PEC signés"),
        ("Contrats (2023)", "Contrats"),
        ("Les contrats signés en 2023 :", "Les contrats signés"),
        ("Voies et moyens pour 2011 révisés", "Voies et moyens pour 2011 révisés"),
        ("Age calculé au 31/12/2023", "Age calculé au 31/12/2023"),
        ("2023", "2023"),
    ],
)
def test_a_label_is_quoted_without_its_year_where_it_reads_well(printed, quoted):
    assert without_years(printed) == quoted


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Femmes", "Femme", True),
        ("E-mail", "Email", True),
        ("Entretiens individuels", "Entretien individuel", True),
        ("16-17 ans", "16 - 17 ans", True),
        ("BAC", "BAC et plus", False),
        ("Titulaire", "Non titulaire", False),
    ],
)
def test_spellings_of_one_label(one, other, same):
    assert spelt_alike(one, other) is same


@pytest.mark.parametrize(
    ("one", "other", "slip"),
    [
        ("Marquette-lez-Lille", "Marquette-les-Lille", True),
        ("Supérieur au BAC", "Inférieur au BAC", False),
        ("Niveau 3 validé", "Niveau 4 validé", False),
        ("CDD", "CDI", False),
    ],
)
def test_slips_of_the_pen(one, other, slip):
    assert slip_of(one, other) is slip


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("L’emploi (dont l’Alternance)", "emploi"),
        ("Les contrats signés en 2023", "contrats-signes"),
        ("Les Périodes de Mise en Situation en Milieu Professionnel", "periodes-mise-situation"),
        ("1er accueil", "accueil"),
        ("統計", ""),
    ],
)
def test_ids_are_the_words_that_carry_meaning(heading, name):
    assert slug(heading) == name


@given(st.text())
def test_an_id_can_be_typed_on_a_command_line(text):
    assert re.fullmatch(r"([a-z][a-z0-9]*(-[a-z0-9]+)*)?", slug(text))


def test_an_id_is_given_once():
    taken = Taken(["emploi"])
    assert [taken.first("emploi", "emploi-commune") for _ in range(3)] == [
        "emploi-commune",
        "emploi-commune-2",
        "emploi-commune-3",
    ]


def test_joined_ids_do_not_say_a_word_twice():
    assert joined("formation", "entrees-formation", "commune") == "formation-entrees-commune"
