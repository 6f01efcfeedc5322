"""What counts as a test of a report, and how each one ends."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from mlcheck.model.finding import Finding, Report, Suppressed
from mlcheck.rendering.machine import justification, readable, sentences
from mlcheck.rendering.places import place
from mlcheck.rendering.summary import CHECKED, crash_text, evaluated
from mlcheck.rendering.wording import Wording
from mlcheck.translation import N_

UNCHECKED_TABLE = N_("none of its figures stands in a check")
UNDECIDED = "RUL"
"""The family of the remarks that say what could not be checked: skipped, where other remarks pass."""
LONGEST_NAME = 150
LONGEST_GROUP = 250

Outcome = Literal["passed", "failure", "error", "skipped"]


class Case(Struct, frozen=True):
    """A test case: its group (a section), its name, and how it ended.

    `kind` is the code of the rule, or what stopped the run; `detail` is written in full, `message` in one line.
    """

    group: str
    name: str
    outcome: Outcome
    kind: str = ""
    message: str = ""
    detail: str = ""


class Subject(Struct, frozen=True):
    """A table of a section, or with an empty title the sentences of the section."""

    section: str
    title: str


def cases(report: Report, wording: Wording) -> Iterator[Case]:
    """Yield what stopped the run, then the tables and findings in the order of the document, then the rest."""
    if report.unusable is not None:
        sentence = readable(wording.say(report.unusable, report.unusable_values))
        yield Case("mlcheck", "unusable", "error", "unusable", sentence)
        return
    for crash in report.crashes:
        text = readable(crash_text(crash, report.source, wording))
        yield Case("mlcheck", crash.name, "error", "rule-crashed", text)
    if not evaluated(report):
        nothing = wording.say("nothing could be checked")
        yield Case("mlcheck", "nothing-checked", "error", "nothing-checked", nothing)
    shown: dict[Subject, list[Case]] = {}
    for finding in report.findings:
        shown.setdefault(_subject(finding), []).append(_finding(finding, wording))
    for one in report.suppressed:
        shown.setdefault(_subject(one.finding), []).append(_suppressed(one, wording))
    for subject, checked in _subjects(report).items():
        yield from shown.get(subject) or [_sound(subject, checked, wording)]
    for block in report.not_understood:
        reason = readable(wording.say(block.reason, block.values))
        name = readable(place(block.locator, wording), LONGEST_NAME)
        yield Case("mlcheck", name, "skipped", "not-understood", reason)


def _subjects(report: Report) -> dict[Subject, bool]:
    """Return what a report speaks of and whether any figure of it stands in a check, section by section."""
    figures = report.figures.filter(report.figures["state"] == "number")
    found: dict[str, dict[Subject, bool]] = {}
    for section, table, coverage in figures.select("section", "table", "coverage").iter_rows():
        subject = Subject(section or "", report.titles.get(table, table or ""))
        group = found.setdefault(subject.section, {})
        group[subject] = group.get(subject, False) or coverage in CHECKED
    for finding in (*report.findings, *(one.finding for one in report.suppressed)):
        found.setdefault(finding.section, {}).setdefault(_subject(finding), True)
    return {subject: checked for group in found.values() for subject, checked in group.items()}


def _subject(finding: Finding) -> Subject:
    return Subject(finding.section, finding.table)


def _finding(finding: Finding, wording: Wording) -> Case:
    """Return a case that fails for an error; a warning or a remark is no failure and is written as output."""
    group, name = _named(finding, wording)
    message = readable(wording.say(finding.message, finding.values))
    detail = "\n".join(sentences(finding, wording))
    if finding.severity == "error":
        return Case(group, name, "failure", finding.rule, message, detail)
    if finding.rule.startswith(UNDECIDED):
        return Case(group, name, "skipped", finding.rule, message)
    return Case(group, name, "passed", finding.rule, message, detail)


def _suppressed(one: Suppressed, wording: Wording) -> Case:
    group, name = _named(one.finding, wording)
    detail = "\n".join(sentences(one.finding, wording))
    return Case(group, name, "skipped", one.finding.rule, justification(one, wording), detail)


def _sound(subject: Subject, checked: bool, wording: Wording) -> Case:
    """Return the case of a table without a finding; one that nothing checks has not passed."""
    group = _group(subject.section, wording)
    name = readable(subject.title or wording.say("sentences"), LONGEST_NAME)
    if checked:
        return Case(group, name, "passed")
    return Case(group, name, "skipped", "unchecked", wording.say(UNCHECKED_TABLE))


def _named(finding: Finding, wording: Wording) -> tuple[str, str]:
    """Return the group and the name of a finding: by words, so that it keeps them when its figures change."""
    words = " · ".join(part for part in (finding.table, finding.label) if part)
    return (
        _group(finding.section, wording),
        readable(f"{finding.rule} {words or finding.name}", LONGEST_NAME),
    )


def _group(section: str, wording: Wording) -> str:
    return readable(section or wording.say("Outside any section"), LONGEST_GROUP)
