"""Words that may mean several figures leave a claim unverifiable, with what it may mean; words tell what bound it."""

from __future__ import annotations

import pytest

from tests.claims.loading import claim, grave, report_of

TWO_TABLES = """
Commune  Nombre de contrats
Lille  {a}
Lomme  {b}
Total  {c}

Secteur  Nombre de contrats
Industrie  40
Services  160
Total  200
"""
TWO_BASES = """
# Les jeunes en contact

Sexe  Nombre de jeunes
Femmes  335
Hommes  344
Total  679

Sexe  Nombre de jeunes
Femmes  90
Hommes  210
Total  300
"""


@pytest.mark.parametrize("printed", ["418", "200", "333"])
def test_two_totals_of_the_same_words_decide_nothing(printed):
    """One of them fits 418 and the other 200: neither is verified, and 333 is no error."""
    report = report_of([f"{printed} contrats ont été signés."], TWO_TABLES.format(a=184, b=234, c=418))
    checked = claim(report, printed)
    assert checked.verdict == "unverifiable" and "AGR101" not in grave(report)
    assert {o.stated for o in checked.operands} == {"418", "200"}
    assert "differ" in (checked.reason or "")


def test_two_totals_that_agree_are_one_figure():
    report = report_of(["200 contrats ont été signés."], TWO_TABLES.format(a=80, b=120, c=200))
    assert claim(report, "200").verdict == "consistent"
    wrong = report_of(["210 contrats ont été signés."], TWO_TABLES.format(a=80, b=120, c=200))
    assert claim(wrong, "210").verdict == "inconsistent"


@pytest.mark.parametrize("printed", ["49 %", "30 %", "41 %"])
def test_two_bases_of_the_same_words_decide_nothing(printed):
    report = report_of([f"{printed} des jeunes sont des femmes."], TWO_BASES)
    checked = claim(report, printed)
    assert checked.verdict == "unverifiable" and "SHR201" not in grave(report)
    assert {o.stated for o in checked.operands} == {"335", "90"}


def test_two_bases_that_differ_in_decimals_only_are_told_apart_where_decimals_are_printed():
    table = TWO_BASES.replace("90", "147").replace("210", "153")
    assert claim(report_of(["49 % des jeunes sont des femmes."], table), "49 %").verdict == "consistent"
    assert claim(report_of(["49,3 % des jeunes sont des femmes."], table), "49,3 %").verdict == "unverifiable"


def test_the_words_that_bound_are_named():
    table = "\n".join(TWO_BASES.splitlines()[:7])
    report = report_of(["49 % des jeunes sont des femmes."], table)
    assert claim(report, "49 %").words == ("femmes",)
    counted = report_of(["679 jeunes ont été en contact avec la mission locale."], table)
    assert set(claim(counted, "679").words) == {"jeunes", "contact"}


def test_a_change_of_several_figures_decides_nothing():
    growth = "Le nombre de contrats signés a progressé de 10 %."
    now, then = TWO_TABLES.format(a=184, b=234, c=418), TWO_TABLES.format(a=180, b=200, c=380)
    report = report_of([growth], now, then)
    checked = claim(report, "10 %")
    assert checked.verdict == "unverifiable" and "VAR201" not in grave(report)
    alone = report_of([growth], now)
    assert {o.stated for o in claim(alone, "10 %").operands} == {"418", "200"}
