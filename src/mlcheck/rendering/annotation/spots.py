"""Where the figures of a report stand in the parts of its document: a cell, or the characters of a paragraph."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from mlcheck.model.claim import Claim
from mlcheck.model.document import Locator, Origin
from mlcheck.model.finding import Report
from mlcheck.rendering.annotation.markup import Element, UneditableError
from mlcheck.rendering.annotation.package import Package
from mlcheck.rendering.annotation.passages import Span, find_alone, find_number
from mlcheck.rendering.annotation.spreadsheet.sheet_scan import place_of
from mlcheck.rendering.annotation.xml_part import Character, XmlPart

PARAGRAPHS, CELLS = ("p", "h"), ("tc", "table-cell")
"""What holds characters of its own: those of a box or a table inside it are not."""
Prints = Callable[[XmlPart, Element], bool]
Key = tuple[int | None, str | None, int | None, str | None]


class Spot(NamedTuple):
    """An element of a part, and which of its characters; all of them where `end` is 0."""

    part: str
    element: int
    start: int = 0
    end: int = 0


class Parts:
    """The parts of a package that are marked, each read once."""

    def __init__(self, package: Package, prints: Prints) -> None:
        self.package, self._prints = package, prints
        self._read: dict[str, XmlPart] = {}

    def __getitem__(self, name: str) -> XmlPart:
        """Return a part. Raises UneditableError where it is missing or broken."""
        if name not in self._read:
            data = self.package.read(name)
            if data is None:
                raise UneditableError(name)
            self._read[name] = XmlPart(data)
        return self._read[name]

    def characters(self, part: str, element: int) -> list[Character]:
        """Return the characters that an element prints."""
        own, whole = self[part], self[part].at(element)
        kinds = next((kinds for kinds in (PARAGRAPHS, CELLS) if whole.local in kinds), ())

        def prints(holder: Element) -> bool:
            around = (holder, *own.ancestors(holder)) if kinds else ()
            nearest = next((one for one in around if one.local in kinds), whole)
            return nearest is whole and self._prints(own, holder)

        return own.characters(whole, prints)

    def save(self) -> None:
        """Put every part that was edited into the package."""
        for name, part in self._read.items():
            if part.edits:
                self.package.put(name, part.written())


class Spots:
    """Finds the spot of each figure of a report, by the elements that its reader took their places from."""

    def __init__(self, report: Report, origins: Iterable[Origin], parts: Parts) -> None:
        self.parts = parts
        self._source = report.source
        self._claims = {checked.claim.figure: checked.claim for checked in report.claims}
        self._origins: dict[Key, list[Origin]] = {}
        self._known: dict[tuple[Locator, int | None], Spot | None] = {}
        for origin in origins:
            self._origins.setdefault(_key(origin.locator), []).append(origin)

    def find(self, locator: Locator, figure: int | None = None) -> Spot | None:
        """Return the spot of a figure, None where it has none in this document."""
        if locator.file != self._source:
            return None
        key = (locator, figure)
        if key not in self._known:
            self._known[key] = self._found(locator, self._claims.get(-1 if figure is None else figure))
        return self._known[key]

    def _found(self, locator: Locator, claim: Claim | None) -> Spot | None:
        exact = self._origins.get(_key(locator), [])
        spots = [Spot(origin.part, origin.element) for origin in exact] or self._in_shape(locator)
        if claim is not None:
            return self._number(spots, claim) or _only(spots)
        return self._at_column(spots, locator) if locator.column else _only(spots)

    def _in_shape(self, locator: Locator) -> list[Spot]:
        """Return the cell of a table on a slide, or the text of a shape."""
        if locator.slide is None:
            return []
        for origin in self._origins.get((locator.slide, locator.shape, None, None), ()):
            part = self.parts[origin.part]
            shape = part.at(origin.element)
            cell = _cell(part, shape, locator.cell) if locator.cell else None
            return [Spot(origin.part, part.rank(cell or shape))]
        return [Spot(origin.part, 0) for origin in self._origins.get((locator.slide, None, None, None), ())]

    def _number(self, spots: Iterable[Spot], claim: Claim) -> Spot | None:
        for spot in spots:
            texts = [one.text for one in self.parts.characters(spot.part, spot.element)]
            span: Span | None = find_number(texts, claim.text, claim.start, claim.end)
            span = span or find_alone(texts, claim.quantity.printed)
            if span is not None:
                return Spot(spot.part, spot.element, *span)
        return None

    def _at_column(self, spots: Iterable[Spot], locator: Locator) -> Spot | None:
        """Return a figure that stands in a column made with tabs: what is between two of them."""
        for origin in self._origins.get(_key(locator), ()):
            start = (locator.column or 1) - 1
            printed = origin.text[start:].split("\t")[0].strip()
            texts = [one.text for one in self.parts.characters(origin.part, origin.element)]
            if not printed:
                continue
            before = sum(not one.isspace() for one in origin.text[:start])
            wanted = "".join(printed.split())
            filled = [at for at, text in enumerate(texts) if not text.isspace()][before:][: len(wanted)]
            if "".join(texts[at] for at in filled) == wanted:
                return Spot(origin.part, origin.element, filled[0], filled[-1] + 1)
        return _only(list(spots))


def _only(spots: list[Spot]) -> Spot | None:
    """Return the first of the elements that stand in a place; paragraphs of one note are near enough."""
    return spots[0] if spots else None


def _key(locator: Locator) -> Key:
    return (locator.slide, locator.shape, None if locator.slide else locator.line, locator.cell)


def _cell(part: XmlPart, frame: Element, address: str) -> Element | None:
    """Return a cell of the table in a frame of a slide."""
    place = place_of(address)
    table = part.child(frame, "graphic", "graphicData", "tbl")
    if place is None or table is None:
        return None
    rows = list(part.children(table, "tr"))
    cells = list(part.children(rows[place[0]], "tc")) if place[0] < len(rows) else []
    return cells[place[1]] if place[1] < len(cells) else None
