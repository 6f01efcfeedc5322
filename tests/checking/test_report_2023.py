"""The main job on the figures of a real report: what it must find, and what it must leave alone."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path

import openpyxl
import pytest

from mlcheck.checking import check
from mlcheck.model.finding import CheckedClaim
from tests.checking.fixture import (
    BEFORE,
    ERRORS,
    FIXTURES,
    NOW,
    Place,
    cells_of,
    claims_by_id,
    lines_of,
    of_severity,
    place,
    plain,
    profile,
    report_of,
)

WRONG_TOTAL = next(
    (line["sheet"], line["cell"])
    for line in lines_of("places.csv")
    if (line["table"], line["printed"]) == ("T37", "10 029 €")
)


# ---- exactly one error -------------------------------------------------------------------------------------


@pytest.mark.parametrize("prior", [None, BEFORE], ids=["alone", "with 2022"])
@pytest.mark.parametrize("profiled", [True, False], ids=["profile", "no profile"])
def test_the_report_has_exactly_one_error(prior, profiled):
    (error,) = of_severity(report_of(prior=prior, profiled=profiled), "error")
    assert (error.rule, place(error)) == ("TOT101", WRONG_TOTAL)
    assert (plain(error.stated), plain(error.expected), plain(error.difference)) == (
        "10 029 €",
        "10 024 €",
        "5",
    )
    assert error.values["sum"] == 9995
    assert plain(error.values["note"]) == "29 €"
    assert WRONG_TOTAL in {(s.location.sheet, s.location.cell) for s in error.suspects}


@pytest.mark.parametrize("prior", [None, BEFORE], ids=["alone", "with 2022"])
def test_the_two_oddities_are_warnings(prior):
    warnings = {finding.rule: finding for finding in of_severity(report_of(prior=prior), "warning")}
    assert set(warnings) == {"AGR103", "ORP101"}
    head, stray = warnings["AGR103"], warnings["ORP101"]
    assert (head.location.sheet, plain(head.stated)) == ("3 Formation", "468")
    assert (head.values["events"], head.values["what"]) == ("678", "actions de formation")
    assert (stray.location.sheet, stray.values["count"], stray.values["total"]) == ("4 Emploi", 11, 168)


def test_the_spelling_of_saint_andre_is_an_info():
    (info,) = of_severity(report_of(), "info")
    assert (info.rule, info.stated, info.expected) == (
        "AGR104",
        "Saint-André-Lez-Lille",
        "Saint-André-lez-Lille",
    )


@pytest.mark.parametrize("prior", [None, BEFORE], ids=["alone", "with 2022"])
def test_the_share_of_transport_and_logistics_is_unverifiable_and_not_wrong(prior):
    claim = claims_by_id(report_of(prior=prior))["C055"]
    assert "Logistique" in claim.claim.text
    assert claim.verdict == "unverifiable"
    assert claim.reason


def test_nothing_of_the_report_is_left_out():
    report = report_of()
    printed = {(line["sheet"], line["cell"]) for line in lines_of("places.csv")}
    read = set(report.figures.select("sheet", "cell").iter_rows())
    assert printed <= read
    assert report.not_understood == ()


def test_the_figures_that_are_proven():
    figures = report_of(prior=BEFORE).figures
    counts = Counter(figures["coverage"].to_list())
    assert counts["proven"] >= 410  # of a distribution in whole percents, one more or less may be rounding
    assert counts["unchecked"] <= 54
    wrong = {
        sheet for sheet, told in figures.select("sheet", "coverage").iter_rows() if told == "contradicted"
    }
    assert wrong == {WRONG_TOTAL[0]}


# ---- the chapter on the public -----------------------------------------------------------------------------

THIS_YEAR = {  # percentage printed, and how it is made
    "C006": ("49 %", "335 / 679 = 49,34 %"),
    "C009": ("57 %", "(48 + 341) / (66 + 224 + 48 + 341) = 57,29 %"),
    "C012": ("23 %", "159 / 679 = 23,42 %"),
}
LAST_YEAR = {"C005": "variation", "C007": "share", "C010": "share", "C015": "share"}


@pytest.mark.parametrize("claim", THIS_YEAR)
def test_the_shares_of_the_newcomers_come_from_the_tables_alone(claim):
    printed, formula = THIS_YEAR[claim]
    found = claims_by_id(report_of(profiled=False))[claim]
    assert plain(found.claim.text[found.claim.start : found.claim.end]) == printed
    assert (found.verdict, plain(found.formula)) == ("consistent", formula)


@pytest.mark.parametrize("claim", LAST_YEAR)
def test_last_year_is_unverifiable_without_its_report(claim):
    assert claims_by_id(report_of())[claim].verdict == "unverifiable"


@pytest.mark.parametrize("profiled", [True, False], ids=["profile", "no profile"])
@pytest.mark.parametrize("claim", LAST_YEAR)
def test_last_year_is_verified_in_its_report(claim, profiled):
    assert claims_by_id(report_of(prior=BEFORE, profiled=profiled))[claim].verdict == "consistent"


def former_operands(claim: CheckedClaim) -> list[Place]:
    """Return the cells of last year's report that a claim was held against."""
    return [
        (o.location.sheet, o.location.cell)
        for o in claim.operands
        if Path(o.location.file).name == BEFORE.name
    ]


