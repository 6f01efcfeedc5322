"""What a sentence says of last year is held against what was printed then; without that, told as what it implies."""

from __future__ import annotations

from fractions import Fraction

import pytest

from mlcheck.checking import check
from tests.claims.loading import CONTRACTS, CONTRACTS_2022, YOUNG, YOUNG_2022, claim, grave, plain, report_of

SETTLED = [
    ("Le nombre de contrats signés a baissé de 4 %.", "4 %", "VAR201", "418 / 436 − 1 = -4,13 %"),
    ("418 contrats ont été signés, soit une baisse de 4,1 %.", "4,1 %", "VAR201", "418 / 436 − 1 = -4,13 %"),
    ("Le nombre de CDI a progressé de 10 %.", "10 %", "VAR201", "184 / 167 − 1 = +10,18 %"),
    ("418 contrats ont été signés, contre 436 en 2022.", "436", "VAR207", "436 = 436"),
    ("En 2022, 436 contrats ont été signés.", "436", "VAR207", "436 = 436"),
    ("418 contrats, soit 18 de moins qu'en 2022.", "18", "VAR210", "418 + 18 = 436"),
]
SHARES = [
    ("49 % des jeunes sont des femmes (48 % en 2022).", "48 %", "VAR202", "302 / 629 = 48,01 %"),
    (
        "Parmi les jeunes, 49 % sont des femmes ; cette part était de 48 % en 2022.",
        "48 %", "VAR202", "302 / 629 = 48,01 %",
    ),
    (
        "49 % des jeunes sont des femmes, soit 1 point de plus qu'en 2022.",
        "1 point", "VAR209", "49,00 % − 302 / 629 = +0,99 points",
    ),
    (
        "La part des femmes parmi les jeunes a progressé de 1 point par rapport à 2022.",
        "1 point", "VAR209", "49,34 % − 302 / 629 = +1,32 points",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "printed", "rule", "formula"), SETTLED, ids=[s[0] for s in SETTLED])
def test_a_claim_of_last_year_is_settled(sentence, printed, rule, formula):
    report = report_of([sentence], CONTRACTS, CONTRACTS_2022)
    checked = claim(report, printed)
    assert (checked.verdict, checked.rule, plain(checked.formula)) == ("consistent", rule, formula)
    assert any("2022" in operand.location.file for operand in checked.operands)
    assert grave(report) == []


@pytest.mark.parametrize(("sentence", "printed", "rule", "formula"), SETTLED, ids=[s[0] for s in SETTLED])
def test_it_turns_where_last_year_printed_another_figure(sentence, printed, rule, formula):
    altered = CONTRACTS_2022.replace("436", "463").replace("167", "176")
    report = report_of([sentence], CONTRACTS, altered)
    assert claim(report, printed).verdict == "inconsistent"
    assert grave(report) == [rule]


@pytest.mark.parametrize(("sentence", "printed", "rule", "formula"), SHARES, ids=[s[0] for s in SHARES])
def test_a_share_of_last_year_is_settled(sentence, printed, rule, formula):
    checked = claim(report_of([sentence], YOUNG, YOUNG_2022), printed)
    assert (checked.verdict, checked.rule, plain(checked.formula)) == ("consistent", rule, formula)
    altered = YOUNG_2022.replace("302", "320").replace("327", "309")
    wrong = report_of([sentence], YOUNG, altered)
    assert claim(wrong, printed).verdict == "inconsistent" and grave(wrong) == [rule]


def test_a_quoted_figure_that_differs_was_revised_or_is_wrong():
    report = report_of(["418 contrats ont été signés, contre 463 en 2022."], CONTRACTS, CONTRACTS_2022)
    (finding,) = [f for f in report.findings if f.rule == "VAR207"]
    assert (finding.severity, plain(finding.stated), plain(finding.expected)) == ("error", "463", "436")
    assert "revised since, or wrong" in finding.message
    unnamed = report_of(["418 contrats ont été signés, contre 463."], CONTRACTS, CONTRACTS_2022)
    assert [(f.rule, f.severity) for f in unnamed.findings if f.severity != "info"] == [("VAR207", "warning")]


def test_sentences_of_last_year_are_figures_of_last_year():
    then = ["Les jeunes en stage : 47 % sont des femmes."]
    now = "53 % des jeunes en stage sont des femmes (contre 47 % en 2022)."
    quoted = report_of([now], CONTRACTS, CONTRACTS_2022, then)
    assert claim(quoted, "47 %").verdict == "unverifiable"
    same = report_of([now], CONTRACTS, CONTRACTS_2022, ["47 % des jeunes en stage sont des femmes."])
    assert claim(same, "47 %").verdict == "consistent"
    other = report_of([now], CONTRACTS, CONTRACTS_2022, ["57 % des jeunes en stage sont des femmes."])
    assert claim(other, "47 %").verdict == "inconsistent"


