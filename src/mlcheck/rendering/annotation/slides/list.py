"""The list of the findings on a first slide, with links to theirs; what does not fit goes on after the last slide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mlcheck.model.document import Box, Origin
from mlcheck.rendering.annotation.beside import RIGHT
from mlcheck.rendering.annotation.list_slides import EDGE, LINE, TOP, height, shared_out, widths
from mlcheck.rendering.annotation.listing import HEADS, NOTHING, Look, Row, counts, title
from mlcheck.rendering.annotation.marking import Marking
from mlcheck.rendering.annotation.marks import HEADER, RULE_LINE, hexadecimal
from mlcheck.rendering.annotation.markup import DECLARATION, UneditableError, escaped, one
from mlcheck.rendering.annotation.package import Package
from mlcheck.rendering.annotation.slides.beside import DRAWING, PRESENTATION
from mlcheck.rendering.annotation.spots import Parts, Spot
from mlcheck.rendering.annotation.xml_part import XmlPart, attribute_of
from mlcheck.rendering.wording import Wording
from mlcheck.translation import N_

FIRST_NUMBER = 256  # of a slide
GOES_ON = N_("The list goes on after the last slide.")
_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.slide+xml"
_TABLE = "http://schemas.openxmlformats.org/drawingml/2006/table"


def put_list(
    parts: Parts, marking: Marking, rows: Sequence[Row[Spot]], slides: Mapping[str, Sequence[Origin]]
) -> None:
    """Add the slides of the list. Raises UneditableError where the presentation lists no slides."""
    report, lost, wording = marking.report, marking.lost, marking.wording
    package = parts.package
    main = package.related("", "officeDocument") or ""
    presentation = parts[main]
    first, size = next((name, of[0].box or (0, 0, 0, 0)) for name, of in slides.items())
    layout = _layout(package, main, first)
    shares = list(shared_out(rows, size, len(lost)))
    made = []
    for number, share in enumerate(shares):
        name = package.free("ppt/slides/slide{}.xml")
        package.put(name, b"")
        package.declare(name, _TYPE)
        package.relate(name, "slideLayout", layout)
        asides = [*lost, wording.say(GOES_ON)] if len(shares) > 1 else list(lost)
        head = (title(report, wording), counts(report, wording), asides if not number else [])
        package.put(name, _slide(package, name, head, share, size, wording))
        made.append((name, package.relate(main, "slide", name)))
    _enlist(presentation, package, [key for _, key in made])


def _layout(package: Package, main: str, first: str) -> str:
    """Return the blank layout of the presentation, else that of its first slide."""
    for kind, master in package.relations(main).values():
        if kind.endswith("/slideMaster"):
            for other, layout in package.relations(master).values():
                data = package.read(layout) if other.endswith("/slideLayout") else None
                if data is not None and b'type="blank"' in data[:2000]:
                    return layout
    own = package.related(first, "slideLayout")
    if own is None:
        raise UneditableError("slideLayout")
    return own


def _enlist(presentation: XmlPart, package: Package, keys: Sequence[str]) -> None:
    """List the new slides, the first of them in front; the numbers of the others stay what they were."""
    listed = one(presentation.elements, "sldIdLst")
    known = [attribute_of(entry, "id") for entry in presentation.children(listed, "sldId")]
    number = max([FIRST_NUMBER - 1, *(int(text) for text in known if text.isdecimal() and len(text) < 11)])
    prefix = listed.prefix
    said = presentation.declare("r", package.namespaces[1])
    entries = [
        f'<{prefix}sldId id="{number + n}"{said} r:id="{key}"/>' for n, key in enumerate(keys, start=1)
    ]
    presentation.prepend(listed, entries[0])
    presentation.insert(listed.closed, "".join(entries[1:]))
    sections = [entry for entry in presentation.elements if entry.local == "section"]
    for section, ids in (
        (sections[:1], [number + 1]),
        (sections[-1:], range(number + 2, number + len(keys) + 1)),
    ):
        for entry in section:
            own = presentation.child(entry, "sldIdLst")
            if own is not None and ids:
                new = "".join(f'<{own.prefix}sldId id="{n}"/>' for n in ids)
                (presentation.prepend if ids[0] == number + 1 else presentation.append)(own, new)
    _number_as_before(presentation)


def _number_as_before(presentation: XmlPart) -> None:
    root = presentation.root
    first = root.attributes.get("firstSlideNum", "1")
    if first.isdecimal() and 0 < int(first[:9]) < 10_000:
        at = root.start + 1 + len(root.name)
        if "firstSlideNum" not in root.attributes:
            presentation.insert(at, ' firstSlideNum="0"')
            return
        opening = presentation.data[root.start : root.opened]
        start = root.start + opening.index(b"firstSlideNum")
        end = root.start + opening.index(first.encode(), start - root.start) + len(first)
        presentation.edits.append((start, end, f'firstSlideNum="{int(first) - 1}'.encode()))


def _slide(
    package: Package,
    name: str,
    head: tuple[str, str, Sequence[str]],
    rows: Sequence[Row[Spot]],
    size: Box,
    wording: Wording,
) -> bytes:
    width = int(size[RIGHT] - 2 * EDGE)
    said = f'xmlns:a="{DRAWING}" xmlns:p="{PRESENTATION}" xmlns:r="{package.namespaces[1]}"'
    lines = [_paragraph(head[0], 1600, bold=True, color=HEADER), _paragraph(head[1], 1000, bold=True)]
    lines += [_paragraph(f"⚠ {text}", 900, color="44546A") for text in head[2]]
    lines += [] if rows else [_paragraph(wording.say(NOTHING), 1200)]
    top = TOP + LINE * len(head[2])
    return "".join(
        (
            f'{DECLARATION}<p:sld {said} showMasterSp="0"><p:cSld><p:bg><p:bgPr><a:solidFill><a:srgbClr val="FFFFFF"/>',
            "</a:solidFill><a:effectLst/></p:bgPr></p:bg><p:spTree><p:nvGrpSpPr>",
            '<p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>',
            '<p:sp><p:nvSpPr><p:cNvPr id="2" name="mlcheck"/><p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm>',
            f'<a:off x="{EDGE}" y="{EDGE // 2}"/><a:ext cx="{width}" cy="{top - EDGE // 2}"/></a:xfrm>',
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr><p:txBody><a:bodyPr wrap="square" lIns="0" rIns="0">',
            f"<a:normAutofit/></a:bodyPr><a:lstStyle/>{''.join(lines)}</p:txBody></p:sp>",
            _table(package, name, rows, size, top, wording) if rows else "",
            "</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>",
        )
    ).encode()


def _table(
    package: Package, name: str, rows: Sequence[Row[Spot]], size: Box, top: int, wording: Wording
) -> str:
    across = widths(size)
    heights = [2 * LINE, *(height(row, across) for row in rows)]
    head = "".join(
        _cell(_paragraph(wording.say(text), 1000, bold=True, color="FFFFFF"), HEADER) for text in HEADS
    )
    links: dict[str, str] = {}
    for row in rows:
        if row.where is not None and row.where.part not in links:
            links[row.where.part] = package.relate(name, "slide", row.where.part)
    body = (f'<a:tr h="{own}">{_row(row, links)}</a:tr>' for row, own in zip(rows, heights[1:], strict=True))
    return "".join(
        (
            '<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="3" name="mlcheck 2"/><p:cNvGraphicFramePr>',
            '<a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr><p:xfrm>',
            f'<a:off x="{EDGE}" y="{top}"/><a:ext cx="{sum(across)}" cy="{sum(heights)}"/></p:xfrm>',
            f'<a:graphic><a:graphicData uri="{_TABLE}"><a:tbl><a:tblPr firstRow="1"/><a:tblGrid>',
            *(f'<a:gridCol w="{width}"/>' for width in across),
            f'</a:tblGrid><a:tr h="{heights[0]}">{head}</a:tr>',
            *body,
            "</a:tbl></a:graphicData></a:graphic></p:graphicFrame>",
        )
    )


def _row(row: Row[Spot], links: Mapping[str, str]) -> str:
    key = links.get(row.where.part) if row.where is not None else None
    looks: dict[Look, dict[str, Any]] = {
        "head": {"size": 1000, "bold": True},
        "place": {"size": 1000, "color": "0563C1" if key else "000000", "link": key},
        "about": {"size": 900, "color": "44546A"},
        "text": {"size": 1000},
    }
    fills = (hexadecimal(row.kind), "", "", "")
    cells = ("".join(_paragraph(text, **looks[look]) for look, text in cell) for cell in row.cells)
    return "".join(map(_cell, cells, fills))


def _cell(content: str, fill: str = "") -> str:
    filled = f'<a:solidFill><a:srgbClr val="{fill}"/></a:solidFill>' if fill else "<a:noFill/>"
    edge = f'<a:lnB w="6350"><a:solidFill><a:srgbClr val="{RULE_LINE}"/></a:solidFill></a:lnB>'
    return (
        f"<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>{content}</a:txBody>"
        f'<a:tcPr marL="60000" marR="60000" marT="25000" marB="25000">{edge}{filled}</a:tcPr></a:tc>'
    )


def _paragraph(
    text: str, size: int, bold: bool = False, color: str = "000000", link: str | None = None
) -> str:
    heavy = ' b="1"' if bold else ""
    leads = f'<a:hlinkClick r:id="{link}" action="ppaction://hlinksldjump"/>' if link else ""
    return (
        f'<a:p><a:r><a:rPr sz="{size}"{heavy}><a:solidFill><a:srgbClr val="{color}"/></a:solidFill>'
        f'<a:latin typeface="Calibri"/>{leads}</a:rPr><a:t>{escaped(text)}</a:t></a:r></a:p>'
    )
