"""XML parts edited in place: the bytes that do not change are kept as they are."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable, Mapping
from xml.parsers import expat

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_ENCODING = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([\w.:-]+)[\"']")
_TAG = re.compile(rb"<(?:[^\"'>]+|\"[^\"]*\"|'[^']*')*>")
_NO_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_ESCAPE_LIKE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
LONGEST = 8000  # characters of one text; a cell takes 32 767

Edit = tuple[int, int, bytes]
Start = Callable[[str, dict[str, str], int], None]
End = Callable[[str, int], None]


class UneditableError(Exception):
    """A part of a workbook that cannot be edited."""


class Element:
    """An element of a part: its name, attributes and the byte offsets of its two tags, one if it is empty."""

    __slots__ = ("attributes", "closed", "depth", "empty", "end", "name", "opened", "start")

    def __init__(
        self, name: str, attributes: dict[str, str], depth: int, start: int, opened: int, empty: bool
    ) -> None:
        self.name, self.attributes, self.depth, self.empty = name, attributes, depth, empty
        self.start, self.opened, self.closed, self.end = start, opened, opened, opened

    @property
    def local(self) -> str:
        """Its name without the prefix."""
        return self.name.rpartition(":")[2]

    @property
    def prefix(self) -> str:
        """Its prefix with the colon, or nothing."""
        return self.name[: -len(self.local)]


def walk(data: bytes, start: Start, end: End | None = None) -> None:
    """Go through a part in UTF-8; `start` and `end` get the name and the byte offset of each tag.

    Raises UneditableError for XML that is not well-formed or declares a document type.
    """

    def refuse(*_: object) -> None:
        raise UneditableError("document type")

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda name, attributes: start(name, attributes, parser.CurrentByteIndex)
    if end is not None:
        parser.EndElementHandler = lambda name: end(name, parser.CurrentByteIndex)
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise UneditableError(str(error)) from error


def elements(data: bytes, wanted: Callable[[str, int], bool]) -> list[Element]:
    """Return the elements for which `wanted` (local name, depth; the root is at 0) holds, in order."""
    found: list[Element] = []
    path: list[Element | None] = []

    def start(name: str, attributes: dict[str, str], at: int) -> None:
        keep = wanted(name.rpartition(":")[2], len(path))
        element = None
        if keep:
            opened = tag_end(data, at)
            element = Element(name, attributes, len(path), at, opened, data[opened - 2 : opened] == b"/>")
            found.append(element)
        path.append(element)

    def end(_: str, at: int) -> None:
        element = path.pop()
        if element is not None and not element.empty:
            element.closed, element.end = at, tag_end(data, at)

    walk(data, start, end)
    return found


def one(found: Iterable[Element], local: str) -> Element:
    """Return the first element of a name. Raises UneditableError where there is none."""
    for element in found:
        if element.local == local:
            return element
    raise UneditableError(local)


def tag_end(data: bytes, at: int) -> int:
    """Return the offset after the tag that starts at `at`."""
    match = _TAG.match(data, at)
    if match is None:
        raise UneditableError(f"byte {at}")
    return match.end()


def spliced(data: bytes, edits: Iterable[Edit]) -> bytes:
    """Return a part after its edits (start, end, new bytes). Raises UneditableError where they overlap."""
    pieces, done = [], 0
    for start, end, new in sorted(edits, key=lambda edit: edit[:2]):
        if start < done:
            raise UneditableError(f"byte {start}")
        pieces += [data[done:start], new]
        done = end
    return b"".join([*pieces, data[done:]])


def filled(
    element: Element, content: bytes, attributes: Mapping[str, str | None] | None = None
) -> list[Edit]:
    """Return the edits that append `content` to an element and change some of its attributes."""
    merged = changed(element.attributes, attributes or {})
    if element.empty:
        new = tag(element.name, merged) + content + f"</{element.name}>".encode()
        return [(element.start, element.end, new)]
    edits = [(element.closed, element.closed, content)]
    return [(element.start, element.opened, tag(element.name, merged)), *edits] if attributes else edits


def changed(attributes: Mapping[str, str], new: Mapping[str, str | None]) -> dict[str, str]:
    """Return attributes with those of `new`, where None takes one away."""
    return {name: text for name, text in {**attributes, **new}.items() if text is not None}


def tag(name: str, attributes: Mapping[str, str], empty: bool = False) -> bytes:
    """Return a start tag, or an empty element."""
    written = "".join(f' {key}="{escaped_attribute(text)}"' for key, text in attributes.items())
    return f"<{name}{written}{'/' if empty else ''}>".encode()


def prefixed(xml: str, prefix: str) -> bytes:
    """Return XML of ours with the prefix that a part gives to the namespace."""
    return (re.sub(r"<(/?)(?=\w)", rf"<\1{prefix}", xml) if prefix else xml).encode()


def escaped_attribute(text: str) -> str:
    """Return the text of an attribute, escaped and without the characters that XML forbids."""
    text = _NO_TEXT.sub("", text).replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    return text.replace("\n", "&#10;").replace("\t", "&#9;")


def escaped(text: str) -> str:
    """Return a text that a spreadsheet shows as it is: escaped, and without control characters.

    "_x0041_" would be read as "A" (ECMA-376 part 1, 22.9.2.19): its first underscore is escaped.
    """
    text = _NO_TEXT.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    text = text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
    text = _ESCAPE_LIKE.sub("_x005F_", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def as_utf8(data: bytes) -> bytes:
    """Return a part in UTF-8, whatever its encoding; most are already and stay as they are."""
    declared = _ENCODING.match(data.removeprefix(codecs.BOM_UTF8))
    codec = declared[1].decode().lower() if declared else "utf-8"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        codec = "utf-16"
    elif codec in ("utf-8", "utf8", "us-ascii", "ascii"):
        return data
    try:
        text = data.decode(codec)
    except (LookupError, UnicodeDecodeError) as error:
        raise UneditableError(codec) from error
    return (DECLARATION + re.sub(r"^\s*<\?xml.*?\?>\s*", "", text, count=1)).encode()
