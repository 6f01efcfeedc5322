"""A workbook copied with the marks of its report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import IO

from mlcheck.model.finding import Report
from mlcheck.rendering.annotation.cells import new_sheet
from mlcheck.rendering.annotation.comments import add_comments
from mlcheck.rendering.annotation.findings_sheet import findings_sheet, widths
from mlcheck.rendering.annotation.marks import Find, Mark, marks_of
from mlcheck.rendering.annotation.markup import UneditableError
from mlcheck.rendering.annotation.package import Package
from mlcheck.rendering.annotation.sheet import marked_sheet
from mlcheck.rendering.annotation.sheet_scan import Place, Scan, place_of
from mlcheck.rendering.annotation.styles import Styles, empty_styles
from mlcheck.rendering.annotation.workbook import Workbook
from mlcheck.rendering.wording import Wording
from mlcheck.translation import N_

SIGNED = N_("The digital signature of the file does not hold for this copy.")
NO_COMMENTS = N_("The sheet {sheet} could take no comments: its cells are coloured only.")
DISCUSSED = N_("A discussion stands in {places}: mlcheck left no comment there.")
CONDITIONAL = N_("Conditional formats of the sheet {sheet} may hide the colours of mlcheck.")
_STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"


def copy_marked(
    workbook: Workbook,
    report: Report,
    find: Find,
    stream: IO[bytes],
    lost: list[str],
    tint: bool,
    wording: Wording,
) -> None:
    """Write the copy of an open workbook; `lost` gets a sentence for each thing that it does not keep.

    Raises UneditableError where the workbook cannot be edited.
    """
    package = workbook.package
    name = package.related(workbook.part, "styles")
    styles = Styles((package.read(name) if name else None) or empty_styles(package.namespaces[0]))
    marks = marks_of(report, find, wording, tint)
    if package.holds("_xmlsignatures"):
        lost.append(wording.say(SIGNED))
    for sheet, part in workbook.sheets:
        own = {spot[1]: mark for spot, mark in marks.items() if spot[0] == sheet}
        lost += _mark_sheet(package, part, sheet, own, styles, wording)
    rows, frozen = findings_sheet(report, find, lost, tint, wording)
    first = new_sheet(rows, widths(), styles, package.namespaces, frozen=frozen, first=True)
    if name is None:
        name = "xl/styles.xml"
        package.declare(name, _STYLES_TYPE)
        package.relate(workbook.part, "styles", name)
    package.put(name, styles.written())
    workbook.put_first(first)
    package.copy(stream)


def _mark_sheet(
    package: Package, part: str, sheet: str, marks: Mapping[str, Mark], styles: Styles, wording: Wording
) -> Iterator[str]:
    """Mark the cells of one sheet; yield what it does not keep, or could not be given."""
    data = package.read(part)
    if data is None:
        return
    placed: dict[Place, Mark] = {place: mark for cell, mark in marks.items() if (place := place_of(cell))}
    scan = Scan(data, frozenset(placed))
    notes = {place: mark.notes for place, mark in placed.items() if mark.notes}
    drawing = None
    if notes:
        try:
            drawing, refused = add_comments(package, part, scan, notes, wording)
        except UneditableError:
            yield wording.say(NO_COMMENTS, {"sheet": sheet})
        else:
            if refused:
                places = ", ".join(f"{sheet}!{cell}" for cell in marks if place_of(cell) in refused)
                yield wording.say(DISCUSSED, {"places": places})
    if placed and b"conditionalFormatting" in data:
        yield wording.say(CONDITIONAL, {"sheet": sheet})
    new = marked_sheet(
        scan, {place: mark.kind for place, mark in placed.items()}, styles, drawing, package.namespaces[1]
    )
    if new != data:
        package.put(part, new)
