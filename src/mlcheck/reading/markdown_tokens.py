"""Markdown as the tags and texts of the page it would make, each with its line of the source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from mlcheck.reading import html_tokens
from mlcheck.reading.html_tokens import Tag, Text

if TYPE_CHECKING:
    from markdown_it.token import Token

CODE = ("code_block", "fence")
BREAKS = ("hardbreak", "softbreak")
NOTE = "footnote"  # the type of the tokens that markdown_rules makes of [^1]


def page_tokens(blocks: Iterable[Token]) -> Iterator[Tag | Text]:
    """Yield what the blocks of a text become: a paragraph <p>, a code block <pre>, HTML what it says."""
    line = 1
    for token in blocks:
        line = token.map[0] + 1 if token.map else line
        if token.type in CODE:
            yield Tag("pre", line)
            yield Text(token.content.removesuffix("\n"), line + (token.type == "fence"))
            yield Tag("pre", line, closes=True)
        elif token.type == "html_block":
            yield from html_tokens.tokens(token.content, line)
        elif token.type == "inline":
            yield from _inline(token.children or [], line)
        elif token.tag and not token.hidden:
            yield _tag(token, line)


def _tag(token: Token, line: int) -> Tag:
    """Return the tag of a block; an item keeps the sign after its number, since "1)" opens headings too."""
    attributes = {"start": str(token.attrs["start"])} if "start" in token.attrs else {}
    mark = token.markup if token.type == "list_item_open" and token.info else ""
    return Tag(token.tag, line, attributes, closes=token.nesting < 0, mark=mark)


def _inline(children: list[Token], line: int) -> Iterator[Tag | Text]:
    """Yield what stands in a paragraph: its words without their marks, its line breaks as printed lines."""
    for token in children:
        if token.type in BREAKS:
            line += 1
            yield Tag("br", line)
        elif token.type == "html_inline":
            yield from html_tokens.tokens(token.content, line)
            line += token.content.count("\n")
        elif token.type == "image":
            yield Tag("img", line, {"alt": token.content})
        elif token.type == NOTE:
            yield from _note(token, line)
        elif token.content:
            yield Text(token.content, line)
        elif token.tag:
            yield Tag(token.tag, line, closes=token.nesting < 0)


def _note(token: Token, line: int) -> Iterator[Tag | Text]:
    """Yield a footnote call, raised; where it opens the note itself, the note is a paragraph of its own."""
    if token.markup:
        yield Tag("p", line)
    yield Tag("sup", line)
    yield Text(token.content, line)
    yield Tag("sup", line, closes=True)
    if token.markup:
        yield Text(" ", line)
