"""The tags and texts of a page, cut where the HTML standard cuts them (WHATWG HTML, 13.2.5).

What is never closed runs to the end of the page, as in a browser: no character is looked at over and
over, entities beyond those of HTML do not exist, and a place is known by the line of the source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html import unescape

from msgspec import Struct, field

RAW = frozenset({"iframe", "noembed", "noframes", "noscript", "script", "style", "textarea", "title", "xmp"})
"""Elements whose content is text up to their end tag, whatever it looks like."""

_MARKUP = re.compile(r"<(?=[a-zA-Z/!?])")
_COMMENT_END = re.compile(r"--!?>")
_NAME = re.compile(r"</?([a-zA-Z][^\s/>]*+)", re.ASCII)
_ATTRIBUTE = re.compile(
    r"""[\s/]*+([^\s/>][^\s/>=]*+)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>]*+)))?""", re.ASCII
)
_TAG_END = re.compile(r"[\s/]*+", re.ASCII)
_ABSURD = re.compile(r"&#[0-9]{20,};?")  # more digits than a number may have


class Tag(Struct, frozen=True):
    """A start tag, or an end tag where it `closes`; `empty` is one written <br/>.

    `mark` is what stands after the number of an item, where it is not the period of a browser.
    """

    name: str
    line: int
    attributes: dict[str, str] = field(default_factory=dict)
    closes: bool = False
    empty: bool = False
    mark: str = ""


class Text(Struct, frozen=True):
    """Characters between tags, with the line on which they start."""

    text: str
    line: int


Token = Tag | Text


def tokens(text: str, line: int = 1) -> Iterator[Token]:
    """Yield the tags and texts of a page whose lines end in \\n and whose first line has a number."""
    at, size = 0, len(text)
    while at < size:
        opened = _MARKUP.search(text, at)
        start = opened.start() if opened else size
        if start > at:
            yield Text(plain(text[at:start]), line)
        if opened is None:
            return
        line += text.count("\n", at, start)
        tag, at = _markup(text, start, line)
        line += text.count("\n", start, at)
        if tag is None:
            continue
        yield tag
        if tag.name in RAW and not tag.closes and not tag.empty:
            end = _raw_end(tag.name).search(text, at)
            stop = end.start() if end else size
            yield Text(text[at:stop], line)
            line += text.count("\n", at, stop)
            at = stop


def plain(text: str) -> str:
    """Return a text with its character references replaced."""
    if "&" not in text:
        return text
    try:
        return unescape(text)
    except ValueError:
        return unescape(_ABSURD.sub("\ufffd", text))


def _markup(text: str, start: int, line: int) -> tuple[Tag | None, int]:
    """Return the tag that starts at a place, None for a comment or a declaration, and where it ends."""
    if text.startswith("<!--", start):
        end = _COMMENT_END.search(text, start + 2)
        return None, end.end() if end else len(text)
    name = _NAME.match(text, start)
    if name is None:
        stop = text.find(">", start + 2)
        return None, stop + 1 if stop >= 0 else len(text)
    return _tag(text, name, line)


def _tag(text: str, name: re.Match[str], line: int) -> tuple[Tag | None, int]:
    """Return a tag with its attributes; one that the page never ends is nothing."""
    attributes: dict[str, str] = {}
    at = name.end()
    while found := _ATTRIBUTE.match(text, at):
        key, *values = found.groups()
        attributes.setdefault(key.lower(), plain(next((v for v in values if v is not None), "")))
        at = found.end()
    end = _TAG_END.match(text, at)
    stop = end.end() if end else at
    if stop == len(text):
        return None, stop
    empty = stop > at and text[stop - 1] == "/"
    closes = text[name.start() + 1] == "/"
    return Tag(name[1].lower(), line, attributes, closes, empty), stop + 1


@cache
def _raw_end(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE | re.ASCII)
