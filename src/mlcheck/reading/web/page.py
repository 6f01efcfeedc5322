"""The pass over the tags and texts of a page: what is published, where it stands, in which table."""

from __future__ import annotations

import re

from msgspec import Struct, field

from mlcheck.model.document import Locator, NotUnderstood
from mlcheck.reading.web.flow import Writing
from mlcheck.reading.web.tables import Node
from mlcheck.reading.web.terms import (
    BLOCKS,
    CLOSES_PARAGRAPH,
    FOREIGN,
    FORMATTING,
    HEADINGS,
    LEAVES_FOREIGN,
    LISTS,
    NOT_PUBLISHED,
    PARENTS,
    SCOPES,
    STRUCK,
    STRUCTURE,
    TRANSPARENT,
    VOID,
    aside_of,
    is_hidden,
    note_of,
    page_of,
)
from mlcheck.reading.web.tokens import Tag, Text, Token

_DIGIT = re.compile(r"[0-9]")


class Stack(Struct):
    """The open elements, outermost first; `places` gives those of each name, and of each class of names."""

    elements: list[Element] = field(default_factory=list)
    places: dict[str, list[int]] = field(default_factory=dict)

    def push(self, element: Element) -> None:
        """Open an element."""
        self.elements.append(element)
        for key in _keys(element.name):
            self.places.setdefault(key, []).append(element.at)

    def pop(self) -> Element:
        """Close the innermost element."""
        element = self.elements.pop()
        for key in _keys(element.name):
            places = self.places.get(key)
            if places and places[-1] == element.at:
                places.pop()
        return element

    def forget(self, at: int) -> Element:
        """Close the innermost element of its name, and leave open those that stand in it."""
        element = self.elements[at]
        self.places[element.name].pop()
        self.elements[at] = Element("", at, element.line, effective=False)
        return element

    def last(self, *keys: str) -> int:
        """Return the place of the innermost element of these names or classes, -1 where there is none."""
        last = -1
        for key in keys:
            places = self.places.get(key)
            if places and places[-1] > last:
                last = places[-1]
        return last

    def top(self) -> str:
        """Return the name of the innermost element."""
        return self.elements[-1].name if self.elements else ""


class Page(Struct):
    """Where the pass stands; `aside` is the part, not read, in which it is.

    `notes` is what could not be read, `frames` the pages shown in frames; a page is `scripted` where
    it runs scripts.
    """

    source: str
    writing: Writing
    stack: Stack = field(default_factory=Stack)
    aside: Element | None = None
    notes: list[NotUnderstood] = field(default_factory=list)
    frames: list[str] = field(default_factory=list)
    scripted: bool = False

    def take(self, token: Token) -> None:
        """Go on with the next tag or text."""
        if isinstance(token, Text):
            self._text(token)
        elif token.name in TRANSPARENT:
            self._break_paragraph()
        elif token.closes and token.name != "br":
            self._end(token)
        else:
            self._start(token)

    def finish(self) -> list[Node]:
        """Close all that is open, and return what was written."""
        while self.stack.elements:
            self._close(self.stack.pop())
        return self.writing.finish()

    def _text(self, token: Text) -> None:
        if self.aside is None:
            self.writing.add(token)
        elif self.aside.aside and self.stack.top() not in NOT_PUBLISHED and _DIGIT.search(token.text):
            self.aside.figures = True

    def _start(self, tag: Tag) -> None:
        at = _closed_by_start(self.stack, tag.name)
        if at is None:
            return
        self._pop_to(at)
        if tag.name in BLOCKS:
            self._break_paragraph()
        if tag.name in STRUCTURE:
            self._open_parents(tag)
        if self.aside is None and (note := note_of(tag, self.source)):
            self.notes.append(note)
        if tag.name in VOID:
            self._void(tag)
        elif not (tag.empty and self.stack.last("svg", "math") >= 0):
            self._open(tag)

    def _open_parents(self, part: Tag) -> None:
        """Open the tbody and tr that a row or cell stands in without saying so."""
        depth = STRUCTURE[part.name]
        for name in ("tbody", "tr"):
            if STRUCTURE[name] < depth and STRUCTURE.get(self.stack.top(), 0) < STRUCTURE[name]:
                self._open(Tag(name, part.line))

    def _void(self, tag: Tag) -> None:
        if tag.name == "frame" and (page := page_of(tag)):
            self.frames.append(page)
        if self.aside is not None:
            return
        if tag.name == "br":
            self.writing.break_line()
        elif tag.name in ("img", "input", "embed"):
            self.writing.separate(tag)

    def _open(self, tag: Tag) -> None:
        element = Element(tag.name, len(self.stack.elements), tag.line, self.aside is None)
        if element.effective:
            element.aside = None if tag.name in STRUCTURE and tag.name != "caption" else aside_of(tag)
            if element.aside is None:
                self.writing.begin(tag)
            else:
                self.aside = element
                if not is_hidden(tag.attributes):
                    self.writing.separate(tag)
        if tag.name == "script" and "json" not in tag.attributes.get("type", ""):
            self.scripted = True
        self.stack.push(element)

    def _end(self, tag: Tag) -> None:
        at = _closed_by_end(self.stack, tag.name)
        if at is None:
            if tag.name == "p":
                self._break_paragraph()
        elif _goes_on(self.stack, at):
            self._close(self.stack.forget(at))
        else:
            self._pop_to(at, ended=True)

    def _pop_to(self, at: int, ended: bool = False) -> None:
        """Close the elements from a place on; what they leave struck out stays so, within its cell."""
        struck: list[Element] = []
        while len(self.stack.elements) > at:
            element = self.stack.pop()
            self._close(element)
            if element.name in SCOPES:
                struck.clear()
            elif element.name in STRUCK and element.effective and not (ended and element.at == at):
                struck.append(element)
        for element in struck:
            self._open(Tag(element.name, element.line))

    def _close(self, element: Element) -> None:
        """Undo what an element did."""
        if not element.effective:
            return
        if element.aside is None:
            self.writing.cease(element.name)
            return
        self.aside = None
        if element.aside and element.figures:
            self.notes.append(NotUnderstood(Locator(self.source, line=element.line), element.aside))

    def _break_paragraph(self) -> None:
        if self.aside is None:
            self.writing.flush()


