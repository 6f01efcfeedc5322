"""The notes beside the marked figures of a slide of PowerPoint, each with a line to its figure."""

from __future__ import annotations

from collections.abc import Sequence

from mlcheck.model.document import Box, Origin
from mlcheck.rendering.annotation.beside import (
    BOTTOM,
    LEFT,
    MARGIN,
    RIGHT,
    TOP,
    SlideNote,
    joined,
    paragraphs,
    placed,
)
from mlcheck.rendering.annotation.marks import STRONG
from mlcheck.rendering.annotation.markup import Element, UneditableError, escaped, escaped_attribute
from mlcheck.rendering.annotation.spots import Spot
from mlcheck.rendering.annotation.xml_part import XmlPart, attribute_of
from mlcheck.rendering.wording import Wording

DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
PRESENTATION = "http://schemas.openxmlformats.org/presentationml/2006/main"


class Beside:
    """A slide with the boxes of its shapes, in EMU."""

    def __init__(self, origins: Sequence[Origin]) -> None:
        """Take the slide and its shapes, as they were read."""
        self.slide: Box = next((one.box for one in origins if one.element == 0 and one.box), (0, 0, 0, 0))
        self._boxes = {one.element: one.box for one in origins if one.element and one.box}

    @property
    def occupied(self) -> list[Box]:
        """The boxes of what stands on the slide."""
        return [*self._boxes.values()]

    def box(self, part: XmlPart, spot: Spot) -> Box:
        """Return the box of a cell or shape; that of the slide where it has none."""
        element = part.at(spot.element)
        around = [element, *part.ancestors(element)]
        shape = next((one for one in around if part.rank(one) in self._boxes), None)
        box = self._boxes[part.rank(shape)] if shape is not None else self.slide
        cell = next((one for one in around if one.local == "tc"), None)
        return box if cell is None else _cell_box(part, cell, box)


def put_beside(
    part: XmlPart,
    beside: Beside,
    framed: Sequence[tuple[Spot, str]],
    notes: Sequence[SlideNote],
    wording: Wording,
) -> None:
    """Add frames around charts, each of the colour of a kind of mark, and notes. Raises UneditableError where a slide has no shapes."""
    tree = part.child(part.root, "cSld", "spTree")
    if tree is None:
        raise UneditableError("spTree")
    numbers = [attribute_of(one, "id") for one in part.elements if one.local == "cNvPr"]
    number = max((int(text) for text in numbers if text.isdecimal() and len(text) < 10), default=1)
    frames, lines, boxes = [], [], []
    for spot, kind in framed:
        number += 1
        frames.append(_frame(number, beside.box(part, spot), kind))
    about = [(note, beside.box(part, note.spot)) for note in notes]
    for note, box, figure in placed(about, beside.occupied, beside.slide, wording):
        lines.append(_line(number + 1, box, figure, note.kind))
        boxes.append(_note(number + 2, box, note))
        number += 2
    said = part.declare("p", PRESENTATION) + part.declare("a", DRAWING)
    for xml in (*frames, *filter(None, lines), *boxes):
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


# A note and its line, in DrawingML.


def _line(number: int, note: Box, figure: Box, kind: str) -> str:
    """Return a line from the edge of a note to that of its figure, nothing where they touch."""
    start, end = joined(note, figure)
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


def _frame(number: int, box: Box, kind: str) -> str:
    """Return a frame without a fill around what stands in a box."""
    left, top, right, bottom = (round(edge) for edge in box)
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="mlcheck {number}"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm>'
        f'<a:off x="{left}" y="{top}"/><a:ext cx="{right - left}" cy="{bottom - top}"/></a:xfrm>'
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln w="38100"><a:solidFill><a:srgbClr val="{STRONG[kind]}"/>'
        "</a:solidFill></a:ln></p:spPr></p:sp>"
    )


def _note(number: int, box: Box, note: SlideNote) -> str:
    left, top, right, bottom = (round(edge) for edge in box)
    texts = [_paragraph(note.head, bold=True), *(_paragraph(line) for line in paragraphs(note))]
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
