"""One pass over the XML of a sheet for what calamine does not tell; its values are not kept."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from posixpath import dirname, join, normpath
from xml.parsers.expat import XMLParserType

from msgspec import Struct

from mlcheck.language.characters import is_digits
from mlcheck.language.formula_text import SharedFormula
from mlcheck.model.document import Locator, Merge, NotUnderstood, column_number
from mlcheck.model.formula import LONGEST_FORMULA
from mlcheck.reading.container.archive import Archive, feed, xml_parser
from mlcheck.reading.container.refusals import MAX_AREA, MAX_COLUMNS, MAX_MERGES, MAX_ROWS, damaged, too_large
from mlcheck.reading.spreadsheet.rich_text import keep_runs
from mlcheck.translation import N_

Start = Callable[[str, dict[str, str]], None]
TRUE = ("1", "true")
At = tuple[int, int]


class SheetLayout:
    """The cells of a sheet that hold something, and what marks them; all places are 0-based.

    `styles` maps a row to its columns and their index of style. `errors` has the stored name of each
    error, `raw` the stored text of the cells whose style is watched (calamine makes dates of them);
    `texts` are those of the cells with raised digits; `formulas` are the texts of formulas, `patterns` those
    that several cells share, by their key, and `uncomputed` the cells of formulas that may never have been
    computed; `zeros` is False where the sheet does not show its zeros.
    """

    __slots__ = (
        "columns_end",
        "errors",
        "formulas",
        "hidden_columns",
        "hidden_rows",
        "merges",
        "patterns",
        "raw",
        "shared",
        "styles",
        "texts",
        "uncomputed",
        "zeros",
    )

    def __init__(self) -> None:
        self.styles: dict[int, dict[int, int]] = {}
        self.errors: dict[At, str] = {}
        self.raw: dict[At, str] = {}
        self.shared: dict[At, str] = {}
        self.texts: dict[At, str] = {}
        self.formulas: dict[At, str] = {}
        self.patterns: dict[str, SharedFormula] = {}
        self.uncomputed: set[At] = set()
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.merges: list[Merge] = []
        self.zeros = True
        self.columns_end = 0


class Bounds:
    """Counts the cells of a sheet row by row; raises MlcheckError once there are more than `room`."""

    __slots__ = ("cells", "found", "height", "path", "room", "row", "sheet", "width")

    def __init__(self, path: Path, sheet: str, found: SheetLayout, room: int) -> None:
        self.path, self.sheet, self.found, self.room = path, sheet, found, room
        self.row, self.cells, self.height, self.width = -1, 0, 0, 0

    def row_starts(self, number: str) -> int:
        """Return the 0-based index of a row from its number."""
        self.row_ends()
        if not is_digits(number) or number == "0":
            raise damaged(self.path, f"{self.sheet}!{number[:20]}")
        if len(number) > 7 or int(number) > MAX_ROWS:
            raise too_large(self.path, self.sheet)
        self.row = int(number) - 1
        return self.row

    def row_ends(self) -> None:
        """Count the row that was being read."""
        line = self.found.styles.get(self.row)
        if line:
            self.cells += len(line)
            self.height = max(self.height, self.row + 1)
            self.width = max(self.width, max(line) + 1)
        if self.cells > self.room or self.width > MAX_COLUMNS or self.height * self.width > MAX_AREA:
            raise too_large(self.path, self.sheet)
        if len(self.found.merges) > MAX_MERGES:
            raise too_large(self.path, self.sheet)

    def column_of(self, address: str, row_text: str) -> int:
        """Return the 0-based column of an A1 address that must stand in a given row."""
        letters = address.removesuffix(row_text)
        if letters == address or not re.fullmatch("[A-Za-z]{1,3}", letters):
            raise damaged(self.path, f"{self.sheet}!{address[:20]}")
        return column_number(letters)


_FIGURE = re.compile(r"[0-9]")
LONGEST = 60  # characters of a text that is shown
CHART = N_("The sheet holds a chart, which is not read.")
CHARTS = N_("The sheet holds {count} charts, which are not read.")
BOX = N_("The text box “{text}” is not read: put its figures into cells.")


class Package(Struct, frozen=True):
    """The parts of a workbook: (name, part) of each sheet, its styles and shared strings or None.

    `uncomputed` tells that the writer left the formulas to the program that opens the file.
    """

    sheets: tuple[tuple[str, str], ...]
    styles: str | None
    strings: str | None
    date1904: bool
    uncomputed: bool


def read_layout(
    archive: Archive, part: str, sheet: str, watched: list[bool], room: int, raised: dict[str, str]
) -> SheetLayout:
    """Return the styles, errors, formulas, hidden rows and merged ranges of a sheet.

    `watched` tells for each style whether the stored text is kept, `room` how many cells may come, and
    `raised` holds the shared strings with raised digits.
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
        parser.StartElementHandler = _cell_starts(parser, found, watched, prefix, bounds, bool(raised))

    parser.StartElementHandler = root
    feed(parser, archive.chunks(part), archive.path, part)
    bounds.row_ends()
    found.texts |= {place: raised[index] for place, index in found.shared.items() if index in raised}
    return found


