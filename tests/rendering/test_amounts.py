"""Numbers that stay data until a renderer writes them: unit, decimals, magnitude, and the arithmetic of a constraint."""

from __future__ import annotations

from fractions import Fraction

import pytest

from mlcheck.checking import check
from mlcheck.model.amount import Amount, Formula, Term
from mlcheck.rendering.numbers import plain_spaces
from mlcheck.rendering.view import View
from mlcheck.rendering.wording import Wording

AMOUNTS = [
    (Amount(Fraction(10024), "€"), "10 024 €", "€"),
    (Amount(Fraction(10024), "€", printed="10.024 €"), "10.024 €", "as printed"),
    (
        Amount(Fraction(45_200_000_000), "€", 1, magnitude=10**9),
        "45,2 Md€",
        "the sign of a heading in milliards",
    ),
    (
        Amount(Fraction(45_200_000), "€", 1, magnitude=10**6, words="millions d’euros"),
        "45,2 millions d’euros",
        "words",
    ),
    (Amount(Fraction(1_061_000), "count", 0, magnitude=1000), "1 061", "a table in thousands"),
    (
        Amount(Fraction(16_000), "€", 1, magnitude=1000, words=""),
        "16,0",
        "beside a figure that prints no unit",
    ),
    (Amount(Fraction(8), "%", 1, signed=True), "+8,0 %", "a growth"),
    (Amount(Fraction(-8), "points", 0, signed=True), "-8 points", "a fall"),
    (Amount(Fraction(679), limit="≤"), "≤ 679", "a bound"),
]


@pytest.mark.parametrize(("amount", "text"), [a[:2] for a in AMOUNTS], ids=[a[2] for a in AMOUNTS])
def test_an_amount_is_written_as_the_report_prints_its_figures(amount: Amount, text: str) -> None:
    assert plain_spaces(Wording("en", printed="fr").value(amount)) == text


PARTS = (Term("5"), Term("/"), Term("7"))
FORMULAS = [
    (Formula("sum", PARTS, (Term("13"),), "≠"), "5 + 7 ≠ 13"),
    (Formula("sum", PARTS, (), "=", Amount(Fraction(12))), "5 + 7 = 12"),
    (Formula("sum", (Term("/"),), (Term("3"),), "≤"), "0 ≤ 3"),
    (Formula("relation", (Term("5", Fraction(2)), Term("/")), (Term("—"),), "≠"), "2 × 5 + / ≠ —"),
    (Formula("ratio", PARTS, (Term("24"),), result=Amount(Fraction(50), "%", 2)), "(5 + 7) / 24 = 50,00 %"),
    (
        Formula("growth", (Term("418"),), (Term("436"),), result=Amount(Fraction(-413, 100), "%", 2, signed=True)),
        "418 / 436 − 1 = -4,13 %",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("formula", "text"), FORMULAS, ids=[f[1] for f in FORMULAS])
def test_a_formula_is_written_on_one_line(formula: Formula, text: str) -> None:
    assert Wording("fr").value(formula) == text


def findings_of(tmp_path, rows: str, title: str = "Les aides"):
    """Return what is written of a table of one column, in French."""
    path = tmp_path / "report.md"
    path.write_text(f"# {title}\n\n| Aide | Montant |\n|---|---|\n{rows}\n", "utf-8")
    (report,) = check([path])
    wording = View("fr").wording(report.language)
    (finding,) = report.findings
    texts = (
        wording.say(finding.message, finding.values),
        wording.value(finding.expected),
        wording.value(finding.difference),
    )
    return [plain_spaces(text) for text in texts], finding


def test_a_message_beside_a_figure_in_millions_is_in_millions(tmp_path) -> None:
    rows = "| Transport | 2,1 M€ |\n| Repas | 3,3 M€ |\n| Logement | 1,2 M€ |\n| Total | 7,5 M€ |"
    (message, expected, gap), finding = findings_of(tmp_path, rows)
    assert (expected, gap) == ("6,6 M€", "0,9 M€")
    assert "7,5 M€" in message and "6,6 M€" in message and "600 000" not in message
    assert all(plain_spaces(Wording("fr").value(one.suggested)).endswith(" M€") for one in finding.suspects)


def test_under_a_heading_in_millions_a_message_is_written_as_the_figures_are(tmp_path) -> None:
    rows = "| Transport | 2,1 |\n| Repas | 3,3 |\n| Logement | 1,2 |\n| Total | 7,5 |"
    (message, expected, gap), _ = findings_of(tmp_path, rows, "Les aides (en millions)")
    assert (expected, gap) == ("6,6", "0,9")
    assert "7,5" in message and "6,6" in message and "000" not in message
