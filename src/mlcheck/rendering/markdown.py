"""Reports as Markdown, to paste into a ticket or a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mlcheck.model.finding import Finding, Report
from mlcheck.rendering import closing, summary
from mlcheck.rendering.confidence import percent
from mlcheck.rendering.listing import Listing, escaped, markdown
from mlcheck.rendering.places import place
from mlcheck.rendering.summary import change, first, head, tied
from mlcheck.rendering.view import View
from mlcheck.rendering.wording import Wording
from mlcheck.translation import N_

HEAD = (
    N_("Severity"),
    N_("Rule"),
    N_("Place"),
    N_("Message"),
    N_("Printed"),
    N_("Expected"),
    N_("Gap"),
    N_("To review"),
    N_("Confidence"),
)
SEVERITIES = {"error": N_("error"), "warning": N_("warning"), "info": N_("remark")}


def render(reports: Iterable[Report], view: View) -> Iterator[str]:
    """Return a chapter a report: the findings of each section as a table, then the counts."""
    gap = ""
    for report in reports:
        wording = view.wording(report.language)
        yield gap + "\n\n".join(_blocks(report, wording, view)) + "\n"
        gap = "\n"


def _blocks(report: Report, wording: Wording, view: View) -> Iterator[str]:
    yield f"# {escaped(report.source)}"
    if report.unusable is not None:
        yield f"**✗ {escaped(wording.say(report.unusable, report.unusable_values))}**"
        return
    facts = [
        wording.say("report of {year}", {"year": report.year}) if report.year is not None else "",
        wording.say("profile {name}", {"name": report.profile}) if report.profile else "",
        wording.say("compared with {file}", {"file": report.prior}) if report.prior else "",
    ]
    if any(facts):
        yield escaped(" · ".join(fact for fact in facts if fact))
    yield f"**{closing.verdict(report, wording, view)[0]}**"
    elsewhere = wording.say("Outside any section")
    for section, findings in summary.by_section(report).items():
        yield f"## {escaped(section or elsewhere)}"
        yield markdown(_table(findings, wording))
    counts = (
        closing.figures(report, wording),
        closing.claims(report, wording),
        closing.constraints(report, wording),
        closing.accepted(report, wording),
    )
    yield "\n".join(f"- {line}" for line in counts if line)
    if report.not_understood:
        yield wording.plural(
            "{n} block not understood:", "{n} blocks not understood:", len(report.not_understood)
        )
        yield "\n".join(
            f"- {escaped(place(block.locator, wording))}: {escaped(wording.say(block.reason, block.values))}"
            for block in report.not_understood
        )


def _table(findings: list[Finding], wording: Wording) -> Listing:
    head = tuple(wording.say(title) for title in HEAD)
    return Listing(head, tuple(_row(finding, wording) for finding in findings), frozenset({4, 5, 6, 8}))


def _row(finding: Finding, wording: Wording) -> tuple[str, ...]:
    review = "; ".join(
        f"{place(suspect.location, wording, finding.location)} {change(suspect, wording)}"
        for suspect in finding.suspects
    )
    if tied(finding.suspects) or first(finding.suspects, 0):
        review = f"{head(finding.suspects, wording)} {review}"
    return (
        wording.say(SEVERITIES[finding.severity]),
        finding.rule,
        place(finding.location, wording),
        wording.say(finding.message, finding.values),
        wording.value(finding.stated),
        wording.value(finding.expected),
        wording.value(finding.difference),
        review,
        percent(finding.confidence, wording),
    )
