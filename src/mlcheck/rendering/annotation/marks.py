"""Which places of a report are marked, how, and what they are told."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct, field

from mlcheck.model.document import Locator
from mlcheck.model.finding import Report
from mlcheck.rendering.annotation.notes import Note, stated_note, suspect_note
from mlcheck.rendering.annotation.palette import KINDS
from mlcheck.rendering.wording import Wording

Spot = tuple[str, str]
Find = Callable[[Locator], Spot | None]


class Mark(Struct):
    """What one cell is marked as, and its notes in the order of the findings."""

    kind: str
    notes: list[Note] = field(default_factory=list)


def marks_of(report: Report, find: Find, wording: Wording, tint: bool) -> dict[Spot, Mark]:
    """Return the mark of each cell, under the (sheet, A1 address) that `find` gives its place in the copy.

    The cell of a finding is marked by its severity, those of its suspects as suspects; with `tint`, the
    verified figures are marked too.
    """
    marks: dict[Spot, Mark] = _verified(report, find) if tint else {}
    wrong = [claim for claim in report.claims if claim.verdict == "inconsistent"]
    for finding in report.findings:
        _mark(marks, find(finding.location), finding.severity, stated_note(finding, wrong, wording))
        for suspect in finding.suspects:
            note = suspect_note(finding, suspect, wording)
            for where in (suspect.location, *suspect.also):
                if where != finding.location:
                    _mark(marks, find(where), "suspect", note)
    return marks


def _mark(marks: dict[Spot, Mark], spot: Spot | None, kind: str, note: Note) -> None:
    if spot is None:
        return
    mark = marks.setdefault(spot, Mark(kind))
    mark.kind = min(mark.kind, kind, key=KINDS.index)
    if note not in mark.notes:
        mark.notes.append(note)


def _verified(report: Report, find: Find) -> dict[Spot, Mark]:
    """Return the cells whose figures are all proven, or all proven or bounded."""
    columns = ("state", "coverage", "sheet", "cell", "page", "slide", "shape", "line")
    found: dict[Spot, set[str]] = {}
    for state, coverage, sheet, cell, page, slide, shape, line in report.figures.select(columns).iter_rows():
        if state != "number":
            continue
        locator = Locator(
            report.source, sheet=sheet, cell=cell, page=page, slide=slide, shape=shape, line=line
        )
        spot = find(locator)
        if spot is not None:
            found.setdefault(spot, set()).add(coverage)
    return {
        spot: Mark("proven" if told == {"proven"} else "bounded")
        for spot, told in found.items()
        if told <= {"proven", "bounded"}
    }
