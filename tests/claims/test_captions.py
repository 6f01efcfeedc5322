"""The title of a table that counts what the table lists is held to its total; any other number of a title is none of it."""

from __future__ import annotations

import pytest

from mlcheck.checking.check import check
from tests.claims.loading import grave

TABLE = """
| Section | Adhérents | Total |
|---|---:|---:|
| Enfants | 20 | 4 000 € |
| Adultes | 30 | 7 500 € |
| **Total** | **50** | **11 500 €** |
"""
COUNTING = [
    "Détail du scénario retenu ({} adhérents)",
    "Les {} adhérents",
    "**Les {} adhérents par section**",
    "Le scénario retenu ({} adhérents) et son coût",
]
SAYING_ELSE = [
    "Sections de plus de 51 adhérents",
    "Sections de 51 adhérents et plus",
    "Cotisations (pour 100 adhérents)",
    "Objectif : 51 adhérents",
    "Enquête auprès de 51 adhérents",
    "Les 3 adhérents les plus assidus",
    "2 Adhérents par section",
    "Détail du scénario retenu (51 places)",
    "Détail du scénario retenu (plus de 40 adhérents)",
]


def report_of(text, folder):
    path = folder / "rapport.md"
    path.write_text(f"# Rapport d'activité 2023\n\n{text}", "utf-8")
    (report,) = check([path])
    assert not report.crashes
    return report


@pytest.mark.parametrize("title", COUNTING)
def test_a_title_that_counts_what_its_table_lists_is_held_to_its_total(title, tmp_path):
    agreeing = report_of(f"{title.format(50)}\n{TABLE}", tmp_path)
    assert grave(agreeing) == [] and [c.verdict for c in agreeing.claims] == ["consistent"]
    wrong = report_of(f"{title.format(51)}\n{TABLE}", tmp_path)
    assert grave(wrong) == ["AGR101"] and [c.verdict for c in wrong.claims] == ["inconsistent"]


@pytest.mark.parametrize("title", SAYING_ELSE)
def test_another_number_of_a_title_is_none_of_its_table(title, tmp_path):
    assert grave(report_of(f"{title}\n{TABLE}", tmp_path)) == []


def test_a_title_states_nothing_together_with_the_sentences_around_it(tmp_path):
    sentences = "Le club compte 12 juges.", "Parmi eux, 6 sont des femmes, soit 50 %."
    report = report_of(f"{sentences[0]}\n\nLes 50 adhérents\n{TABLE}\n{sentences[1]}\n", tmp_path)
    verdicts = {c.claim.quantity.printed: c.verdict for c in report.claims}
    assert grave(report) == [] and verdicts["50"] == verdicts["50 %"] == "consistent"
