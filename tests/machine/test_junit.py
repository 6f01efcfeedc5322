"""JUnit XML that Jenkins' schema accepts, that counts right, and in which nothing unchecked passes."""

from __future__ import annotations

from pathlib import Path

import pytest
from junitparser import Error, Failure, JUnitXml, Skipped
from lxml import etree

from tests.machine.reports import HOSTILE, SUFFIXES, hostile, known, real, waived, written
from tests.rendering import cases

SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).parent / "schemas" / "junit-10.xsd"))


def suites(*reports, language="en"):
    """Return the suites of a file that is valid, each with the counts of its cases."""
    text = written("junit", *reports, language=language).encode()
    SCHEMA.assertValid(etree.fromstring(text))
    read = list(JUnitXml.fromstring(text))
    for suite in read:
        told = [case.result[0].__class__ for case in suite if case.result]
        assert suite.tests == len(list(suite))
        counts = (suite.failures, suite.errors, suite.skipped)
        assert counts == (told.count(Failure), told.count(Error), told.count(Skipped))
        names = [(case.classname, case.name) for case in suite]
        assert len(set(names)) == len(names)
    return read


def cases_of(*reports, language="en"):
    return [case for suite in suites(*reports, language=language) for case in suite]


def ended(case):
    return case.result[0].__class__ if case.result else "passed"


def test_an_error_fails_in_the_section_of_its_table():
    (suite,) = suites(cases.report())
    assert (suite.name, suite.failures) == ("report.xlsx", 1)
    (failed,) = (case for case in suite if ended(case) is Failure)
    assert failed.classname == "report_xlsx.10) Aides financières"
    assert failed.name == "TOT101 Aides directes · Montant"
    (failure,) = failed.result
    assert (failure.type, failure.message) == (
        "TOT101",
        "the 10 lines make 10,024 €, and 10 029 € is printed",
    )
    assert failure.text.splitlines() == [
        "Aides!C15 — the 10 lines make 10,024 €, and 10 029 € is printed",
        "expected 10 024, gap 5",
        "to review: Aides!C15 10 029 → 10 024",
    ]


def test_a_table_without_a_finding_passes_and_its_sentences_are_a_case_too():
    told = {case.name: ended(case) for case in cases_of(cases.report(findings=(), not_understood=()))}
    assert told == {"sentences": "passed", "Aides directes": "passed"}


def test_a_table_that_nothing_checks_has_not_passed():
    figures = cases.figures()
    unchecked = figures.with_columns(coverage=figures["coverage"].replace({"bounded": "unchecked"}))
    report = cases.report(findings=(), not_understood=(), figures=unchecked)
    (skipped,) = (case for case in cases_of(report) if ended(case) is Skipped)
    assert skipped.name == "sentences"
    assert skipped.result[0].message == "none of its figures stands in a check"


@pytest.mark.parametrize("severity", ["warning", "info"])
def test_a_warning_or_a_remark_passes_and_is_told(severity):
    report = cases.report(findings=(cases.finding(severity=severity),), not_understood=())
    (told,) = (case for case in cases_of(report) if case.name.startswith("TOT101"))
    assert ended(told) == "passed"
    assert "10 029 € is printed" in told.system_out


def test_a_rule_that_could_not_be_checked_is_skipped():
    remark = cases.finding(rule="RUL101", name="relation-not-checked", severity="info", table="", label="")
    (told,) = (case for case in cases_of(cases.report(findings=(remark,))) if "RUL101" in case.name)
    assert (told.name, ended(told)) == ("RUL101 relation-not-checked", Skipped)


def test_what_is_accepted_is_skipped_with_its_reason():
    report = cases.report(findings=(), suppressed=(waived(), known(label="Nombre")), not_understood=())
    skipped = {case.name: case.result[0].message for case in cases_of(report) if ended(case) is Skipped}
    assert skipped == {
        "TOT101 Aides directes · Montant": "printed so — the agency — until 2027-01-31",
        "TOT101 Aides directes · Nombre": "known before",
    }


def test_an_unusable_file_is_an_error():
    first, second = suites(cases.unusable(), cases.report())
    assert (first.tests, first.errors, second.failures) == (1, 1, 1)
    (case,) = first
    assert case.result[0].message == "report.xlsx is empty; save the workbook again."


def test_a_crash_is_an_error_beside_the_findings():
    told = [(case.name, ended(case)) for case in cases_of(cases.report(crashes=(cases.CRASH,)))]
    assert told[0] == ("TOT101", Error)
    assert Failure in dict(told).values()


def test_nothing_compared_is_an_error():
    told = cases_of(cases.report(findings=(), constraints={}))
    assert [case.name for case in told if ended(case) is Error] == ["nothing-checked"]


def test_a_block_that_was_not_understood_is_skipped_not_silent():
    (skipped,) = (case for case in cases_of(cases.report()) if ended(case) is Skipped)
    assert (skipped.name, skipped.result[0].message) == ("Aides!A40", "no boxhead above 3 lines")


def test_findings_that_share_all_words_have_names_of_their_own():
    twice = (cases.finding(), cases.finding(location=cases.at("C16")))
    names = [case.name for case in cases_of(cases.report(findings=twice)) if ended(case) is Failure]
    assert names == ["TOT101 Aides directes · Montant", "TOT101 Aides directes · Montant (2)"]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_breaks_neither_the_xml_nor_the_names(text):
    told = cases_of(hostile(text))
    assert [ended(case) for case in told].count(Failure) == 1
    assert [ended(case) for case in told].count(Error) == 1
    for case in told:
        assert len(case.name) < 200 and len(case.classname) < 400
        assert case.classname.count(".") == 1
        assert "\n" not in case.name and "\u202e" not in case.name


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_real_report_fails_once_in_every_format(suffix):
    (suite,) = suites(*real(f"report-2023.{suffix}"), language="fr")
    assert (suite.errors, suite.tests > 50) == (0, True)
    failed = [case for case in suite if ended(case) is Failure]
    assert "TOT101 Aides directes · Total : · Montant" in {case.name for case in failed}
    assert "Les communes de résidence" in {case.name for case in suite}
    assert {case.result[0].type for case in failed} == {
        finding.rule for finding in real(f"report-2023.{suffix}")[0].findings if finding.severity == "error"
    }


def test_the_names_of_the_tables_do_not_change_with_the_language():
    french, english = (
        {case.name for case in cases_of(*real("report-2023.xlsx"), language=language)}
        for language in ("fr", "en")
    )
    assert french ^ english == {"phrases", "sentences"}


def test_no_time_is_written():
    text = written("junit", cases.report())
    assert 'time="' not in text and "timestamp" not in text
