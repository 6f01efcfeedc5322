"""Lay the blocks of a document one below another, so that it reads like a sheet.

A slide, a page or a text has paragraphs and tables in reading order, where a sheet has cells. Stacked,
each paragraph is a row and each table keeps its rows: titles stand above tables, totals and notes below
them, headings above all, and every cell remembers where it was printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from mlcheck.layout.headings import levels_of
from mlcheck.model.document import Block, Cell, Grid, Locator, Merge, Paragraph

_BULLET = re.compile(r"\s*(?:[-•▪➢●○◦*\uf000-\uf0ff]|[–—―])\s+\S")
At = tuple[int, int]


class Stack(Struct, frozen=True):
    """A stretch of a document on one sheet; `tables` are the first and last row of each of its tables."""

    grid: Grid
    tables: tuple[tuple[int, int], ...]


class _Pile(Struct):
    """The rows laid so far."""

    cells: dict[At, Cell] = field(default_factory=dict)
    places: dict[At, Locator] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    tables: list[tuple[int, int]] = field(default_factory=list)
    height: int = 0
    last: Paragraph | None = None

    def write(self, paragraph: Paragraph, level: int | None) -> None:
        """Add a paragraph, on the next row where it goes on from the one before."""
        if self.last is not None and not goes_on(self.last, paragraph):
            self.height += 1
        at = (self.height, 0)
        self.cells[at] = Cell(paragraph.text, level=level)
        self.places[at] = paragraph.locator
        self.height += 1
        self.last = paragraph

    def place(self, grid: Grid) -> None:
        """Add a table below what is there."""
        top = min(row for row, _ in grid.cells)
        for row, column in grid.cells:
            at = (row - top + self.height, column)
            self.cells[at] = grid.cells[row, column]
            self.places[at] = grid.locate(row, column)
        down = self.height - top
        self.merges += (Merge(m.top + down, m.left, m.bottom + down, m.right) for m in grid.merges)
        bottom = max(row for row, _ in grid.cells) + down
        self.tables.append((self.height, bottom))
        self.height, self.last = bottom + 1, None

    def stack(self) -> Stack:
        """Return what was laid."""
        grid = Grid(next(iter(self.places.values())), self.cells, tuple(self.merges), places=self.places)
        return Stack(grid, tuple(self.tables))


def goes_on(before: Paragraph, paragraph: Paragraph) -> bool:
    """Tell whether a paragraph belongs with the one before: an item, the same box, or the next line."""
    one, two = before.locator, paragraph.locator
    if _BULLET.match(paragraph.text):
        return True
    if two.shape is not None and (one.slide, one.shape) == (two.slide, two.shape):
        return True
    return one.line is not None and two.line == one.line + 1


def stack(blocks: Sequence[Block]) -> Iterator[Stack | Grid | tuple[Paragraph, int | None]]:
    """Yield sheets as they are, and the rest of a document stacked, from one heading or slide to the next.

    A document without a table is yielded paragraph by paragraph, each with the depth of its heading.
    """
    paragraphs = [b for b in blocks if isinstance(b, Paragraph)]
    levels = dict(zip(map(id, paragraphs), levels_of(paragraphs), strict=True))
    if len(paragraphs) == len(blocks):
        yield from ((p, levels[id(p)]) for p in paragraphs)
        return
    pile = _Pile()
    slide: int | None = None
    for block in blocks:
        if isinstance(block, Grid) and (not paragraphs or block.hidden):
            yield block
            continue
        level = levels[id(block)] if isinstance(block, Paragraph) else None
        if pile.cells and (level or block.locator.slide != slide):
            yield pile.stack()
            pile = _Pile()
        slide = block.locator.slide
        if isinstance(block, Paragraph):
            pile.write(block, level)
        elif block.cells:
            pile.place(block)
    if pile.cells:
        yield pile.stack()
