"""Lay a document out as the sheets of a workbook, so that the workbook reads like the document.

A sheet is read by what stands near what, and its headings are known by their numbers: "1)", "I.", "a.".
So tables stand apart, notes and totals within reach of theirs, and a heading that only a style made one
is numbered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePath

from msgspec import Struct, field
from msgspec.structs import replace

from mlcheck.layout.headings import without_number
from mlcheck.layout.kinds import APART as PROSE
from mlcheck.layout.kinds import heading_level, text_kind
from mlcheck.layout.stacking import Stack, stack
from mlcheck.model.document import Cell, Grid, LaidOut, Locator, Merge, Paragraph

ONE_DOWN, BELOW, LED, APART = 1, 2, 3, 4  # rows from one thing to the next
At = tuple[int, int]
Piece = Stack | Grid | tuple[Paragraph, int | None]


class _Page(Struct):
    """The sheet that is being laid out.

    `headed` tells that it has its first-level heading, `tabled` that a table stands last on it.
    """

    name: str
    cells: dict[At, Cell] = field(default_factory=dict)
    places: dict[At, Locator] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    last: int = -APART
    headed: bool = False
    tabled: bool = False

    def grid(self, source: str) -> Grid:
        """Return the sheet; its places are those of the document."""
        return Grid(Locator(source, sheet=self.name), self.cells, tuple(self.merges), places=self.places)


ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")
LETTERS = "abcdefghijklmnopqrstuvwxyz"
DEEPEST = 3  # "a." under "I." under "1)"


class Numbering:
    """The numbers of the headings of a document, given as they come."""

    __slots__ = ("_counts", "_ranks")

    def __init__(self, levels: Iterable[int]) -> None:
        """Rank the levels that a document uses; the outermost is 1."""
        self._ranks = {level: rank for rank, level in enumerate(sorted(set(levels)), start=1)}
        self._counts = [0] * DEEPEST

    def rank(self, level: int) -> int:
        """Return how deep a level is among those of the document."""
        return self._ranks[level]

    def written(self, cell: Cell) -> Cell:
        """Return a cell as a sheet holds it: a heading has the kind of number that tells its depth.

        One that stands deeper than numbers tell is a label without a number.
        """
        if not cell.level:
            return cell
        rank = self.rank(cell.level)
        bare = without_number(cell.text)
        if rank > DEEPEST:
            return replace(cell, text=bare, level=None)
        self._counts[rank - 1] += 1
        self._counts[rank:] = [0] * (DEEPEST - rank)
        if heading_level(cell.text) == rank:
            return replace(cell, level=rank)
        return replace(cell, text=f"{self._number(rank)} {bare.rstrip('.')}", level=rank)

    def _number(self, rank: int) -> str:
        count = self._counts[rank - 1]
        if rank == 1:
            return f"{min(count, 99)})"
        if rank == 2:
            return f"{ROMAN[min(count, len(ROMAN) - 1)]}."
        return f"{LETTERS[min(count, len(LETTERS)) - 1]}."


def sheets_of(document: LaidOut) -> tuple[Grid, ...]:
    """Return the sheets of a document: those it has, or else one for each of its outermost headings.

    Every cell of a sheet that is laid out here keeps, in `places`, where the document prints it.
    """
    pieces = list(stack(document.blocks))
    numbering = Numbering(level for piece in pieces for level in _levels(piece))
    return tuple(_sheets(pieces, numbering, document.source))


def _levels(piece: Piece) -> list[int]:
    """Return the levels of the headings of a piece."""
    if isinstance(piece, Grid):
        return []
    if isinstance(piece, Stack):
        return [cell.level for cell in piece.grid.cells.values() if cell.level]
    return [piece[1]] if piece[1] else []


def _sheets(pieces: Iterable[Piece], numbering: Numbering, source: str) -> Iterator[Grid]:
    """Yield the sheets laid out here, then those that were a sheet or a hidden table before."""
    page = _Page(PurePath(source).stem)
    aside: list[Grid] = []
    for piece in pieces:
        if isinstance(piece, Grid):
            aside.append(_named(piece))
            continue
        first, level = _first(piece)
        if level and numbering.rank(level) == 1:
            if page.headed:
                yield page.grid(source)
                page = _Page(first)
            page.name, page.headed = without_number(first), True
        if isinstance(piece, Stack):
            _lay_stack(page, piece, numbering)
        else:
            _lay_paragraph(page, *piece, numbering)
    if page.cells:
        yield page.grid(source)
    yield from aside


def _named(grid: Grid) -> Grid:
    """Return a table that stands on no sheet with a name of its own for the sheet it gets."""
    place = grid.locator
    if place.sheet:
        return grid
    name = place.shape or PurePath(place.file).stem
    places = {at: grid.locate(*at) for at in grid.cells}
    return replace(grid, locator=Locator(place.file, sheet=name), places=places)


def _first(piece: Stack | tuple[Paragraph, int | None]) -> tuple[str, int | None]:
    """Return the text that opens a piece, and its depth where it is a heading."""
    if not isinstance(piece, Stack):
        return piece[0].text, piece[1]
    cell = piece.grid.cells[min(piece.grid.cells)]
    return cell.text, cell.level


def _lay_paragraph(page: _Page, paragraph: Paragraph, level: int | None, numbering: Numbering) -> None:
    """Put a paragraph below what is there, in no block with it."""
    page.last += _gap_after(page, level)
    page.cells[page.last, 0] = numbering.written(Cell(paragraph.text, level=level))
    page.places[page.last, 0] = paragraph.locator


def _lay_stack(page: _Page, piece: Stack, numbering: Numbering) -> None:
    """Put a stretch of the document below what is there, each table apart from what is around it."""
    tables = {row: top for top, bottom in piece.tables for row in range(top, bottom + 1)}
    first = min(piece.grid.cells)
    led = 0 in tables or (page.tabled and not piece.grid.cells[first].level)
    rows = _rows(
        piece, tables, page.last + (APART if led else _gap_after(page, piece.grid.cells[first].level))
    )
    for (row, column), cell in sorted(piece.grid.cells.items()):
        at = (rows[row], column)
        page.cells[at] = numbering.written(cell)
        page.places[at] = piece.grid.locate(row, column)
    for merge in piece.grid.merges:
        if merge.top in rows:
            top = rows[merge.top]
            page.merges.append(Merge(top, merge.left, top + merge.bottom - merge.top, merge.right))
    page.last, page.tabled = max(rows.values()), max(rows) in tables


def _gap_after(page: _Page, level: int | None) -> int:
    """Return how far below the last text of a page a text of a new block stands; a heading opens one itself."""
    before = page.cells.get((page.last, 0))
    if before is None:
        return BELOW if page.cells else APART
    if level:
        return ONE_DOWN if before.level else BELOW
    return LED


def _rows(piece: Stack, tables: dict[int, int], first: int) -> dict[int, int]:
    """Map the filled rows of a stretch to those of its sheet; `tables` maps those of a table to its top."""
    rows: dict[int, int] = {}
    before: int | None = None
    for row in sorted({row for row, _ in piece.grid.cells}):
        rows[row] = first if before is None else rows[before] + _gap(piece, before, row, tables)
        before = row
    return rows


def _gap(piece: Stack, before: int, row: int, tables: dict[int, int]) -> int:
    """Return how many rows lie from one filled row to the next.

    Two tables, or a table and the title of the next, are so far apart that no table goes on over the gap.
    """
    above, here = tables.get(before), tables.get(row)
    if above == here:
        return row - before
    if above is None:
        return max(row - before, BELOW)
    counts_in_words = here is None and text_kind(piece.grid.cells[row, 0].text) in PROSE
    return BELOW if counts_in_words else APART
