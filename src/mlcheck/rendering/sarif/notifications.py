"""What went wrong with a run, apart from the figures: no finding, and never silence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mlcheck.model.document import Locator
from mlcheck.model.finding import Report
from mlcheck.rendering.sarif.locations import location
from mlcheck.rendering.sarif.messages import message
from mlcheck.rendering.summary import evaluated
from mlcheck.rendering.wording import CRASHED, Wording

UNUSABLE, CRASH, NOTHING, UNCLEAR = "unusable", "rule-crashed", "nothing-checked", "not-understood"
DESCRIPTORS = [
    {"id": UNUSABLE, "shortDescription": {"text": "A file could not be checked."}},
    {"id": CRASH, "shortDescription": {"text": "A rule of mlcheck failed; the others still ran."}},
    {"id": NOTHING, "shortDescription": {"text": "No two figures of a report could be compared."}},
    {"id": UNCLEAR, "shortDescription": {"text": "A block of a report was not understood."}},
]


def notifications(report: Report, wording: Wording) -> Iterator[dict[str, Any]]:
    """Yield what kept a report, a rule or a block from being checked; the first three kinds fail the run."""
    whole = Locator(report.source)
    if report.unusable is not None:
        yield _notification(UNUSABLE, "error", wording.say(report.unusable, report.unusable_values), whole)
        return
    for crash in report.crashes:
        text = wording.say(CRASHED, {"rule": crash.rule, "error": crash.error})
        yield _notification(CRASH, "error", text, whole) | {"associatedRule": {"id": crash.rule}}
    if not evaluated(report):
        yield _notification(NOTHING, "error", wording.say("nothing could be checked"), whole)
    for block in report.not_understood:
        yield _notification(UNCLEAR, "note", wording.say(block.reason, block.values), block.locator)


def _notification(descriptor: str, level: str, text: str, where: Locator) -> dict[str, Any]:
    return {
        "descriptor": {"id": descriptor},
        "level": level,
        "message": message(text),
        "locations": [location(where)],
    }