@pytest.mark.parametrize("claim", LAST_YEAR)
def test_each_of_last_years_operands_turns_its_claim(claim, tmp_path):
    operands = former_operands(claims_by_id(report_of(prior=BEFORE))[claim])
    assert operands
    for sheet, cell in operands:
        book = openpyxl.load_workbook(BEFORE)
        value = book[sheet][cell].value
        assert isinstance(value, int)
        book[sheet][cell] = value + 20 + value // 10
        altered = tmp_path / f"{claim}-{cell}-2022.xlsx"
        book.save(altered)
        (report,) = check([NOW], prior=altered, profile=profile())
        assert claims_by_id(report)[claim].verdict == "inconsistent", (sheet, cell)


# ---- the claims --------------------------------------------------------------------------------------------

LEAST = {  # by kind: how many claims get their verdict, of how many; with a profile, without and with 2022
    "count": (82, 82),
    "share": (36, 36),
    "part": (6, 7),  # of one, only that it is below its whole is known
    "variation": (6, 6),
    "mean": (1, 1),
}
LEAST_WITHOUT_PROFILE = 122


@pytest.mark.parametrize(("prior", "column"), [(None, "verdict"), (BEFORE, "with_prior")])
def test_the_verdicts_of_the_claims(prior, column):
    found = claims_by_id(report_of(prior=prior))
    right: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    for line in lines_of("claims.csv"):
        kinds[line["kind"]] += 1
        right[line["kind"]] += found[line["id"]].verdict == line[column]
    assert dict(kinds) == {kind: count for kind, (_, count) in LEAST.items()}
    assert {kind: right[kind] >= least for kind, (least, _) in LEAST.items()} == dict.fromkeys(LEAST, True)


@pytest.mark.parametrize(("prior", "column"), [(None, "verdict"), (BEFORE, "with_prior")])
def test_the_verdicts_of_the_claims_without_a_profile(prior, column):
    found = claims_by_id(report_of(prior=prior, profiled=False))
    right = sum(found[line["id"]].verdict == line[column] for line in lines_of("claims.csv"))
    assert right >= LEAST_WITHOUT_PROFILE


@pytest.mark.parametrize("profiled", [True, False], ids=["profile", "no profile"])
@pytest.mark.parametrize(("prior", "column"), [(None, "verdict"), (BEFORE, "with_prior")])
def test_no_verdict_is_the_opposite_of_the_right_one(prior, column, profiled):
    """What cannot be decided may be unverifiable; nothing true is called wrong, and nothing wrong true.

    The 10 029 € of the prose is what the table prints: right as a restatement, wrong as the sum it stands for.
    """
    found = claims_by_id(report_of(prior=prior, profiled=profiled))
    for line in lines_of("claims.csv"):
        verdict = found[line["id"]].verdict
        assert verdict in (line[column], "unverifiable"), (line["id"], verdict)


# ---- the planted errors ------------------------------------------------------------------------------------

PLANTED = tomllib.loads((FIXTURES / "errors.toml").read_text("utf-8"))["error"]
FAMILIES = {
    "structure": "STR", "totals": "TOT", "parts": "PRT", "shares": "SHR", "variations": "VAR", "agreement": "AGR",
    "means": "MEA", "cross-table": "XTB", "plausibility": "PLA",
}  # fmt: skip
TOLD_AS = {
    "E11": "TOT",  # the shares of two sexes in a list make 102
    "E19": "TOT",  # 2 400 % among shares that make 100
}


def planted_cells(error: dict) -> set[Place]:
    return {(cell["sheet"], cell["cell"]) for cell in error["cells"]}


@pytest.mark.parametrize("error", PLANTED, ids=[error["id"] for error in PLANTED])
def test_a_planted_error_is_told(error):
    findings = report_of(ERRORS, prior=BEFORE).findings
    told = [f for f in findings if planted_cells(error) & cells_of(f)]
    assert told, error["why"]
    assert TOLD_AS.get(error["id"], FAMILIES[error["family"]]) in {f.rule[:3] for f in told}


@pytest.mark.parametrize("error", [e for e in PLANTED if not e["needs_prior"]], ids=lambda error: error["id"])
def test_a_planted_error_that_needs_no_other_year_is_told_without(error):
    findings = report_of(ERRORS).findings
    assert any(planted_cells(error) & cells_of(f) for f in findings), error["why"]


@pytest.mark.parametrize("prior", [None, BEFORE], ids=["alone", "with 2022"])
def test_nothing_but_the_planted_and_the_known_is_accused(prior):
    known = {(f.rule, place(f)) for f in report_of(prior=prior).findings}
    planted = set().union(*(planted_cells(error) for error in PLANTED))
    others = [f for f in report_of(ERRORS, prior=prior).findings if (f.rule, place(f)) not in known]
    assert not [(f.rule, place(f)) for f in others if not cells_of(f) & planted]


def test_the_invented_year_has_nothing_to_accuse():
    assert of_severity(report_of(BEFORE), "error") == []


def test_last_years_report_must_be_last_years():
    (report,) = check([NOW], prior=NOW)
    assert report.unusable is not None
    assert (report.unusable_values["then"], report.unusable_values["expected"]) == ("2023", "2022")
    (told,) = check([NOW], prior=NOW, year=2023)
    assert told.unusable is None, "the year said on the command line goes before that of the files"
