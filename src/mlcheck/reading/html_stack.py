"""The open elements of a page, found by name at once however deep they stand."""

from __future__ import annotations

from msgspec import Struct, field

from mlcheck.reading.html_terms import BLOCKS, SCOPES

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


def _keys(name: str) -> tuple[str, ...]:
    if name in SCOPES:
        return (name, SCOPE, BLOCK)
    return (name, BLOCK) if name in BLOCKS else (name,)
