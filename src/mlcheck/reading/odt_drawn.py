"""Slides, and the shapes and text boxes of a slide or a text, each read by itself in its turn."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from mlcheck.model.document import Locator, NotUnderstood
from mlcheck.reading.html_tokens import Tag
from mlcheck.reading.ods_terms import DRAW, UNITS
from mlcheck.reading.odt_lists import Lists
from mlcheck.reading.odt_places import Place
from mlcheck.reading.odt_scope import Box, Scope
from mlcheck.reading.odt_terms import (
    LABELS,
    OBJECTS,
    PAGE,
    PICTURE,
    PRESENTATION,
    SHAPES,
    SPOKEN,
    SVG,
    TITLE,
    Attributes,
)
from mlcheck.translation import N_

if TYPE_CHECKING:
    from mlcheck.reading.odt_content import Content

HIDDEN_SLIDE = N_("The slide {slide} is hidden: its text was not checked.")
OBJECT = N_("a chart or another object is not read ({name})")
SPEECH_SHAPE = "notes"  # the shape that the speaker's notes are said to stand in
PER_POINT = 12_700  # EMU, in which the order of shapes is reckoned


def begin_drawn(content: Content, name: str, attributes: Attributes) -> Callable[[], None] | None:
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


def hidden_slide(content: Content) -> NotUnderstood:
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
    place = Place(None if slide else outer.place.line, slide, SPEECH_SHAPE if kind == SPOKEN else name)
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
    from mlcheck.reading.pptx_order import in_reading_order
    from mlcheck.reading.pptx_shapes import Shape

    nothing: Any = None  # of the elements of PowerPoint; the order is one of boxes
    spoken = [scope for scope in content.shapes if scope.kind == SPOKEN]
    shown = [scope for scope in content.shapes if scope.kind != SPOKEN]
    placed = [
        (Shape(nothing, "", scope.box, "title" if scope.kind == TITLE else "", hidden=False), scope)
        for scope in shown
    ]
    for scope in [scope for _, scope in in_reading_order(placed)] + spoken:
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
