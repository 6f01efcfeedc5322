"""Make the table of a body: its cells as printed, each with its place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from mlcheck.extraction.flattened.tokens import Strip, Token, printed
from mlcheck.model.document import Box, Cell, Grid, Locator, Merge

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
        places = {at: place_of(placed.strip, placed.tokens) for at, placed in self.cells.items()}
        first = min(self.cells.values(), key=lambda placed: placed.strip.at).strip
        locator = first.locator
        if locator.box is not None:
            boxes = [place.box for place in places.values() if place.box and place.page == locator.page]
            locator = replace(locator, box=around(boxes) if boxes else locator.box)
        return Grid(locator, cells, tuple(self.merges), places=places)


def _cell(placed: Placed) -> Cell:
    return Cell(printed(placed.tokens), fault="ambiguous" if placed.open else None)


def place_of(strip: Strip, tokens: Sequence[Token]) -> Locator:
    """Return where some words of a line stand: the box around them, or the line and their first character."""
    boxes = [token.box for token in tokens if token.box is not None]
    if boxes:
        return replace(strip.locator, box=around(boxes))
    return replace(strip.locator, column=tokens[0].column)


def around(boxes: Iterable[Box]) -> Box:
    """Return the smallest box that holds some boxes."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)
