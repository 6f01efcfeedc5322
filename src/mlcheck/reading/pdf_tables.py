"""Words inside a lattice become a table, unless it is a chart, a frame or a layout of prose."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from msgspec import Struct

from mlcheck.model.document import Box, Merge
from mlcheck.reading.pdf_indents import with_indents
from mlcheck.reading.pdf_judging import is_table
from mlcheck.reading.pdf_lattice import Lattice
from mlcheck.reading.pdf_layout import holds
from mlcheck.reading.pdf_lines import Printed, Row, row_of, text_of
from mlcheck.reading.pdf_refining import Held, HeldLine, with_columns_parted, with_rows_parted

Place = tuple[int, int]


class PdfTable(Struct):
    """A ruled table: the text, page and box of each cell by (row, column), and the edges of its columns.

    `loose` are the lines of a table of one row, which is none unless another page goes on with it.
    """

    box: Box
    columns: tuple[float, ...]
    texts: dict[Place, str]
    places: dict[Place, tuple[int, Box]]
    merges: list[Merge]
    height: int
    loose: list[Row]

    @property
    def page(self) -> int:
        """The page on which it starts."""
        return min(page for page, _ in self.places.values())

    def row(self, number: int) -> dict[int, str]:
        """Return the texts of a row by column."""
        return {column: text for (row, column), text in self.texts.items() if row == number}


def tables_of(lattices: Sequence[Lattice], rows: list[Row], page: int) -> list[PdfTable]:
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
            lattice = with_columns_parted(lattice, held)
            lattice = with_rows_parted(lattice, _held(lattice, rows))
            held = _held(lattice, rows)
        if is_table(lattice, held):
            tables.append(_table(lattice, held, page))
            _take_out(rows, {id(p) for lines in held.values() for line in lines for p in line.words})
    return tables


def _take_out(rows: list[Row], taken: set[int]) -> None:
    """Take the words of a table out of the rows of its page."""
    kept = []
    for row in rows:
        words = [printed for printed in row.words if id(printed) not in taken]
        if words:
            kept.append(row if len(words) == len(row.words) else row_of(words, row.base, row.angle))
    rows[:] = kept


def _held(lattice: Lattice, rows: Sequence[Row]) -> Held:
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
    texts = with_indents(texts, starts)
    return PdfTable(lattice.box, tuple(lattice.columns), texts, places, merges, height, loose)


def _loose(held: Held) -> list[Row]:
    """Return the lines that go through some cells."""
    lines: dict[tuple[float, int], list[Printed]] = {}
    for found in held.values():
        for line in found:
            lines.setdefault((line.base, line.angle), []).extend(line.words)
    left_to_right = ((sorted(words, key=lambda p: p.word.box[0]), at) for at, words in lines.items())
    return [row_of(words, *at) for words, at in left_to_right]
