"""What a row or a column is, by its words and by the unit of its figures."""

from __future__ import annotations

import pytest

from mlcheck.language.roles import is_total, line_role, magnitude_of, named_unit, year_of
from mlcheck.layout.kinds import heading_level, text_kind, total_line


@pytest.mark.parametrize(
    "label",
    ["Total", "TOTAL", "Total :", "Total général :", "Totaux", "Ensemble", "Ensemble des jeunes", "France entière",
     "Les deux sexes", "Total des votants", "Total (hors PACEA)", "Sous-total durée"],
)  # fmt: skip
def test_a_total(label):
    assert is_total(label)


@pytest.mark.parametrize("label", ["Totalement insérés", "Taux", "Femmes", "", "Part du total", "Lompret"])
def test_no_total(label):
    assert not is_total(label)


@pytest.mark.parametrize(
    ("label", "unit", "role"),
    [
        ("Nombre de jeunes", "count", "part"),
        ("Total", "count", "total"),
        ("dont femmes", "count", "of_which"),
        ("Dont jeunes résidant en QPV", "count", "of_which"),
        ("parmi lesquels mineurs", "count", "of_which"),
        ("dont femmes", "%", "share"),
        ("Part des femmes", "%", "share"),
        ("Répartition", "count", "share"),
        ("Femmes", "%", "share"),
        ("Évolution", "%", "variation"),
        ("Évolution 2022-2023", "count", "variation"),
        ("Taux de croissance", "%", "variation"),
        ("Âge moyen", "count", "mean"),
        ("Moyenne par jeune", "count", "mean"),
        ("Montant moyen", "€", "mean"),
        ("Total", "%", "total"),
    ],
)
def test_the_role_of_a_line(label, unit, role):
    assert line_role(label, "", unit) == role


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("/", "nil"),
        ("nd", "unknown"),
        ("1 634", "number"),
        ("Lambersart", "label"),
        ("16 - 17 ans", "label"),
        ("26 et +", "label"),
        ("Bac + 2", "label"),
        ("1) Le public", "heading"),
        ("II. Les contacts", "heading"),
        ("Total : 1 634 jeunes", "total"),
        ("(dont 29 € de frais de gestion)", "note"),
        ("Source : i-Milo", "note"),
        ("49 % des nouveaux inscrits sont des femmes", "statement"),
        ("679 nouvelles inscriptions ont été réalisées en 2023", "statement"),
        ("- Femmes : 43 %", "statement"),
        ("Répartition par sexe :", "statement"),
        ("Nombre de jeunes en 1er accueil", "label"),
        ("Age calculé au 31/12/2023", "label"),
    ],
)
def test_what_a_text_is(text, kind):
    assert text_kind(text) == kind


@pytest.mark.parametrize(
    ("text", "level"),
    [("1) Le public", 1), ("IV. La santé", 2), ("a. Par commune", 3), ("12 jeunes", None), ("Le public", None),
     ("1) Il y a une phrase.", None)],
)  # fmt: skip
def test_the_level_of_a_heading(text, level):
    assert heading_level(text) == level


@pytest.mark.parametrize(
    ("text", "factor"),
    [("Effectifs (en milliers)", 1000), ("Montants en k€", 1000), ("en millions d'euros", 10**6), ("en Md€", 10**9),
     ("Les communes de résidence", 1), ("Milliardaires", 1)],
)  # fmt: skip
def test_the_magnitude_of_a_headnote(text, factor):
    assert magnitude_of(text) == factor


@pytest.mark.parametrize(
    ("text", "unit"),
    [("Montant en euros", "€"), ("Montant (€)", "€"), ("En %", "%"), ("Taux en ‰", "‰"), ("Jeunes", "count"),
     ("49 % des jeunes", "count")],
)  # fmt: skip
def test_the_unit_of_a_heading(text, unit):
    assert named_unit(text) == unit


@pytest.mark.parametrize(
    ("text", "year"),
    [("Contrats signés en 2023", 2023), ("2022", 2022), ("2022-2023", None), ("12023", None)],
)
def test_the_year_of_a_label(text, year):
    assert year_of(text) == year


def test_a_total_in_a_line_of_text_is_read_without_what_prints_nothing():
    assert total_line("Total\u00ad : 2\u200b022 jeunes") == ("Total :", "2022")
