"""A whole that no cell prints: what subtotals make together, what other sheets go on with, what other words name."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from mlcheck.model.document import Document, Locator, Paragraph
from mlcheck.model.finding import Report
from tests.claims.loading import claim, grave, report_of
from tests.rules.loading import THIS_YEAR, checked, grid_of

SUBTOTALS = """
# Abonnés par commune
Commune | Femmes | Hommes | Total
Lens | 40 | 60 | 100
Liévin | 30 | 20 | 50
Sous-total Gohelle | 70 | 80 | 150
Douai | 50 | 90 | 140
Sin-le-Noble | 10 | 20 | 30
Sous-total Douaisis | 60 | 110 | 170
"""
NAMED = SUBTOTALS.replace("Sous-total Gohelle", "Total Gohelle").replace(
    "Sous-total Douaisis", "Total Douaisis"
)
YEARS = """
# Abonnés par quartier
Quartier | 2022 | 2023
Gare | 90 | 120
Centre | 60 | 80
Port | 50 | 200
"""
GROUPS = """
# Profil des abonnés
Caractéristiques | Nombre
Sexe
  Femmes | 200
  Hommes | 120
Ancienneté
  Moins de deux ans | 80
  Deux ans et plus | 240
"""
ALL = "Le club compte 320 abonnés en 2023."


@pytest.mark.parametrize("table", [SUBTOTALS, NAMED])
def test_subtotals_make_the_whole_that_no_total_prints(table: str) -> None:
    good = report_of([ALL, "44 % des abonnés résident à Douai."], table)
    assert claim(good, "44 %").verdict == "consistent" and grave(good) == []
    wrong = report_of([ALL, "84 % des abonnés résident à Douai."], table)
    assert claim(wrong, "84 %").verdict == "inconsistent"


def test_the_last_of_several_named_totals_is_not_the_whole() -> None:
    report = report_of([ALL, "82 % des abonnés résident à Douai."], NAMED)  # 140 of 170
    assert claim(report, "82 %").verdict == "inconsistent"


def test_a_whole_that_only_we_make_accuses_nobody() -> None:
    told = report_of(["Le club compte 400 abonnés.", "20 % des abonnés sont du centre."], YEARS)
    assert claim(report_of(["20 % des abonnés sont du centre."], YEARS), "20 %").verdict == "unverifiable"
    assert claim(told, "20 %").verdict == "consistent"
    wrong = report_of(["Le club compte 400 abonnés.", "30 % des abonnés sont du centre."], YEARS)
    assert claim(wrong, "30 %").verdict == "inconsistent"


def test_groups_of_one_profile_are_not_added_up() -> None:
    good = report_of([ALL, "25 % des abonnés ont moins de deux ans d'ancienneté."], GROUPS)
    assert grave(good) == []


def _sheets(*sheets: tuple[str, str]) -> Report:
    return checked(Document(THIS_YEAR, tuple(grid_of(text, name) for name, text in sheets))).report


def test_a_numbered_sheet_goes_on_with_the_one_of_its_name() -> None:
    said = "12 % des contrats signés concernent Lens."
    table = "# Répartition géographique\nVille | Contrats\nLens | 12\nDouai | 38\nArras | 50\nTotal | 100\n"
    together = _sheets(("Emploi", table), ("Emploi 2", said))
    assert claim(together, "12 %").verdict == "consistent"
    apart = _sheets(("Emploi", table), ("Santé 2", said))
    assert claim(apart, "12 %").verdict == "unverifiable"


KEY = "# Chiffres clés\nIndicateur | 2023\nAbonnés inscrits | 320\nPrêts accordés | 75\n"


def test_a_list_of_indicators_is_restated_all_over_a_report() -> None:
    assert (
        claim(_sheets(("Clés", KEY), ("Public", "320 abonnés inscrits en 2023.")), "320").verdict
        == "consistent"
    )
    wrong = _sheets(("Clés", KEY), ("Public", "820 abonnés inscrits en 2023."))
    assert claim(wrong, "820").verdict == "inconsistent"


def test_a_breakdown_is_no_list_of_indicators() -> None:
    shops = KEY.replace("Chiffres clés", "Les adhésions").replace("Indicateur", "Adhésion")
    report = _sheets(("Clés", shops), ("Public", "820 abonnés inscrits en 2023."))
    assert claim(report, "820").verdict == "unverifiable"


LEVELS = """
# Abonnés selon le niveau de formation
Niveau | Nombre
Infra 3 | 100
Niveau 3 | 60
Niveau 4 | 80
Niveau 5 et plus | 80
Total | 320
"""


@pytest.mark.parametrize(
    ("sentence", "printed", "wrong"),
    [
        ("Parmi les abonnés, {} n'ont aucun diplôme.", "31 %", "13 %"),
        ("{} des abonnés ont le bac.", "25 %", "52 %"),
        ("Parmi les abonnés, {} ont un CAP ou un BEP.", "60", "90"),
    ],
)
def test_a_level_of_the_french_framework_is_named_by_its_diploma(
    sentence: str, printed: str, wrong: str
) -> None:
    assert claim(report_of([sentence.format(printed)], LEVELS), printed).verdict == "consistent"
    assert claim(report_of([sentence.format(wrong)], LEVELS), wrong).verdict == "inconsistent"


SESSIONS = """
# Ateliers par thème
Thème | Séances | Participants
Budget | 30 | 210
Numérique | 20 | 160
Total | 50 | 370
"""


@pytest.mark.parametrize("told", ["on relève", "on recense", "nous comptons", "il y a", "on y trouve"])
def test_a_clause_with_its_own_subject_counts_some_of_what_opens_the_sentence(told: str) -> None:
    sentence = "Sur {} ateliers, " + told + " {} sur le numérique."
    good = report_of([sentence.format(50, 20)], SESSIONS)
    assert [claim(good, n).verdict for n in ("50", "20")] == ["consistent", "consistent"]
    assert claim(report_of([sentence.format(80, 20)], SESSIONS), "80").verdict == "inconsistent"
    assert claim(report_of([sentence.format(50, 12)], SESSIONS), "12").verdict == "inconsistent"


def test_what_is_part_of_one_thing_is_not_read_in_a_table_of_another() -> None:
    aids = "# Aides attribuées par objet\nObjet | Nombre\nSanté | 49\nTransport | 100\nTotal | 149\n"
    grids = (
        grid_of(
            "# Contrats signés par secteur\nSecteur | Nombre\nSanté et social | 52\nBâtiment | 78\nTotal | 130\n"
        ),
        grid_of(aids, "Feuille"),
    )
    prose = (
        Paragraph("130 contrats signés en 2023, dont 52 dans la santé.", Locator(THIS_YEAR, line=1)),
        Paragraph("149 aides attribuées en 2023, dont 49 pour la santé.", Locator(THIS_YEAR, line=2)),
    )
    blocks = tuple(replace(grid, locator=Locator(THIS_YEAR, line=9 + n)) for n, grid in enumerate(grids))
    report = checked(Document(THIS_YEAR, (*prose, *blocks))).report
    assert [claim(report, n).verdict for n in ("52", "49")] == ["consistent", "consistent"]
    assert grave(report) == []


UNDER_A_NOTE = """
Équivalents temps plein par métier
(en ETP)
Métier | 2022 | 2023
Conseil | 10,5 | 11,5
Accueil | 4,0 | 3,5
"""


@pytest.mark.parametrize("name", ["Les moyens humains", "Moyens généraux", "Salaires"])
def test_a_note_under_a_title_leaves_it_to_its_table(name: str) -> None:
    said = "L'équipe compte {} équivalents temps plein en 2023."
    good = _sheets((name, UNDER_A_NOTE), (f"{name} 2", said.format("15,0")))
    assert claim(good, "15,0").verdict == "consistent"
    wrong = _sheets((name, UNDER_A_NOTE), (f"{name} 2", said.format("16,0")))
    assert claim(wrong, "16,0").verdict == "inconsistent"


def test_shares_are_of_what_the_subtotals_make() -> None:
    table = """
