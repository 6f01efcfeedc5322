"""The body of content.xml as the tags and texts of the page it would make (OpenDocument 1.3 part 3)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from mlcheck.model.document import Locator, NotUnderstood
from mlcheck.reading.container.refusals import MAX_CELLS, too_large
from mlcheck.reading.opendocument.scope import Box, Lists, Places, Position, Scope
from mlcheck.reading.opendocument.styles import Styles
from mlcheck.reading.opendocument.terms import (
    CALL,
    CELL,
    DRAW,
    DRAWN,
    GRID,
    HEAD_ROWS,
    HEADING,
    HIDDEN,
    ITEM,
    LABELS,
    LIST,
    NOT_PRINTED,
    NOTE_BODY,
    NOTES,
    OBJECTS,
    OFFICE,
    PAGE,
    PARAGRAPH,
    PICTURE,
    PRESENTATION,
    ROW,
    SHAPES,
    SPAN,
    SVG,
    TABLE,
    TEXT,
    TITLE,
    UNITS,
    Attributes,
    whole,
)
from mlcheck.reading.web.flow import TAB
from mlcheck.reading.web.tokens import Tag
from mlcheck.translation import N_

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
                self.notes.append(_hidden_slide(self))
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
                Scope(self.places, Lists(self.styles), Position(), counted=name == OFFICE + "text")
            )
        if not self.scopes:
            return None
        if name in (PARAGRAPH, HEADING):
            level = whole(attributes, TEXT + "outline-level", 1, DEEPEST_HEADING)
            return self._paragraph(f"h{level}" if name == HEADING else "p")
        if name in (LIST, ITEM):
            return _begin_list(self.scopes[-1], name, attributes)
        if name in (GRID, HEAD_ROWS, ROW, CELL):
            return _begin_table(self, name, attributes)
        if name in (CALL, NOTE_BODY):
            return _begin_note(self, name)
        if name in DRAWN:
            return _begin_drawn(self, name, attributes)
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


MOST_REPEATED = 1000
MOST_SPANNED = 10_000
End = Callable[[], None]
HIDDEN_SLIDE = N_("The slide {slide} is hidden: its text was not checked.")
OBJECT = N_("a chart or another object is not read ({name})")
SPEECH_SHAPE = "notes"  # the shape that the speaker's notes are said to stand in
PER_POINT = 12_700  # EMU, in which the order of shapes is reckoned


# Lists, tables and notes of an OpenDocument text, as they start and end (chapters 5, 6 and 9).


def _begin_list(scope: Scope, name: str, attributes: Attributes) -> End | None:
    """Open a list, or have its next item wait for its text."""
    if name == ITEM:
        if scope.lists.open:
            scope.lists.open[-1].waiting = attributes
        return None
    tag = scope.lists.start(attributes).tag(scope.number)
    scope.tokens.append(tag)

    def end() -> None:
        scope.lists.end()
        scope.tokens.append(Tag(tag.name, scope.number, closes=True))

    return end


def _begin_table(content: Content, name: str, attributes: Attributes) -> End:
    """Open a table, its head, a row or a cell."""
    scope = content.scopes[-1]
    if name == GRID:
        scope.advance()
        scope.tables += 1
        scope.open("table")

        def end() -> None:
            scope.tables -= 1
            scope.close("table")

        return end
    start = len(scope.tokens)
    if name == ROW:
        hidden = attributes.get(TABLE + "visibility") in HIDDEN
        scope.open("tr", {"hidden": ""} if hidden else {})
        repeated = whole(attributes, TABLE + "number-rows-repeated", 1, MOST_REPEATED)
        return partial(_repeat, content, scope, "tr", start, repeated)
    if name == CELL:
        scope.tokens.append(Tag("td", content.places.add(scope.place), _cell(attributes)))
        repeated = whole(attributes, TABLE + "number-columns-repeated", 1, MOST_REPEATED)
        return partial(_repeat, content, scope, "td", start, repeated)
    scope.open("thead")
    return partial(scope.close, "thead")


def _repeat(content: Content, scope: Scope, name: str, start: int, times: int) -> None:
    """Close a row or cell, and write it as often as it stands in the table."""
    scope.close(name)
    if times > 1:
        piece = scope.tokens[start:]
        if len(scope.tokens) + len(piece) * times > MAX_CELLS:
            raise too_large(content.path, "content.xml")
        scope.tokens += piece * (times - 1)


def _begin_note(content: Content, name: str) -> End:
    """Take the call of a note, or its text, which is read after the paragraph that calls it."""
    scope = content.scopes[-1]
    if name == CALL:
        content.aside = []

        def end_call() -> None:
            scope.call, content.aside = "".join(content.aside or ()).strip(), None
            if scope.call and scope.paragraphs:
                scope.raise_text(scope.call)

        return end_call
    content.footnotes += 1
    place = Position(scope.place.line, scope.place.slide, f"note {content.footnotes}")
    content.scopes.append(Scope(content.places, Lists(content.styles), place, call=scope.call))
    scope.call = ""

    def end() -> None:
        scope.later += content.scopes.pop().tokens

    return end


def _cell(attributes: Attributes) -> dict[str, str]:
    """Return the attributes of a cell as a page has them."""
    spans = {
        "colspan": whole(attributes, TABLE + "number-columns-spanned", 1, MOST_SPANNED),
        "rowspan": whole(attributes, TABLE + "number-rows-spanned", 1, MOST_SPANNED),
    }
    found = {name: str(count) for name, count in spans.items() if count > 1}
    return found | ({"sdval": attributes[OFFICE + "value"]} if OFFICE + "value" in attributes else {})


# Slides, and the shapes and text boxes of a slide or a text, each read by itself in its turn.


def _begin_drawn(content: Content, name: str, attributes: Attributes) -> Callable[[], None] | None:
    """Take a slide, a shape, or what stands in a shape."""
    scope = content.scopes[-1]
    if name == PAGE:
        content.shapes = []
        return lambda: _end_slide(content)
    if name in SHAPES:
        return _begin_shape(content, attributes)
    if name in LABELS:
        content.aside = scope.label

        def end() -> None:
            content.aside = None

        return end
    if name == PICTURE:
        scope.pictures += 1
    elif name in OBJECTS:
        place = scope.place
        content.notes.append(
            NotUnderstood(
                Locator(content.path.as_posix(), slide=place.slide, shape=place.shape, line=place.line),
                OBJECT,
                {"name": place.shape or "?"},
            )
        )
    return None


def _hidden_slide(content: Content) -> NotUnderstood:
    """Return the note on a slide that is not shown."""
    return NotUnderstood(
        Locator(content.path.as_posix(), slide=content.slide), HIDDEN_SLIDE, {"slide": content.slide}
    )


def _begin_shape(content: Content, attributes: Attributes) -> Callable[[], None]:
    outer = content.scopes[-1]
    content.drawn += 1
    kind = attributes.get(PRESENTATION + "class", "")
    name = (
        attributes.get(DRAW + "name")
        or f"shape {len(content.shapes) + 1 if content.slide else content.drawn}"
    )
    slide = content.slide or None
    place = Position(None if slide else outer.place.line, slide, SPEECH_SHAPE if kind == NOTES else name)
    scope = Scope(content.places, Lists(content.styles), place, counted=bool(slide), kind=kind)
    scope.box = _box(attributes)
    content.scopes.append(scope)

    def end() -> None:
        content.scopes.pop()
        if scope.pictures and not scope.tokens:
            scope.number = content.places.add(place)
            scope.tokens.append(Tag("img", scope.number, {"alt": "".join(scope.label)}))
        if slide and len(content.scopes) == 1:
            content.shapes.append(scope)
        elif outer.paragraphs or outer.tables:
            outer.later += scope.tokens
        else:
            outer.tokens += scope.tokens

    return end


def _end_slide(content: Content) -> None:
    """Write the shapes of a slide in reading order, the notes of its speaker last."""
    from mlcheck.reading.slides.shapes import Shape, in_reading_order

    nothing: Any = None  # of the elements of PowerPoint; the order is one of boxes
    notes = [scope for scope in content.shapes if scope.kind == NOTES]
    shown = [scope for scope in content.shapes if scope.kind != NOTES]
    placed = [
        (Shape(nothing, "", scope.box, "title" if scope.kind == TITLE else "", hidden=False), scope)
        for scope in shown
    ]
    for scope in [scope for _, scope in in_reading_order(placed)] + notes:
        content.scopes[0].tokens += scope.tokens


def _box(attributes: Attributes) -> Box:
    """Return the box of a shape in EMU; all zero where it has none."""
    left, top, width, height = (
        _length(attributes.get(SVG + name, "")) for name in ("x", "y", "width", "height")
    )
    return left, top, left + width, top + height


def _length(text: str) -> float:
    try:
        return float(text[:-2]) * UNITS.get(text[-2:], 0.0) * PER_POINT
    except (ValueError, OverflowError):
        return 0.0
