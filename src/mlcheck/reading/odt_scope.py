"""A stretch of text that reads on by itself: the body, a note, the text of a shape."""

from __future__ import annotations

from msgspec import Struct, field

from mlcheck.reading.html_tokens import Tag, Text, Token
from mlcheck.reading.odt_lists import Lists
from mlcheck.reading.odt_places import Place, Places

Box = tuple[float, float, float, float]  # left, top, right, bottom in points


class Scope(Struct):
    """What has been written of a stretch; `number` is that of the place where it goes on.

    `later` is what is anchored in its open paragraph or table, to be read after it; `call` the mark of a
    note, printed before its text. Of a shape, `box` is where it stands, `kind` its class and `label` what
    its picture is said to show.
    """

    places: Places
    lists: Lists
    place: Place
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
            self.place = Place((self.place.line or 0) + 1, self.place.slide, self.place.shape)
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
