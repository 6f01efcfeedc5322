"""The numbers of the items of lists, which an OpenDocument text does not print itself (5.3)."""

from __future__ import annotations

from msgspec import Struct, field

from mlcheck.reading.html_tokens import Tag
from mlcheck.reading.ods_terms import TEXT
from mlcheck.reading.odt_styles import ListLevel, Styles
from mlcheck.reading.odt_terms import XML_ID, Attributes, whole

BULLETS = ListLevel("", "", 1)


class OpenList(Struct):
    """A list under way; `number` is that of its last item, `waiting` its item that has no text yet."""

    style: str
    depth: int
    name: str
    level: ListLevel
    number: int
    waiting: Attributes | None = None

    def tag(self, line: int) -> Tag:
        """Return the tag that opens the list."""
        return Tag("ol", line, {"type": self.level.format}) if self.level.format else Tag("ul", line)

    def item(self, line: int) -> Tag | None:
        """Return the tag of the item that waits, once text stands in it; one that only holds a list has no mark."""
        if self.waiting is None:
            return None
        start = TEXT + "start-value"
        self.number = whole(self.waiting, start, 1, 10**6) if start in self.waiting else self.number + 1
        self.waiting = None
        return Tag("li", line, {"value": str(self.number)}, mark=self.level.suffix)


class Lists(Struct):
    """The lists that are open, outermost first, and the last numbers of those before."""

    styles: Styles
    open: list[OpenList] = field(default_factory=list)
    last: dict[tuple[str, int], int] = field(default_factory=dict)  # of a style and a depth
    named: dict[str, int] = field(default_factory=dict)

    def start(self, attributes: Attributes) -> OpenList:
        """Open a list; one without a style has that of the list around it."""
        inherited = self.open[-1].style if self.open else ""
        style = attributes.get(TEXT + "style-name", inherited)
        depth = len(self.open) + 1
        level = self.styles.lists.get(style, {}).get(depth, BULLETS)
        number = level.start - 1
        if attributes.get(TEXT + "continue-numbering") == "true":
            number = self.last.get((style, depth), number)
        number = self.named.get(attributes.get(TEXT + "continue-list", ""), number)
        self.open.append(OpenList(style, depth, attributes.get(XML_ID, ""), level, number))
        return self.open[-1]

    def end(self) -> OpenList:
        """Close the innermost list."""
        ended = self.open.pop()
        self.last[ended.style, ended.depth] = ended.number
        if ended.name:
            self.named[ended.name] = ended.number
        return ended