@pytest.mark.parametrize(
    ("sentence", "printed", "low", "high"),
    [
        ("Le nombre de contrats signés a baissé de 4 %.", "4 %", 434, 437),
        ("418 contrats, soit une baisse de 4 %.", "4 %", 434, 437),
        ("430 contrats en alternance, soit une hausse de 8 %.", "8 %", 397, 400),
        ("Le nombre de contrats signés a doublé par rapport à 2022.", "doublé", 186, 238),
        ("418 contrats, soit 18 de moins qu'en 2022.", "18", 436, 436),
    ],
)
def test_without_last_year_the_reason_is_what_the_claim_implies(sentence, printed, low, high):
    checked = claim(report_of([sentence], CONTRACTS), printed)
    assert checked.verdict == "unverifiable"
    assert (checked.values["low"], checked.values["high"]) == (Fraction(low), Fraction(high))


def test_two_claims_that_put_last_year_apart_are_a_finding():
    falls = [
        "Le nombre de contrats signés a baissé de 4 %.",
        "418 contrats ont été signés, soit une baisse de 8 %.",
    ]
    report = report_of(falls, CONTRACTS)
    assert grave(report) == ["VAR208"]
    (finding,) = [f for f in report.findings if f.rule == "VAR208"]
    assert finding.values == {
        "stated": "8 %", "low": 452, "high": 456, "said": "4 %", "least": 434, "most": 437,
    }  # fmt: skip
    assert claim(report, "8 %").verdict == "inconsistent" and claim(report, "4 %").verdict == "unverifiable"
    settled = report_of(falls, CONTRACTS, CONTRACTS_2022)
    assert grave(settled) == ["VAR201"], "with last year's report each is held against it"


def test_another_year_is_not_last_year():
    for sentence in (
        "En 2021, 500 contrats ont été signés.",
        "Le nombre de contrats signés a baissé de 5 % depuis 2019.",
    ):
        report = report_of([sentence], CONTRACTS, CONTRACTS_2022)
        assert [c.verdict for c in report.claims] == ["unverifiable"] and grave(report) == []
        assert "another year" in (report.claims[0].reason or "")


def test_a_target_is_no_figure_of_any_year():
    report = report_of(
        ["418 contrats signés, pour un objectif de 500 contrats signés."], CONTRACTS, CONTRACTS_2022
    )
    assert claim(report, "500").verdict == "unverifiable" and grave(report) == []


def test_two_numbers_of_a_sentence_are_not_both_held_against_one_figure():
    report = report_of(["Le nombre de contrats signés est passé de 400 à 418."], CONTRACTS)
    assert grave(report) == []


NAMELESS = "# Adhérents\n\n| Commune |  |  |\n|---|---|---|\n| Lompret | 24 | {0} |\n| Verlinghem | 62 | 85 |\n| Total | 86 | {1} |\n"


def test_columns_without_labels_answer_to_those_in_their_place(tmp_path):
    now, before = tmp_path / "2023.md", tmp_path / "2022.md"
    now.write_text("# Rapport 2023\n\n" + NAMELESS.format(973, 1058), encoding="utf-8")
    before.write_text("# Rapport 2022\n\n" + NAMELESS.format(970, 1055), encoding="utf-8")
    (report,) = check([now], prior=before)
    assert report.findings == ()


HALF = """# Rapport 2023

# Aides attribuées

| Commune | Nombre d'aides |  |  |
|---|---|---|---|
| Lompret | 24 | 37 | 12 |
| Verlinghem | 62 | 85 | 14 |
| Total | 86 | 122 | 26 |

122 aides ont été attribuées en 2023.
"""


def test_a_label_is_not_trusted_where_other_columns_have_none(tmp_path):
    """The year over the columns was not read: the label may be that of last year's column."""
    report = tmp_path / "2023.md"
    report.write_text(HALF, encoding="utf-8")
    (found,) = check([report])
    assert found.findings == ()


def test_the_column_of_the_year_before_is_not_looked_back_from(tmp_path):
    report = tmp_path / "2023.md"
    table = "| Sexe | N-2 | N-1 | N |\n|---|---|---|---|\n| Femmes | 265 | 245 | 269 |\n| Hommes | 457 | 581 | 640 |\n| Total | 722 | 826 | 909 |\n"
    said = (
        "# Rapport 2023\n\n# Adhérents\n\nLe nombre d'adhérents passe de {} à 909.\n\nAdhérents par sexe\n\n"
        + table
    )
    for number, findings in (("826", 0), ("286", 1)):
        report.write_text(said.format(number), encoding="utf-8")
        (found,) = check([report])
        assert len([f for f in found.findings if f.severity != "info"]) == findings
