"""What a reader makes of a file: blocks in reading order, each with the place where it stands."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from msgspec import Struct, field
from msgspec.structs import replace

Fault = Literal["error", "uncomputed", "ambiguous"]
Box = tuple[float, float, float, float]


class Locator(Struct, frozen=True):
    """Where a figure or a sentence stands; every part that does not apply is None.

    `line` is 1-based: a line of a text, a paragraph of a Word document; `page` and `slide` count from 1;
    `cell` is an A1 address, of the sheet or of the table that `shape` names; `box` is left, top, right,
    bottom in points from the top left corner of the page; `column` is the 1-based character of the line.
    """

    file: str
    sheet: str | None = None
    cell: str | None = None
    page: int | None = None
    box: Box | None = None
    slide: int | None = None
    shape: str | None = None
    line: int | None = None
    column: int | None = None


class Cell(Struct, frozen=True):
    """One cell as the public sees it.

    `text` is the printed text after the number format (a stored 0.4934 shown as "49 %" is "49 %").
    `number` is the displayed number of a cell that stores one, in the unit displayed and with the
    displayed decimals: Decimal("49") for "49 %", Decimal("12.50") for "12,50 €"; None for text.
    `fault` is "error" for #REF! and its kin, "uncomputed" for a formula without a cached value, "ambiguous"
    for figures of flattened text that may fall into their columns in several ways.
    `level` is the depth of a heading, as the document's own styles say it. `stored` is what the workbook
    behind a chart holds, printed alike, where the chart draws something else. `formula` is what computes the cell, and
    a number is `rounded` that shows fewer decimals than it stores.
    """

    text: str
    number: Decimal | None = None
    fault: Fault | None = None
    hidden: bool = False
    level: int | None = None
    stored: str | None = None
    formula: str | None = None
    rounded: bool = False


class Merge(Struct, frozen=True):
    """A merged range; all bounds 0-based and inclusive."""

    top: int
    left: int
    bottom: int
    right: int


class Grid(Struct, frozen=True):
    """A rectangle of cells: a sheet, a csv file, or one table of a slide, page or text.

    `cells` maps a 0-based (row, column) of the sheet to its non-empty cell; `places` says where those
    cells stand that an A1 address would not find.
    """

    locator: Locator
    cells: dict[tuple[int, int], Cell]
    merges: tuple[Merge, ...] = ()
    hidden: bool = False
    places: dict[tuple[int, int], Locator] = field(default_factory=dict)

    def locate(self, row: int, column: int) -> Locator:
        """Return the place of one cell of this grid."""
        place = self.places.get((row, column))
        return place or replace(self.locator, cell=f"{column_letters(column)}{row + 1}")


class Paragraph(Struct, frozen=True):
    """A run of prose; `level` is the depth of a heading (1 is outermost), None for running text."""

    text: str
    locator: Locator
    level: int | None = None


class Word(Struct, frozen=True):
    """A printed word and its box: left, top, right, bottom in points from the top left of the page."""

    text: str
    box: Box


class TextLine(Struct, frozen=True):
    """One printed line; `words` are empty where the file keeps no positions, as in plain text."""

    text: str
    locator: Locator
    words: tuple[Word, ...] = ()


class Lines(Struct, frozen=True):
    """Flattened text in reading order: tables and prose not yet parted; a blank line has no text."""

    lines: tuple[TextLine, ...]


Block = Grid | Paragraph


class NotUnderstood(Struct, frozen=True):
    """A block or cell that was seen and could not be used.

    `reason` is an English template filled from `values`, looked up in the reader's language.
    """

    locator: Locator
    reason: str
    values: dict[str, str | int] = field(default_factory=dict)


class Document(Struct, frozen=True):
    """A file after reading: its blocks in reading order, and what could not be read of it.

    In its `Lines`, tables and prose are not yet parted.
    """

    source: str
    blocks: tuple[Block | Lines, ...]
    not_understood: tuple[NotUnderstood, ...] = field(default=())


class LaidOut(Struct, frozen=True):
    """A document whose printed lines have become tables and paragraphs; what stayed unclear is listed."""

    source: str
    blocks: tuple[Block, ...]
    not_understood: tuple[NotUnderstood, ...] = field(default=())


class Origin(Struct, frozen=True):
    """The element that prints what stands in a place: its rank, from 0, among the elements of a part of the file.

    `part` is the name of the part in the archive, `text` what was read there where the place alone does not tell,
    and `box` where a shape stands on its slide: left, top, right, bottom in EMU.
    """

    locator: Locator
    part: str
    element: int
    text: str = ""
    box: Box | None = None


def column_number(letters: str) -> int:
    """Return the 0-based column of its letters: A is 0, AA is 26."""
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1


def column_letters(column: int) -> str:
    """Return the letters of a 0-based column: 0 is A, 26 is AA."""
    letters = ""
    column += 1
    while column:
        column, digit = divmod(column - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return letters
