"""Which places of a report are marked, how, and with which comments."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

from msgspec import Struct, field

from mlcheck.model.document import Locator
from mlcheck.model.finding import Report
from mlcheck.rendering.annotation.notes import Note, stated_note, suspect_note
from mlcheck.rendering.wording import Wording

Where = tuple[str, str]
W = TypeVar("W", bound=Hashable)
Find = Callable[[Locator, int | None], W | None]
"""Gives the spot in the copy of a place and the id of the figure there, None where it has none."""


class Mark(Struct):
    """What one cell is marked as, and its notes in the order of the findings."""

    kind: str
    notes: list[Note] = field(default_factory=list)


KINDS = ("error", "warning", "suspect", "info", "bounded", "proven")
"""What a cell can be marked as; where it is several, the first is shown."""

VERIFIED = ("proven", "bounded")

COLORS = {
    "error": "FFFF9C9C",
    "warning": "FFFFC78A",
    "suspect": "FFFFF3B0",
    "info": "FFCFE4F7",
    "proven": "FFD7EDCB",
    "bounded": "FFEAF5E4",
}
STRONG = {
    "error": "C00000",
    "warning": "C55A11",
    "suspect": "BF9000",
    "info": "2E75B6",
    "proven": "548235",
    "bounded": "A9D18E",
}
"""The colours of outlines, where a cell has a fill of its own."""
HEADER, RULE_LINE = "1F3A4D", "D0D7DC"
_TOP = '<alignment vertical="top" wrapText="1"/>'
_TEXT = '<alignment horizontal="left" vertical="top" wrapText="1" indent="1"/>'
_INDENTED = '<alignment horizontal="left" vertical="top" indent="1"/>'
_NUMBER = '<alignment horizontal="right" vertical="top" wrapText="1"/>'
_MIDDLE = '<alignment horizontal="left" vertical="center" wrapText="1" indent="1"/>'

FONTS = {
    "plain": "<font><sz val='11'/><name val='Calibri'/><family val='2'/></font>",
    "bold": "<font><b/><sz val='11'/><name val='Calibri'/><family val='2'/></font>",
    "title": "<font><b/><sz val='15'/><color rgb='FF1F3A4D'/><name val='Calibri'/><family val='2'/></font>",
    "part": "<font><b/><sz val='12'/><color rgb='FF1F3A4D'/><name val='Calibri'/><family val='2'/></font>",
    "header": "<font><b/><sz val='11'/><color rgb='FFFFFFFF'/><name val='Calibri'/><family val='2'/></font>",
    "link": "<font><u/><sz val='11'/><color rgb='FF0563C1'/><name val='Calibri'/><family val='2'/></font>",
    "small": "<font><sz val='10'/><color rgb='FF44546A'/><name val='Calibri'/><family val='2'/></font>",
}
LINE = f"<border><left/><right/><top/><bottom style='thin'><color rgb='FF{RULE_LINE}'/></bottom><diagonal/></border>"

LOOKS: dict[str, tuple[str, str | None, bool, str]] = {
    "title": ("title", None, False, ""),
    "part": ("part", None, False, ""),
    "overview": ("bold", None, False, ""),
    "aside": ("small", None, False, ""),
    "header": ("header", f"FF{HEADER}", False, _MIDDLE),
    "text": ("plain", None, True, _TEXT),
    "number": ("plain", None, True, _NUMBER),
    "link": ("link", None, True, _TEXT),
    "key": ("plain", None, False, _INDENTED),
    "grid": ("plain", None, False, _TOP),
    "grid number": ("plain", None, False, _NUMBER),
    **{kind: ("bold", color, True, _TEXT) for kind, color in COLORS.items()},
}
"""Each look with its font, fill, whether a thin line stands below, and alignment."""


def marks_of(report: Report, find: Find[W], wording: Wording, tint: bool) -> dict[W, Mark]:
    """Return the mark of each spot, such as a (sheet, A1 address), that `find` gives a place in the copy.

    The cell of a finding is marked by its severity, those of its suspects as suspects; with `tint`, the
    verified figures are marked too.
    """
    marks: dict[W, Mark] = _verified(report, find) if tint else {}
    wrong = [claim for claim in report.claims if claim.verdict == "inconsistent"]
    for finding in report.findings:
        where = find(finding.location, finding.figure)
        _mark(marks, where, finding.severity, stated_note(finding, wrong, wording))
        for suspect in finding.suspects:
            note = suspect_note(finding, suspect, wording)
            places = [(suspect.location, suspect.figure), *((also, None) for also in suspect.also)]
            for place, figure in places:
                spot_at = find(place, figure)
                if spot_at != where:
                    _mark(marks, spot_at, "suspect", note)
    return marks


def _mark(marks: dict[W, Mark], spot_at: W | None, kind: str, note: Note) -> None:
    if spot_at is None:
        return
    mark = marks.setdefault(spot_at, Mark(kind))
    mark.kind = min(mark.kind, kind, key=KINDS.index)
    if note not in mark.notes:
        mark.notes.append(note)


def _verified(report: Report, find: Find[W]) -> dict[W, Mark]:
    """Return the spots whose figures are all proven, or all proven or bounded."""
    columns = ("state", "coverage", "figure", "sheet", "cell", "page", "slide", "shape", "line", "box")
    found: dict[W, set[str]] = {}
    for state, coverage, figure, sheet, cell, page, slide, shape, line, box in report.figures.select(
        columns
    ).iter_rows():
        if state != "number":
            continue
        where = tuple(box) if box else None
        locator = Locator(
            report.source, sheet=sheet, cell=cell, page=page, slide=slide, shape=shape, line=line, box=where
        )
        spot_at = find(locator, figure)
        if spot_at is not None:
            found.setdefault(spot_at, set()).add(coverage)
    return {
        spot_at: Mark("proven" if shown == {"proven"} else "bounded")
        for spot_at, shown in found.items()
        if shown <= {"proven", "bounded"}
    }


# The colours of marks and the looks of the cells that are written anew, as pieces of a style sheet.


def fill(color: str) -> str:
    """Return a solid fill."""
    return f"<fill><patternFill patternType='solid'><fgColor rgb='{color}'/><bgColor indexed='64'/></patternFill></fill>"


def hexadecimal(kind: str) -> str:
    """Return the colour of a kind of mark as six digits."""
    return COLORS[kind][2:]


def is_pale(color: str) -> bool:
    """Tell whether a colour of six digits is too pale to be read on that of a mark."""
    try:
        red, green, blue = bytes.fromhex(color)
    except ValueError:
        return False
    return 299 * red + 587 * green + 114 * blue > 150_000  # luma of ITU-R BT.601, of 255 000
