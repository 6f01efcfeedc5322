"""Write the rows of a body, its boxhead and its titles into a table."""

from __future__ import annotations

from collections.abc import Sequence

from mlcheck.extraction.flattened.boxhead import Heads
from mlcheck.extraction.flattened.grids import Sketch
from mlcheck.extraction.flattened.lines import Parsed
from mlcheck.extraction.flattened.readings import Reading
from mlcheck.extraction.flattened.rows import Row
from mlcheck.extraction.flattened.tokens import Token, printed
from mlcheck.model.document import Merge, NotUnderstood
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

    def row(self, at: Spot, row: Row, reading: Reading | None) -> None:
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
        told: dict[str, str | int] = {"text": printed(label + tail), "columns": self.columns}
        self.unclear.append(NotUnderstood(strip.locator, OPEN_ROW, told))
        for column in range(self.columns):
            self.sketch.put((at[0], at[1] + column + self.stub), tail, strip, unclear=True)
