"""Reports as workflow commands of GitHub Actions, which it shows as annotations of the files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from mlcheck.model.document import Locator
from mlcheck.model.finding import Finding, Report
from mlcheck.rendering.machine import cut, line_of, path_of, readable, sentences
from mlcheck.rendering.summary import crash_text, evaluated
from mlcheck.rendering.view import View
from mlcheck.rendering.wording import Wording

KINDS = {"error": "error", "warning": "warning", "info": "notice"}
SHOWN = {"error": 10, "warning": 10, "notice": 9}
"""Annotations of a step that GitHub shows: ten of a kind, one of which says how many are left."""
LONGEST_TITLE = 200
LONGEST_MESSAGE = 4000
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = _DATA | str.maketrans({":": "%3A", ",": "%2C"})


def render(reports: Iterable[Report], view: View) -> Iterator[str]:
    """Return a command a line for each finding, and a last notice where GitHub will not show them all.

    Errors and warnings past the tenth still stand in the log; a remark past the ninth is only counted, so that
    the last notice is one of the ten that are shown. What is waived or was known before is left out.
    """
    said: Counter[str] = Counter()
    wording = view.wording("en")
    for report in reports:
        wording = view.wording(report.language)
        for kind, command in _commands(report, wording):
            said[kind] += 1
            if kind != "notice" or said[kind] <= SHOWN[kind]:
                yield command
    left = sum(max(said[kind] - shown, 0) for kind, shown in SHOWN.items())
    if left:
        text = wording.plural(
            "GitHub shows 10 annotations of a kind; {n} more finding is in the summary of the job.",
            "GitHub shows 10 annotations of a kind; {n} more findings are in the summary of the job.",
            left,
        )
        yield _command("notice", {"title": "mlcheck"}, text)


def _commands(report: Report, wording: Wording) -> Iterator[tuple[str, str]]:
    """Yield each kind of annotation and its command: what stopped the run, the findings, what is unclear."""
    whole = Locator(report.source)
    if report.unusable is not None:
        text = wording.say(report.unusable, report.unusable_values)
        yield "error", _at(whole, "error", "mlcheck", text)
        return
    for crash in report.crashes:
        text = crash_text(crash, report.source, wording)
        yield "error", _at(whole, "error", crash.name, text)
    if not evaluated(report):
        yield "error", _at(whole, "error", "mlcheck", wording.say("nothing could be checked"))
    for finding in report.findings:
        kind = KINDS[finding.severity]
        yield kind, _at(finding.location, kind, _title(finding), *sentences(finding, wording))
    for block in report.not_understood:
        text = wording.say(block.reason, block.values)
        yield "notice", _at(block.locator, "notice", "mlcheck", text)


def _title(finding: Finding) -> str:
    return " · ".join(part for part in (f"{finding.rule} {finding.table}".strip(), finding.label) if part)


def _at(where: Locator, kind: str, title: str, *lines: str) -> str:
    """Return a command about a place of a file."""
    properties = {"file": readable(path_of(where.file)), "line": str(line_of(where))}
    if where.column is not None:
        properties["col"] = str(where.column)
    properties["title"] = readable(title, LONGEST_TITLE)
    return _command(kind, properties, "\n".join(map(readable, lines)))


def _command(kind: str, properties: dict[str, str], text: str) -> str:
    """Return a command; what GitHub would read as the end of it, or of a property, is escaped."""
    held = ",".join(f"{key}={value.translate(_PROPERTY)}" for key, value in properties.items())
    return f"::{kind} {held}::{cut(text, LONGEST_MESSAGE).translate(_DATA)}\n"
