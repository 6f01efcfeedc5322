"""The cells of content.xml (OpenDocument 1.3 part 3, chapters 9 and 19)."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from pathlib import Path
from xml.parsers.expat import XMLParserType

from msgspec import Struct, field
from msgspec.structs import replace

from mlcheck.language.characters import LOWERED, RAISED
from mlcheck.language.formula_text import from_open_document
from mlcheck.model.document import Cell, Merge
from mlcheck.model.formula import LONGEST_FORMULA
from mlcheck.reading.cells import INDENT, At
from mlcheck.reading.container.refusals import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_MERGES,
    MAX_REPEATED,
    MAX_ROWS,
    too_large,
    too_repeated,
)
from mlcheck.reading.displayed import displayed_number, is_rounded
from mlcheck.reading.opendocument.styles import Styles
from mlcheck.reading.opendocument.terms import (
    CELLS,
    DRAW,
    HIDDEN,
    MARGIN,
    OFFICE,
    SPACES,
    STYLE,
    TABLE,
    TEXT,
    Attributes,
    count,
    levels,
)
from mlcheck.reading.spreadsheet.number_format.show import number_cell

POSITIONS = {"sup": RAISED, "sub": LOWERED}
IGNORED = (OFFICE + "annotation", TABLE + "tracked-changes", TABLE + "dde-links")


class Sheet(Struct):
    """The cells of one sheet, and what hides or merges them; all places are 0-based."""

    name: str
    hidden: bool
    cells: dict[At, Cell] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merges: list[Merge] = field(default_factory=list)


class _Content(Struct):
    """Where the pass stands: the cell being read, its row, and what is to be ignored."""

    path: Path
    sheets: list[Sheet]
    styles: Styles
    spans: list[str] = field(default_factory=list)  # whether each span under way is raised or lowered
    ignored: int = 0  # depth inside a comment or a drawing
    style: str = ""
    hidden_tables: set[str] = field(default_factory=set)
    indents: dict[str, int] = field(default_factory=dict)
    row: int = 0
    column: int = 0
    columns: int = 0
    repeat: int = 1
    row_hidden: bool = False
    line: list[tuple[int, int, Cell]] = field(default_factory=list)
    cell: Attributes | None = None
    printed: list[str] = field(default_factory=list)
    paragraph: int = 0
    count: int = 0

    def start(self, name: str, attributes: Attributes) -> None:
        if self.ignored or name.startswith(DRAW) or name in IGNORED:
            self.ignored += 1
        elif name == TABLE + "table":
            style = attributes.get(TABLE + "style-name", "")
            self.sheets.append(Sheet(attributes.get(TABLE + "name", ""), style in self.hidden_tables))
            self.row = self.columns = 0
        elif not self.sheets:
            self.styles.start(name, attributes)
            self._style(name, attributes)
        elif name in CELLS:
            self.cell, self.printed, self.paragraph = attributes, [], 0
            self.spans = []
        elif self.cell is not None:
            self._inside_cell(name, attributes)
        elif name == TABLE + "table-row":
            self.line, self.column = [], 0
            self.repeat = count(attributes, TABLE + "number-rows-repeated")
            self.row_hidden = attributes.get(TABLE + "visibility") in HIDDEN
        elif name == TABLE + "table-column":
            self._column(attributes)

    def end(self, name: str) -> None:
        if self.ignored:
            self.ignored -= 1
        elif name in CELLS and self.cell is not None:
            self._cell_ends()
        elif name == TEXT + "span" and self.spans:
            self.spans.pop()
        elif name == TABLE + "table-row" and self.sheets:
            self._row_ends()

    def text(self, data: str) -> None:
        if self.cell is not None and self.paragraph and not self.ignored:
            raised = next(filter(None, reversed(self.spans)), "")
            self.printed.append(data.translate(POSITIONS[raised]) if raised else data)

    def _inside_cell(self, name: str, attributes: Attributes) -> None:
        if name == TEXT + "p":
            self.printed += ["\n"] if self.paragraph else []
            self.paragraph += 1
        elif name == TEXT + "s":
            self.printed.append(" " * count(attributes, TEXT + "c", 1000))
        elif name in SPACES:
            self.printed.append(SPACES[name])
        elif name == TEXT + "span":
            self.spans.append(self.styles.raised(attributes.get(TEXT + "style-name", "")))

    def _column(self, attributes: Attributes) -> None:
        last = min(self.columns + count(attributes, TABLE + "number-columns-repeated"), MAX_COLUMNS)
        if attributes.get(TABLE + "visibility") in HIDDEN:
            self.sheets[-1].hidden_columns.update(range(self.columns, last))
        self.columns = last

    def _style(self, name: str, attributes: Attributes) -> None:
        if name == STYLE + "style":
            self.style = attributes.get(STYLE + "name", "")
        elif name == STYLE + "table-properties" and attributes.get(TABLE + "display") == "false":
            self.hidden_tables.add(self.style)
        elif name == STYLE + "paragraph-properties" and MARGIN in attributes:
            self.indents[self.style] = levels(attributes[MARGIN])

    def _cell_ends(self) -> None:
        attributes, self.cell = self.cell or {}, None
        repeat = count(attributes, TABLE + "number-columns-repeated")
        down = count(attributes, TABLE + "number-rows-spanned")
        across = count(attributes, TABLE + "number-columns-spanned")
        if down > 1 or across > 1:
            if len(self.sheets[-1].merges) == MAX_MERGES:
                raise too_large(self.path, self.sheets[-1].name)
            self.sheets[-1].merges.append(
                Merge(self.row, self.column, self.row + down - 1, self.column + across - 1)
            )
        indent = self.indents.get(attributes.get(TABLE + "style-name", ""), 0)
        cell = _make_cell("".join(self.printed) if self.paragraph else None, attributes, indent)
        if cell is not None:
            if FORMULA in attributes:
                cell = _with_formula(cell, attributes[FORMULA])
            if self.column + repeat > MAX_COLUMNS:
                raise too_large(self.path, self.sheets[-1].name)
            self.line.append((self.column, repeat, cell))
        self.column += repeat

    def _row_ends(self) -> None:
        if self.line:
            if MAX_REPEATED < self.repeat < MAX_ROWS:
                raise too_repeated(self.path, self.sheets[-1].name, self.row + 1, self.repeat)
            self.count += self.repeat * sum(repeat for _, repeat, _ in self.line)
            if self.row + self.repeat > MAX_ROWS or self.count > MAX_CELLS:
                raise too_large(self.path, self.sheets[-1].name)
            if self.row_hidden:
                self.sheets[-1].hidden_rows.update(range(self.row, self.row + self.repeat))
            cells = self.sheets[-1].cells
            for row in range(self.row, self.row + self.repeat):
                for first, repeat, cell in self.line:
                    for column in range(first, first + repeat):
                        cells[row, column] = cell
        self.row += self.repeat


FORMULA = TABLE + "formula"
EXTENDED_TYPE = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 value-type"
NUMBERS = ("float", "percentage", "currency")
LONGEST_STORED = 4 * LONGEST_FORMULA  # with the brackets and dots of references
ERROR = r"(#[A-Z/0]+ ?[!?]?|Err ?: ?[0-9]{3})"


def content_starts(parser: XMLParserType, path: Path, sheets: list[Sheet], styles: Styles) -> None:
    """Set the parser to add the sheets of a content.xml to a list, as it meets them; `styles` are those of styles.xml."""
    content = _Content(path, sheets, styles)
    parser.StartElementHandler = content.start
    parser.EndElementHandler = content.end
    parser.CharacterDataHandler = content.text


# One cell of an OpenDocument spreadsheet: the text it displays, and the number in that text.


def _make_cell(printed: str | None, attributes: dict[str, str], indent: int) -> Cell | None:
    """Return the cell of a displayed text (None where the file has none), None where it is blank."""
    kind = attributes.get(OFFICE + "value-type")
    formula = FORMULA in attributes
    if kind is None and formula and printed is None:
        return Cell("", fault="uncomputed")
    text = printed or ""
    if attributes.get(EXTENDED_TYPE) == "error" or (formula and re.fullmatch(ERROR, text.strip())):
        return Cell(text.strip(), fault="error")
    if kind in NUMBERS:
        return _number(printed, attributes.get(OFFICE + "value", ""))
    if not text.strip():
        stored = attributes.get(OFFICE + "string-value", "") if printed is None else ""
        return Cell(stored) if stored.strip() else None
    return Cell(INDENT * indent + text if kind == "string" else text.strip())


def _with_formula(cell: Cell, stored: str) -> Cell:
    """Return a cell with the formula that computes it, unless that is too long to be read."""
    text = from_open_document(stored) if len(stored) <= LONGEST_STORED else ""
    return replace(cell, formula=text) if 0 < len(text) <= LONGEST_FORMULA else cell


def _number(printed: str | None, stored: str) -> Cell:
    try:
        value = Decimal(stored)
    except InvalidOperation:
        return Cell((printed or stored).strip())
    if printed is None:  # a writer that leaves the display to the program
        return number_cell(float(value), "General")
    text = printed.strip()
    if not text:
        shown = number_cell(float(value), "General")
        return Cell(shown.text, shown.number, hidden=True)
    number = displayed_number(text, value)
    return Cell(text, number, rounded=is_rounded(number, value))
