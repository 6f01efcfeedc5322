"""Lists, tables and notes of an OpenDocument text, as they start and end (chapters 5, 6 and 9)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from mlcheck.reading.html_tokens import Tag
from mlcheck.reading.limits import MAX_CELLS
from mlcheck.reading.ods_terms import HIDDEN, OFFICE, TABLE
from mlcheck.reading.odt_lists import Lists
from mlcheck.reading.odt_places import Place
from mlcheck.reading.odt_scope import Scope
from mlcheck.reading.odt_terms import CALL, CELL, GRID, ITEM, ROW, Attributes, whole
from mlcheck.reading.refusals import too_large

if TYPE_CHECKING:
    from mlcheck.reading.odt_content import Content

MOST_REPEATED = 1000
MOST_SPANNED = 10_000
End = Callable[[], None]


def begin_list(scope: Scope, name: str, attributes: Attributes) -> End | None:
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


def begin_table(content: Content, name: str, attributes: Attributes) -> End:
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
        scope.open("td", _cell(attributes))
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


def begin_note(content: Content, name: str) -> End:
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
    place = Place(scope.place.line, scope.place.slide, f"note {content.footnotes}")
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
