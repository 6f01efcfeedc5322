"""A table of a page before it is laid out, and whether it is a table of data."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct, field

from mlcheck.reading.html_prose import Prose
from mlcheck.reading.html_terms import is_hidden, span_of
from mlcheck.reading.html_tokens import Tag

MOST_ACROSS, MOST_DOWN = 1000, 65_534  # of a span (WHATWG HTML, 4.9.11)
PRESENTATION = ("presentation", "none")
STORED = ("sdval", "x:num")  # as LibreOffice and Excel write them
FEW = 2  # cells with figures from which a table is one of data whatever its cells hold
_FIGURE = re.compile(r"[^\w]*\d[\d\s.,']*[^\w\d]{0,3}(?:[kM]?€|pts?)?")
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


class Row(Struct):
    """A row of cells."""

    hidden: bool
    cells: list[TableCell] = field(default_factory=list)


class Group(Struct):
    """A thead, tbody or tfoot."""

    name: str
    hidden: bool
    rows: list[Row] = field(default_factory=list)


class Table(Struct):
    """A table as it was written; what it holds may be tables too."""

    line: int
    presentation: bool = False
    layout: bool = False
    caption: list[Node] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)

    def rows(self) -> Iterator[tuple[Group, Row]]:
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


Node = Prose | Table


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
