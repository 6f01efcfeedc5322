"""Findings for the eye and for other programs of the terminal: a line a finding, or a line a rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from mlcheck.model.finding import Report
from mlcheck.rendering.machine import readable
from mlcheck.rendering.numbers import number, plain_spaces
from mlcheck.rendering.places import place
from mlcheck.rendering.rules_page import SEVERITIES
from mlcheck.rendering.summary import crash_text
from mlcheck.rendering.view import View
from mlcheck.rendering.wording import Wording


def render(reports: Iterable[Report], view: View) -> Iterator[str]:
    """Yield "report.xlsx: Aides!G84: TOT101 message" for each finding; a report that cannot be used is such a line too."""
    for report in reports:
        wording = view.wording(report.language)
        if report.unusable is not None:
            yield f"{report.source}: {_line(wording.say(report.unusable, report.unusable_values))}\n"
        for crash in report.crashes:
            yield f"{report.source}: {_line(crash_text(crash, report.source, wording))}\n"
        for finding in report.findings:
            where, message = place(finding.location, wording), wording.say(finding.message, finding.values)
            yield f"{report.source}: {where}: {finding.rule} {_line(message)}\n"


def statistics(reports: Iterable[Report], view: View) -> Iterator[str]:
    """Yield a line a rule, the most frequent first: how many findings, code, severity, name; then how many in all."""
    counts: Counter[tuple[str, str, str]] = Counter()
    wording = None
    for report in reports:
        wording = wording or view.wording(report.language)
        counts.update((one.rule, one.severity, one.name) for one in report.findings)
    if wording is None:
        return
    rows = sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    yield from (_row(n, rule, severity, name, wording) for (rule, severity, name), n in rows)
    yield wording.plural("{n} finding", "{n} findings", counts.total()) + "\n"


def _row(n: int, rule: str, severity: str, name: str, wording: Wording) -> str:
    count = plain_spaces(number(n, wording.language))
    return f"{count:>6}  {rule}  {wording.say(SEVERITIES[severity])}  {name}\n"


def _line(text: str) -> str:
    return plain_spaces(readable(text))
