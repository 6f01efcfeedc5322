"""The cells of a Word table: where each stands, what it covers, and whether the table only lays text out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct, field

from mlcheck.model.document import Cell, Merge
from mlcheck.reading.cells import INDENT, At
from mlcheck.reading.container.refusals import MAX_AREA
from mlcheck.reading.tabs import untabbed
from mlcheck.reading.word.numbering import BULLET
from mlcheck.reading.word.package import (
    ALTERNATE,
    CELL,
    IMPORTED,
    NOT_PRINTED,
    PARAGRAPH,
    ROW,
    TABLE,
    TEXT,
    Element,
    W,
    chosen,
    is_on,
    number,
    value,
)
from mlcheck.reading.word.text import Entry, Paragraphs

MOST_COLUMNS = 256  # Word stops at 63
LONG = 160  # characters: a longer text is prose
DRAWN = (W + "drawing", W + "pict", TABLE)


class TableCell(Struct):
    """One cell that prints something of its own; the places it covers are 0-based and inclusive."""

    element: Element
    row: int
    left: int
    right: int
    bottom: int
    hidden: bool = False


class Layout(Struct, frozen=True):
    """The cells of a table in reading order, and how many columns they stand in."""

    cells: list[TableCell]
    width: int

    @property
    def merges(self) -> tuple[Merge, ...]:
        """The ranges of cells that stand in several places."""
        return tuple(
            Merge(cell.row, cell.left, cell.bottom, cell.right)
            for cell in self.cells
            if cell.bottom > cell.row or cell.right > cell.left
        )


INDENT_TWIPS = 283  # of one level: half a centimetre
MOST_LEVELS = 9


class Filled(Struct):
    """The cells of a table that print something, and what is `anchored` in them or stands `inner` to them."""

    cells: dict[At, Cell] = field(default_factory=dict)
    anchored: list[Element] = field(default_factory=list)
    inner: list[Element] = field(default_factory=list)


def layout_of(table: Element) -> Layout | None:
    """Return the cells of a table, None where its columns are past all sense.

    Rows that a tracked change takes away are left out; a cell that goes on from the one above, or from
    the one on its left in old files, is a part of it.
    """
    cells: list[TableCell] = []
    above: dict[int, TableCell] = {}  # first column -> the cell that may go on below
    width = 0
    rows = (row for row in children(table, ROW) if row.find(f"{W}trPr/{W}del") is None)
    for at, row in enumerate(rows):
        format_ = row.find(W + "trPr")
        column = max(number(value(format_, "gridBefore"), 0, MOST_COLUMNS), 0)
        here: dict[int, TableCell] = {}
        last: TableCell | None = None
        for element in children(row, CELL):
            last = _place(TableCell(element, at, column, column, at), last, above)
            column = last.right + 1
            if last.left not in here and last.row == at:
                last.hidden = is_on(value(format_, "hidden"))
                cells.append(last)
            here[last.left] = last
            width = max(width, column)
        if width > MOST_COLUMNS or width * at > MAX_AREA:
            return None
        above = here
    return Layout(cells, width)


def _place(cell: TableCell, before: TableCell | None, above: dict[int, TableCell]) -> TableCell:
    """Return a cell with its width, or the one that it is a part of: above it, or before it."""
    format_ = cell.element.find(W + "tcPr")
    across, down = value(format_, "hMerge"), value(format_, "vMerge")
    cell.right += max(number(value(format_, "gridSpan"), 1), 1) - 1
    if before is not None and across not in (None, "restart"):
        before.right = cell.right
        return before
    upper = above.get(cell.left)
    if upper is not None and upper.right == cell.right and down not in (None, "restart"):
        upper.bottom = cell.row
        return upper
    return cell


def lays_out(layout: Layout) -> bool:
    """Tell whether a table only lays text out: one column, or nothing but prose, drawings and tables."""
    filled = [length for cell in layout.cells if (length := _length(cell.element))]
    return layout.width == 1 or len(filled) < 2 or min(filled) > LONG


def _length(cell: Element) -> int:
    """Return how many characters a cell has; one with a drawing or a table counts as prose."""
    if next(cell.iter(*DRAWN), None) is not None:
        return LONG + 1
    return sum(len((text.text or "").strip()) for text in cell.iter(TEXT))


def children(parent: Element, tag: str) -> Iterator[Element]:
    """Yield the rows of a table or the cells of a row, those inside content controls too."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag not in NOT_PRINTED:
            yield from children(child, tag)


def blocks_in(parent: Element) -> Iterator[Element]:
    """Yield the paragraphs, tables and imported files of a body, cell, note or box, in order."""
    for child in parent:
        if child.tag in (PARAGRAPH, TABLE) or child.tag in IMPORTED:
            yield child
        elif child.tag == ALTERNATE:
            branch = chosen(child)
            yield from blocks_in(branch) if branch is not None else ()
        elif child.tag not in NOT_PRINTED:
            yield from blocks_in(child)


# The cells of a Word table as printed: the paragraphs of each as lines, indented as they are.


def fill(layout: Layout, paragraphs: Paragraphs) -> Filled:
    """Read the cells of a table; tables inside them are left for later."""
    found = Filled()
    for cell in layout.cells:
        entries = []
        for element in blocks_in(cell.element):
            if element.tag == PARAGRAPH:
                entries.append(paragraphs.read(element))
                found.anchored += entries[-1].anchored
            else:
                found.inner.append(element)
        text = _cell_text(entries)
        if text:
            found.cells[cell.row, cell.left] = Cell(text, hidden=cell.hidden)
    return found


def _cell_text(entries: Iterable[Entry]) -> str:
    """Return the lines of a cell, blank ones left out; a cell may print nothing but an automatic number."""
    return "\n".join(line for entry in entries if (line := _line(entry)))


def _line(entry: Entry) -> str:
    """Return a line of a cell; the indent of a label tells what it is part of, that of a number nothing."""
    text = untabbed(entry.text).rstrip()
    if not text.strip():
        return "" if entry.label.startswith(BULLET) else entry.label.strip()
    if not entry.label and not text.lstrip()[0].isalpha():
        return text.strip()
    twips = entry.style.indent + INDENT_TWIPS // 2
    depth = (entry.style.depth or 0) if entry.label else twips // INDENT_TWIPS
    return INDENT * min(max(depth, 0), MOST_LEVELS) + entry.label + text
