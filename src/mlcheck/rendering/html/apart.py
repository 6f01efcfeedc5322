"""What stands apart from the findings: those that are silenced, what was not understood, faults of mlcheck."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from mlcheck.model.finding import Report
from mlcheck.model.waiver import Suppressed
from mlcheck.rendering.html.anchors import Anchors
from mlcheck.rendering.html.findings import ShownFinding, shown
from mlcheck.rendering.html.index import Index
from mlcheck.rendering.html.spots import spot
from mlcheck.rendering.html.tables import PageTable
from mlcheck.rendering.wording import CRASHED, Wording


class Silenced(Struct, frozen=True):
    """A finding that is told apart, and the sentences that say by what."""

    finding: ShownFinding
    told: tuple[str, ...]


class Block(Struct, frozen=True):
    """A block that was not understood: its place and why."""

    where: str
    reason: str


def silenced(
    index: Index, known: Mapping[str, PageTable], anchors: Anchors, wording: Wording
) -> list[Silenced]:
    """Return the findings of a report that a waiver or a baseline silences."""
    return [
        Silenced(shown(one.finding, index, known, anchors, wording), tuple(_told(one, wording)))
        for one in index.report.suppressed
    ]


def _told(one: Suppressed, wording: Wording) -> list[str]:
    waiver = one.waiver
    if waiver is None:
        return [wording.say("known before, in the baseline")]
    told = [wording.say("accepted by {author}: {reason}", {"author": waiver.author, "reason": waiver.reason})]
    if waiver.expires is not None:
        told.append(wording.say("until {date}", {"date": waiver.expires.isoformat()}))
    return told


def blocks(report: Report, wording: Wording) -> list[Block]:
    """Return the blocks of a report that were not understood."""
    return [
        Block(spot(block.locator, wording), wording.say(block.reason, block.values))
        for block in report.not_understood
    ]


def crashes(report: Report, wording: Wording) -> list[str]:
    """Return the faults of mlcheck that a report met, each as a sentence."""
    return [wording.say(CRASHED, {"rule": crash.rule, "error": crash.error}) for crash in report.crashes]
