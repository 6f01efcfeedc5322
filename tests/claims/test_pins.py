"""Claims bound by hand in the profile: how they are written, what they bind, and how a mistake is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from mlcheck.model.errors import MlcheckError
from mlcheck.model.profile import Pin, Reference
from mlcheck.profile import load, messages
from tests.claims.loading import claim, grave, plain, report_of

BASE = """\
[sections]
feuille = { titles = ["Feuille 1"] }

[dimensions.type.members]
"CDI" = []
"CDD" = []
"Intérim" = []

[dimensions.type.derived]
"contrats courts" = ["CDD", "Intérim"]

[tables.contrats]
section = "feuille"
dimension = "type"
titles = ["Les contrats signés"]
columns.contrats = { labels = ["Nombre de contrats"] }
columns.entretiens = { labels = ["Nombre d'entretiens"] }
"""
AFTER = len(BASE.splitlines()) + 1
TABLE = """
# Les contrats signés en 2023
Type de contrat  Nombre de contrats  Nombre d'entretiens
CDI  184  9 200
CDD  134  2 680
Intérim  100  1 500
Total  418  13 380
"""
TABLE_2022 = """
# Les contrats signés en 2022
Type de contrat  Nombre de contrats  Nombre d'entretiens
CDI  167  8 350
CDD  169  3 380
Intérim  100  1 400
Total  436  13 130
"""


def pin(sentence: str, **keys: str) -> str:
    return f"[[pin]]\nsentence = '{sentence}'\n" + "".join(
        f"{key} = '{text}'\n" for key, text in keys.items()
    )


SHARE = pin("des signatures sont durables", share="contrats.contrats[CDI] / contrats.contrats[total]")


@pytest.mark.parametrize(
    ("written", "sentence", "printed", "formula"),
    [
        (SHARE, "44 % des signatures sont durables.", "44 %", "184 / 418 = 44,02 %"),
        (
            pin("sont brèves", share="contrats.contrats[contrats courts] / contrats.contrats[total]"),
            "56 % des signatures sont brèves.", "56 %", "(134 + 100) / 418 = 55,98 %",
        ),
        (
            pin("‹n› signatures", count="contrats.contrats[CDD] + contrats.contrats[Intérim]"),
            "Le service a obtenu 234 signatures en 12 mois.", "234", "134 + 100 = 234",
        ),
        (
            pin("entretiens par signature", mean="contrats.entretiens[total] / contrats.contrats[total]"),
            "Une moyenne de 32 entretiens par signature a été relevée.", "32", "13 380 / 418 = 32,01",
        ),
        (
            pin("/signatures .* recul de (\\d+) %/", growth="contrats.contrats[total]"),
            "Les signatures sont en recul de 4 %.", "4 %", "418 / 436 − 1 = -4,13 %",
        ),
    ],
)  # fmt: skip
def test_a_pin_binds_what_words_do_not(tmp_path, written, sentence, printed, formula):
    without = report_of([sentence], TABLE, TABLE_2022, profile=BASE, folder=tmp_path)
    assert claim(without, printed).verdict == "unverifiable"
    checked = claim(
        report_of([sentence], TABLE, TABLE_2022, profile=BASE + written, folder=tmp_path), printed
    )
    assert (checked.verdict, plain(checked.formula)) == ("consistent", formula)
    assert checked.pin.endswith(f"cas.toml:{AFTER}")


def test_a_pinned_claim_that_fails_is_an_error(tmp_path):
    report = report_of(["45 % des signatures sont durables."], TABLE, profile=BASE + SHARE, folder=tmp_path)
    assert grave(report) == ["SHR201"] and claim(report, "45 %").pin


def test_a_pin_goes_before_words(tmp_path):
    sentence = "418 contrats ont été signés."
    assert claim(report_of([sentence], TABLE, profile=BASE, folder=tmp_path), "418").verdict == "consistent"
    other = BASE + pin("contrats ont été signés", count="contrats.contrats[CDI]")
    assert (
        claim(report_of([sentence], TABLE, profile=other, folder=tmp_path), "418").verdict == "inconsistent"
    )


def test_a_claim_can_be_marked_as_not_checkable(tmp_path):
    reason = "les contrats des partenaires ne sont pas dans les tableaux"
    written = BASE + pin("contrats ont été signés", unverifiable=reason)
    checked = claim(
        report_of(["417 contrats ont été signés."], TABLE, profile=written, folder=tmp_path), "417"
    )
    assert (checked.verdict, checked.reason) == ("unverifiable", reason) and checked.pin


def test_the_figure_of_last_year_beside_a_pinned_one_follows_it(tmp_path):
    sentence = "44 % des signatures sont durables (38 % en 2022)."
    report = report_of([sentence], TABLE, TABLE_2022, profile=BASE + SHARE, folder=tmp_path)
    quoted = claim(report, "38 %")
    assert (quoted.verdict, plain(quoted.formula)) == ("consistent", "167 / 436 = 38,30 %")


def test_a_mark_tells_which_of_several_numbers_is_meant(tmp_path):
    written = BASE + pin("… et ‹%› des signatures", share="contrats.contrats[CDI] / contrats.contrats[total]")
    sentence = "12 % des visites et 44 % des signatures ont eu lieu en mai."
    report = report_of([sentence], TABLE, profile=written, folder=tmp_path)
    assert [(plain(c.claim.quantity.printed), bool(c.pin)) for c in report.claims] == [
        ("12 %", False),
        ("44 %", True),
    ]


def test_a_pin_that_no_sentence_answers_to_is_told(tmp_path):
    report = report_of(["418 contrats ont été signés."], TABLE, profile=BASE + SHARE, folder=tmp_path)
    (told,) = [f for f in report.findings if f.rule == "RUL102"]
    assert told.severity == "info" and "des signatures" in str(told.values["sentence"])


def test_a_figure_that_the_report_does_not_print_leaves_a_pin_unverifiable(tmp_path):
    without = TABLE.replace("Intérim  100  1 500\n", "")
    written = BASE + pin("des signatures", share="contrats.contrats[Intérim] / contrats.contrats[total]")
    checked = claim(
        report_of(["24 % des signatures sont brèves."], without, profile=written, folder=tmp_path), "24 %"
    )
    assert checked.verdict == "unverifiable" and "does not print" in (checked.reason or "")


def test_a_child_profile_has_the_pins_of_its_parent_after_its_own(tmp_path):
    (tmp_path / "parent.toml").write_text(BASE + SHARE, "utf-8")
    own = pin("des signatures", unverifiable="autre base") + pin("ailleurs", unverifiable="hors champ")
    (tmp_path / "enfant.toml").write_text("extends = 'parent'\n" + own, "utf-8")
    found = load("enfant", folder=tmp_path).pins
    assert [(p.sentence, p.kind, p.line) for p in found] == [
        ("des signatures", "unverifiable", 2),
        ("ailleurs", "unverifiable", 5),
        ("des signatures sont durables", "share", AFTER),
    ]
    assert found[2] == Pin(
        "des signatures sont durables", "share",
        ((Reference("contrats", "contrats", "CDI"),), (Reference("contrats", "contrats", "total"),)),
        file=found[2].file, line=AFTER,
    )  # fmt: skip


MISTAKES = [
    ("[[pin]]\nshare = 'contrats.contrats[CDI]'\n", 1, messages.PIN_WITHOUT_SENTENCE),
    (pin(" ‹n› … ", count="contrats.contrats[CDI]"), 2, messages.PIN_WITHOUT_SENTENCE),
    (pin("‹n› de ‹n›", count="contrats.contrats[CDI]"), 2, messages.PIN_TWO_NUMBERS),
    (pin("/(signatures/", count="contrats.contrats[CDI]"), 2, messages.PIN_BAD_PATTERN),
    (pin("a"), 1, messages.PIN_NOT_ONE),
    (pin("a", count="contrats.contrats[CDI]", unverifiable="b"), 1, messages.PIN_NOT_ONE),
    (pin("a", unverifiable=" "), 3, messages.PIN_WITHOUT_REASON),
    (pin("a", mean="contrats.entretiens[total]"), 3, messages.PIN_SIDES),
    (pin("a", count="contrats.contrats[CDI] / contrats.contrats[total]"), 3, messages.PIN_SIDES),
    (pin("a", count="2 * contrats.contrats[CDI]"), 3, messages.PIN_NOT_A_SUM),
    (pin("a", count="contrats.contrats[total] - contrats.contrats[CDI]"), 3, messages.PIN_NOT_A_SUM),
    (pin("a", share="contrats.contrats[CDI] / 418"), 3, messages.PIN_NOT_A_SUM),
    (pin("a", count="contrat.contrats[CDI]"), 3, messages.UNKNOWN_TABLE),
    (pin("a", count="contrats.contrat[CDI]"), 3, messages.UNKNOWN_COLUMN),
    (pin("a", count="contrats.contrats[CDDI]"), 3, messages.UNKNOWN_ROW),
    (pin("a", count="contrats.contrats"), 3, messages.NO_ROW),
    (pin("a", share="contrats.contrats[CDI] /"), 3, messages.NO_OPERAND),
    (pin("a", share="contrats.contrats[CDI] = 3"), 3, messages.NO_SIGN),
    (pin("a", part="contrats.contrats[CDI]"), 3, messages.UNKNOWN_KEY),
    ("[pin]\nsentence = 'a'\n", 1, messages.NOT_TABLES),
    ("[[pin]]\nsentence = 3\n", 2, messages.NOT_A_TEXT),
    (SHARE + pin("b", unverifiable=""), 6, messages.PIN_WITHOUT_REASON),
]


@pytest.mark.parametrize(
    ("written", "line", "template"), MISTAKES, ids=[str(n) for n in range(len(MISTAKES))]
)
def test_a_mistake_is_told_with_its_file_and_line(tmp_path, written, line, template):
    (tmp_path / "cas.toml").write_text(BASE + written, "utf-8")
    with pytest.raises(MlcheckError) as caught:
        load(str(tmp_path / "cas.toml"))
    assert caught.value.template == template
    assert f"cas.toml:{AFTER + line - 1}: " in str(caught.value)


def test_the_pins_of_the_manual_can_be_loaded(tmp_path):
    page = (Path(__file__).parents[2] / "docs" / "claims.md").read_text("utf-8")
    written = page.partition("```toml\n")[2].partition("```")[0]
    (tmp_path / "agence.toml").write_text(written, "utf-8")
    found = load("agence", folder=tmp_path).pins
    assert [p.kind for p in found] == ["share", "count", "growth", "unverifiable"]
    sentences = [
        "Les contrats ont progressé de 16 % grâce à l'intérim.",
        "12 situations sont d'autres formations.",
    ]
    report = report_of(sentences, profile=written, folder=tmp_path)
    assert [bool(c.pin) for c in report.claims] == [True, True]
