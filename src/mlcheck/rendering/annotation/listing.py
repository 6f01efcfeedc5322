"""The list of what was found, row by row, for the first page, slide or section of a copy."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from typing import Generic, Literal, TypeVar

from msgspec import Struct

from mlcheck.model.document import Locator
from mlcheck.model.finding import Finding, Report
from mlcheck.rendering import closing, summary
from mlcheck.rendering.annotation.notes import SEVERITIES, corrections, elsewhere, printed, short
from mlcheck.rendering.places import place
from mlcheck.rendering.summary import head
from mlcheck.rendering.view import View
from mlcheck.rendering.wording import Wording
from mlcheck.translation import N_

W = TypeVar("W", bound=Hashable)
Look = Literal["head", "place", "about", "text"]
LONGEST = 400  # characters of a line of a row
NO_PLACE = N_("in this list only")
NOTHING = N_("Nothing is wrong in what could be checked.")
ABOUT = N_("Table and line")
HEADS = (N_("Severity"), N_("Place"), N_("Message"), N_("Likely correction"))


class Row(Struct, Generic[W], frozen=True):
    """One finding: `where` is its spot in the copy, None where it has none; `kind` gives its colour."""

    number: int
    kind: str
    severity: str
    place: str
    where: W | None
    about: str
    message: str
    correction: str
    finding: Finding

    @property
    def cells(self) -> tuple[tuple[tuple[Look, str], ...], ...]:
        """Its cells under HEADS, each with its paragraphs: how one looks, and its text."""
        return (
            (("head", f"{self.number} · {self.severity}"),),
            (("place", self.place), *((("about", self.about),) if self.about else ())),
            tuple(("text", line) for line in self.message.split("\n")),
            tuple(("text", line) for line in self.correction.split("\n")),
        )


def rows_of(
    report: Report, find: Callable[[Locator, int | None], W | None], wording: Wording
) -> list[Row[W]]:
    """Return the findings of a report, numbered in the order in which it tells them."""
    told = (finding for findings in summary.by_section(report).values() for finding in findings)
    return [_row(number, finding, find, wording) for number, finding in enumerate(told, start=1)]


def _row(
    number: int, finding: Finding, find: Callable[[Locator, int | None], W | None], wording: Wording
) -> Row[W]:
    where = find(finding.location, finding.figure)
    here = finding.location.file
    named = place(finding.location, wording) if where is not None else elsewhere(finding.location, wording)
    label = wording.say("“{label}”", {"label": short(finding.label)}) if finding.label else ""
    about = ", ".join(part for part in (finding.table or finding.section, label) if part)
    lines = (wording.say(finding.message, finding.values), printed(finding, wording))
    message = [line for whole in lines for line in whole.split("\n") if line]
    return Row(
        number,
        finding.severity,
        f"{wording.say(SEVERITIES[finding.severity])} · {finding.rule}",
        named if where is not None or not here else f"{named} ({wording.say(NO_PLACE)})",
        where,
        _cut(about),
        "\n".join(map(_cut, message)),
        "\n".join(map(_cut, mending(finding, wording))),
        finding,
    )


def _cut(text: str) -> str:
    """Return a text that leaves room for the others on a page or slide."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def mending(finding: Finding, wording: Wording) -> Iterator[str]:
    """Yield the likely corrections of a finding, under how many are tied, or that they only mend together."""
    lead = head(finding.suspects, wording)
    if lead != wording.say("to review:"):
        yield lead
    yield from corrections(finding, wording)


def title(report: Report, wording: Wording) -> str:
    """Return the name of the report with its year, its profile and the file it is compared with."""
    parts = [
        report.source.rpartition("/")[2],
        wording.say("report of {year}", {"year": report.year}) if report.year is not None else "",
        wording.say("profile {name}", {"name": report.profile}) if report.profile else "",
        wording.say("compared with {file}", {"file": report.prior.rpartition("/")[2]})
        if report.prior
        else "",
    ]
    return " · ".join(part for part in parts if part)


def counts(report: Report, wording: Wording) -> str:
    """Return the verdict, and how many figures and claims were checked."""
    parts = [
        closing.verdict(report, wording, View(wording.language))[0],
        closing.figures(report, wording),
        closing.claims(report, wording),
    ]
    return "  |  ".join(part for part in parts if part)