# Abonnés par commune
Commune | Abonnés | Part en %
Lens | 100 | 31,25
Liévin | 50 | 15,63
Sous-total Gohelle | 150 | 46,88
Douai | 140 | {}
Sin-le-Noble | 30 | 9,38
Sous-total Douaisis | 170 | 53,13
"""
    assert grave(report_of([], table.format("43,75"))) == []
    assert grave(report_of([], table.format("34,75"))) != []


FIRST_HALF = """
# Abonnés par commune
Commune | Abonnés
Lens | 100
Liévin | 50
Total Lens | 150
"""


def test_a_total_named_after_one_of_its_lines_is_not_of_all() -> None:
    report = report_of([ALL, "31 % des abonnés résident à Lens."], FIRST_HALF)
    assert claim(report, "31 %").verdict == "unverifiable" and grave(report) == []


def test_what_a_line_is_of_is_told_by_what_the_sentence_counts() -> None:
    tables = (
        "# Entrées en formation par ville\nVille | Nombre\nLens | 61\nDouai | 39\nTotal | 100\n",
        "# Entrées en atelier par ville\nVille | Nombre\nLens | 25\nDouai | 45\nTotal | 70\n",
    )
    grids = tuple(replace(grid_of(t), locator=Locator(THIS_YEAR, line=9 + n)) for n, t in enumerate(tables))
    said = Paragraph("61 entrées en formation concernent des jeunes de Lens.", Locator(THIS_YEAR, line=1))
    report = checked(Document(THIS_YEAR, (said, *grids))).report
    assert claim(report, "61").verdict == "consistent" and grave(report) == []


NOTED = """
Prêts et taux de prêt par ville
(Nombre de prêts)
Ville | 2022 | 2023
Lens | 40 | 45
Douai | 60 | 65
Total | 100 | {}
"""


def test_a_note_under_a_title_says_what_is_counted() -> None:
    assert grave(_sheets(("Prêts", NOTED.format(110)))) == []
    assert grave(_sheets(("Prêts", NOTED.format(101)))) == ["TOT101"]
