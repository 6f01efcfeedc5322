"""Rates that were cut off where they should have been rounded are warnings, and say so."""

from __future__ import annotations

import pytest

from tests.claims.loading import CONTRACTS, CONTRACTS_2022, claim, grave, plain, report_of

CUT = [
    ("339 femmes sur 679 inscrits, soit 49 %.", "49 %", "SHR203", "50 %"),
    ("678 entrées ont été comptées, en hausse de 21 % par rapport aux 556 entrées de 2022.", "21 %", "VAR203", "+22 %"),
    ("1 022 jeunes ont bénéficié de 28 500 contacts, soit une moyenne de 27 contacts par jeune.", "27", "MEA103", "28"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "printed", "rule", "expected"), CUT, ids=[c[2] for c in CUT])
def test_a_rate_that_fits_only_cut_off_is_a_warning(sentence, printed, rule, expected):
    report = report_of([sentence])
    (finding,) = [f for f in report.findings if f.severity != "info"]
    assert (finding.rule, finding.severity) == (rule, "warning")
    assert plain(finding.expected) == expected
    assert "cut off" in finding.message
    checked = claim(report, printed)
    assert checked.verdict == "inconsistent" and "cut off" in (checked.reason or "")


@pytest.mark.parametrize(
    "sentence",
    [
        "339 femmes sur 679 inscrits, soit 48 %.",
        "339 femmes sur 679 inscrits, soit 51 %.",
        "678 entrées ont été comptées, en hausse de 23 % par rapport aux 556 entrées de 2022.",
        "1 022 jeunes ont bénéficié de 28 500 contacts, soit une moyenne de 29 contacts par jeune.",
    ],
)
def test_what_is_neither_rounded_nor_cut_off_is_an_error(sentence):
    report = report_of([sentence])
    assert [f.severity for f in report.findings if f.severity != "info"] == ["error"]
    assert all("cut off" not in f.message for f in report.findings)


def test_a_fall_is_cut_off_towards_zero():
    table, prior = CONTRACTS.replace("418", "420").replace("234", "236"), CONTRACTS_2022
    report = report_of(["Le nombre de contrats signés a baissé de 3,6 %."], table, prior)
    assert [(f.rule, f.severity) for f in report.findings if f.severity != "info"] == [("VAR201", "warning")]
    assert grave(report_of(["Le nombre de contrats signés a baissé de 3,7 %."], table, prior)) == []
