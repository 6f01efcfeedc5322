"""One pass over the XML of a sheet for what calamine does not tell; its values are not kept."""

from __future__ import annotations

from collections.abc import Callable
from xml.parsers.expat import XMLParserType

from mlcheck.reading.archive import Archive
from mlcheck.reading.limits import MAX_COLUMNS, MAX_MERGES
from mlcheck.reading.refusals import damaged
from mlcheck.reading.xlsx_layout import Bounds, Place, SheetLayout, merge_of
from mlcheck.reading.xml_parts import feed, xml_parser

Start = Callable[[str, dict[str, str]], None]
TRUE = ("1", "true")


def read_layout(archive: Archive, part: str, sheet: str, watched: list[bool], room: int) -> SheetLayout:
    """Return the styles, errors, formulas, hidden rows and merged ranges of a sheet.

    `watched` tells for each style whether the stored text is kept, `room` how many cells may come.
    Raises MlcheckError where the sheet is beyond the limits: this pass comes before any library makes
    room for its cells.
    """
    found = SheetLayout()
    bounds = Bounds(archive.path, sheet, found, room)
    parser = xml_parser(archive.path, part)

    def root(name: str, _: dict[str, str]) -> None:
        if not name.endswith("worksheet"):
            raise damaged(archive.path, part)
        prefix = name.removesuffix("worksheet")  # some writers put every name in a prefix
        parser.StartElementHandler = _cell_starts(parser, found, watched, prefix, bounds)

    parser.StartElementHandler = root
    feed(parser, archive.chunks(part), archive.path, part)
    bounds.row_ends()
    return found


def _cell_starts(
    parser: XMLParserType, found: SheetLayout, watched: list[bool], prefix: str, bounds: Bounds
) -> Start:
    """Return the function called at each start tag; it runs millions of times, so it stays flat."""
    cell, value, line_tag, formula, inline = (prefix + name for name in ("c", "v", "row", "f", "is"))
    index = {str(number): number for number in range(len(watched))}
    columns: dict[str, int] = {}
    row, row_text, width, column, style, kind = -1, "0", 1, -1, 0, ""
    line: dict[int, int] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal row, row_text, width, column, style, kind, line
        if name == value:
            line[column] = style
            if kind == "e" or watched[style]:
                _keep_text(parser, (row, column), found.errors if kind == "e" else found.raw)
            elif kind == "str":  # a formula that gives "" is computed
                found.formulas.discard((row, column))
        elif name == cell:
            address = attributes.get("r")
            style = index.get(attributes.get("s", "0"), 0)
            kind = attributes.get("t", "")
            if address is None:
                column += 1
            elif address[-width:] == row_text and address[:-width] in columns:
                column = columns[address[:-width]]
            else:
                column = columns[address[:-width]] = bounds.column_of(address, row_text)
        elif name == line_tag:
            row = bounds.row_starts(attributes.get("r", str(row + 2)))
            row_text, width, column = str(row + 1), len(str(row + 1)), -1
            line = found.styles.setdefault(row, {})
            if attributes.get("hidden") in TRUE or is_zero(attributes.get("ht")):
                found.hidden_rows.add(row)
        elif name in (formula, inline):
            line[column] = style
            if name == formula:
                found.formulas.add((row, column))
        else:
            _rare(name.rpartition(":")[2], attributes, found)

    return start


def _keep_text(parser: XMLParserType, place: Place, store: dict[Place, str]) -> None:
    """Keep the text of the element that has just started."""

    def text(data: str) -> None:
        store[place] = store.get(place, "") + data

    def end(_: str) -> None:
        parser.CharacterDataHandler = parser.EndElementHandler = None

    parser.CharacterDataHandler, parser.EndElementHandler = text, end


def _rare(name: str, attributes: dict[str, str], found: SheetLayout) -> None:
    if name == "col":
        _columns(attributes, found)
    elif name == "mergeCell":
        merge = merge_of(attributes.get("ref", ""))
        if merge and len(found.merges) <= MAX_MERGES:
            found.merges.append(merge)
    elif name == "sheetView" and attributes.get("showZeros") in ("0", "false"):
        found.zeros = False


def _columns(attributes: dict[str, str], found: SheetLayout) -> None:
    bounds = [attributes.get(bound, "") for bound in ("min", "max")]
    if not all(bound.isdecimal() and len(bound) < 9 for bound in bounds):
        return
    first, last = max(int(bounds[0]) - 1, found.columns_end), min(int(bounds[1]), MAX_COLUMNS)
    if attributes.get("hidden") in TRUE or is_zero(attributes.get("width")):
        found.hidden_columns.update(range(first, last))
    found.columns_end = max(found.columns_end, last)


def is_zero(size: str | None) -> bool:
    """Tell whether a width or a height is written and is nothing."""
    return bool(size) and not str(size).strip("0.")
