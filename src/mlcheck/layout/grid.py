"""Write the rows of a body, its boxhead and its titles into a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from mlcheck.layout.boxhead import Heads
from mlcheck.layout.candidates.rows import BodyRow
from mlcheck.layout.lines import Parsed
from mlcheck.layout.readings import Reading
from mlcheck.layout.words_of_lines import Strip, Token, printed
from mlcheck.model.document import Box, Cell, Grid, Locator, Merge, NotUnderstood
from mlcheck.translation import N_

OPEN_ROW = N_(
    "the figures of “{text}” may fall into {columns} columns in more than one way, and nothing decides"
)
Spot = tuple[int, int]


class Drawing:
    """A table that is being drawn from printed lines, with the rows that stay open."""

    def __init__(self, lines: Sequence[Parsed], columns: int, *, stub: bool) -> None:
        self.lines = lines
        self.columns = columns
        self.stub = int(stub)
        self.sketch = Sketch()
        self.unclear: list[NotUnderstood] = []

    def heads(self, heads: Heads, indexes: Sequence[int]) -> int:
        """Write the boxhead, printed on the lines of these indexes; return the first row below it."""
        strips = {id(token): self.lines[i].strip for i in indexes for token in self.lines[i].strip.tokens}
        for spanner, first, last in heads.spanners:
            self.sketch.put((0, first + self.stub), spanner, strips[id(spanner[0])])
            if last > first:
                self.sketch.merges.append(Merge(0, first + self.stub, 0, last + self.stub))
        row = int(bool(heads.spanners))
        labels = (heads.stub, *heads.labels) if self.stub else heads.labels
        for column, label in enumerate(labels):
            if label:
                self.sketch.put((row, column), label, strips[id(label[0])])
        return row + 1

    def row(self, at: Spot, row: BodyRow, reading: Reading | None) -> None:
        """Write a row from a cell on; where its reading is open, its cells print all of its figures."""
        strip, label = self.lines[row.lines[0]].strip, row.label
        taken = reading.taken if reading is not None else 0
        if row.tail is not None:
            label += tuple(t for chunk in row.tail.chunks[:taken] for t in chunk.tokens)
            strip = self.lines[row.lines[0]].strip
        self.sketch.put(at, label, strip)
        figures = next((self.lines[i].strip for i in row.lines if self.lines[i].tail is row.tail), strip)
        if reading is not None:
            for column, cell in enumerate(reading.cells):
                self.sketch.put((at[0], at[1] + column + self.stub), cell, figures)
        elif row.tail is not None:
            tail = tuple(t for chunk in row.tail.chunks for t in chunk.tokens)
            self._leave(at, label, tail, figures_line=row.lines[-1])

    def _leave(self, at: Spot, label: tuple[Token, ...], tail: tuple[Token, ...], figures_line: int) -> None:
        strip = self.lines[figures_line].strip
        values: dict[str, str | int] = {"text": printed(label + tail), "columns": self.columns}
        self.unclear.append(NotUnderstood(strip.locator, OPEN_ROW, values))
        for column in range(self.columns):
            self.sketch.put((at[0], at[1] + column + self.stub), tail, strip, unclear=True)


At = tuple[int, int]


class Placed(Struct, frozen=True):
    """The words of one cell and the line they start on; `open` tells that what they print is not decided."""

    tokens: tuple[Token, ...]
    strip: Strip
    open: bool = False


class Sketch(Struct):
    """A table that is being made."""

    cells: dict[At, Placed] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)

    def put(self, at: At, tokens: tuple[Token, ...], strip: Strip, *, unclear: bool = False) -> None:
        """Fill a cell; without words it stays empty."""
        if tokens:
            self.cells[at] = Placed(tokens, strip, unclear)

    def grid(self) -> Grid:
        """Return the table."""
        cells = {at: _cell(placed) for at, placed in self.cells.items()}
        places = {at: _place_of(placed.strip, placed.tokens) for at, placed in self.cells.items()}
        first = min(self.cells.values(), key=lambda placed: placed.strip.at).strip
        locator = first.locator
        if locator.box is not None:
            boxes = [place.box for place in places.values() if place.box and place.page == locator.page]
            locator = replace(locator, box=_around(boxes) if boxes else locator.box)
        return Grid(locator, cells, tuple(self.merges), places=places)


# Make the table of a body: its cells as printed, each with its place.


def _cell(placed: Placed) -> Cell:
    return Cell(printed(placed.tokens), fault="ambiguous" if placed.open else None)


def _place_of(strip: Strip, tokens: Sequence[Token]) -> Locator:
    """Return where some words of a line stand: the box around them, or the line and their first character."""
    boxes = [token.box for token in tokens if token.box is not None]
    if boxes:
        return replace(strip.locator, box=_around(boxes))
    return replace(strip.locator, column=tokens[0].column)


def _around(boxes: Iterable[Box]) -> Box:
    """Return the smallest box that holds some boxes."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)
