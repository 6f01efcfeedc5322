"""A table of a page before it is laid out, and whether it is a table of data."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from msgspec import Struct, field

from mlcheck.model.document import Lines, Locator, Merge, Paragraph, TextLine
from mlcheck.reading.container.refusals import MAX_AREA, MAX_COLUMNS, MAX_ROWS, too_large
from mlcheck.reading.web.terms import is_hidden, span_of
from mlcheck.reading.web.tokens import Tag

MOST_ACROSS, MOST_DOWN = 1000, 65_534  # of a span (WHATWG HTML, 4.9.11)
PRESENTATION = ("presentation", "none")
STORED = ("sdval", "x:num")  # as LibreOffice and Excel write them
FEW = 2  # cells with figures from which a table is one of data whatever its cells hold
_FIGURE = re.compile(r"[^\w]*[0-9][0-9\s.,']*[^\w0-9]{0,3}(?:[kM]?€|pts?)?")
_LONGEST_FIGURE = 30


class TableCell(Struct):
    """A cell and what it holds; a `down` of 0 reaches to the end of its group of rows.

    `stored` is the number behind the printed one, where the spreadsheet program that wrote the page tells it.
    """

    line: int
    header: bool
    across: int
    down: int
    hidden: bool
    stored: str = ""
    nodes: list[Node] = field(default_factory=list)


class TableRow(Struct):
    """A row of cells."""

    hidden: bool
    cells: list[TableCell] = field(default_factory=list)


class Group(Struct):
    """A thead, tbody or tfoot."""

    name: str
    hidden: bool
    rows: list[TableRow] = field(default_factory=list)


class Table(Struct):
    """A table as it was written; what it holds may be tables too."""

    line: int
    presentation: bool = False
    layout: bool = False
    caption: list[Node] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)

    def rows(self) -> Iterator[tuple[Group, TableRow]]:
        """Yield the rows as they are displayed: the first thead at the top, the tfoots at the bottom."""
        head = next((group for group in self.groups if group.name == "thead"), None)
        body = [group for group in self.groups if group is not head and group.name != "tfoot"]
        foot = [group for group in self.groups if group.name == "tfoot"]
        for group in [*([head] if head else []), *body, *foot]:
            for row in group.rows:
                yield group, row

    def cells(self) -> Iterator[TableCell]:
        """Yield the cells row by row."""
        for _, row in self.rows():
            yield from row.cells

    def shown(self) -> Iterator[Node]:
        """Yield what a table that only arranges the page holds, in reading order."""
        yield from self.caption
        for group, row in self.rows():
            for cell in row.cells:
                if not (group.hidden or row.hidden or cell.hidden):
                    yield from cell.nodes

    def close(self) -> None:
        """Decide, once all is read, whether the table only arranges the page.

        It does where it says so or has one filled cell; and, without a head or a caption, where its
        cells hold headings or tables and hardly any cell is a figure.
        """
        filled = [cell for cell in self.cells() if cell.nodes]
        if self.presentation or len(filled) < 2:
            self.layout = True
        elif self.caption or any(cell.header for cell in filled):
            self.layout = False
        else:
            arranged = any(_arranges(node) for cell in filled for node in cell.nodes)
            self.layout = arranged and sum(_is_figure(cell) for cell in filled) < FEW


class Prose(Struct, frozen=True):
    """A paragraph; `level` is the depth of a heading, `kept` tells a text whose white space counts."""

    lines: tuple[PrintedLine, ...]
    level: int | None = None
    kept: bool = False

    def block(self, source: str) -> Paragraph | Lines:
        """Return it as prose, or as flattened text where its lines look like rows of figures."""
        texts = [line.text for line in self.lines]
        place = Locator(source, line=self.lines[0].line)
        if self.level:
            return Paragraph(" ".join(texts), place, self.level)
        if self.kept or _reads_as_rows(texts):
            places = (Locator(source, line=line.line) for line in self.lines)
            return Lines(tuple(map(TextLine, texts, places)))
        # A sentence is placed by counting the breaks before it: they stay where they are the source's.
        follow = all(two.line == one.line + 1 for one, two in pairwise(self.lines))
        return Paragraph(("\n" if follow else " ").join(texts), place)


Node = Prose | Table


class Placed(Struct, frozen=True):
    """A cell in its place; `merge` is the range it covers, where it is more than one cell."""

    row: int
    column: int
    cell: TableCell
    hidden: bool
    merge: Merge | None


_TAIL = 30  # characters looked at from the end of a line
_NUMBER = re.compile(r"(?:^|[\s:;|])[+\-−(]?[0-9][0-9.,]*\)?\s?(?:%|€|‰)?$")
_CLOSING = " \t|"  # what may close a row after its last figure
_BARS = " \t|+:-"
_NIL = re.compile(r"[0-9].*\s[/–-]$")  # "Lompret 9 /"


class PrintedLine(Struct, frozen=True):
    """A line of a paragraph, and the line of the source on which it starts."""

    text: str
    line: int


def cell_of(tag: Tag) -> TableCell:
    """Return the cell that a tag opens."""
    return TableCell(
        tag.line,
        tag.name == "th",
        span_of(tag.attributes, "colspan", MOST_ACROSS) or 1,
        span_of(tag.attributes, "rowspan", MOST_DOWN),
        is_hidden(tag.attributes),
        next((tag.attributes[name] for name in STORED if name in tag.attributes), ""),
    )


def _arranges(node: Node) -> bool:
    return isinstance(node, Table) or node.level is not None


def _is_figure(cell: TableCell) -> bool:
    node = cell.nodes[0]
    if len(cell.nodes) > 1 or isinstance(node, Table) or len(node.lines) > 1:
        return False
    text = node.lines[0].text.strip()
    return len(text) <= _LONGEST_FIGURE and bool(_FIGURE.fullmatch(text))


# Where the cells of a table stand: the table model of HTML (WHATWG HTML, 4.9.12.1).


def lay_out(table: Table, path: Path, name: str) -> Iterator[Placed]:
    """Yield the cells of a table at 0-based places; raise MlcheckError where it is absurdly large.

    A range that runs into a cell from above ends there; the cells after it stand where they would.
    """
    spent = 0
    left = 0  # rows of the group from this one on
    reserved: dict[int, int] = {}  # column -> first row that no cell from above covers
    for row, (group, line) in enumerate(table.rows()):
        if not left:
            left, reserved = len(group.rows), {}
        column = 0
        for cell in line.cells:
            while reserved.get(column, 0) > row:
                column += 1
                spent += 1
            across = next(
                (n for n in range(1, cell.across) if reserved.get(column + n, 0) > row), cell.across
            )
            down = min(cell.down or left, left)
            merge = Merge(row, column, row + down - 1, column + across - 1) if down * across > 1 else None
            yield Placed(row, column, cell, group.hidden or line.hidden or cell.hidden, merge)
            if down > 1:
                reserved.update(dict.fromkeys(range(column, column + across), row + down))
            column += cell.across
            spent += cell.across
            if row >= MAX_ROWS or column > MAX_COLUMNS or spent > MAX_AREA:
                raise too_large(path, name)
        left -= 1


# A paragraph of a page before it is known where it goes: into a cell, or among the prose.


def _reads_as_rows(lines: Sequence[str]) -> bool:
    """Tell whether two lines that follow each other end in a number, as rows of figures do."""
    if not is_even(lines):
        return False
    ends = [_ends_in_number(line) for line in lines]
    return any(one and two for one, two in pairwise(ends))


def _ends_in_number(line: str) -> bool:
    tail = line.rstrip(_CLOSING)[-_TAIL:]
    return bool(_NUMBER.search(tail) or _NIL.search(tail))


def is_even(lines: Sequence[str]) -> bool:
    """Tell whether all lines that bars cut have as many cells; rules and lone bars are no rows."""
    return len({row.count("|") for line in lines if "|" in line and (row := line.strip(_BARS))}) < 2
