"""A presentation of OpenDocument copied with its wrong cells filled, its wrong numbers coloured, a note beside each, a list in front."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from mlcheck.model.document import Box
from mlcheck.rendering.annotation.beside import (
    BOTTOM,
    LEFT,
    RIGHT,
    TOP,
    SlideNote,
    joined,
    notes_beside,
    paragraphs,
    placed,
)
from mlcheck.rendering.annotation.list_slides import EDGE, LINE, height, shared_out, widths
from mlcheck.rendering.annotation.list_slides import TOP as UNDER_TITLE
from mlcheck.rendering.annotation.listing import HEADS, NOTHING, Row, counts, rows_of, title
from mlcheck.rendering.annotation.marking import Marking
from mlcheck.rendering.annotation.marks import COLORS, Mark, marks_of
from mlcheck.rendering.annotation.markup import Element, UneditableError, changed, escaped_attribute, tag
from mlcheck.rendering.annotation.opendocument.slide_styles import SlideCells, drawn_styles
from mlcheck.rendering.annotation.opendocument.styles import (
    CONTENT,
    STYLES,
    declared,
    list_cell,
    list_paragraph,
    list_row,
)
from mlcheck.rendering.annotation.opendocument.text import highlight, prints, style_of
from mlcheck.rendering.annotation.package import Package
from mlcheck.rendering.annotation.slides.list import GOES_ON
from mlcheck.rendering.annotation.spots import Parts, Spot, Spots
from mlcheck.rendering.annotation.xml_part import XmlPart
from mlcheck.rendering.wording import Wording
from mlcheck.translation import N_

SHAPES = ("frame", "custom-shape", "rect", "ellipse", "g", "polygon", "path", "caption", "line", "connector")
EMU = {"cm": 360_000.0, "mm": 36_000.0, "in": 914_400.0, "pt": 12_700.0}
A_SLIDE: Box = (0, 0, 10_080_000, 7_560_000)  # of a page that says no size: 28 cm by 21 cm
DOT = 60_000  # EMU, half of the dot at the end of a line
NUMBERS = N_("The numbers of slides are those of the report, which this list is no part of.")
_AFTER_SHAPES = ("anim:", "presentation:")  # how animations and notes begin, OpenDocument 1.3 part 3, 10.2.4
_BEFORE_PAGES = (
    *("variable-decls", "sequence-decls", "user-field-decls", "dde-connection-decls", "calculation-settings"),
    *("content-validations", "label-ranges", "named-expressions", "database-ranges", "header-decl", "footer-decl"),
    "date-time-decl",
)  # fmt: skip
_LENGTH = re.compile(r"(-?\d+(?:\.\d+)?)(cm|mm|in|pt)")


def mark_presentation(marking: Marking) -> None:
    """Mark the slides of a presentation.

    Raises UneditableError where it cannot be edited.
    """
    report, wording, package = marking.report, marking.wording, marking.package
    parts = Parts(package, prints)
    part = parts[CONTENT]
    body = part.child(part.root, "body", "presentation")
    if body is None:
        raise UneditableError("office:presentation")
    automatic = part.child(part.root, "automatic-styles")
    cells = SlideCells(package, part.raw(automatic) or b"<office:automatic-styles/>")
    spots = Spots(report, marking.origins, parts)
    rows = rows_of(report, spots.find, wording)
    pages = list(part.children(body, "page"))
    size = _size(package, part, pages)
    done: set[int] = set()
    for spot, mark in marks_of(report, spots.find, wording, marking.tint).items():
        _mark(parts, spot, mark, cells, done)
    beside: dict[int, list[tuple[SlideNote, Box]]] = {}
    for note in notes_beside(report, spots.find, rows, lambda spot: _page_of(part, spot).start, wording):
        page = _page_of(part, note.spot)
        beside.setdefault(page.start, []).append((note, _figure(part, note.spot, size)))
    for page in pages:
        if page.start in beside:
            _put_notes(part, page, beside[page.start], size, wording)
    _put_list(part, body, pages, marking, rows, size)
    written = "".join(
        declared(part.root.attributes, style)
        for style in (*cells.written, *drawn_styles(tuple(COLORS), widths(size)))
    )
    if automatic is not None:
        part.append(automatic, written)
    else:
        around = part.parent(body)
        assert around is not None  # it was found in it
        part.insert(around.start, f"<office:automatic-styles>{written}</office:automatic-styles>")
    parts.save()


def _mark(parts: Parts, spot: Spot, mark: Mark, cells: SlideCells, done: set[int]) -> None:
    """Fill a cell, or colour the characters of a number; a shape as a whole has its note alone."""
    part = parts[spot.part]
    element = part.at(spot.element)
    if spot.end:
        characters = [
            one
            for one in parts.characters(spot.part, spot.element)[spot.start : spot.end]
            if one.start not in done
        ]
        done.update(one.start for one in characters)
        highlight(part, characters, mark.kind, cells.texts)
    elif element.local == "table-cell" and element.start not in done:
        done.add(element.start)
        style = cells.marked(style_of(part, element), mark.kind)
        attributes = changed(element.attributes, {"table:style-name": style})
        part.edits.append((element.start, element.opened, tag(element.name, attributes, element.empty)))


# Where things stand on a slide, in EMU.


def _size(package: Package, part: XmlPart, pages: Sequence[Element]) -> Box:
    """Return the size of the slides, by the page layout of the master of the first of them."""
    data = package.read(STYLES)
    styles = XmlPart(data) if data is not None else part
    wanted = pages[0].attributes.get("draw:master-page-name", "") if pages else ""
    masters = {
        one.attributes.get("style:name", ""): one for one in styles.elements if one.local == "master-page"
    }
    master = masters.get(wanted)
    layout = master.attributes.get("style:page-layout-name", "") if master is not None else ""
    for one in styles.elements:
        if one.local == "page-layout" and one.attributes.get("style:name") == layout:
            properties = styles.child(one, "page-layout-properties")
            found = properties.attributes if properties is not None else {}
            across, down = (_emu(found.get(f"fo:page-{name}", "")) for name in ("width", "height"))
            if across > 0 and down > 0:
                return (0, 0, across, down)
    return A_SLIDE


def _emu(length: str) -> float:
    found = _LENGTH.fullmatch(length)
    return float(found[1]) * EMU[found[2]] if found is not None and len(found[1]) < 12 else 0.0


def _box(shape: Element) -> Box | None:
    """Return the box of a shape; None where it does not say one, as where it is turned."""
    said = shape.attributes
    if "svg:width" not in said or "svg:height" not in said or "draw:transform" in said:
        return None
    left, top, across, down = (_emu(said.get(f"svg:{name}", "")) for name in ("x", "y", "width", "height"))
    return left, top, left + across, top + down


def _page_of(part: XmlPart, spot: Spot) -> Element:
    """Return the slide of a spot. Raises UneditableError where it stands on none."""
    element = part.at(spot.element)
    page = next((one for one in (element, *part.ancestors(element)) if one.local == "page"), None)
    if page is None:
        raise UneditableError("draw:page")
    return page


def _figure(part: XmlPart, spot: Spot, size: Box) -> Box:
    """Return the box of a cell or of the shape around a spot; that of the slide where it has none."""
    element = part.at(spot.element)
    around = [element, *part.ancestors(element)]
    if any(one.local == "notes" for one in around):  # what the speaker says is not on the slide
        return size
    box = next((box for one in around if one.local in SHAPES and (box := _box(one)) is not None), size)
    cell = next((one for one in around if one.local == "table-cell"), None)
    return box if cell is None else _cell_box(part, cell, box)


def _cell_box(part: XmlPart, cell: Element, box: Box) -> Box:
    """Return where a cell stands in the box of its table, as far as its columns and rows are as large as they say."""
    row = part.parent(cell)
    table = next((one for one in part.ancestors(cell) if one.local == "table"), None)
    if row is None or table is None:
        return box
    rows = [one for one in part.inside(table) if one.local == "table-row"]
    columns = [one for one in part.inside(table) if one.local == "table-column"]
    cells = [one for one in part.children(row) if one.local in ("table-cell", "covered-table-cell")]
    across = _shares(_lengths(part, columns, "column-width", "columns"), len(cells), box[LEFT], box[RIGHT])
    down = _shares(_lengths(part, rows, "row-height", "rows"), len(rows), box[TOP], box[BOTTOM])
    column, line = (
        [one.start for one in cells].index(cell.start),
        [one.start for one in rows].index(row.start),
    )
    return across[column], down[line], across[column + 1], down[line + 1]


def _lengths(part: XmlPart, lines: Sequence[Element], name: str, kind: str) -> list[float]:
    """Return how wide the columns of a table are, or how high its rows, by their styles; 0 where these do not say."""
    said = {}
    for one in part.elements:
        if (
            one.local in ("table-column-properties", "table-row-properties")
            and f"style:{name}" in one.attributes
        ):
            style = part.parent(one)
            if style is not None:
                said[style.attributes.get("style:name", "")] = _emu(one.attributes[f"style:{name}"])
    found = []
    for one in lines:
        times = one.attributes.get(f"table:number-{kind}-repeated", "1")
        found += [said.get(one.attributes.get("table:style-name", ""), 0.0)] * (
            int(times) if times.isdecimal() and len(times) < 4 else 1
        )
    return found


def _shares(lengths: Sequence[float], count: int, start: float, end: float) -> list[float]:
    """Return the edges of the columns or rows between two edges of their table; they are alike where one says no length."""
    if len(lengths) != count or not all(one > 0 for one in lengths):
        lengths = [1.0] * max(count, 1)
    scale = (end - start) / sum(lengths)
    return [start, *(start + scale * sum(lengths[: n + 1]) for n in range(len(lengths)))]


# The notes of a slide, each with a line to its figure.


def _put_notes(
    part: XmlPart, page: Element, notes: Sequence[tuple[SlideNote, Box]], size: Box, wording: Wording
) -> None:
    occupied = [box for one in part.children(page) if one.local in SHAPES and (box := _box(one)) is not None]
    lines, boxes = [], []
    for note, box, figure in placed(notes, occupied, size, wording):
        start, end = joined(box, figure)
        if start != end:
            lines.append(_line(start, end, note.kind))
        texts = [
            list_paragraph(note.head, "Bold"),
            *(list_paragraph(line, "Plain") for line in paragraphs(note)),
        ]
        boxes.append(_text_box(box, "".join(texts), f"mlcheckNote_{note.kind}"))
    later = [one.local for one in part.children(page) if one.prefix in _AFTER_SHAPES]
    for xml in (*lines, *boxes):
        part.insert_in_order(page, declared(part.root.attributes, xml), later)


def _line(start: tuple[int, int], end: tuple[int, int], kind: str) -> str:
    """Return a line that ends in a dot, in a group."""
    x, y = end
    return (
        f'<draw:g draw:name="mlcheck"><draw:line draw:style-name="mlcheckLine_{kind}" draw:layer="layout"'
        f' svg:x1="{_cm(start[0])}" svg:y1="{_cm(start[1])}" svg:x2="{_cm(x)}" svg:y2="{_cm(y)}"/>'
        f'<draw:ellipse draw:style-name="mlcheckLine_{kind}" draw:layer="layout" {_placed((x - DOT, y - DOT, x + DOT, y + DOT))}/>'
        "</draw:g>"
    )


def _text_box(box: Box, content: str, style: str) -> str:
    return (
        f'<draw:frame draw:name="mlcheck" draw:style-name="{style}" draw:layer="layout" {_placed(box)}>'
        f"<draw:text-box>{content}</draw:text-box></draw:frame>"
    )


def _placed(box: Box) -> str:
    left, top, right, bottom = box
    return f'svg:x="{_cm(left)}" svg:y="{_cm(top)}" svg:width="{_cm(right - left)}" svg:height="{_cm(bottom - top)}"'


def _cm(emu: float) -> str:
    return f"{emu / EMU['cm']:.3f}cm"


# The list: a first slide, and what does not fit on it after the last.


def _put_list(
    part: XmlPart,
    body: Element,
    pages: Sequence[Element],
    marking: Marking,
    rows: Sequence[Row[Spot]],
    size: Box,
) -> None:
    report, lost, wording = marking.report, marking.lost, marking.wording
    asides = [*lost, wording.say(NUMBERS)]
    shares = list(shared_out(rows, size, len(asides)))
    asides += [wording.say(GOES_ON)] if len(shares) > 1 else []
    master = pages[0].attributes.get("draw:master-page-name", "") if pages else ""
    names = _names(part, pages, rows)
    made = []
    for number, share in enumerate(shares):
        head = [
            list_paragraph(title(report, wording), "Title"),
            list_paragraph(counts(report, wording), "Bold"),
        ]
        head += [list_paragraph(text, "Small") for text in asides] if not number else []
        head += [] if share else [list_paragraph(wording.say(NOTHING), "Plain")]
        top = UNDER_TITLE + LINE * (len(asides) if not number else 0)
        box = (EDGE, EDGE / 2, size[RIGHT] - EDGE, top)
        table = _table(share, names, size, top, wording) if share else ""
        name = "mlcheck" if not number else f"mlcheck {number + 1}"
        made.append(
            f'<draw:page draw:name="{name}" draw:style-name="mlcheckPage" draw:master-page-name="{escaped_attribute(master)}">'
            f"{_text_box(box, ''.join(head), 'mlcheckHeading')}{table}</draw:page>"
        )
    said = part.root.attributes
    first = next((one for one in part.children(body) if one.local not in _BEFORE_PAGES), None)
    part.insert(first.start if first is not None else body.closed, declared(said, made[0]))
    for page in made[1:]:
        part.insert(pages[-1].end if pages else body.closed, declared(said, page))


def _names(part: XmlPart, pages: Sequence[Element], rows: Sequence[Row[Spot]]) -> Mapping[int, str]:
    """Return the names of the slides that a link can lead to, by the rank of an element that stands on one."""
    told = [one.attributes.get("draw:name", "") for one in pages]
    found = {}
    for row in rows:
        if row.where is not None:
            name = _page_of(part, row.where).attributes.get("draw:name", "")
            if name and told.count(name) == 1:
                found[row.where.element] = name
    return found


def _table(
    rows: Sequence[Row[Spot]], names: Mapping[int, str], size: Box, top: float, wording: Wording
) -> str:
    across = widths(size)
    down = sum(height(row, across) for row in rows) + 2 * LINE
    columns = "".join(
        f'<table:table-column table:style-name="mlcheckColumn{n}"/>' for n in range(len(across))
    )
    head = "".join(list_cell(list_paragraph(wording.say(name), "Head"), "mlcheckCellHead") for name in HEADS)
    lines = "".join(f"<table:table-row>{list_row(row, _link(row, names))}</table:table-row>" for row in rows)
    return (
        f'<draw:frame draw:name="mlcheck 2" draw:layer="layout" {_placed((EDGE, top, EDGE + sum(across), top + down))}>'
        f"<table:table>{columns}<table:table-row>{head}</table:table-row>{lines}</table:table></draw:frame>"
    )


def _link(row: Row[Spot], names: Mapping[int, str]) -> str:
    name = names.get(row.where.element) if row.where is not None else None
    return f"#{name}" if name else ""
