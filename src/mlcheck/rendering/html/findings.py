"""A finding with what its reader needs to mend it: the sentence, the arithmetic, the corrections, the tables."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from mlcheck.model.finding import Finding, Severity
from mlcheck.rendering import summary
from mlcheck.rendering.html import words
from mlcheck.rendering.html.anchors import Anchors
from mlcheck.rendering.html.arithmetic import Token, arithmetic
from mlcheck.rendering.html.claims import Group, Operand, Piece, groups, operand, pieces
from mlcheck.rendering.html.excerpt import Mark, ShownTable, shown_table
from mlcheck.rendering.html.index import Index, Row
from mlcheck.rendering.html.review import Review, corrected, review
from mlcheck.rendering.html.spots import spot
from mlcheck.rendering.html.tables import PageTable
from mlcheck.rendering.html.text import cut, held
from mlcheck.rendering.wording import Wording

ROWS = 24  # of a table shown with a finding
TABLES = 3  # shown with a finding


class ShownFinding(Struct, frozen=True):
    """A finding as it is written; empty texts are not told.

    `subject` is the table and the label it is about, `seen` the anchor of its figure; `sentence` the pieces of
    its sentence; `others` are the compared figures that none of its tables shows.
    """

    anchor: str
    rule: str
    name: str
    severity: Severity
    mark: str
    told: str
    subject: str
    where: str
    seen: str
    message: str
    stated: str
    expected: str
    difference: str
    sentence: tuple[Piece, ...]
    arithmetic: tuple[Token, ...]
    review: Review | None
    tables: tuple[ShownTable, ...]
    others: tuple[Operand, ...]
    fingerprint: str


def findings(index: Index, known: Mapping[str, PageTable], anchors: Anchors, wording: Wording) -> list[Group]:
    """Return the findings of a report, section by section, in the order of the document."""
    sections = {
        section: [shown(one, index, known, anchors, wording) for one in own]
        for section, own in summary.by_section(index.report).items()
    }
    return groups(sections, index, wording)


def shown(
    finding: Finding, index: Index, known: Mapping[str, PageTable], anchors: Anchors, wording: Wording
) -> ShownFinding:
    """Return one finding as it is written."""
    own = index.figure(finding.location, finding.stated, finding.label)
    claim = None if finding.table else index.claim(finding.location, finding.stated, finding.rule)
    marks, homes = _marks(finding, own, index)
    names = list(dict.fromkeys(homes.values()))
    seen = index.link(own) or index.sentence(finding.location)
    titles = [name for name, table in known.items() if table.title == finding.table]
    if not names and own is not None and own["table"] is not None:
        names = [own["table"]]
    elif not names and finding.table and len(titles) == 1:
        names = titles
    shown_names = names[:TABLES]
    others = [
        operand(one, finding.location, index, wording)
        for one in finding.related
        if (row := index.related(one)) is None or row["table"] not in {*shown_names, None}
        or (row["table"] is None and index.link(row) != seen)
    ]  # fmt: skip
    subject = (finding.table, finding.label)
    return ShownFinding(
        anchors.take(finding.fingerprint or f"{index.prefix}{finding.rule}"), finding.rule, finding.name, finding.severity,
        words.SEVERITY_MARKS[finding.severity], words.severity(finding.severity, wording),
        cut(" · ".join(part for part in subject if part)), spot(finding.location, wording), seen,
        held(wording.say(finding.message, finding.values)), finding.stated or "", finding.expected or "",
        finding.difference or "", pieces([claim], wording) if claim else (),
        arithmetic(finding, own, claim, index, wording), review(finding, index, wording),
        tuple(shown_table(known[name], marks, ROWS, index, wording) for name in shown_names),
        tuple(others), finding.fingerprint,
    )  # fmt: skip


def _marks(finding: Finding, own: Row | None, index: Index) -> tuple[dict[int, Mark], dict[int, str]]:
    """Return the marks of the figures of a finding, and the tables of those that stand in one.

    What is found of a whole table, or of a label, is found of none of its figures.
    """
    rows: list[tuple[Row | None, Mark]] = [(own, Mark("wrong"))] if finding.label or not finding.table else []
    rows += [
        (index.figure(one.location, one.stated, one.label), Mark("suspect", one.suggested))
        for one in corrected(finding.suspects)
    ]
    rows += [(index.related(one), Mark("part")) for one in finding.related]
    marks: dict[int, Mark] = {}
    homes: dict[int, str] = {}
    for row, mark in rows:
        if row is None or row["table"] is None:
            continue
        first = marks.get(row["figure"])
        if first is None or (first.kind == "wrong" and mark.note):
            marks[row["figure"]] = Mark(first.kind if first else mark.kind, mark.note)
        homes[row["figure"]] = row["table"]
    return marks, homes
