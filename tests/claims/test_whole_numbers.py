"""Percentages of whole things: which whole numbers give them, and which cannot."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcheck.model.claim import Claim
from mlcheck.model.document import Locator
from mlcheck.model.quantity import Quantity
from mlcheck.model.sentence import Sentence
from mlcheck.rules.granularity import numerators
from tests.claims.loading import CONTRACTS, claim, grave, plain, report_of

WHOLES = [
    "50 % des 35 jeunes sont des femmes.",
    "Sur 35 jeunes, 50 % sont des femmes.",
    "Parmi les 35 jeunes accompagnés, 50 % sont des femmes.",
    "35 jeunes ont été reçus, dont 50 % de femmes.",
]


def share(mantissa: int, scale: int) -> Claim:
    quantity = Quantity("", mantissa * 10, 5, scale + 1, "%")
    return Claim(Sentence(0, "", (), Locator("x")), 0, 0, "share", quantity)


@given(st.integers(1, 400), st.integers(0, 1000), st.integers(0, 1))
def test_the_whole_numbers_are_those_that_round_to_the_percentage(whole, mantissa, scale):
    printed = share(mantissa, scale)
    wanted = [n for n in range(whole + 1) if abs(2 * (100 * n * 10**scale - mantissa * whole)) <= whole]
    assert list(numerators(printed, whole)) == wanted


@pytest.mark.parametrize("sentence", WHOLES)
def test_no_whole_number_of_35_is_half_of_it(sentence):
    report = report_of([sentence])
    assert grave(report) == ["SHR301"]
    assert claim(report, "50 %").verdict == "inconsistent"
    (finding,) = report.findings
    assert (finding.severity, plain(finding.expected)) == ("error", "49 %")
    assert (finding.values["below"], finding.values["above"]) == (17, 18)
    possible = report_of([sentence.replace("50 %", "49 %")])
    assert grave(possible) == [] and claim(possible, "49 %").verdict == "unverifiable", (
        "possible is not verified"
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "50 % des jeunes sont des femmes.",
        "En moyenne, 50 % des 35 places sont occupées.",
        "Près de 50 % des 35 jeunes sont des femmes.",
        "50 % des 35 000 habitants environ sont des femmes.",
        "35 jeunes ont été reçus et 50 % des entretiens ont eu lieu à distance.",
        "Une hausse de 50 % sur 35 communes.",
    ],
)
def test_no_whole_no_finding(sentence):
    assert grave(report_of([sentence])) == []


def test_a_percentage_that_was_cut_off_is_a_warning_that_says_so():
    report = report_of(["Sur 35 jeunes reçus, 48 % sont des femmes."])
    (finding,) = report.findings
    assert (finding.rule, finding.severity, finding.expected) == ("SHR301", "warning", None)
    assert "cut off" in finding.message and claim(report, "48 %").verdict == "unverifiable"


def test_a_percentage_that_was_evened_out_to_100_is_a_warning():
    report = report_of(["Sur les 9 jeunes reçus : 33 % en CDI, 33 % en CDD et 34 % en intérim."])
    assert [(f.rule, f.severity, plain(f.stated)) for f in report.findings] == [("SHR301", "warning", "34 %")]


def test_the_number_above_a_list_is_its_whole_with_less_certainty():
    listed = [
        "31 contrats ont été signés en 2023.",
        "",
        "Répartition par sexe :",
        "- Femmes : 43 %",
        "- Hommes : 57 %",
    ]
    report = report_of(listed)
    assert [(f.rule, f.severity) for f in report.findings] == [("SHR301", "warning")] * 2
    assert grave(report_of([listed[0].replace("31", "130"), *listed[1:]])) == []


@pytest.mark.parametrize(
    ("whole", "shares", "rules"),
    [
        (51, (25, 25, 25, 25), ["SHR302"]),
        (52, (25, 25, 25, 25), []),
        (69, (14, 43, 43), ["SHR302"]),
        (130, (43, 57), []),
        (130, (43, 61), ["TOT202"]),
    ],
)
def test_the_shares_of_a_whole_are_whole_numbers_that_make_it(whole, shares, rules):
    """A quarter of 51 is 13 to the nearest, four times; 14 % and twice 43 % of 69 are 10, 30 and 30."""
    items = [f"- Type {letter} : {n} %" for letter, n in zip("ABCD", shares, strict=False)]
    assert grave(report_of([f"Répartition par type des {whole} contrats :", *items])) == rules


def test_the_whole_of_a_base_that_a_table_counts():
    report = report_of(
        ["17,1 % des contrats sont à temps partiel."],
        CONTRACTS.replace("418", "35").replace("184", "17").replace("234", "18"),
    )
    assert grave(report) == []
    report = report_of(
        ["50 % des contrats sont à temps partiel."],
        CONTRACTS.replace("418", "35").replace("184", "17").replace("234", "18"),
    )
    assert [(f.rule, f.severity) for f in report.findings if f.severity != "info"] == [("SHR301", "warning")]


def test_a_growth_rate_that_no_whole_number_gives():
    report = report_of(["418 contrats ont été signés, soit une baisse de 4,65 %."], CONTRACTS)
    (finding,) = report.findings
    assert (finding.rule, finding.severity) == ("VAR212", "warning")
    assert (finding.values["less"], finding.values["more"]) == (438, 439)
