"""Where the paragraphs of an OpenDocument text or presentation stand, by the numbers of their tags."""

from __future__ import annotations

from typing import cast

from msgspec import Struct, field
from msgspec.structs import replace

from mlcheck.model.document import Block, Document, Lines, Locator, Paragraph
from mlcheck.reading.docx_tabs import untabbed, with_columns


class Place(Struct, frozen=True):
    """The paragraph or table of the text; the slide and the shape of a presentation; a note or text box."""

    line: int | None = None
    slide: int | None = None
    shape: str | None = None


class Places(Struct):
    """Every place so far; the number that a tag carries in the stead of a line is its rank, from 1."""

    met: list[Place] = field(default_factory=list)

    def add(self, place: Place) -> int:
        """Return the number of a new place."""
        self.met.append(place)
        return len(self.met)

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
