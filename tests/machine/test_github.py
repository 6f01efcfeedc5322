"""Workflow commands: what GitHub shows of them, and that no text of a report can give it another."""

from __future__ import annotations

from collections import Counter

import pytest

from mlcheck.model.document import Locator
from mlcheck.model.finding import Suspect
from tests.machine.reports import HOSTILE, SUFFIXES, hostile, known, real, waived, written
from tests.machine.workflow_commands import annotations, commands
from tests.rendering import cases


def read(*reports, language="en"):
    return list(commands(written("github", *reports, language=language)))


def test_a_finding_is_an_annotation_of_its_file():
    (error,) = (command for command in read(cases.report()) if command.name == "error")
    assert error.properties == {
        "file": "report.xlsx",
        "line": "1",
        "title": "TOT101 Aides directes · Montant",
    }
    assert error.data.splitlines() == [
        "Aides!C15 — the 10 lines make 10,024 €, and 10 029 € is printed",
        "expected 10 024, gap 5",
        "to review: Aides!C15 10 029 → 10 024",
    ]


@pytest.mark.parametrize(
    ("severity", "name"), [("error", "error"), ("warning", "warning"), ("info", "notice")]
)
def test_the_kind_is_the_severity(severity, name):
    finding = cases.finding(severity=severity)
    assert [c.name for c in read(cases.report(findings=(finding,), not_understood=()))] == [name]


def test_a_text_report_has_its_line_and_its_column():
    finding = cases.finding(location=Locator("r.txt", line=651, column=12))
    error = read(cases.report(findings=(finding,)))[0]
    assert (error.properties["line"], error.properties["col"]) == ("651", "12")


def test_three_suspects_are_named_and_the_others_counted():
    suspects = tuple(Suspect(cases.at(f"C{n}"), "", "1", "2", 1, "") for n in range(1, 8))
    error = read(cases.report(findings=(cases.finding(suspects=suspects),)))[0]
    assert error.data.splitlines()[-1] == (
        "to review: Aides!C1 1 → 2; Aides!C2 1 → 2; Aides!C3 1 → 2; … and 4 others"
    )


def test_what_is_accepted_is_not_shown():
    report = cases.report(findings=(), suppressed=(waived(), known()), not_understood=())
    assert read(report) == []


def test_an_unusable_file_a_crash_and_nothing_compared_are_errors():
    unusable = cases.unusable()
    crashed = cases.report(findings=(), crashes=(cases.CRASH,), not_understood=())
    nothing = cases.report(findings=(), constraints={}, not_understood=())
    told = [(c.name, c.data) for c in read(unusable, crashed, nothing)]
    assert told == [
        ("error", "report.xlsx is empty; save the workbook again."),
        ("error", "✗ rule TOT101 failed, by a fault of mlcheck: ZeroDivisionError: division by zero"),
        ("error", "nothing could be checked"),
    ]


def test_a_block_that_was_not_understood_is_a_notice():
    notice = read(cases.report(findings=()))[0]
    assert (notice.name, notice.data) == ("notice", "no boxhead above 3 lines")


def several(errors, warnings, remarks):
    severities = ["error"] * errors + ["warning"] * warnings + ["info"] * remarks
    findings = tuple(cases.finding(severity=severity) for severity in severities)
    return cases.report(findings=findings, not_understood=())


def test_the_last_notice_says_how_many_github_does_not_show():
    told = read(several(25, 12, 15))
    shown = annotations(told)
    assert Counter(command.name for command in shown) == {"error": 10, "warning": 10, "notice": 10}
    assert shown[-1].data == (
        "GitHub shows 10 annotations of a kind; 23 more findings are in the summary of the job."
    )
    assert Counter(command.name for command in told)["error"] == 25  # the log has them all


def test_what_is_left_is_counted_over_all_reports():
    told = read(several(6, 0, 0), several(6, 0, 0))
    assert told[-1].data.endswith("2 more findings are in the summary of the job.")


@pytest.mark.parametrize("numbers", [(10, 10, 9), (1, 0, 0)])
def test_no_last_notice_where_all_is_shown(numbers):
    told = read(several(*numbers))
    assert len(annotations(told)) == len(told) == sum(numbers)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_starts_no_command(text):
    told = read(hostile(text))
    assert [command.name for command in told] == ["error", "error", "notice"]
    for command in told:
        assert set(command.properties) <= {"file", "line", "title"}
        assert (command.properties["file"], command.properties["line"]) == ("report.xlsx", "1")
        for line in command.data.split("\n"):
            assert not line.lstrip().startswith("::")
        assert len(command.data) <= 4000


@pytest.mark.parametrize("name", ["a::error::b.xlsx", "a,line=9.xlsx", "a\n::error::b.xlsx", "100%0A.xlsx"])
def test_a_hostile_file_name_starts_no_command(name):
    finding = cases.finding(location=Locator(name), suspects=(Suspect(Locator(name), "", "1", "2", 1, ""),))
    told = read(cases.report(source=name, findings=(finding,), not_understood=()))
    assert [command.name for command in told] == ["error"]
    assert told[0].properties["file"] == name.replace("\n", " ")
    assert told[0].properties["line"] == "1"


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_real_report_in_every_format(suffix):
    (report,) = real(f"report-2023.{suffix}")
    told = read(report, language="fr")
    assert Counter(command.name for command in told) == Counter(
        {"error": "error", "warning": "warning", "info": "notice"}[one.severity] for one in report.findings
    ) + Counter({"notice": len(report.not_understood)})
    total = next(command for command in told if command.properties["title"].startswith("TOT101"))
    assert total.properties["file"] == f"fixtures/report-2023.{suffix}"
    assert "10 024 €" in total.data
