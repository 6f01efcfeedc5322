"""The top of a report: the verdict, what was checked against what, and how much of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from pathlib import PurePath
from typing import Literal

from msgspec import Struct

from mlcheck.model.finding import Report, Severity
from mlcheck.rendering import closing, summary
from mlcheck.rendering.html import words
from mlcheck.rendering.numbers import number, with_unit
from mlcheck.rendering.wording import Wording
from mlcheck.translation import N_

State = Literal["unusable", "failed", "errors", "nothing", "known", "clean"]

VERDICTS: dict[State, tuple[str, str]] = {
    "unusable": ("✗", N_("This file could not be checked")),
    "failed": ("✗", N_("A rule of mlcheck failed: the check is incomplete")),
    "errors": ("✗", N_("This report holds errors")),
    "nothing": ("?", N_("Nothing could be checked")),
    "known": ("✓", N_("Nothing new was found")),
    "clean": ("✓", N_("No error was found")),
}


class Tally(Struct, frozen=True):
    """How many findings have a severity: its sign, the number, and the number with its noun."""

    kind: Severity
    mark: str
    number: str
    description: str


class Overview(Struct, frozen=True):
    """The verdict on a report, in a sign and in words, and what it rests on; `why` says what stopped the check."""

    state: State
    mark: str
    verdict: str
    name: str
    source: str
    facts: tuple[str, ...]
    why: str
    tallies: tuple[Tally, ...]
    figures: Division
    claims: Division
    constraints: str
    accepted: str
    checked: str


class Part(Struct, frozen=True):
    """One part of a bar: its kind, what is said of it, and in hundredths of the bar where it starts and its length."""

    kind: str
    mark: str
    description: str
    start: str
    length: str


class Division(Struct, frozen=True):
    """A whole with its parts, said in one sentence."""

    description: str
    head: str
    parts: tuple[Part, ...]


def overview(report: Report, wording: Wording) -> Overview:
    """Return the top of a report."""
    state = _state(report)
    mark, verdict = VERDICTS[state]
    why = wording.say(report.unusable, report.unusable_values) if report.unusable is not None else ""
    return Overview(
        state, mark, wording.say(verdict), PurePath(report.source).name, report.source, tuple(_facts(report, wording)),
        why, _tallies(report, wording), _figures(report, wording), _claims(report, wording),
        closing.constraints(report, wording), closing.accepted(report, wording), checked(report, wording),
    )  # fmt: skip


STATES: dict[summary.Outcome, State] = {
    "unusable": "unusable",
    "failed": "failed",
    "inconsistent": "errors",
    "nothing-checked": "nothing",
    "consistent-but-known": "known",
    "consistent": "clean",
}


def _state(report: Report) -> State:
    return STATES[summary.verdict(report)]


def _facts(report: Report, wording: Wording) -> list[str]:
    from mlcheck import __version__

    description = []
    if report.year is not None:
        description.append(wording.say("report of {year}", {"year": report.year}))
    if report.profile:
        description.append(wording.say("profile {name}", {"name": report.profile}))
    if report.prior:
        description.append(wording.say("compared with {file}", {"file": PurePath(report.prior).name}))
    if report.left_out:
        description.append(summary.left_out(report, wording))
    return [*description, f"mlcheck {__version__}"]


def _tallies(report: Report, wording: Wording) -> tuple[Tally, ...]:
    counts = summary.severities(report)
    description: tuple[tuple[Severity, str], ...] = (
        ("error", wording.plural("{n} error", "{n} errors", counts["error"])),
        ("warning", wording.plural("{n} warning", "{n} warnings", counts["warning"])),
        ("info", wording.plural("{n} remark", "{n} remarks", counts["info"])),
    )
    return tuple(
        Tally(kind, words.SEVERITY_MARKS[kind], number(counts[kind], wording.language), text)
        for kind, text in description
    )


def _figures(report: Report, wording: Wording) -> Division:
    counts = summary.coverage(report)
    description = {
        "proven": wording.plural("{n} proven", "{n} proven", counts["proven"]),
        "bounded": wording.plural("{n} bounded", "{n} bounded", counts["bounded"]),
        "contradicted": wording.plural("{n} contradicted", "{n} contradicted", counts["contradicted"]),
        "unchecked": wording.plural("{n} without any check", "{n} without any check", counts["unchecked"]),
    }
    parts = [(kind, words.COVERAGE_MARKS[kind], text, counts[kind]) for kind, text in description.items()]
    head = wording.plural("{n} figure", "{n} figures", counts.total())
    return division(closing.figures(report, wording), head, parts)


def _claims(report: Report, wording: Wording) -> Division:
    counts = summary.claims(report)
    description = {
        "consistent": wording.plural("{n} verified", "{n} verified", counts["consistent"]),
        "inconsistent": wording.plural("{n} false", "{n} false", counts["inconsistent"]),
        "unverifiable": wording.plural("{n} without a base", "{n} without a base", counts["unverifiable"]),
    }
    parts = [(kind, words.verdict_mark(kind), description[kind], counts[kind]) for kind in summary.VERDICTS]
    head = wording.plural("{n} claim", "{n} claims", counts.total())
    return division(closing.claims(report, wording), head, parts)


def checked(report: Report, wording: Wording) -> str:
    """Return which part of the figures stands in a check: "86 %"; nothing rounds up to all of them."""
    return checked_share(summary.coverage(report), wording)


def checked_share(counts: Counter[str], wording: Wording) -> str:
    """Return which part of some figures, counted by their coverage, stands in a check."""
    whole = counts.total()
    if not whole:
        return "–"
    share = 100 * sum(counts[one] for one in summary.CHECKED) // whole
    return with_unit(str(share), "%", wording.language)


# How a whole is divided, as one bar: the coverage of figures, the verdicts on claims.


def division(description: str, head: str, parts: Sequence[tuple[str, str, str, int]]) -> Division:
    """Return a bar of parts: the kind, the sign and the words of each, and how many things it counts."""
    whole = sum(count for *_, count in parts) or 1
    start = Fraction(0)
    made = []
    for kind, mark, label, count in parts:
        length = Fraction(100 * count, whole)
        made.append(Part(kind, mark, label, number(start, "en", 3), number(length, "en", 3)))
        start += length
    return Division(description, head, tuple(made))
