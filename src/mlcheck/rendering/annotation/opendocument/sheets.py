"""An OpenDocument spreadsheet copied with its wrong cells coloured and commented, and a sheet of findings in front."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from textwrap import wrap

from msgspec import Struct, field

from mlcheck.model.document import Locator
from mlcheck.model.finding import Report
from mlcheck.rendering.annotation.listing import ABOUT, HEADS, NOTHING, Row, counts, rows_of, title
from mlcheck.rendering.annotation.marks import COLORS, Mark, Where, marks_of
from mlcheck.rendering.annotation.markup import (
    Edit,
    Element,
    UneditableError,
    changed,
    elements,
    escaped_attribute,
    spliced,
    tag,
    tag_end,
    walk,
)
from mlcheck.rendering.annotation.opendocument.styles import (
    CONTENT,
    CellStyles,
    annotation,
    declared,
    list_styles,
    paragraphs,
    shown,
)
from mlcheck.rendering.annotation.package import Package
from mlcheck.rendering.annotation.spreadsheet.sheet_scan import place_of
from mlcheck.rendering.wording import Wording

NAME = "mlcheck"
SETTINGS = "settings.xml"
WIDTHS = (3.4, 4.6, 4.4, 6.4, 6.8)  # centimetres
PER_CENTIMETRE, LINE = 4.6, 0.45  # characters of 10 points; centimetres of a line
TALLEST = 24  # lines
CELLS = ("table-cell", "covered-table-cell")
COLUMNS, ROWS = "table:number-columns-repeated", "table:number-rows-repeated"
_ACTIVE = re.compile(rb'(<config:config-item config:name="ActiveTable"[^>]*>)[^<]*(<)')
_TOP = ("automatic-styles", "body")


class _Cell(Struct):
    """A cell that is written once for `repeat` columns; `annotated` is the comment it has."""

    element: Element
    column: int
    repeat: int
    annotated: Element | None = None


class _Row(Struct):
    """A row with a marked cell, written once for `repeat` rows."""

    element: Element
    row: int
    repeat: int
    cells: list[_Cell] = field(default_factory=list)


class _Sheets:
    """One pass over content.xml: the `wanted` rows of each sheet, the styles of columns, the first sheet."""

    def __init__(self, data: bytes, wanted: Mapping[str, Iterable[int]]) -> None:
        self.data = data
        self._wanted = {sheet: sorted(rows) for sheet, rows in wanted.items()}
        self.names: list[str] = []
        self.rows: dict[str, list[_Row]] = {}
        self.columns: dict[str, list[tuple[int, int, str]]] = {}
        self.first = 0
        self.root: dict[str, str] = {}
        self._path: list[Element | None] = []
        self._locals: list[str] = []
        self._sheet, self._row, self._column, self._past = "", 0, 0, 0
        self._own: _Row | None = None
        walk(data, self._start, self._end)

    def _start(self, name: str, attributes: dict[str, str], at: int) -> None:
        local = name.rpartition(":")[2]
        depth, parent = len(self._path), self._locals[-1] if self._locals else ""
        kept: Element | None = None
        if not depth:
            self.root = attributes
        elif local == "table" and parent == "spreadsheet":
            self.first = self.first or at
            self._sheet = attributes.get("table:name", "")
            self.names.append(self._sheet)
            self._row = self._past = 0
        elif local == "table-column" and self._is_in_sheet():
            self._columns(attributes)
        elif local == "table-row" and self._is_in_sheet():
            kept = self._row_starts(name, attributes, at)
        elif local in CELLS and parent == "table-row" and self._own is not None and self._is_in_sheet():
            kept = self._cell_starts(name, attributes, at)
        elif local == "annotation" and parent in CELLS and self._own is not None and self._own.cells:
            kept = self._element(name, attributes, at)
            self._own.cells[-1].annotated = kept
        self._path.append(kept)
        self._locals.append(local)

    def _is_in_sheet(self) -> bool:
        """Tell whether what starts stands in a sheet, and in no table of a drawing or of tracked changes."""
        return (
            self._locals.count("table") == 1
            and self._locals[2:3] == ["spreadsheet"]
            and "shapes" not in self._locals
        )

    def _columns(self, attributes: Mapping[str, str]) -> None:
        count = _repeat(attributes, COLUMNS)
        style = attributes.get("table:default-cell-style-name", "")
        self.columns.setdefault(self._sheet, []).append((self._past, self._past + count, style))
        self._past += count

    def _row_starts(self, name: str, attributes: dict[str, str], at: int) -> Element | None:
        repeat = _repeat(attributes, ROWS)
        self._column = 0
        wanted = self._wanted.get(self._sheet, [])
        found = None
        next_ = bisect_left(wanted, self._row)
        if next_ < len(wanted) and wanted[next_] < self._row + repeat:
            found = self._element(name, attributes, at)
            self._own = _Row(found, self._row, repeat)
            self.rows.setdefault(self._sheet, []).append(self._own)
        self._row += repeat
        return found

    def _cell_starts(self, name: str, attributes: dict[str, str], at: int) -> Element:
        assert self._own is not None
        repeat = _repeat(attributes, COLUMNS)
        element = self._element(name, attributes, at)
        self._own.cells.append(_Cell(element, self._column, repeat))
        self._column += repeat
        return element

    def _element(self, name: str, attributes: dict[str, str], at: int) -> Element:
        end = tag_end(self.data, at)
        return Element(name, attributes, len(self._path), at, end, self.data[end - 2 : end] == b"/>")

    def _end(self, name: str, at: int) -> None:
        element = self._path.pop()
        self._locals.pop()
        if element is None:
            return
        if not element.empty:
            element.closed, element.end = at, tag_end(self.data, at)
        if self._own is not None and element is self._own.element:
            self._own = None


def _repeat(attributes: Mapping[str, str], name: str) -> int:
    text = attributes.get(name, "1")
    return max(int(text), 1) if text.isascii() and text.isdecimal() and len(text) < 8 else 1


def mark_sheets(package: Package, report: Report, lost: Sequence[str], tint: bool, wording: Wording) -> None:
    """Mark the cells of a spreadsheet; `lost` is what the copy does not keep.

    Raises UneditableError where it cannot be edited.
    """
    data = package.read(CONTENT)
    if data is None:
        raise UneditableError(CONTENT)

    def find(locator: Locator, _: int | None) -> Where | None:
        here = locator.file == report.source and locator.sheet is not None and locator.cell
        return (locator.sheet or "", locator.cell or "") if here else None

    marks = marks_of(report, find, wording, tint)
    placed: dict[str, dict[int, dict[int, Mark]]] = {}
    for (sheet, cell), mark in marks.items():
        if (place := place_of(cell)) is not None:
            placed.setdefault(sheet, {}).setdefault(place[0], {})[place[1]] = mark
    sheets = _Sheets(data, placed)
    if not sheets.first:
        raise UneditableError("table:table")
    top = {one.local: one for one in elements(data, lambda local, depth: depth == 1 and local in _TOP)}
    automatic = top.get("automatic-styles")
    block = data[automatic.start : automatic.end] if automatic else b"<office:automatic-styles/>"
    styles = CellStyles(package, block)
    edits: list[Edit] = []
    for sheet, rows in sheets.rows.items():
        for row in rows:
            new = b"".join(_rows(sheets, sheet, row, placed[sheet], styles, wording))
            edits.append((row.element.start, row.element.end, new))
    listed = _list(report, rows_of(report, find, wording), sheets, lost, wording)
    edits.append((sheets.first, sheets.first, declared(sheets.root, listed).encode()))
    new_styles = [*(one.decode() for one in styles.new), *list_styles(tuple(COLORS)), *_columns()]
    edits.append(_styled(automatic, top, [declared(sheets.root, style) for style in new_styles], data))
    package.put(CONTENT, spliced(data, edits))
    _show_first(package, sheets)


def _styled(
    automatic: Element | None, top: Mapping[str, Element], styles: Sequence[str], data: bytes
) -> Edit:
    """Return the edit that adds automatic styles."""
    content = "".join(styles).encode()
    if automatic is not None and not automatic.empty:
        return automatic.closed, automatic.closed, content
    whole = b"<office:automatic-styles>" + content + b"</office:automatic-styles>"
    at = automatic or top["body"]
    return at.start, at.end if automatic else at.start, whole


# Rows and cells, taken apart where several are written as one.


def _rows(
    sheets: _Sheets,
    sheet: str,
    row: _Row,
    marks: Mapping[int, Mapping[int, Mark]],
    styles: CellStyles,
    wording: Wording,
) -> Iterator[bytes]:
    """Yield the rows that one becomes: those with marks, and those before, between and after them."""
    data, element = sheets.data, row.element
    lines = range(row.row, row.row + row.repeat)
    marked = (
        [at for at in lines if at in marks]
        if row.repeat < len(marks)
        else sorted(at for at in marks if at in lines)
    )
    content = data[element.opened : element.closed]
    closing = f"</{element.name}>".encode()
    past = row.row
    for at in marked:
        if at > past:
            yield _repeated(element, ROWS, at - past) + content + closing
        cells = _cells(sheets, sheet, row, marks[at], styles, wording)
        yield _repeated(element, ROWS, 1) + cells + closing
        past = at + 1
    if past < row.row + row.repeat:
        yield _repeated(element, ROWS, row.row + row.repeat - past) + content + closing


def _repeated(element: Element, name: str, count: int, empty: bool = False) -> bytes:
    return tag(element.name, changed(element.attributes, {name: str(count) if count > 1 else None}), empty)


def _cells(
    sheets: _Sheets, sheet: str, row: _Row, marks: Mapping[int, Mark], styles: CellStyles, wording: Wording
) -> bytes:
    """Return the content of a row with some of its cells marked."""
    edits: list[Edit] = []
    start = row.element.opened
    for cell in row.cells:
        wanted = sorted(column for column in marks if cell.column <= column < cell.column + cell.repeat)
        if wanted:
            new = b"".join(_split(sheets, sheet, row, cell, {n: marks[n] for n in wanted}, styles, wording))
            edits.append((cell.element.start - start, cell.element.end - start, new))
    return spliced(sheets.data[start : row.element.closed], edits)


def _split(
    sheets: _Sheets,
    sheet: str,
    row: _Row,
    cell: _Cell,
    marks: Mapping[int, Mark],
    styles: CellStyles,
    wording: Wording,
) -> Iterator[bytes]:
    element, past = cell.element, cell.column
    content = sheets.data[element.opened : element.closed]
    closing = b"" if element.empty else f"</{element.name}>".encode()
    for column, mark in marks.items():
        if column > past:
            yield _repeated(element, COLUMNS, column - past, element.empty) + content + closing
        base = element.attributes.get("table:style-name") or _default(sheets, sheet, row, column)
        attributes = changed(
            element.attributes, {COLUMNS: None, "table:style-name": styles.marked(base, mark.kind) or None}
        )
        yield (
            tag(element.name, attributes)
            + _commented(sheets, cell, mark, wording)
            + f"</{element.name}>".encode()
        )
        past = column + 1
    if past < cell.column + cell.repeat:
        left = cell.column + cell.repeat - past
        yield _repeated(element, COLUMNS, left, element.empty) + content + closing


def _default(sheets: _Sheets, sheet: str, row: _Row, column: int) -> str:
    own = row.element.attributes.get("table:default-cell-style-name", "")
    if own:
        return own
    return next((style for start, end, style in sheets.columns.get(sheet, ()) if start <= column < end), "")


def _commented(sheets: _Sheets, cell: _Cell, mark: Mark, wording: Wording) -> bytes:
    """Return the content of a cell with a comment in front, or behind what the comment there says."""
    start, end = cell.element.opened, cell.element.closed
    content = sheets.data[start:end]
    if not mark.notes:
        return content
    if cell.annotated is not None and not cell.annotated.empty:
        at = cell.annotated.closed - start
        return content[:at] + declared(sheets.root, paragraphs(mark, wording)).encode() + content[at:]
    return declared(sheets.root, annotation(mark, wording)).encode() + content


# The sheet of the list.


def _columns() -> Iterator[str]:
    for number, width in enumerate(WIDTHS):
        yield (
            f'<style:style style:name="mlcheckColumn{number}" style:family="table-column"><style:table-column-properties'
            f' style:column-width="{width}cm"/></style:style>'
        )
    for lines in range(1, TALLEST + 1):
        yield (
            f'<style:style style:name="mlcheckRow{lines}" style:family="table-row"><style:table-row-properties'
            f' style:row-height="{lines * LINE + 0.1:.2f}cm" style:use-optimal-row-height="false"/></style:style>'
        )
    for look in ("Title", "Bold", "Plain", "Head", "Small"):
        bold = "" if look in ("Plain", "Small") else ' fo:font-weight="bold"'
        size, color = {
            "Title": ("15pt", "1f3a4d"),
            "Head": ("10pt", "ffffff"),
            "Small": ("9pt", "44546a"),
        }.get(look, ("10pt", "000000"))
        yield (
            f'<style:style style:name="mlcheckLook{look}" style:family="text"><style:text-properties'
            f' fo:font-size="{size}" fo:color="#{color}"{bold}/></style:style>'
        )


def _list(
    report: Report, rows: Sequence[Row[Where]], sheets: _Sheets, lost: Iterable[str], wording: Wording
) -> str:
    columns = "".join(
        f'<table:table-column table:style-name="mlcheckColumn{n}"/>' for n in range(len(WIDTHS))
    )
    top = [(2, _text(title(report, wording), "Title")), (2, _text(counts(report, wording), "Bold"))]
    top += [(2, _text(f"⚠ {sentence}", "Small")) for sentence in lost]
    head = (1, "".join(_cell([wording.say(name)], "Head", "mlcheckCellHead") for name in _heads()))
    body = [(_lines(row), _row(row)) for row in rows] or [(1, _text(wording.say(NOTHING), "Plain"))]
    name = escaped_attribute(_name(sheets))
    written = "".join(
        f'<table:table-row table:style-name="mlcheckRow{lines}">{cells}</table:table-row>'
        for lines, cells in (*top, head, *body)
    )
    return f'<table:table table:name="{name}">{columns}{written}</table:table>'


def _lines(row: Row[Where]) -> int:
    """Return how many lines the longest cell of a row takes."""
    texts = (f"{row.number} · {row.severity}", row.place, row.about, row.message, row.correction)
    counts = (
        sum(len(wrap(line, int(width * PER_CENTIMETRE))) or 1 for line in text.split("\n"))
        for text, width in zip(texts, WIDTHS, strict=True)
    )
    return min(max(counts), TALLEST)


def _heads() -> tuple[str, ...]:
    return (*HEADS[:2], ABOUT, *HEADS[2:])


def _name(sheets: _Sheets) -> str:
    taken = {name.casefold() for name in sheets.names}
    numbered = (f"{NAME} {n}" for n in range(2, len(taken) + 3))
    return next(name for name in (NAME, *numbered) if name not in taken)


def _row(row: Row[Where]) -> str:
    return "".join(
        (
            _cell([f"{row.number} · {row.severity}"], "Bold", f"mlcheckCell_{row.kind}"),
            _cell([row.place], "Plain", link=_target(row.where) if row.where else ""),
            _cell([row.about], "Plain"),
            _cell(row.message.split("\n"), "Plain"),
            _cell(row.correction.split("\n"), "Plain"),
        )
    )


def _target(where: Where) -> str:
    quoted = where[0].replace("'", "''")
    return escaped_attribute(f"#'{quoted}'.{where[1]}")


def _text(text: str, look: str) -> str:
    covered = "<table:covered-table-cell/>" * (len(WIDTHS) - 1)
    return (
        f'<table:table-cell table:style-name="mlcheckCellTop" table:number-columns-spanned="{len(WIDTHS)}"'
        f' office:value-type="string">{_paragraph(text, look)}</table:table-cell>{covered}'
    )


def _cell(lines: Sequence[str], look: str, style: str = "mlcheckCell", link: str = "") -> str:
    content = "".join(_paragraph(line, look, link) for line in lines)
    return f'<table:table-cell table:style-name="{style}" office:value-type="string">{content}</table:table-cell>'


def _paragraph(text: str, look: str, link: str = "") -> str:
    written = (
        f'<text:a xlink:type="simple" xlink:href="{link}">{shown(text)}</text:a>' if link else shown(text)
    )
    return f'<text:p><text:span text:style-name="mlcheckLook{look}">{written}</text:span></text:p>'


def _show_first(package: Package, sheets: _Sheets) -> None:
    """Have the copy open at the list."""
    data = package.read(SETTINGS)
    if data is not None:
        name = escaped_attribute(_name(sheets)).encode()
        new = _ACTIVE.sub(lambda found: found[1] + name + found[2], data, count=1)
        if new != data:
            package.put(SETTINGS, new)
