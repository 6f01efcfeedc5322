"""The shapes of a slide, taken out of their groups, each with its place on the slide."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from pptx.opc.package import Part

from mlcheck.reading.pptx_package import related, tree
from mlcheck.reading.pptx_terms import TITLES, A, Element, P, children, whole

Box = tuple[float, float, float, float]  # left, top, right, bottom in EMU, 914 400 to the inch
Boxes = dict[str, Box]  # of placeholders, by their index or their type
NOWHERE: Box = (0, 0, 0, 0)
DRAWN = tuple(f"{P}{name}" for name in ("sp", "graphicFrame", "pic"))
BODY = "body"  # where a master has no placeholder of a type, it is that of its body


class Shape(Struct, frozen=True):
    """A shape that may print something; `placeholder` is its type ("" for one that is none)."""

    element: Element
    name: str
    box: Box
    placeholder: str
    hidden: bool

    @property
    def is_picture(self) -> bool:
        """Tell whether it is a picture, a film or a sound."""
        return bool(self.element.tag == f"{P}pic")

    @property
    def is_title(self) -> bool:
        """Tell whether it is the title of its slide."""
        return self.placeholder in TITLES


class Frame(Struct, frozen=True):
    """How the coordinates inside a group become those of the slide: a scale, then a shift."""

    across: float = 1
    down: float = 1
    right: float = 0
    below: float = 0

    def place(self, transform: Element | None) -> Box | None:
        """Return the box that a transform gives, on the slide; None where it gives none."""
        if transform is None or transform.find(f"{A}off") is None:
            return None
        x, y, width, height = _rectangle(transform, "off", "ext")
        left, top = x * self.across + self.right, y * self.down + self.below
        return left, top, left + width * self.across, top + height * self.down

    def inside(self, transform: Element | None) -> Frame:
        """Return the frame of a group that stands in this one."""
        box = self.place(transform)
        if transform is None or box is None:
            return self
        x, y, width, height = _rectangle(transform, "chOff", "chExt")
        across = (box[2] - box[0]) / width if width else self.across
        down = (box[3] - box[1]) / height if height else self.down
        return Frame(across, down, box[0] - x * across, box[1] - y * down)


def shapes_of(slide: Part) -> Iterator[Shape]:
    """Yield the shapes of a slide in the order of the file, those of groups among them.

    Each name is told apart from those before it: the second "Tableau 3" is "Tableau 3 (2)".
    """
    inherited: Boxes | None = None
    names: dict[str, int] = {}
    for element, frame, hidden in _drawn(tree(slide).find(f"{P}cSld/{P}spTree"), Frame(), False):
        properties = element[0].find(f"{P}cNvPr") if len(element) else None
        name = str("" if properties is None else properties.get("name", "")).strip() or "?"
        names[name] = names.get(name, 0) + 1
        kind, index = _placeholder(element)
        box = frame.place(_transform(element))
        if box is None and kind:
            inherited = _inherited(slide) if inherited is None else inherited
            box = inherited.get(index) or inherited.get(kind)
        yield Shape(
            element,
            name if names[name] == 1 else f"{name} ({names[name]})",
            box or NOWHERE,
            kind,
            hidden or _is_hidden(properties),
        )


def _drawn(group: Element, frame: Frame, hidden: bool) -> Iterator[tuple[Element, Frame, bool]]:
    for element in children(group):
        if element.tag in DRAWN:
            yield element, frame, hidden
        elif element.tag == f"{P}grpSp":
            unseen = hidden or _is_hidden(element.find(f"{P}nvGrpSpPr/{P}cNvPr"))
            transform = element.find(f"{P}grpSpPr/{A}xfrm")
            yield from _drawn(element, frame.inside(transform), unseen)


def _is_hidden(properties: Element | None) -> bool:
    return properties is not None and properties.get("hidden") in ("1", "true")


def _transform(element: Element) -> Element | None:
    own = element.find(f"{P}xfrm")
    return own if own is not None else element.find(f"{P}spPr/{A}xfrm")


def _placeholder(element: Element) -> tuple[str, str]:
    """Return the type and the index of a placeholder, two empty texts for any other shape."""
    found = element[0].find(f"{P}nvPr/{P}ph") if len(element) else None
    return ("", "") if found is None else (found.get("type", "obj"), found.get("idx", "0"))


def _inherited(slide: Part) -> Boxes:
    """Return the boxes of the placeholders of a slide's layout, by index, and its master, by type."""
    layout = related(slide, "slideLayout")
    master = related(layout, "slideMaster") if layout else None
    found: Boxes = {}
    for part in (master, layout):
        for element in tree(part).iter(f"{P}sp") if part else ():
            kind, index = _placeholder(element)
            box = Frame().place(_transform(element)) or found.get(kind) or found.get(BODY)
            if kind and box:
                found[kind if part is master else index] = box
    return found


def _rectangle(transform: Element, offset: str, extent: str) -> tuple[int, int, int, int]:
    start, size = transform.find(f"{A}{offset}"), transform.find(f"{A}{extent}")
    return whole(start, "x"), whole(start, "y"), whole(size, "cx"), whole(size, "cy")
