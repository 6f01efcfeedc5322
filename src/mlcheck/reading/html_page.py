"""The pass over the tags and texts of a page: what is published, where it stands, in which table."""

from __future__ import annotations

import re

from msgspec import Struct, field

from mlcheck.model.document import Locator, NotUnderstood
from mlcheck.reading.html_nesting import closed_by_end, closed_by_start, goes_on
from mlcheck.reading.html_shown import aside_of, note_of, page_of
from mlcheck.reading.html_stack import Element, Stack
from mlcheck.reading.html_tables import Node
from mlcheck.reading.html_terms import (
    BLOCKS,
    NOT_PUBLISHED,
    SCOPES,
    STRUCK,
    STRUCTURE,
    TRANSPARENT,
    VOID,
    is_hidden,
)
from mlcheck.reading.html_tokens import Tag, Text, Token
from mlcheck.reading.html_writing import Writing

_DIGIT = re.compile(r"\d")


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
        at = closed_by_start(self.stack, tag.name)
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
        at = closed_by_end(self.stack, tag.name)
        if at is None:
            if tag.name == "p":
                self._break_paragraph()
        elif goes_on(self.stack, at):
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
