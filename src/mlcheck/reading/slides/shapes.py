"""The shapes of a slide, taken out of their groups, each with its place on the slide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from msgspec import Struct
from pptx.opc.package import Part

from mlcheck.reading.slides.package import TITLES, A, Element, P, children, related, tree, whole

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


TOLERANCE = 91_440  # EMU, a tenth of an inch: how far neighbours overlap without standing side by side
MOST = 400  # shapes of a slide that are cut into columns; thousands are a drawing
LEFT, TOP, RIGHT, BOTTOM = range(4)
Placed = TypeVar("Placed", bound=tuple[Shape, object])


def shapes_of(slide: Part) -> Iterator[Shape]:
    """Yield the shapes of a slide in the order of the file, those of groups among them.

    Each name is set apart from those before it: the second "Tableau 3" is "Tableau 3 (2)".
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


# The order in which the shapes of a slide are read: from the top, by columns where there are columns.


def in_reading_order(placed: Sequence[Placed]) -> list[Placed]:
    """Return shapes in reading order, the title of the slide first.

    The others are cut apart along the widest gap that crosses them all (a recursive X-Y cut), so that the
    title, the table and the note of one column come together, before those of the column on its right.
    Shapes that no gap parts are read from top to bottom, then from left to right.
    """
    titles = [one for one in placed if one[0].is_title]
    others = [one for one in placed if not one[0].is_title]
    return titles + (_ordered(others) if len(others) <= MOST else _from_the_top(others))


def _ordered(placed: list[Placed]) -> list[Placed]:
    if len(placed) < 2:
        return placed
    columns, gutter = _cut(placed, LEFT, RIGHT)
    rows, gap = _cut(placed, TOP, BOTTOM)
    if len(columns) > 1 and (len(rows) == 1 or gutter >= gap):
        parts = columns
    elif len(rows) > 1:
        parts = _cut(placed, TOP, BOTTOM, gutter)[0] if len(columns) > 1 else _joined(rows)
    else:
        return _from_the_top(placed)
    return [one for part in parts for one in _ordered(part)]


def _cut(
    placed: list[Placed], start: int, end: int, least: float = -TOLERANCE
) -> tuple[list[list[Placed]], float]:
    """Return the groups that gaps of some width part along one direction, and the widest of these gaps."""
    first, *others = sorted(placed, key=lambda one: one[0].box[start])
    groups, reach, widest = [[first]], first[0].box[end], float("-inf")
    for one in others:
        gap = one[0].box[start] - reach
        own = one[0].box[end] - one[0].box[start]
        if gap >= max(least, -own / 2):
            groups.append([])
            widest = max(widest, gap)
        groups[-1].append(one)
        reach = max(reach, one[0].box[end])
    return groups, widest


def _joined(rows: list[list[Placed]]) -> list[list[Placed]]:
    """Join rows that follow one another where the same gutters run through them: they are columns."""
    joined = [rows[0]]
    for row in rows[1:]:
        both = joined[-1] + row
        if _is_parted(joined[-1]) and _is_parted(both):
            joined[-1] = both
        else:
            joined.append(row)
    return joined


def _is_parted(placed: list[Placed]) -> bool:
    return len(_cut(placed, LEFT, RIGHT)[0]) > 1


def _from_the_top(placed: list[Placed]) -> list[Placed]:
    """Return shapes from top to bottom; those that start at one height, within a tolerance, by their left."""
    lines: list[list[Placed]] = []
    for one in sorted(placed, key=lambda one: one[0].box[TOP]):
        if lines and one[0].box[TOP] - lines[-1][0][0].box[TOP] <= TOLERANCE:
            lines[-1].append(one)
        else:
            lines.append([one])
    return [one for line in lines for one in sorted(line, key=lambda one: one[0].box[LEFT])]
