"""A stretch of text that reads on by itself: the body, a note, the text of a shape."""

from __future__ import annotations

from typing import cast

from msgspec import Struct, field
from msgspec.structs import replace

from mlcheck.model.document import Block, Document, Lines, Locator, Paragraph
from mlcheck.reading.opendocument.styles import ListLevel, Styles
from mlcheck.reading.opendocument.terms import TEXT, XML_ID, Attributes, whole
from mlcheck.reading.tabs import untabbed, with_columns
from mlcheck.reading.web.tokens import Tag, Text, Token

Box = tuple[float, float, float, float]  # left, top, right, bottom in points


class Scope(Struct):
    """What has been written of a stretch; `number` is that of the place where it goes on.

    `later` is what is anchored in its open paragraph or table, to be read after it; `call` the mark of a
    note, printed before its text. Of a shape, `box` is where it stands, `kind` its class and `label` what
    its picture is said to show.
    """

    places: Places
    lists: Lists
    place: Position
    counted: bool = False
    number: int = 0
    tokens: list[Token] = field(default_factory=list)
    later: list[Token] = field(default_factory=list)
    paragraphs: int = 0
    tables: int = 0
    call: str = ""
    box: Box = (0, 0, 0, 0)
    kind: str = ""
    label: list[str] = field(default_factory=list)
    pictures: int = 0

    def write(self, text: str) -> None:
        """Add characters to the open paragraph; the line breaks of the file are blanks."""
        self.tokens.append(Text(text.replace("\n", " "), self.number))

    def open(self, name: str, attributes: dict[str, str] | None = None) -> None:
        """Add a start tag."""
        self.tokens.append(Tag(name, self.number, attributes or {}))

    def close(self, name: str) -> None:
        """Add an end tag, then what was anchored in what it ends."""
        self.tokens.append(Tag(name, self.number, closes=True))
        if not self.paragraphs and not self.tables:
            self.tokens += self.later
            self.later.clear()

    def advance(self) -> None:
        """Go on with the next paragraph or table; what stands in a table has its place."""
        if self.tables:
            return
        if self.counted:
            self.place = Position((self.place.line or 0) + 1, self.place.slide, self.place.shape)
        self.number = self.places.add(self.place)

    def begin_paragraph(self, name: str) -> None:
        """Open a paragraph, in the item of a list that waits for it, with the mark of its note before it."""
        self.advance()
        item = self.lists.open[-1].item(self.number) if self.lists.open else None
        if item:
            self.tokens.append(item)
        self.open(name)
        self.paragraphs += 1
        if self.call:
            self.raise_text(self.call)
            self.write(" ")
            self.call = ""

    def end_paragraph(self, name: str) -> None:
        """Close the open paragraph."""
        self.paragraphs -= 1
        self.close(name)

    def raise_text(self, text: str) -> None:
        """Add a raised text."""
        self.open("sup")
        self.write(text)
        self.close("sup")


BULLETS = ListLevel("", "", 1)


class OpenList(Struct):
    """A list under way; `number` is that of its last item, `waiting` its item that has no text yet."""

    style: str
    depth: int
    name: str
    level: ListLevel
    number: int
    waiting: Attributes | None = None

    def tag(self, line: int) -> Tag:
        """Return the tag that opens the list."""
        return Tag("ol", line, {"type": self.level.format}) if self.level.format else Tag("ul", line)

    def item(self, line: int) -> Tag | None:
        """Return the tag of the item that waits, once text stands in it; one that only holds a list has no mark."""
        if self.waiting is None:
            return None
        start = TEXT + "start-value"
        self.number = whole(self.waiting, start, 1, 10**6) if start in self.waiting else self.number + 1
        self.waiting = None
        return Tag("li", line, {"value": str(self.number)}, mark=self.level.suffix)


class Lists(Struct):
    """The lists that are open, outermost first, and the last numbers of those before."""

    styles: Styles
    open: list[OpenList] = field(default_factory=list)
    last: dict[tuple[str, int], int] = field(default_factory=dict)  # of a style and a depth
    named: dict[str, int] = field(default_factory=dict)

    def start(self, attributes: Attributes) -> OpenList:
        """Open a list; one without a style has that of the list around it."""
        inherited = self.open[-1].style if self.open else ""
        style = attributes.get(TEXT + "style-name", inherited)
        depth = len(self.open) + 1
        level = self.styles.lists.get(style, {}).get(depth, BULLETS)
        number = level.start - 1
        if attributes.get(TEXT + "continue-numbering") == "true":
            number = self.last.get((style, depth), number)
        number = self.named.get(attributes.get(TEXT + "continue-list", ""), number)
        self.open.append(OpenList(style, depth, attributes.get(XML_ID, ""), level, number))
        return self.open[-1]

    def end(self) -> OpenList:
        """Close the innermost list."""
        ended = self.open.pop()
        self.last[ended.style, ended.depth] = ended.number
        if ended.name:
            self.named[ended.name] = ended.number
        return ended


class Position(Struct, frozen=True):
    """The paragraph or table of the text; the slide and the shape of a presentation; a note or text box."""

    line: int | None = None
    slide: int | None = None
    shape: str | None = None


class Places(Struct):
    """Every place so far; the number that a tag carries in the stead of a line is its rank, from 1."""

    met: list[Position] = field(default_factory=list)
    elements: list[int] = field(default_factory=list)  # the rank of the element that each place was met at
    element: int = -1  # the rank of the element under way

    def add(self, place: Position) -> int:
        """Return the number of a new place."""
        self.met.append(place)
        self.elements.append(self.element)
        return len(self.met)

    def element_of(self, locator: Locator) -> int:
        """Return the rank in content.xml of the element at the place whose number is in a locator."""
        return self.elements[(locator.line or 1) - 1]

    def locate(self, locator: Locator) -> Locator:
        """Return a locator with the real place for the number in it; a table keeps the name it was given."""
        place = self.met[(locator.line or 1) - 1]
        return replace(locator, line=place.line, slide=place.slide, shape=place.shape or locator.shape)

    def settle(self, document: Document) -> Document:
        """Return a document whose blocks and notes stand in their real places, its tabs made columns."""
        blocks = [self._settled(block) for block in document.blocks]
        notes = (replace(note, locator=self.locate(note.locator)) for note in document.not_understood)
        # What is no paragraph goes through with_columns as it is, lines too.
        return Document(document.source, tuple(with_columns(cast(list[Block], blocks))), tuple(notes))

    def _settled(self, block: Block | Lines) -> Block | Lines:
        if isinstance(block, Paragraph):
            return replace(block, text=block.text.strip(" "), locator=self.locate(block.locator))
        if isinstance(block, Lines):
            return Lines(tuple(replace(line, locator=self.locate(line.locator)) for line in block.lines))
        return replace(
            block,
            locator=self.locate(block.locator),
            cells={at: replace(cell, text=untabbed(cell.text)) for at, cell in block.cells.items()},
            places={at: self.locate(place) for at, place in block.places.items()},
        )
