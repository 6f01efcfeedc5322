"""A workbook copied with the marks of its report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import IO

from mlcheck.model.document import column_letters
from mlcheck.model.finding import Report
from mlcheck.rendering.annotation.marks import Find, Mark, Where, marks_of
from mlcheck.rendering.annotation.markup import Edit, Element, UneditableError, changed, spliced, tag
from mlcheck.rendering.annotation.package import SIGNED, Package
from mlcheck.rendering.annotation.spreadsheet.cells import new_sheet
from mlcheck.rendering.annotation.spreadsheet.comments import add_comments
from mlcheck.rendering.annotation.spreadsheet.findings_sheet import findings_sheet, widths
from mlcheck.rendering.annotation.spreadsheet.sheet_scan import At, Scan, number, place_of
from mlcheck.rendering.annotation.spreadsheet.styles import Styles, empty_styles
from mlcheck.rendering.annotation.spreadsheet.workbook import Workbook
from mlcheck.rendering.wording import Wording
from mlcheck.translation import N_

NO_COMMENTS = N_("The sheet {sheet} could take no comments: its cells are coloured only.")
DISCUSSED = N_("A discussion stands in {places}: mlcheck left no comment there.")
CONDITIONAL = N_("Conditional formats of the sheet {sheet} may hide the colours of mlcheck.")
_STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"


def copy_marked(
    workbook: Workbook,
    report: Report,
    find: Find[Where],
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
        own = {where[1]: mark for where, mark in marks.items() if where[0] == sheet}
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
    placed: dict[At, Mark] = {place: mark for cell, mark in marks.items() if (place := place_of(cell))}
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
    new = _marked_sheet(
        scan, {place: mark.kind for place, mark in placed.items()}, styles, drawing, package.namespaces[1]
    )
    if new != data:
        package.put(part, new)


# A sheet whose marked cells take another style; every other byte of it is kept.


def _marked_sheet(
    scan: Scan, marks: Mapping[At, str], styles: Styles, drawing: str | None, relations: str
) -> bytes:
    """Return a sheet with its cells coloured by the kind of mark they have, and no longer selected.

    `drawing` is the id of a new drawing of comments, None to add none; `relations` the namespace of relationships.
    """
    edits: list[Edit] = [
        (view.start, view.opened, tag(view.name, changed(view.attributes, {"tabSelected": None}), view.empty))
        for view in scan.views
        if "tabSelected" in view.attributes
    ]
    for place, cell in scan.cells.items():
        style = str(styles.marked(number(cell.attributes.get("s", ""), 0), marks[place]))
        edits.append((cell.start, cell.opened, tag(cell.name, {**cell.attributes, "s": style}, cell.empty)))
    missing: dict[int, dict[int, bytes]] = {}
    for place in sorted(place for place in marks if place not in scan.cells):
        missing.setdefault(place[0], {})[place[1]] = _cell(place, marks[place], scan, styles)
    for row, cells in missing.items():
        edits += _row(row, cells, scan)
    if drawing is not None:
        new = f'<{scan.prefix}legacyDrawing xmlns:r="{relations}" r:id="{drawing}"/>'.encode()
        edits.append((scan.drawing_at, scan.drawing_at, new))
    return spliced(scan.data, edits)


def _row(row: int, cells: Mapping[int, bytes], scan: Scan) -> Iterator[Edit]:
    """Yield the edits that add cells to a row, or the row itself where the sheet leaves it out."""
    known = scan.rows.get(row)
    if known is not None and not known.empty:
        for column, xml in cells.items():
            at = next((start for other, start in scan.cell_starts[row] if other > column), known.closed)
            yield at, at, xml
        return
    attributes = {"r": str(row + 1)} if known is None else known.attributes
    whole = _element(f"{scan.prefix}row", attributes, b"".join(cells.values()))
    if known is not None:
        yield known.start, known.opened, whole
        return
    later = [start for other, start in scan.row_starts if other > row]
    if later:
        yield later[0], later[0], whole
    elif scan.sheet_data is not None:
        yield _last(scan.sheet_data, whole)


def _last(part: Element, rows: bytes) -> Edit:
    if part.empty:
        return part.start, part.opened, _element(part.name, part.attributes, rows)
    return part.closed, part.closed, rows


def _element(name: str, attributes: Mapping[str, str], content: bytes) -> bytes:
    return tag(name, attributes) + content + f"</{name}>".encode()


def _cell(place: At, kind: str, scan: Scan, styles: Styles) -> bytes:
    """Return a marked cell without content, styled as its row or column is."""
    row, column = place
    known = scan.rows.get(row)
    if known is not None and known.attributes.get("customFormat") in ("1", "true"):
        base = known.attributes.get("s", "")
    else:
        base = next((c.get("style", "") for c in scan.columns if _spans(c, column)), "")
    address = f"{column_letters(column)}{row + 1}"
    style = str(styles.marked(number(base, 0), kind))
    return tag(f"{scan.prefix}c", {"r": address, "s": style}, True)


def _spans(columns: Mapping[str, str], column: int) -> bool:
    return number(columns.get("min", ""), 0) <= column + 1 <= number(columns.get("max", ""), 0)
