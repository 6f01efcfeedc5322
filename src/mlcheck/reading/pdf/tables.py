"""Words inside a lattice become a table, unless it is a chart, a frame or a layout of prose."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import pairwise

from msgspec import Struct

from mlcheck.model.document import Box, Merge
from mlcheck.reading.cells import INDENT
from mlcheck.reading.pdf.lattice import Lattice
from mlcheck.reading.pdf.lines import FIGURE, LineRow, Printed, are_apart, row_of, text_of
from mlcheck.reading.pdf.places import holds

At = tuple[int, int]


class PdfTable(Struct):
    """A ruled table: the text, page and box of each cell by (row, column), and the edges of its columns.

    `loose` are the lines of a table of one row, which is none unless another page goes on with it.
    """

    box: Box
    columns: tuple[float, ...]
    texts: dict[At, str]
    places: dict[At, tuple[int, Box]]
    merges: list[Merge]
    height: int
    loose: list[LineRow]

    @property
    def page(self) -> int:
        """The page on which it starts."""
        return min(page for page, _ in self.places.values())

    def row(self, number: int) -> dict[int, str]:
        """Return the texts of a row by column."""
        return {column: text for (row, column), text in self.texts.items() if row == number}


FILLED = 0.5  # share of the rows and of the columns of a table that hold text
BESIDE = 1.5  # cells with text in a row, on average: the bars of a chart have one
PRINTED = 0.3  # share of all cells that hold text
LUMPED = 0.25  # share of cells with several figures beside one another: columns that no ruling parts
RULED_GAP = 0.7  # blank between two words on either side of an edge, over their size; a space has 0.3
CROSSING = 1.0  # points by which a word may reach over an edge that is not drawn
SAME_LINE = 0.3  # difference of two heights on one line, over the size
MOST = 0.8  # share of the figures of a cell that have a label at their height
HALF_LETTER = 0.3  # how far above the foot of a line its middle is, over the size


class HeldLine(Struct, frozen=True):
    """A line of words within one cell."""

    base: float
    angle: int
    words: tuple[Printed, ...]

    @property
    def is_figure(self) -> bool:
        """Whether it is a figure and nothing else."""
        return bool(FIGURE.fullmatch(text_of(self.words)))


Held = dict[int, list[HeldLine]]
SAME = 1.0  # points between two labels that start alike
LEAST, FARTHEST = 3.0, 30.0  # points of an indent
LEVELS = 4


def tables_of(lattices: Sequence[Lattice], rows: list[LineRow], page: int) -> list[PdfTable]:
    """Return the tables of a page and take their words out of its rows.

    A lattice around another one is a layout of the page, not a table. A single row of cells counts: it may
    be what a page break leaves of a table.
    """
    tables: list[PdfTable] = []
    for lattice in sorted(lattices, key=lambda lattice: len(lattice.rows) == 2):  # single rows last
        if any(holds(lattice.box, table.box) for table in tables):
            continue
        held = _held(lattice, rows)
        if held and len(lattice.rows) > 2:
            lattice = _with_columns_parted(lattice, held)
            lattice = _with_rows_parted(lattice, _held(lattice, rows))
            held = _held(lattice, rows)
        if _is_table(lattice, held):
            tables.append(_table(lattice, held, page))
            _take_out(rows, {id(p) for lines in held.values() for line in lines for p in line.words})
    return tables


def _take_out(rows: list[LineRow], taken: set[int]) -> None:
    """Take the words of a table out of the rows of its page."""
    kept = []
    for row in rows:
        words = [printed for printed in row.words if id(printed) not in taken]
        if words:
            kept.append(row if len(words) == len(row.words) else row_of(words, row.base, row.angle))
    rows[:] = kept


def _held(lattice: Lattice, rows: Sequence[LineRow]) -> Held:
    """Return the lines of each cell that holds words, by the number of the cell."""
    number = {
        (row, column): index
        for index, cell in enumerate(lattice.cells)
        for row in range(cell.top, cell.bottom + 1)
        for column in range(cell.left, cell.right + 1)
    }
    held: Held = {}
    for row in rows:
        lines: dict[int, list[Printed]] = {}
        for printed in row.words:
            if holds(lattice.box, printed.word.box):
                left, top, right, bottom = printed.word.box
                at = (
                    bisect_right(lattice.rows, (top + bottom) / 2) - 1,
                    bisect_right(lattice.columns, (left + right) / 2) - 1,
                )
                if at in number:
                    lines.setdefault(number[at], []).append(printed)
        for index, words in lines.items():
            held.setdefault(index, []).append(HeldLine(row.base, row.angle, tuple(words)))
    return held


def _table(lattice: Lattice, held: Held, page: int) -> PdfTable:
    texts, places, starts = {}, {}, {}
    for index, cell in enumerate(lattice.cells):
        place = cell.top, cell.left
        places[place] = page, lattice.box_of(cell)
        if index in held:
            lines = sorted(held[index], key=lambda line: (line.angle, line.base))
            texts[place] = "\n".join(text_of(line.words) for line in lines)
            if cell.left == cell.right == 0 and not lines[0].angle:
                starts[cell.top] = lines[0].words[0].word.box[0]
    merges = [cell for cell in lattice.cells if (cell.top, cell.left) != (cell.bottom, cell.right)]
    height = len(lattice.rows) - 1
    loose = _loose(held) if height == 1 else []
    texts = _with_indents(texts, starts)
    return PdfTable(lattice.box, tuple(lattice.columns), texts, places, merges, height, loose)


def _loose(held: Held) -> list[LineRow]:
    """Return the lines that go through some cells."""
    lines: dict[tuple[float, int], list[Printed]] = {}
    for found in held.values():
        for line in found:
            lines.setdefault((line.base, line.angle), []).extend(line.words)
    left_to_right = ((sorted(words, key=lambda p: p.word.box[0]), at) for at, words in lines.items())
    return [row_of(words, *at) for words, at in left_to_right]


# Whether a lattice holds a table, and not a chart, a frame, or columns that no ruling parts.


def _is_table(lattice: Lattice, held: Held) -> bool:
    """Tell whether a lattice holds a table: text in most rows and columns, one thing in each cell."""
    cells = [lattice.cells[index] for index in held]
    rows = {row for cell in cells for row in range(cell.top, cell.bottom + 1)}
    columns = {column for cell in cells for column in range(cell.left, cell.right + 1)}
    height, width = len(lattice.rows) - 1, len(lattice.columns) - 1
    if len(rows) < FILLED * height or len(columns) < FILLED * width:
        return False
    tops = len({cell.top for cell in cells})
    if tops < min(2, height) or len({cell.left for cell in cells}) < 2:
        return False
    if len(cells) < BESIDE * tops or len(cells) < PRINTED * len(lattice.cells):
        return False
    lumped = sum(any(_is_lumped(line.words) for line in lines) for lines in held.values())
    return lumped <= LUMPED * len(held)


def _is_lumped(words: Sequence[Printed]) -> bool:
    """Tell whether a line of a cell holds figures apart from one another, as the columns of a table do."""
    return any(
        FIGURE.fullmatch(one.word.text) and FIGURE.fullmatch(two.word.text) and are_apart(one, two, RULED_GAP)
        for one, two in pairwise(words)
    )


# Columns and rows of a ruled table that only the place of its words parts.


def _with_columns_parted(lattice: Lattice, held: Held) -> Lattice:
    """Return the lattice with each cell cut that holds words far apart, one group a column."""
    cells: list[Merge] = []
    for index, cell in enumerate(lattice.cells):
        if cell.left < cell.right and _holds_columns(lattice, cell, held.get(index, [])):
            cells += (Merge(cell.top, at, cell.bottom, at) for at in range(cell.left, cell.right + 1))
        else:
            cells.append(cell)
    return Lattice(lattice.columns, lattice.rows, cells)


def _holds_columns(lattice: Lattice, cell: Merge, lines: Sequence[HeldLine]) -> bool:
    edges = lattice.columns[cell.left + 1 : cell.right + 1]
    several = False
    for line in lines:
        for printed in line.words:
            left, _, right, _ = printed.word.box
            if any(left + CROSSING < edge < right - CROSSING for edge in edges):
                return False
        for one, two in pairwise(line.words):
            if bisect_right(edges, one.word.box[0]) != bisect_right(edges, two.word.box[0]):
                if not are_apart(one, two, RULED_GAP):
                    return False
                several = True
    return several


def _with_rows_parted(lattice: Lattice, held: Held) -> Lattice:
    """Return the lattice with each row cut that holds one figure under another beside as many labels."""
    for row in range(len(lattice.rows) - 2, -1, -1):
        lines = {
            index: held[index]
            for index, cell in enumerate(lattice.cells)
            if index in held and cell.top == cell.bottom == row
        }
        bases = _bases(lines)
        if len(bases) > 1:
            lattice = _cut(lattice, row, bases, lines)
    return lattice


def _bases(lines: Held) -> list[float]:
    """Return the heights of the figures that stand one under another in a row, none where it is whole."""
    figures = [found for found in lines.values() if len(found) > 1 and all(line.is_figure for line in found)]
    if not figures:
        return []
    bases = sorted(line.base for line in max(figures, key=len))
    level = SAME_LINE * figures[0][0].words[0].size
    if not all(_stand_at(found, bases, level) for found in figures):
        return []
    labels = (found for found in lines.values() if not any(line.is_figure for line in found))
    for found in labels:
        beside = sum(any(abs(line.base - base) <= level for line in found) for base in bases)
        if beside >= MOST * len(bases):
            return bases
    return []


def _stand_at(lines: Sequence[HeldLine], bases: Sequence[float], level: float) -> bool:
    return all(any(abs(line.base - base) <= level for base in bases) for line in lines)


def _cut(lattice: Lattice, row: int, bases: list[float], lines: Held) -> Lattice:
    """Return the lattice with a row cut between some heights; a lone label goes on over the new rows."""
    lift = HALF_LETTER * next(iter(lines.values()))[0].words[0].size
    cuts = [(one + two) / 2 - lift for one, two in pairwise(bases)]
    added = len(cuts)
    cells: list[Merge] = []
    for index, cell in enumerate(lattice.cells):
        top = cell.top + (added if cell.top > row else 0)
        bottom = cell.bottom + (added if cell.bottom >= row else 0)
        found = lines.get(index, [])
        whole = len(found) == 1 and not found[0].is_figure
        if cell.top == cell.bottom == row and not whole:
            cells += (Merge(at, cell.left, at, cell.right) for at in range(row, row + added + 1))
        else:
            cells.append(Merge(top, cell.left, bottom, cell.right))
    rows = [*lattice.rows[: row + 1], *cuts, *lattice.rows[row + 1 :]]
    return Lattice(lattice.columns, rows, cells)


# The indents of a column of labels, which tell parts from wholes.


def _with_indents(texts: Mapping[At, str], starts: Mapping[int, float]) -> dict[At, str]:
    """Return the texts of a table with the labels of its figures indented, two spaces a level.

    `starts` tells where the label of each row starts. A label that starts far from the others is centred or
    on the right; where labels start at many places, all are.
    """
    rows = {row for (row, column), text in texts.items() if column and FIGURE.fullmatch(text)}
    labels = {row: start for row, start in starts.items() if row in rows}
    levels: list[float] = []
    for start in sorted(labels.values()):
        if levels and start - levels[-1] > FARTHEST:
            break
        if not levels or start - levels[-1] > SAME:
            levels.append(start)
    indented = dict(texts)
    if len(levels) > LEVELS or len(levels) * 2 > len(labels):
        return indented
    if all(two - one >= LEAST for one, two in pairwise(levels)):
        for row, start in labels.items():
            if start <= levels[-1] + SAME:
                indented[row, 0] = INDENT * sum(start - level > SAME for level in levels) + texts[row, 0]
    return indented