def _cell_starts(
    parser: XMLParserType, found: SheetLayout, watched: list[bool], prefix: str, bounds: Bounds, raised: bool
) -> Start:
    """Return the function called at each start tag; it runs millions of times, so it stays flat."""
    cell, value, line_tag, formula, inline = (prefix + name for name in ("c", "v", "row", "f", "is"))
    kept = {"e", "str", "s"} if raised else {"e", "str"}
    index = {str(number): number for number in range(len(watched))}
    columns: dict[str, int] = {}
    row, row_text, width, column, style, kind = -1, "0", 1, -1, 0, ""
    line: dict[int, int] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal row, row_text, width, column, style, kind, line
        if name == value and column >= 0:
            line[column] = style
            if kind in kept or watched[style]:
                _value_starts(parser, (row, column), kind, found)
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
        elif name in (formula, inline) and column >= 0:  # some stand outside a cell
            line[column] = style
            if name == formula:
                found.uncomputed.add((row, column))
                _formula_starts(parser, (row, column), attributes, found)
            else:
                keep_runs(parser, name, partial(found.texts.__setitem__, (row, column)))
        else:
            _rare(name.rpartition(":")[2], attributes, found)

    return start


def _value_starts(parser: XMLParserType, place: At, kind: str, found: SheetLayout) -> None:
    """Keep what a value that has just started tells and calamine does not."""
    if kind == "str":  # a formula that gives "" is computed
        found.uncomputed.discard(place)
        return
    _keep_text(parser, place, found.errors if kind == "e" else found.shared if kind == "s" else found.raw)


def _formula_starts(parser: XMLParserType, place: At, attributes: dict[str, str], found: SheetLayout) -> None:
    """Keep the formula that has just started; a cell that shares another's has the key of it alone."""
    key = attributes.get("si") if attributes.get("t") == "shared" else None
    pieces: list[str] = []

    def end(_: str) -> None:
        parser.CharacterDataHandler = parser.EndElementHandler = None
        text: str | None = "".join(pieces)
        if not text:
            text = found.patterns[key].at(*place) if key in found.patterns else None
        elif key is not None and len(text) <= LONGEST_FORMULA:
            found.patterns[key] = SharedFormula(text, *place)
        if text and len(text) <= LONGEST_FORMULA:
            found.formulas[place] = text

    parser.CharacterDataHandler, parser.EndElementHandler = pieces.append, end


def _keep_text(parser: XMLParserType, place: At, store: dict[At, str]) -> None:
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
        merge = _merge_of(attributes.get("ref", ""))
        if merge and len(found.merges) <= MAX_MERGES:
            found.merges.append(merge)
    elif name == "sheetView" and attributes.get("showZeros") in ("0", "false"):
        found.zeros = False


def _columns(attributes: dict[str, str], found: SheetLayout) -> None:
    bounds = [attributes.get(bound, "") for bound in ("min", "max")]
    if not all(is_digits(bound) and len(bound) < 9 for bound in bounds):
        return
    first, last = max(int(bounds[0]) - 1, found.columns_end), min(int(bounds[1]), MAX_COLUMNS)
    if attributes.get("hidden") in TRUE or is_zero(attributes.get("width")):
        found.hidden_columns.update(range(first, last))
    found.columns_end = max(found.columns_end, last)


def is_zero(size: str | None) -> bool:
    """Tell whether a width or a height is written and is nothing."""
    return bool(size) and not str(size).strip("0.")


# What a sheet of an xlsx workbook says of its cells besides their values, and its bounds.
def _merge_of(reference: str) -> Merge | None:
    """Return the merged range of a reference such as "A1:C2", None for one cell or nonsense."""
    match = re.fullmatch(r"([A-Za-z]{1,3})([0-9]{1,7}):([A-Za-z]{1,3})([0-9]{1,7})", reference)
    if match is None:
        return None
    left, right = sorted((column_number(match[1]), column_number(match[3])))
    top, bottom = sorted((int(match[2]) - 1, int(match[4]) - 1))
    return Merge(max(top, 0), left, bottom, right)


