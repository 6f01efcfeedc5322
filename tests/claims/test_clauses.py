"""Each number has the words of its own clause; one that these make some of a whole is held to no whole."""

from __future__ import annotations

import pytest

from tests.claims.loading import claim, grave, report_of

READERS = """
# Lecteurs par quartier
Quartier | Femmes | Hommes | Total
Gare | 40 | 60 | 100
Port | 30 | 20 | 50
Centre | 50 | 70 | 120
Total | 120 | 150 | 270
"""
SOUND = [
    "Gare compte 100 lecteurs et Port 50.",
    "Le quartier du Port regroupe 50 lecteurs (18,5 %), le Centre 120.",
    "La rentrée est le temps fort : 81 lecteurs, soit 30,0 % de l'année.",
    "Port et Gare cumulent 150 lecteurs.",
    "Les deux autres quartiers totalisent 150 lecteurs.",
    "La bibliothèque suit 270 lecteurs. Parmi eux, 44 ont une carte à tarif réduit.",
    "Hors Centre, on compte 150 lecteurs.",
    "En trois ans, 700 lecteurs ont été accueillis.",
    "Entre le Centre et le Port, 70 lecteurs d'écart.",
    "Le Port ferme la marche avec 50 lecteurs : le Centre en compte 2,4 fois plus.",
    "Il y a 1,3 lecteur pour une lectrice.",
    "Les quatre matinées de mai (31 lecteurs) ont dépassé celles d'avril (28).",
    "À mi-année, 140 lecteurs étaient inscrits.",
    "La part des lectrices : 44,4 % en tout ; 40,0 % à la Gare.",
    "En tout, 44,4 % de femmes : 59,2 % chez les femmes du Centre ont une carte.",
    "Deux quartiers sur trois voient leur nombre de lecteurs augmenter.",
]


@pytest.mark.parametrize("text", SOUND)
def test_what_counts_some_of_a_whole_is_not_held_to_it(text: str) -> None:
    assert grave(report_of([text], READERS)) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Gare compte 110 lecteurs et Port 50.", "110"),
        ("Gare compte 100 lecteurs et Port 57.", "57"),
        ("Le Centre arrive en tête avec 210 lecteurs.", "210"),
        ("Le quartier du Port regroupe 58 lecteurs, le Centre 120.", "58"),
        ("Le Port compte 50 lecteurs, soit 28,5 % du total.", "28,5 %"),
    ],
)
def test_a_line_that_the_clause_names_holds_its_number(text: str, number: str) -> None:
    report = report_of([text], READERS)
    assert claim(report, number).verdict == "inconsistent" and grave(report)


def test_lines_named_one_after_the_other_make_a_share_together() -> None:
    text = "Port et Centre représentent {} des lecteurs."
    assert claim(report_of([text.format("63 %")], READERS), "63 %").verdict == "consistent"
    assert claim(report_of([text.format("18 %")], READERS), "18 %").verdict == "inconsistent"


YEARS = """
# Prêts par support
Support | 2021 | 2022 | 2023 | Total 3 ans
Livres | 500 | 520 | 560 | 1580
Revues | 100 | 90 | 80 | 270
Total | 600 | 610 | 640 | 1850
"""


@pytest.mark.parametrize(("number", "verdict"), [("87,5 %", "consistent"), ("85,4 %", "inconsistent")])
def test_a_total_of_several_years_is_no_whole_of_one(number: str, verdict: str) -> None:
    report = report_of([f"En 2023, les livres représentent {number} des prêts."], YEARS)
    assert claim(report, number).verdict == verdict


BUDGET = """
# Financements (en k€)
Financeur | 2023
État | 496
Région | 168
Total | 664
"""


def test_a_title_says_in_thousands_what_a_sentence_says_in_full() -> None:
    assert grave(report_of(["Les financements s'élèvent à 664 k€, dont 496 k€ de l'État."], BUDGET)) == []
    report = report_of(["Les financements s'élèvent à 646 k€, dont 496 k€ de l'État."], BUDGET)
    assert claim(report, "646 k€").verdict == "inconsistent"


QUARTER = """
# Lecteurs accueillis
Mois | Lecteurs
Janvier | 120
Février | 130
Mars | 110
Total | 360
"""


def test_three_months_make_the_quarter_that_a_sentence_names() -> None:
    report = report_of(["Au premier trimestre, 630 lecteurs ont été accueillis."], QUARTER)
    assert claim(report, "630").verdict == "inconsistent"
    assert grave(report_of(["Au premier trimestre, 360 lecteurs ont été accueillis."], QUARTER)) == []
