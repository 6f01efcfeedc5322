"""The counts of a report, the same in every format."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from typing import Literal

from mlcheck.model.claim import Verdict
from mlcheck.model.document import Locator
from mlcheck.model.errors import Stage
from mlcheck.model.finding import TOGETHER, Crash, Finding, Report, Severity, Suspect
from mlcheck.rendering.places import place
from mlcheck.rendering.wording import Wording
from mlcheck.translation import N_

CRASHED = N_("✗ rule {rule} failed, by a fault of mlcheck: {error}")
STOPPED = N_("✗ {file} was not checked, by a fault of mlcheck {stage} ({place}): {error}")
STAGES: dict[Stage, str] = {
    "reading": N_("in reading the file"),
    "layout": N_("in telling tables from text"),
    "tables": N_("in reading the tables"),
    "prose": N_("in reading the sentences"),
    "binding": N_("in tying sentences to tables"),
    "rules": N_("in applying the rules"),
    "solving": N_("in evaluating the constraints"),
    "process": N_("that ended its process"),
}
Outcome = Literal[
    "unusable", "failed", "inconsistent", "nothing-checked", "consistent-but-known", "consistent"
]
CHECKED = ("proven", "bounded", "contradicted")
CONSISTENT, INCONSISTENT, UNUSABLE, FAULT = range(4)
"""What a report comes to, as an exit status."""
VERDICTS: tuple[Verdict, ...] = ("consistent", "inconsistent", "unverifiable")


def crash_text(crash: Crash, source: str, wording: Wording) -> str:
    """Return the sentence that says which rule failed, or in which stage and where `source` was left unchecked."""
    if crash.rule:
        return wording.say(CRASHED, {"rule": crash.rule, "error": crash.error})
    where = place(crash.locator or Locator(source), wording)
    values = {"file": source, "stage": wording.say(STAGES[crash.stage]), "place": where, "error": crash.error}
    return wording.say(STOPPED, values)


def coverage(report: Report) -> Counter[str]:
    """Return how many printed figures of a report are proven, bounded, contradicted and unchecked."""
    figures = report.figures
    if not figures.height:
        return Counter()
    return Counter(figures.filter(figures["state"] == "number")["coverage"].to_list())


def falls_short(report: Report, least: float) -> bool:
    """Tell whether less than `least` percent of the figures of a report stand in a check; the comparison is exact."""
    counts = coverage(report)
    return 100 * sum(counts[verdict] for verdict in CHECKED) < Fraction(str(least)) * counts.total()


def claims(report: Report) -> Counter[str]:
    """Return how many claims of a report have each verdict."""
    return Counter(checked.verdict for checked in report.claims)


def severities(report: Report) -> Counter[Severity]:
    """Return how many findings of a report have each severity."""
    return Counter(finding.severity for finding in report.findings)


def evaluated(report: Report) -> int:
    """Return how many constraints of a report have a verdict that is yes or no."""
    return report.constraints.get("consistent", 0) + report.constraints.get("inconsistent", 0)


def verdict(report: Report) -> Outcome:
    """Return what a report comes to; findings that a team knows or accepts are not consistency."""
    if report.unusable is not None:
        return "unusable"
    if report.crashes:
        return "failed"
    if severities(report)["error"]:
        return "inconsistent"
    if not evaluated(report):
        return "nothing-checked"
    known = report.suppressed and not severities(report)["warning"]
    return "consistent-but-known" if known else "consistent"


def status(report: Report, severities: set[str], least: float | None = None) -> int:
    """Return the exit status that one report deserves.

    `severities` are those of its findings that fail a run, `least` the percentage of its figures that must
    stand in a check.
    """
    if report.crashes:
        return FAULT
    if report.unusable is not None or not evaluated(report):
        return UNUSABLE
    found = any(finding.severity in severities for finding in report.findings)
    short = least is not None and falls_short(report, least)
    return INCONSISTENT if found or short else CONSISTENT


def nothing_new(report: Report, wording: Wording) -> str:
    """Return "nothing new: 4 known findings, 2 accepted" for a report whose findings are all set apart."""
    by = Counter(one.by for one in report.suppressed)
    parts = [
        wording.plural("{n} known finding", "{n} known findings", by["baseline"]) if by["baseline"] else "",
        wording.plural("{n} accepted", "{n} accepted", by["waiver"]) if by["waiver"] else "",
    ]
    return wording.say("nothing new: {list}", {"list": ", ".join(part for part in parts if part)})


def left_out(report: Report, wording: Wording) -> str:
    """Return "2 findings left out as unsure", empty where none is."""
    n = report.left_out
    return wording.plural("{n} finding left out as unsure", "{n} findings left out as unsure", n) if n else ""


def by_section(report: Report) -> dict[str, list[Finding]]:
    """Return the findings of a report under their sections, both in the order of the document."""
    figures = report.figures.select(
        "section", "sheet", "cell", "page", "slide", "shape", "line", "box"
    ).rows()
    places: dict[tuple, int] = {}
    sections: dict[str, int] = {}
    for position, (section, *where, box) in enumerate(figures):
        places.setdefault((*where, tuple(box or ())), position)
        sections.setdefault(section or "", position)
    last = len(figures)

    def rank(finding: Finding) -> tuple[int, int]:
        at = finding.location
        key = (at.sheet, at.cell, at.page, at.slide, at.shape, at.line, at.box or ())
        where = places.get(key, last)
        return sections.get(finding.section, where), where

    groups: dict[str, list[Finding]] = {}
    for finding in sorted(report.findings, key=rank):
        groups.setdefault(finding.section, []).append(finding)
    return groups


# How the figures that may be wrong are shown: ties as ties, and corrections that only mend together.


def tied(suspects: Sequence[Suspect]) -> int:
    """Return how many suspects nothing tells apart, 0 where one is the likeliest."""
    return sum(suspect.tied for suspect in suspects)


def head(suspects: Sequence[Suspect], wording: Wording) -> str:
    """Return what stands before the suspects: "to review:", or how many of them are tied."""
    if suspects and suspects[0].reason == TOGETHER:
        return wording.say("to correct together:")
    n = tied(suspects)
    return wording.say("to review, {n} tied:", {"n": n}) if n else wording.say("to review:")


def first(suspects: Sequence[Suspect], most: int) -> Sequence[Suspect]:
    """Return the suspects to show of many: the best, or the whole of a set that only mends together."""
    together = [suspect for suspect in suspects if suspect.reason == TOGETHER]
    return together or suspects[:most]


def change(suspect: Suspect, wording: Wording) -> str:
    """Return what is printed and what would mend it: "10 029 € → 10 024 €"."""
    return f"{wording.value(suspect.stated)} → {wording.value(suspect.suggested)}"


def reason(suspect: Suspect, suspects: Sequence[Suspect], wording: Wording) -> str:
    """Return why a suspect is believed, with the number of the others that are as likely."""
    shown = wording.say(suspect.reason) if suspect.reason else ""
    if not suspect.tied:
        return shown
    others = wording.plural("tied with {n} other", "tied with {n} others", tied(suspects) - 1)
    return f"{shown}, {others}" if shown else others
