"""What a report that was saved again has solved, and what is new in it, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from mlcheck.model.changes import Changes
from mlcheck.model.finding import Finding, Report
from mlcheck.rendering.closing import verdict
from mlcheck.rendering.layout import paint, wrap
from mlcheck.rendering.places import place
from mlcheck.rendering.view import View
from mlcheck.rendering.wording import Wording
from mlcheck.translation import N_

UNCHANGED = N_("nothing has changed")


def render(report: Report, changes: Changes | None, view: View) -> Iterator[str]:
    """Yield a line for each finding that is solved, new or accepted, and the verdict; `changes` None tells the verdict alone."""
    wording = view.wording(report.language)
    if changes is not None:
        for findings, mark, word, style in (
            (changes.solved, "✓", wording.say("solved"), "green"),
            (changes.accepted, "i", wording.say("accepted"), "dim"),
            (changes.restored, "✗", wording.say("no longer accepted"), "red"),
            (changes.new, "✗", wording.say("new"), "red"),
        ):
            for finding in findings:
                for line in wrap(f"{mark} {word}  {_told(finding, wording)}", view.width, 0, 4):
                    yield f"{paint(line, style, view)}\n"
        if not (changes.solved or changes.new or changes.accepted or changes.restored):
            yield f"{wording.say(UNCHANGED)}\n"
    yield f"{paint(*verdict(report, wording, view), view)}\n"


def _told(finding: Finding, wording: Wording) -> str:
    message = wording.say(finding.message, finding.values)
    return f"{finding.rule} {place(finding.location, wording)}  {message}"