# What is drawn over the cells of a sheet, and is not read: charts, and texts in boxes.
def drawn(archive: Archive, part: str, sheet: Locator) -> Iterator[NotUnderstood]:
    """Yield a note for the charts of a sheet, and one for each of its text boxes that holds a figure."""
    for drawing in _related(archive, part, "drawings/"):
        if not archive.has(drawing):
            continue
        charts = len(_related(archive, drawing, "charts/"))
        if charts:
            yield NotUnderstood(sheet, CHART if charts == 1 else CHARTS, {"count": charts})
        for text in _boxes(archive, drawing):
            if _FIGURE.search(text):
                short = text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()} …"
                yield NotUnderstood(sheet, BOX, {"text": short})


def _related(archive: Archive, part: str, folder: str) -> list[str]:
    """Return the parts of a folder that another part relates to, by the targets of its relationships."""
    base, name = posixpath.split(part)
    relations = f"{base}/_rels/{name}.rels"
    if not archive.has(relations):
        return []
    found: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        target = attributes.get("Target", "")
        if tag.endswith("Relationship") and folder in target and attributes.get("TargetMode") != "External":
            found.append(posixpath.normpath(posixpath.join("/" + base, target)).lstrip("/"))

    parser = xml_parser(archive.path, relations)
    parser.StartElementHandler = start
    feed(parser, archive.chunks(relations), archive.path, relations)
    return found


def _boxes(archive: Archive, drawing: str) -> list[str]:
    """Return the text of each shape of a drawing, its paragraphs a blank apart."""
    texts: list[list[str]] = []
    inside = [False]

    def start(tag: str, _: dict[str, str]) -> None:
        if tag.endswith(":txBody"):
            texts.append([])
        elif tag.endswith(":p") and texts:
            texts[-1].append(" ")
        inside[0] = tag.endswith(":t")

    def end(_: str) -> None:
        inside[0] = False

    def data(text: str) -> None:
        if inside[0] and texts:
            texts[-1].append(text)

    parser = xml_parser(archive.path, drawing)
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, data
    feed(parser, archive.chunks(drawing), archive.path, drawing)
    return [" ".join("".join(pieces).split()) for pieces in texts]


# Which part of an xlsx archive holds what.


def read_package(archive: Archive) -> Package:
    """Return the parts of the workbook, found by its relationships."""
    root = _relations(archive, "")
    workbook = next((target for kind, target in root.values() if kind == "officeDocument"), None)
    if workbook is None or not archive.has(workbook):
        raise damaged(archive.path, "xl/workbook.xml")
    relations = _relations(archive, workbook)
    kinds = {kind: target for kind, target in relations.values() if archive.has(target)}
    names, settings = _workbook(archive, workbook)
    if any(key not in relations for _, key in names):
        raise damaged(archive.path, workbook)
    sheets = tuple((name, relations[key][1]) for name, key in names)
    return Package(
        sheets,
        kinds.get("styles"),
        kinds.get("sharedStrings"),
        "date1904" in settings,
        "fullCalcOnLoad" in settings,
    )


def _relations(archive: Archive, part: str) -> dict[str, tuple[str, str]]:
    """Return the relationships of a part: id -> (last word of the type, name of the target)."""
    folder = dirname(part)
    name = join(folder, "_rels", part[len(folder) :].lstrip("/") + ".rels")
    found: dict[str, tuple[str, str]] = {}

    def start(element: str, attributes: dict[str, str]) -> None:
        target = attributes.get("Target", "")
        if element.rpartition(":")[2] == "Relationship" and attributes.get("TargetMode") != "External":
            inside = target[1:] if target.startswith("/") else join(folder, target.removeprefix("./"))
            if folder and target.startswith(f"{folder}/"):  # some writers leave out the first slash
                inside = target
            kind = attributes.get("Type", "").rpartition("/")[2]
            found[attributes.get("Id", "")] = (kind, normpath(inside))

    parser = xml_parser(archive.path, name)
    parser.StartElementHandler = start
    feed(parser, archive.chunks(name), archive.path, name)
    return found


def _workbook(archive: Archive, part: str) -> tuple[list[tuple[str, str]], set[str]]:
    """Return the name and relationship of each sheet, and the settings that are on."""
    names: list[tuple[str, str]] = []
    settings: set[str] = set()

    def start(element: str, attributes: dict[str, str]) -> None:
        local = element.rpartition(":")[2]
        if local == "sheet":
            key = next((text for name, text in attributes.items() if name.endswith(":id")), "")
            names.append((attributes.get("name", ""), key))
        elif local in ("workbookPr", "calcPr"):
            settings.update(name for name, text in attributes.items() if text in ("1", "true"))

    parser = xml_parser(archive.path, part)
    parser.StartElementHandler = start
    feed(parser, archive.chunks(part), archive.path, part)
    return names, settings
