"""The body of content.xml as the tags and texts of the page it would make (OpenDocument 1.3 part 3)."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from msgspec import Struct, field

from mlcheck.model.document import NotUnderstood
from mlcheck.reading.html_flow import TAB
from mlcheck.reading.ods_terms import DRAW, OFFICE, TEXT
from mlcheck.reading.odt_blocks import End, begin_list, begin_note, begin_table
from mlcheck.reading.odt_drawn import begin_drawn, hidden_slide
from mlcheck.reading.odt_lists import Lists
from mlcheck.reading.odt_places import Place, Places
from mlcheck.reading.odt_scope import Scope
from mlcheck.reading.odt_styles import Styles
from mlcheck.reading.odt_terms import (
    CALL,
    CELL,
    DRAWN,
    GRID,
    HEAD_ROWS,
    HEADING,
    ITEM,
    LIST,
    NOT_PRINTED,
    NOTE_BODY,
    PAGE,
    PARAGRAPH,
    ROW,
    SPAN,
    TITLE,
    Attributes,
    whole,
)

DEEPEST_HEADING = 6


class Content(Struct):
    """Where the pass stands: the stretches under way, the innermost last, and how each element ends.

    `ignored` is the depth inside what is not printed, `aside` where characters go that are no text of a
    paragraph: the mark of a note, what a picture is said to show. `slide` is 0 in a text.
    """

    path: Path
    styles: Styles
    places: Places = field(default_factory=Places)
    scopes: list[Scope] = field(default_factory=list)
    ends: list[End | None] = field(default_factory=list)
    notes: list[NotUnderstood] = field(default_factory=list)
    body: bool = False
    ignored: int = 0
    footnotes: int = 0
    aside: list[str] | None = None
    slide: int = 0
    drawn: int = 0
    shapes: list[Scope] = field(default_factory=list)  # of the slide

    def start(self, name: str, attributes: Attributes) -> None:
        self.slide += name == PAGE
        if self.ignored or name in NOT_PRINTED or self.is_hidden(name, attributes):
            if name == PAGE:
                self.notes.append(hidden_slide(self))
            self.ignored += 1
        elif not self.body:
            self.body = name == OFFICE + "body"
            self.styles.start(name, attributes)
            self.ends.append(None)
        else:
            self.ends.append(self.begin(name, attributes))

    def end(self, _: str) -> None:
        if self.ignored:
            self.ignored -= 1
        elif end := self.ends.pop():
            end()

    def text(self, data: str) -> None:
        if self.ignored or not self.scopes:
            return
        if self.aside is not None:
            self.aside.append(data)
        elif self.scopes[-1].paragraphs:
            self.scopes[-1].write(data)

    def is_hidden(self, name: str, attributes: Attributes) -> bool:
        """Tell whether a style or an element itself keeps text from being shown."""
        style = attributes.get(TEXT + "style-name", "")
        if name in (PARAGRAPH, HEADING):
            return self.styles.hides("paragraph", style)
        if name == SPAN:
            return self.styles.hides("text", style)
        if name == PAGE:
            return self.styles.hides("drawing-page", attributes.get(DRAW + "style-name", ""))
        return attributes.get(TEXT + "display") == "none" or attributes.get(TEXT + "is-hidden") == "true"

    def begin(self, name: str, attributes: Attributes) -> End | None:
        """Do what the start of an element asks for, and return what is to be done at its end."""
        if name in (OFFICE + "text", OFFICE + "presentation"):
            self.scopes.append(
                Scope(self.places, Lists(self.styles), Place(), counted=name == OFFICE + "text")
            )
        if not self.scopes:
            return None
        if name in (PARAGRAPH, HEADING):
            level = whole(attributes, TEXT + "outline-level", 1, DEEPEST_HEADING)
            return self._paragraph(f"h{level}" if name == HEADING else "p")
        if name in (LIST, ITEM):
            return begin_list(self.scopes[-1], name, attributes)
        if name in (GRID, HEAD_ROWS, ROW, CELL):
            return begin_table(self, name, attributes)
        if name in (CALL, NOTE_BODY):
            return begin_note(self, name)
        if name in DRAWN:
            return begin_drawn(self, name, attributes)
        return self._inside(name, attributes) if self.scopes[-1].paragraphs else None

    def _paragraph(self, name: str) -> End:
        """Open a paragraph or a heading; the title of a slide is its heading."""
        scope = self.scopes[-1]
        name = "h1" if scope.kind == TITLE and name == "p" else name
        scope.begin_paragraph(name)
        return partial(scope.end_paragraph, name)

    def _inside(self, name: str, attributes: Attributes) -> End | None:
        """Take what stands in a paragraph."""
        scope = self.scopes[-1]
        if name == SPAN and (raised := self.styles.raised(attributes.get(TEXT + "style-name", ""))):
            scope.open(raised)
            return partial(scope.close, raised)
        if name == TEXT + "s":
            scope.write(" ")
        elif name == TEXT + "tab":
            scope.write(TAB)
        elif name == TEXT + "line-break":
            scope.open("br")
        return None
