"""A share is taken of one whole: no sum of measures or of years, no part of itself, no base of other words."""

from __future__ import annotations

import pytest

from tests.claims.loading import claim, grave, report_of

YEARS = """
# Les jeunes en emploi
Âge | 2021 | 2022 | 2023
16 à 17 ans | 30 | 35 | 40
18 à 21 ans | 130 | 140 | 162
22 à 25 ans | 80 | 90 | 98
Total | 240 | 265 | 300
"""
WORKSHOPS = """
# Les ateliers par thème
Thème | Ateliers | Nombre de participants
Santé | 20 | 144
Budget | 30 | 160
Total | 50 | 304
"""
AIDS = """
# Les aides attribuées
Aide | Nombre d'aides | Montant attribué (en €)
Logement | 20 | 8 584,80
Transport | 60 | 3 100,00
Total | 80 | 11 684,80
"""
STAYS = """
# Les immersions par sexe
Sexe | Nombre
Femmes | 41
Hommes | 59
Total | 100
"""


@pytest.mark.parametrize(
    ("sentence", "printed", "table"),
    [
        ("54 % des jeunes en emploi ont entre 18 et 21 ans.", "54 %", YEARS),
        ("25 % des aides attribuées portent sur le logement.", "25 %", AIDS),
        ("59 % des immersions concernent des hommes.", "59 %", STAYS),
    ],
)
def test_a_share_of_one_whole_is_verified_and_can_fail(sentence, printed, table):
    assert claim(report_of([sentence], table), printed).verdict == "consistent"
    wrong = sentence.replace(printed, "13 %")
    assert claim(report_of([wrong], table), "13 %").verdict == "inconsistent"


@pytest.mark.parametrize(
    ("sentence", "printed", "table"),
    [
        ("22 % des ateliers portent sur la citoyenneté.", "22 %", WORKSHOPS),
        ("60 % des jeunes accompagnés sont des hommes.", "60 %", STAYS),
    ],
)
def test_a_share_of_something_else_is_unverifiable(sentence, printed, table):
    report = report_of([sentence], table)
    assert claim(report, printed).verdict == "unverifiable" and grave(report) == []


def test_a_class_of_age_is_not_held_against_all():
    report = report_of(["La Mission locale compte 417 jeunes en emploi de 18 à 25 ans."], YEARS)
    assert claim(report, "417").verdict == "unverifiable"


BEFORE = """
# Les aides attribuées
Aide | 2021 | 2022
Transport | 225 | 213
Logement | 40 | 44
Total | 265 | 257
"""
NOW = """
# Les aides attribuées
Aide | 2023
Transport | 257
Logement | 50
Total | 307
"""
SIGNS = """
# Les contrats signés
Contrat | Nombre de contrats
CDD > 6 mois | {}
CDD < 6 mois | {}
"""


def test_last_year_s_figure_is_the_one_of_its_year():
    sentence = "257 aides portent sur le transport, contre {} en 2022."
    good = report_of([sentence.format(213)], NOW, BEFORE)
    assert claim(good, "213").verdict == "consistent" and grave(good) == []
    assert claim(report_of([sentence.format(225)], NOW, BEFORE), "225").verdict == "inconsistent"


def test_lines_that_differ_by_a_sign_are_two():
    sentence = "Au total, 130 contrats ont été signés, contre {} en 2022."
    prior = SIGNS.format(648, 6)
    good = report_of([sentence.format(654)], SIGNS.format(100, 30), prior)
    assert claim(good, "654").verdict == "consistent" and grave(good) == []
    wrong = report_of([sentence.format(1296)], SIGNS.format(100, 30), prior)
    assert claim(wrong, "1296").verdict == "inconsistent"
