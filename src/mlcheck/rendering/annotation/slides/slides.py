"""A presentation copied with its wrong cells filled, its wrong numbers highlighted, a note beside each, a list in front."""

from __future__ import annotations

from collections.abc import Iterable

from mlcheck.model.document import Origin
from mlcheck.rendering.annotation.beside import SlideNote, notes_beside
from mlcheck.rendering.annotation.listing import rows_of
from mlcheck.rendering.annotation.marking import Marking
from mlcheck.rendering.annotation.marks import STRONG, VERIFIED, Mark, hexadecimal, is_pale, marks_of
from mlcheck.rendering.annotation.markup import Element
from mlcheck.rendering.annotation.runs import Look, Stretch, apart, mark_runs, run_of
from mlcheck.rendering.annotation.slides.beside import Beside, put_beside
from mlcheck.rendering.annotation.slides.list import put_list
from mlcheck.rendering.annotation.spots import Parts, Spot, Spots
from mlcheck.rendering.annotation.xml_part import XmlPart, attribute_of

DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
FILLS = ("solidFill", "gradFill", "blipFill", "pattFill", "grpFill")
OUTLINE = 38_100  # EMU, three points
_SIDES = ("lnL", "lnR", "lnT", "lnB")
_AFTER_FILL = ("headers", "extLst")  # ECMA-376 part 1, 21.1.3.17
_AFTER_TEXT_FILL = (  # 21.1.2.3.9
    *("effectLst", "effectDag", "highlight", "uLnTx", "uLn", "uFillTx", "uFill", "latin", "ea", "cs", "sym"),
    *("hlinkClick", "hlinkMouseOver", "rtl", "extLst"),
)
_AFTER_HIGHLIGHT = _AFTER_TEXT_FILL[3:]


def mark_slides(marking: Marking) -> None:
    """Mark the slides of a presentation.

    Raises UneditableError where it cannot be edited.
    """
    report, origins, wording = marking.report, marking.origins, marking.wording
    parts = Parts(marking.package, _prints)
    spots = Spots(report, origins, parts)
    rows = rows_of(report, spots.find, wording)
    stretches: dict[str, list[Stretch]] = {}
    marks = marks_of(report, spots.find, wording, marking.tint)
    for spot, mark in marks.items():
        stretches.setdefault(spot.part, []).extend(_marked(parts, spot, mark))
    for name, own in stretches.items():
        mark_runs(parts[name], apart(own), space=False)
    framed: dict[str, list[tuple[Spot, str]]] = {}
    for spot, mark in marks.items():
        if parts[spot.part].at(spot.element).local == "graphicFrame" and mark.kind not in VERIFIED:
            framed.setdefault(spot.part, []).append((spot, mark.kind))
    notes: dict[str, list[SlideNote]] = {}
    for note in notes_beside(report, spots.find, rows, lambda spot: spot.part, wording):
        notes.setdefault(note.spot.part, []).append(note)
    slides: dict[str, list[Origin]] = {}
    for origin in origins:
        slides.setdefault(origin.part, []).append(origin)
    for name in dict.fromkeys((*framed, *notes)):
        put_beside(parts[name], Beside(slides[name]), framed.get(name, []), notes.get(name, []), wording)
    put_list(parts, marking, rows, slides)
    parts.save()


def _prints(part: XmlPart, holder: Element) -> bool:
    return holder.local == "t" and run_of(part, holder) is not None


def _marked(parts: Parts, spot: Spot, mark: Mark) -> Iterable[Stretch]:
    """Fill a cell, or yield the characters of a number to be highlighted; a shape as a whole has its note alone."""
    part = parts[spot.part]
    element = part.at(spot.element)
    characters = parts.characters(spot.part, spot.element)
    if spot.end:
        characters = characters[spot.start : spot.end]
        look = _highlighted(part, mark.kind)
    elif element.local == "tc":
        if not _fill(part, element, mark.kind):
            return
        look = _legible(part)
    else:
        return
    if characters:
        yield Stretch(characters, look=look)


def _fill(part: XmlPart, cell: Element, kind: str) -> bool:
    """Fill a cell, or outline one that has a fill of its own; tell whether it was filled."""
    said = part.declare("a", DRAWING)
    fill = f'<a:solidFill{said}><a:srgbClr val="{hexadecimal(kind)}"/></a:solidFill>'
    format_ = part.child(cell, "tcPr")
    if format_ is None:
        part.insert_in_order(cell, f"<a:tcPr{said}>{fill}</a:tcPr>", ("extLst",))
        return True
    fill_there = next((one for one in part.children(format_) if one.local in FILLS), None)
    if fill_there is not None and _is_white(part, fill_there):
        part.put(fill_there, fill.encode())
        return True
    if fill_there is not None:
        if kind not in VERIFIED:
            _outline(part, format_, kind, said)
        return False
    none = part.child(format_, "noFill")
    if none is not None:
        part.put(none, fill.encode())
    else:
        part.insert_in_order(format_, fill, _AFTER_FILL)
    return True


def _outline(part: XmlPart, format_: Element, kind: str, said: str) -> None:
    for side in part.children(format_):
        if side.local in _SIDES:
            part.put(side, b"")
    lines = "".join(
        f'<a:{side}{said} w="{OUTLINE}" cap="flat" cmpd="sng" algn="ctr"><a:solidFill><a:srgbClr val="{STRONG[kind]}"/>'
        f'</a:solidFill><a:prstDash val="solid"/></a:{side}>'
        for side in _SIDES
    )
    part.prepend(format_, lines)


def _highlighted(part: XmlPart, kind: str) -> Look:
    """Return what highlights a run, unless it is highlighted already, and keeps it legible."""
    said = part.declare("a", DRAWING)
    highlight = f'<a:highlight{said}><a:srgbClr val="{hexadecimal(kind)}"/></a:highlight>'
    legible = _legible(part)

    def look(format_: bytes, prefix: str) -> bytes:
        own = XmlPart(legible(format_, prefix))
        if own.child(own.root, "highlight") is None:
            own.insert_in_order(own.root, highlight, _AFTER_HIGHLIGHT)
        return own.written()

    return look


def _legible(part: XmlPart) -> Look:
    """Return what makes a run black whose colour is pale, or comes from a style and may be."""
    said = part.declare("a", DRAWING)
    black = f'<a:solidFill{said}><a:srgbClr val="000000"/></a:solidFill>'

    def look(format_: bytes, prefix: str) -> bytes:
        own = XmlPart(format_ or f"<{prefix}rPr/>".encode())
        fill = next((one for one in own.children(own.root) if one.local in (*FILLS, "noFill")), None)
        if fill is None:
            own.insert_in_order(own.root, black, _AFTER_TEXT_FILL)
        elif fill.local == "solidFill" and _is_pale(own, fill):
            own.put(fill, black.encode())
        return own.written()

    return look


def _is_white(part: XmlPart, fill: Element) -> bool:
    """Tell whether a fill is white, or the background of the slide."""
    color = next(iter(part.children(fill)), None)
    plain = color is not None and next(iter(part.children(color)), None) is None
    return (
        fill.local == "solidFill" and plain and attribute_of(color, "val").lower() in ("ffffff", "bg1", "lt1")
    )


def _is_pale(part: XmlPart, fill: Element) -> bool:
    color = next(iter(part.children(fill)), None)
    value = attribute_of(color, "val")
    return value in ("bg1", "bg2", "lt1", "lt2", "white") or is_pale(value)
