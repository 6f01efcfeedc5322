"""An XML part with all its elements and the bytes of each of its characters, and the edits that are made to it."""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from mlcheck.rendering.annotation.markup import (
    Edit,
    Element,
    UneditableError,
    elements,
    escaped_attribute,
    spliced,
)

_PIECE = re.compile(rb"<!\[CDATA\[.*?\]\]>|<!--.*?-->|<\?.*?\?>|<[^>]*>|&[^;]*;|[^<&]+", re.DOTALL)


MOST = 4_000_000  # elements of a part; each is an object
DEEPEST = 500  # elements around another


class Character(NamedTuple):
    """One character, the bytes that write it, and the element that holds it directly."""

    text: str
    start: int
    end: int
    holder: Element


class XmlPart:
    """A part in UTF-8; its elements keep the ranks that a reader gives them, in the order of the document."""

    def __init__(self, data: bytes) -> None:
        """Read the elements. Raises UneditableError for XML that is not well-formed, too deep or too large."""
        self.data = data
        self.edits: list[Edit] = []
        if data.count(b"<") > 2 * MOST:
            raise UneditableError(f"> {MOST}")
        self.elements = elements(data, lambda *_: True)
        if max(element.depth for element in self.elements) > DEEPEST:
            raise UneditableError(f"> {DEEPEST}")
        self._starts = [element.start for element in self.elements]

    @property
    def root(self) -> Element:
        """The element that holds all others."""
        return self.elements[0]

    def at(self, rank: int) -> Element:
        """Return the element of a rank. Raises UneditableError where there is none."""
        if not 0 <= rank < len(self.elements):
            raise UneditableError(f"element {rank}")
        return self.elements[rank]

    def rank(self, element: Element) -> int:
        """Return the rank of an element of this part."""
        return bisect_left(self._starts, element.start)

    def inside(self, element: Element) -> Sequence[Element]:
        """Return the elements below one, in order."""
        return self.elements[self.rank(element) + 1 : bisect_left(self._starts, element.end)]

    def children(self, element: Element, local: str = "") -> Iterator[Element]:
        """Yield the children of an element, those of a local name alone where one is given."""
        depth = element.depth + 1
        for one in self.inside(element):
            if one.depth == depth and (not local or one.local == local):
                yield one

    def child(self, element: Element, *path: str) -> Element | None:
        """Return what a path of local names leads to, each the first of its name; None where one is missing."""
        found: Element | None = element
        for local in path:
            found = next(self.children(found, local), None) if found else None
        return found

    def parent(self, element: Element) -> Element | None:
        """Return the element that holds another directly."""
        rank = self._parents[self.rank(element)]
        return None if rank < 0 else self.elements[rank]

    def ancestors(self, element: Element) -> Iterator[Element]:
        """Yield the elements around one, the nearest first."""
        around = self.parent(element)
        while around is not None:
            yield around
            around = self.parent(around)

    @cached_property
    def _parents(self) -> list[int]:
        found, open_ = [], [-1]
        for rank, element in enumerate(self.elements):
            del open_[element.depth + 1 :]
            found.append(open_[-1])
            open_.append(rank)
        return found

    def raw(self, element: Element | None) -> bytes:
        """Return the bytes of an element, none for none."""
        return b"" if element is None else self.data[element.start : element.end]

    def characters(self, element: Element, prints: Callable[[Element], bool]) -> list[Character]:
        """Return the characters in an element whose direct holder `prints`, in order."""
        found: list[Character] = []
        around = [element]
        at = element.opened

        def take(end: int) -> None:
            if at < end and prints(around[-1]):
                found.extend(_read_all(self.data, at, end, around[-1]))

        for one in self.inside(element):
            while one.start >= around[-1].end:
                take(around[-1].closed)
                at = around.pop().end
            take(one.start)
            at = one.opened
            around.append(one)
        while around:
            take(around[-1].closed)
            at = around.pop().end
        return found

    def declare(self, prefix: str, namespace: str) -> str:
        """Return what an element of ours must say for a prefix to mean a namespace; nothing where the root says it."""
        if self.root.attributes.get(f"xmlns:{prefix}") == namespace:
            return ""
        return f' xmlns:{prefix}="{escaped_attribute(namespace)}"'

    def insert(self, at: int, xml: str | bytes) -> None:
        """Add XML at an offset, after what was added there before."""
        self.edits.append((at, at, xml if isinstance(xml, bytes) else xml.encode()))

    def append(self, element: Element, xml: str | bytes) -> None:
        """Add XML at the end of an element, which is opened where it is empty. At most once for each empty one."""
        new = xml if isinstance(xml, bytes) else xml.encode()
        if element.empty:
            opening = self.data[element.start : element.opened - 2].rstrip() + b">"
            self.edits.append((element.start, element.end, opening + new + f"</{element.name}>".encode()))
        else:
            self.insert(element.closed, new)

    def prepend(self, element: Element, xml: str | bytes) -> None:
        """Add XML at the start of an element, which is opened where it is empty."""
        if element.empty:
            self.append(element, xml)
        else:
            self.insert(element.opened, xml)

    def insert_in_order(self, parent: Element, xml: str, later: Sequence[str]) -> None:
        """Add an element before those that the schema has after it, the local names `later`."""
        following = next((one for one in self.children(parent) if one.local in later), None)
        if following is None:
            self.append(parent, xml)
        else:
            self.insert(following.start, xml)

    def put(self, element: Element, xml: bytes) -> None:
        """Write other bytes in the place of an element."""
        self.edits.append((element.start, element.end, xml))

    def written(self) -> bytes:
        """Return the part after its edits."""
        return spliced(self.data, self.edits)


def _read_all(data: bytes, start: int, end: int, holder: Element) -> Iterator[Character]:
    """Yield the characters between two tags."""
    for piece in _PIECE.finditer(data, start, end):
        yield from _read(piece[0], piece.start(), holder)


def _read(piece: bytes, start: int, holder: Element) -> Iterator[Character]:
    """Yield the characters of a piece of text; those of a CDATA section all have its bytes."""
    end = start + len(piece)
    if piece.startswith(b"<![CDATA["):
        for character in piece[9:-3].decode():
            yield Character(character, start, end, holder)
    elif piece.startswith(b"&"):
        for character in html.unescape(piece.decode()):
            yield Character(character, start, end, holder)
    elif not piece.startswith(b"<"):
        for character in piece.decode():
            end = start + len(character.encode())
            yield Character(character, start, end, holder)
            start = end


def attribute_of(element: Element | None, local: str) -> str:
    """Return an attribute by its local name, "" where there is none."""
    given = element.attributes if element else {}
    return next((text for name, text in given.items() if name.rpartition(":")[2] == local), "")