SCOPE = "#scope"
BLOCK = "#block"


class Element(Struct):
    """An open element; `at` is its place in the stack.

    `aside` says why its content is not read: empty where it is not published, None where it is read.
    One that is not `effective` stands in such a part and does nothing.
    """

    name: str
    at: int
    line: int
    effective: bool = True
    aside: str | None = None
    figures: bool = False


SIBLINGS = {"li": ("li",), "dd": ("dd", "dt"), "dt": ("dd", "dt")}
SEALED = ("foreignobject", "template")  # what stands in these is no part of the table around them


# The open elements of a page, found by name at once however deep they stand.


def _keys(name: str) -> tuple[str, ...]:
    if name in SCOPES:
        return (name, SCOPE, BLOCK)
    return (name, BLOCK) if name in BLOCKS else (name,)


# What a tag closes, said or not (WHATWG HTML, 13.2.6): an open paragraph, the item or cell before.


def _closed_by_start(stack: Stack, name: str) -> int | None:
    """Return the place of the outermost element that a start tag closes, the next free one where it closes none.

    None means that the tag itself is ignored: a part of a table outside of any.
    """
    if name in STRUCTURE:
        return _up_to_parent(stack, name)
    if name in LEAVES_FOREIGN and (foreign := stack.last(*FOREIGN)) > stack.last(*SEALED):
        return foreign
    size = len(stack.elements)
    scope = stack.last(SCOPE)
    if name == "table" and scope >= 0 and stack.last(name) == scope:
        return scope
    if name in CLOSES_PARAGRAPH and (paragraph := stack.last("p")) > scope:
        size = paragraph
    if name in HEADINGS and stack.top() in HEADINGS:
        size = min(size, len(stack.elements) - 1)
    item = stack.last(*SIBLINGS.get(name, ()))
    return min(size, item) if item > max(scope, stack.last("dl", *LISTS)) else size


def _up_to_parent(stack: Stack, name: str) -> int | None:
    """Return the place just below the part of the open table that a new part belongs to."""
    table = stack.last("table")
    if table < 0 or stack.last(*SEALED) > table:
        return None
    at = len(stack.elements)
    while at - 1 > table:
        parent = stack.elements[at - 1].name
        if parent in PARENTS and STRUCTURE[parent] < STRUCTURE[name]:
            break
        at -= 1
    return at


def _closed_by_end(stack: Stack, name: str) -> int | None:
    """Return the place of the element that an end tag closes, None where it closes none.

    All that is open in it closes too, but for what `_goes_on`. A part that is not read always ends.
    """
    at = stack.last(*HEADINGS) if name in HEADINGS else stack.last(name)
    if at < 0:
        return None
    element = stack.elements[at]
    if element.aside is not None and element.name not in FORMATTING:
        return at
    if name in STRUCTURE:
        inside = stack.last("table", *SEALED)
    else:
        inside = stack.last(name, *SEALED) if name == "table" else stack.last(SCOPE)
    if at < inside:
        return None
    closes_blocks = element.name in BLOCKS or element.name in SCOPES or element.name in FORMATTING
    return at if closes_blocks or stack.last(BLOCK) < at else None


def _goes_on(stack: Stack, at: int) -> bool:
    """Tell whether what stands in a closed element stays open: text in bold ends, its paragraph does not."""
    return stack.elements[at].name in FORMATTING and at < len(stack.elements) - 1
