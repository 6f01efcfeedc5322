"""A sheet whose marked cells take another style; every other byte of it is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mlcheck.model.document import column_letters
from mlcheck.rendering.annotation.markup import Edit, Element, changed, spliced, tag
from mlcheck.rendering.annotation.sheet_scan import Place, Scan, number
from mlcheck.rendering.annotation.styles import Styles


def marked_sheet(
    scan: Scan, marks: Mapping[Place, str], styles: Styles, drawing: str | None, relations: str
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


def _cell(place: Place, kind: str, scan: Scan, styles: Styles) -> bytes:
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
