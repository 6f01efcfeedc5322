"""The notes beside the marked figures of a slide: each where it covers least, with a line to its figure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap
from typing import NamedTuple

from mlcheck.model.document import Box, Origin
from mlcheck.rendering.annotation.marks import STRONG
from mlcheck.rendering.annotation.markup import Element, UneditableError, escaped, escaped_attribute
from mlcheck.rendering.annotation.spots import Spot
from mlcheck.rendering.annotation.xml_part import XmlPart, attribute_of
from mlcheck.rendering.wording import Wording

DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
PRESENTATION = "http://schemas.openxmlformats.org/presentationml/2006/main"
WIDTH, LINE, MARGIN = 2_240_000, 146_000, 45_720  # EMU of a note, of its lines of 9 points, and around them
CHARACTERS = 35  # of a line
LONGEST = 420  # characters of a paragraph
MOST = 6  # notes of a slide; the others are in the list
ACROSS, DOWN = 40, 30  # places that are tried
EDGE = 90_000  # EMU that are kept free at the edges of a slide
WHOLE, SMALL = 0.85, 0.05  # of the slide: what is larger is a background, or smaller a cell
COVERED, HIDDEN, FAR = 8.0, 60.0, 1.0
"""What it counts to cover as much as the note of a shape, of another note; to be as far away as the slide is wide."""
LEFT, TOP, RIGHT, BOTTOM = range(4)


class SlideNote(NamedTuple):
    """A note on a spot: the kind of its mark, its heading and its paragraphs."""

    spot: Spot
    kind: str
    head: str
    lines: tuple[str, ...]


class Beside:
    """A slide with the boxes of its shapes, in EMU."""

    def __init__(self, origins: Sequence[Origin]) -> None:
        """Take the slide and its shapes, as they were read."""
        self.slide: Box = next((one.box for one in origins if one.element == 0 and one.box), (0, 0, 0, 0))
        self._boxes = {one.element: one.box for one in origins if one.element and one.box}

    @property
    def occupied(self) -> list[Box]:
        """The boxes of what stands on the slide, its background left out."""
        return [box for box in self._boxes.values() if _area(box) < WHOLE * _area(self.slide)]

    def box(self, part: XmlPart, spot: Spot) -> Box:
        """Return the box of a cell or shape; that of the slide where it has none."""
        element = part.at(spot.element)
        around = [element, *part.ancestors(element)]
        shape = next((one for one in around if part.rank(one) in self._boxes), None)
        box = self._boxes[part.rank(shape)] if shape is not None else self.slide
        cell = next((one for one in around if one.local == "tc"), None)
        return box if cell is None else _cell_box(part, cell, box)


def put_notes(part: XmlPart, beside: Beside, notes: Sequence[SlideNote], wording: Wording) -> None:
    """Add notes to a slide. Raises UneditableError where it has no shapes."""
    tree = part.child(part.root, "cSld", "spTree")
    if tree is None:
        raise UneditableError("spTree")
    numbers = [attribute_of(one, "id") for one in part.elements if one.local == "cNvPr"]
    number = max((int(text) for text in numbers if text.isdecimal() and len(text) < 10), default=1)
    taken = [(box, COVERED) for box in beside.occupied]
    lines, boxes = [], []
    for at, note in enumerate(notes[:MOST]):
        shown = note
        if at == MOST - 1 and len(notes) > MOST:
            more = wording.plural("… and {n} other", "… and {n} others", len(notes) - MOST)
            shown = note._replace(lines=(*note.lines, more))
        figure = beside.box(part, note.spot)
        box = _place(figure, _height(shown), taken, beside.slide)
        taken.append((box, HIDDEN))
        lines.append(_line(number + 1, box, figure, note.kind))
        boxes.append(_note(number + 2, box, shown))
        number += 2
    said = part.declare("p", PRESENTATION) + part.declare("a", DRAWING)
    for xml in (*filter(None, lines), *boxes):
        name = xml[1:].partition(">")[0]
        part.insert_in_order(tree, xml.replace(f"<{name}", f"<{name}{said}", 1), ("extLst",))


def _cell_box(part: XmlPart, cell: Element, box: Box) -> Box:
    """Return where a cell stands in the box of its table, as far as its rows are as high as they say."""
    row = part.parent(cell)
    table = part.parent(row) if row else None
    grid = part.child(table, "tblGrid") if table else None
    if row is None or table is None or grid is None:
        return box
    widths = [_whole(attribute_of(one, "w")) for one in part.children(grid, "gridCol")]
    rows = list(part.children(table, "tr"))
    heights = [_whole(attribute_of(one, "h")) for one in rows]
    column = [one.start for one in part.children(row, "tc")].index(cell.start)
    line = [one.start for one in rows].index(row.start)
    across = (box[RIGHT] - box[LEFT]) / (sum(widths) or 1)
    down = max((box[BOTTOM] - box[TOP]) / (sum(heights) or 1), 1)
    left, top = box[LEFT] + across * sum(widths[:column]), box[TOP] + down * sum(heights[:line])
    width = across * sum(widths[column : column + 1])
    return left, top, left + width, top + down * heights[line]


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def _height(note: SlideNote) -> float:
    return 2 * MARGIN + LINE * sum(len(lines) for lines in _wrapped(note))


def _wrapped(note: SlideNote) -> Iterator[list[str]]:
    for text in (note.head, *_paragraphs(note)):
        yield wrap(text, CHARACTERS) or [""]


def _paragraphs(note: SlideNote) -> Iterator[str]:
    for lines in note.lines:
        for line in lines.split("\n"):
            yield line if len(line) <= LONGEST else f"{line[:LONGEST]}…"


def _place(figure: Box, height: float, taken: Sequence[tuple[Box, float]], slide: Box) -> Box:
    """Return where a note covers least of what is there, as near to its figure as that lets it be."""
    across, down = max(slide[RIGHT] - WIDTH - 2 * EDGE, 0), max(slide[BOTTOM] - height - 2 * EDGE, 0)
    best, least = (across, 0.0), float("inf")
    small = _area(figure) < SMALL * _area(slide)  # a cell, of which nothing is to be covered
    for n in range(ACROSS + 1):
        left = EDGE + across * n / ACROSS
        for m in range(DOWN + 1):
            top = EDGE + down * m / DOWN
            box = (left, top, left + WIDTH, top + height)
            cost = FAR * _distance(box, figure) / (slide[RIGHT] or 1)
            if cost < least:
                cost += sum(weight * _shared(box, one) for one, weight in taken) / _area(box)
                cost += COVERED * (small and _shared(box, figure) > 0)
            if cost < least:
                best, least = (left, top), cost
    return best[0], best[1], best[0] + WIDTH, best[1] + height


def _distance(one: Box, two: Box) -> float:
    across = max(one[LEFT] - two[RIGHT], two[LEFT] - one[RIGHT], 0)
    down = max(one[TOP] - two[BOTTOM], two[TOP] - one[BOTTOM], 0)
    return float((across**2 + down**2) ** 0.5)


def _shared(one: Box, two: Box) -> float:
    across = min(one[RIGHT], two[RIGHT]) - max(one[LEFT], two[LEFT])
    down = min(one[BOTTOM], two[BOTTOM]) - max(one[TOP], two[TOP])
    return across * down if across > 0 and down > 0 else 0.0


def _area(box: Box) -> float:
    return max(box[RIGHT] - box[LEFT], 1) * max(box[BOTTOM] - box[TOP], 1)


# A note and its line, in DrawingML.


def _line(number: int, note: Box, figure: Box, kind: str) -> str:
    """Return a line from the edge of a note to that of its figure, nothing where they touch."""
    start, end = [], []
    for low, high in ((LEFT, RIGHT), (TOP, BOTTOM)):
        if note[high] < figure[low]:
            pair = (note[high], figure[low])
        elif note[low] > figure[high]:
            pair = (note[low], figure[high])
        else:
            shared = (max(note[low], figure[low]) + min(note[high], figure[high])) / 2
            pair = (shared, shared)
        start.append(round(pair[0]))
        end.append(round(pair[1]))
    if start == end:
        return ""
    x, y = min(start[0], end[0]), min(start[1], end[1])
    turned = (' flipH="1"' if end[0] < start[0] else "") + (' flipV="1"' if end[1] < start[1] else "")
    return (
        f'<p:cxnSp><p:nvCxnSpPr><p:cNvPr id="{number}" name="mlcheck {number}"/><p:cNvCxnSpPr/><p:nvPr/></p:nvCxnSpPr>'
        f'<p:spPr><a:xfrm{turned}><a:off x="{x}" y="{y}"/><a:ext cx="{abs(end[0] - start[0])}" cy="{abs(end[1] - start[1])}"/>'
        f'</a:xfrm><a:prstGeom prst="line"><a:avLst/></a:prstGeom><a:ln w="15875"><a:solidFill><a:srgbClr val="{STRONG[kind]}"/>'
        '</a:solidFill><a:tailEnd type="triangle"/></a:ln></p:spPr></p:cxnSp>'
    )


def _note(number: int, box: Box, note: SlideNote) -> str:
    left, top, right, bottom = (round(edge) for edge in box)
    texts = [_paragraph(note.head, bold=True), *(_paragraph(line) for line in _paragraphs(note))]
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="mlcheck {number}" descr="{escaped_attribute(note.head)}"/>'
        f'<p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm><a:off x="{left}" y="{top}"/>'
        f'<a:ext cx="{right - left}" cy="{bottom - top}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        '<a:solidFill><a:srgbClr val="FFFFF0"/></a:solidFill>'
        f'<a:ln w="15875"><a:solidFill><a:srgbClr val="{STRONG[note.kind]}"/></a:solidFill></a:ln></p:spPr>'
        f'<p:txBody><a:bodyPr wrap="square" lIns="{MARGIN}" tIns="{MARGIN}" rIns="{MARGIN}" bIns="{MARGIN}" anchor="t">'
        f"<a:noAutofit/></a:bodyPr><a:lstStyle/>{''.join(texts)}</p:txBody></p:sp>"
    )


def _paragraph(text: str, bold: bool = False) -> str:
    heavy = ' b="1"' if bold else ""
    return (
        '<a:p><a:pPr marL="0" indent="0" algn="l"><a:lnSpc><a:spcPct val="100000"/></a:lnSpc><a:spcBef><a:spcPts val="0"/>'
        '</a:spcBef><a:spcAft><a:spcPts val="0"/></a:spcAft><a:buNone/></a:pPr>'
        f'<a:r><a:rPr sz="900"{heavy}><a:solidFill><a:srgbClr val="000000"/></a:solidFill><a:latin typeface="Calibri"/></a:rPr>'
        f"<a:t>{escaped(text)}</a:t></a:r></a:p>"
    )
