"""What a drawing of Word holds: text boxes, charts, diagrams, pictures, embedded objects."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, cast

from msgspec import Struct, field
from pptx.opc.package import Part

from mlcheck.model.document import Locator
from mlcheck.reading.container.archive import Archive
from mlcheck.reading.slides.charts.chart import Found, read_chart
from mlcheck.reading.word.package import (
    ALTERNATE,
    CANVAS,
    CHARTEX,
    DIAGRAM,
    INLINE,
    NOT_PRINTED,
    NOTE_MARKS,
    OFFICE,
    PICTURE,
    SHAPE,
    A,
    C,
    Element,
    Package,
    R,
    V,
    W,
    chosen,
    is_on,
    number,
    relations,
    tree,
    written,
)
from mlcheck.translation import N_

EMU_PER_TWIP = 635
TWIPS = {"pt": 20, "in": 1440, "cm": 567, "mm": 56.7, "px": 15}
A4 = 11_906  # width in twentieths of a point
SMALLEST_SHARE = 4  # a picture over a quarter of the page's width may hold figures; a logo is smaller
WIDTH = re.compile(r"(?:^|;)\s*width:\s*([0-9.]{1,9})(pt|in|cm|mm|px)")
Kind = Literal["box", "chart", "new chart", "diagram", "picture", "object"]

KINDS: dict[str, Kind] = {
    W + "txbxContent": "box",
    C + "chart": "chart",
    CHARTEX + "chart": "new chart",
    DIAGRAM + "relIds": "diagram",
    PICTURE + "pic": "picture",
    V + "imagedata": "picture",
    CANVAS + "lockedCanvas": "object",  # shapes pasted from a presentation
}


class Drawn(Struct, frozen=True):
    """One thing drawn: what it is, its element, the name of its shape, and its width in twips (0 unknown)."""

    kind: Kind
    element: Element
    name: str = ""
    width: int = 0

    @property
    def key(self) -> str:
        """The relationship that leads to the part of a chart, or to the data of a diagram."""
        return self.element.get(R + ("dm" if self.kind == "diagram" else "id"), "")


EQUATION = N_("An equation was not read: its figures are not checked.")
UNREAD_PICTURE = N_("The picture {name} was not read: any figures in it are not checked.")
OBJECT = N_("The embedded object {name} was not read: put its table into the document itself.")
CHART = N_("The chart {name} was not read: any figures in it are not checked.")
UNREAD_DIAGRAM = N_("The diagram {name} was not read: any figures in it are not checked.")
IMPORTED = N_("A file inserted into the document was not read: put its text into the document itself.")

REASONS = {
    "picture": UNREAD_PICTURE,
    "object": OBJECT,
    "diagram": UNREAD_DIAGRAM,
    "chart": CHART,
    "new chart": CHART,  # a waterfall, a treemap…
}
NAMES = {"footnotes": "note", "endnotes": "endnote"}


class Notes(Struct):
    """The footnotes and endnotes of a document, each given out once, where it is first referred to."""

    package: Package
    parts: dict[str, dict[str, Element]] = field(default_factory=dict)
    taken: dict[str, int] = field(default_factory=dict)

    def take(self, mark: Element) -> tuple[Element, str] | None:
        """Return the note that a mark refers to and its name, "note 3"; None if it is taken or missing.

        Notes count as they come, whatever the document restarts or marks with signs of its own.
        """
        kind = NOTE_MARKS[mark.tag]
        if kind not in self.parts:
            root = self.package.related(kind)
            notes = () if root is None else root.iterchildren(W + kind[:-1])
            self.parts[kind] = {note.get(W + "id", ""): note for note in notes}
        note = self.parts[kind].pop(mark.get(W + "id", ""), None)
        if note is None:
            return None
        self.taken[kind] = self.taken.get(kind, 0) + 1
        return note, f"{NAMES[kind]} {self.taken[kind]}"


class Related(Struct, frozen=True):
    """A part that a chart is related to: its workbook, the shapes drawn into it."""

    archive: Archive
    reltype: str
    name: str
    is_external: bool = False

    @property
    def target_part(self) -> Related:
        """The part itself."""
        return self

    @property
    def blob(self) -> bytes:
        """The bytes of a workbook, or of XML that was gone through first."""
        if self.name.endswith(".xml"):
            return written(tree(self.archive, self.name))
        return b"".join(self.archive.chunks(self.name))

    @property
    def rels(self) -> dict[str, Related]:
        """What the part is related to inside the archive."""
        found = relations(self.archive, self.name)
        return {
            key: Related(self.archive, kind, name)
            for key, (kind, name) in found.items()
            if self.archive.has(name)
        }


def drawn(anchor: Element) -> Iterator[Drawn]:
    """Yield what is drawn in a drawing, a VML picture or an embedded object, in order.

    Of alternate content one branch is taken; what stands inside a text box is left to its paragraphs,
    and a group of pictures counts as one.
    """
    if anchor.tag == W + "object":
        for element in anchor.iter(OFFICE + "OLEObject"):
            yield Drawn("object", element, element.get("ProgID", ""))
        return
    extent, properties = anchor.find(f"*/{INLINE}extent"), anchor.find(f"*/{INLINE}docPr")
    width = 0 if extent is None else number(extent.get("cx"), 0) // EMU_PER_TWIP
    name = "" if properties is None else properties.get("name", "")
    if properties is not None and is_on(properties.get("hidden")):
        return
    pictured = False
    for thing in _inside(anchor, Drawn("picture", anchor, name, width)):
        if thing.kind != "picture" or not pictured:
            yield thing
        pictured = pictured or thing.kind == "picture"


def _inside(parent: Element, frame: Drawn) -> Iterator[Drawn]:
    """Yield what is drawn below an element; `frame` has the name and the width of what is around it."""
    for child in parent:
        tag = child.tag
        if tag in KINDS:
            yield Drawn(KINDS[tag], child, frame.name, frame.width)
        elif tag == ALTERNATE:
            branch = chosen(child)
            if branch is not None:
                yield from _inside(branch, frame)
        elif tag not in NOT_PRINTED:
            yield from _inside(child, _framed(child, tag, frame))


def _framed(element: Element, tag: str, frame: Drawn) -> Drawn:
    """Return the frame that a shape makes for what it holds."""
    if tag == SHAPE + "wsp":
        properties = element.find(SHAPE + "cNvPr")
        name = "" if properties is None else properties.get("name", "")
        return Drawn("box", element, name or frame.name, frame.width)
    if tag.startswith(V):
        cut = WIDTH.search(element.get("style", ""))
        width = int(_size(cut[1]) * TWIPS[cut[2]]) if cut else frame.width
        return Drawn("box", element, element.get("id") or frame.name, width)
    return frame


def _size(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0


def is_large(picture: Drawn, page: int) -> bool:
    """Tell whether a picture takes over a quarter of the width of the page, in twips."""
    return picture.width * SMALLEST_SHARE > page


def page_width(body: Element) -> int:
    """Return the width in twips of the last section's page, A4 where it is not given."""
    size = body.find(f"{W}sectPr/{W}pgSz")
    return A4 if size is None else number(size.get(W + "w"), A4) or A4


def texts_of(diagram: Element) -> list[str]:
    """Return the texts of the points of a diagram's data, in their order."""
    found = []
    for point in diagram.iter(DIAGRAM + "pt"):
        for paragraph in point.iterfind(f"{DIAGRAM}t/{A}p"):
            found.append("".join(text.text or "" for text in paragraph.iter(A + "t")).strip())
    return [text for text in found if text]


# What a paragraph points to: its notes, and why some of what is drawn beside it is not read.


def reason_of(thing: Drawn, page: int) -> str | None:
    """Return why something drawn is not read, None where nothing is lost: a logo, a rule."""
    if thing.kind == "picture" and not is_large(thing, page):
        return None
    return REASONS[thing.kind]


# Charts of a document, read as those of a slide are: the two formats draw them from the same part.


def read_chart_of(package: Package, name: str, locator: Locator) -> Found:
    """Return the titles of a chart and the table of what it draws, and what of it is not read."""
    part = cast(Part, Related(package.archive, "chart", name))
    return read_chart(part, locator, package.archive.path, hidden=False)
