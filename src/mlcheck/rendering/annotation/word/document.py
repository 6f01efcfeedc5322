"""A Word document copied with a comment at each figure, its cell shaded, and a list of the findings in front."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count

from mlcheck.rendering.annotation.listing import rows_of
from mlcheck.rendering.annotation.marking import Marking
from mlcheck.rendering.annotation.marks import STRONG, VERIFIED, Mark, hexadecimal, marks_of
from mlcheck.rendering.annotation.markup import DECLARATION, Element, UneditableError, escaped
from mlcheck.rendering.annotation.notes import MOST, Note
from mlcheck.rendering.annotation.package import Package
from mlcheck.rendering.annotation.runs import RUNS, Look, Stretch, apart, mark_runs, run_of
from mlcheck.rendering.annotation.spots import Parts, Spot, Spots
from mlcheck.rendering.annotation.word.list import put_list
from mlcheck.rendering.annotation.xml_part import XmlPart, attribute_of
from mlcheck.rendering.wording import Wording

AUTHOR, INITIALS = "mlcheck", "ml"
NAMESPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_COMMENTS = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_AFTER_SHADING = (  # ECMA-376 part 1, 17.3.2.28
    *("fitText", "vertAlign", "rtl", "cs", "em", "lang", "eastAsianLayout", "specVanish", "oMath"),
    "rPrChange",
)
_CELL_AFTER_SHADING = [
    "noWrap",
    "tcMar",
    "textDirection",
    "tcFitText",
    "vAlign",
    "hideMark",
    "headers",
    "cellIns",
    "cellDel",
    "cellMerge",
    "tcPrChange",
]
_CELL_AFTER_BORDERS = ["shd", *_CELL_AFTER_SHADING]
_NO_FILL = ("", "auto", "ffffff")
_TAKEN_AWAY = ("del", "moveFrom", "rt", "instrText")
_DRAWN = ("txbxContent", "drawing", "object", "pict")
_NOTES = {"footnote": "footnoteReference", "endnote": "endnoteReference"}


class _Document:
    """The main part of a package, its namespace, and the comments and bookmarks that are added to it."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.name = parts.package.related("", "officeDocument") or "word/document.xml"
        self.main = parts[self.name]
        namespace = self.main.root.attributes.get(f"xmlns:{self.main.root.prefix[:-1]}", "")
        self.namespace = namespace if namespace in NAMESPACES else NAMESPACES[0]
        numbers = [
            int(text)
            for one in self.main.elements
            if one.local == "bookmarkStart"
            and (text := attribute_of(one, "id")).isdecimal()
            and len(text) < 10
        ]
        self.bookmarks = count(max(numbers, default=0) + 1)
        self.comments = count(_next_comment(parts.package, self.name))
        self.written: list[str] = []


def mark_document(marking: Marking) -> None:
    """Mark the parts of a document. Raises UneditableError where it cannot be edited."""
    report, wording = marking.report, marking.wording
    parts = Parts(marking.package, _prints)
    spots = Spots(report, marking.origins, parts)
    marks = marks_of(report, spots.find, wording, marking.tint)
    rows = rows_of(report, spots.find, wording)
    document = _Document(parts)
    names: dict[Spot, str] = {}
    for row in rows:
        if row.where is not None:
            names.setdefault(row.where, f"mlcheck_{row.number}")
    by_part: dict[str, dict[Spot, Mark]] = {}
    for spot, mark in marks.items():
        by_part.setdefault(spot.part, {})[spot] = mark
    hung: dict[int, list[tuple[Spot, Mark]]] = {}
    for name, own in by_part.items():
        _mark_part(document, name, own, names, hung, wording)
    for at, several in hung.items():
        _hang(document, document.main.at(at), several, names, wording)
    put_list(document.main, document.namespace, marking, rows, names)
    parts.save()
    _put_comments(document)


def _prints(part: XmlPart, holder: Element) -> bool:
    """Tell whether an element is a text that its paragraph prints, and none of a box that is anchored in it."""
    if holder.local != "t" or run_of(part, holder) is None:
        return False
    for around in part.ancestors(holder):
        if around.local == "p":
            return around.prefix == holder.prefix
        if around.local in _TAKEN_AWAY:
            return False
    return False


def _mark_part(
    document: _Document,
    name: str,
    marks: Mapping[Spot, Mark],
    names: Mapping[Spot, str],
    hung: dict[int, list[tuple[Spot, Mark]]],
    wording: Wording,
) -> None:
    """Mark the spots of one part; `hung` gets those whose comment stands at another element of the main part."""
    part = document.parts[name]
    stretches: list[Stretch] = []
    for spot, mark in marks.items():
        element = part.at(spot.element)
        characters = document.parts.characters(name, spot.element)
        characters = characters[spot.start : spot.end] if spot.end else characters
        if element.local == "tc" and not spot.end:
            _shade_cell(document, part, element, mark.kind)
        place = _hanger(document, name, part, element)
        before, after = b"", b""
        if place is not None:
            hung.setdefault(document.main.rank(place), []).append((spot, mark))
        elif mark.notes or spot in names:
            before, after = _commented(document, part, mark, names.get(spot), wording)
        if characters:
            look = _shading(document, part, mark.kind) if element.local != "tc" or spot.end else None
            stretches.append(Stretch(characters, before, after, look))
        elif before:
            _append_to(part, element, before + after)
    mark_runs(part, apart(stretches), space=True)


# Comments: their texts, and the places in the document that they hang at.


def _hanger(document: _Document, name: str, part: XmlPart, element: Element) -> Element | None:
    """Return the run of the main part at which a note, a text box or a chart is commented, None for what stands in the text.

    Word takes no comments in boxes, and shows none in notes.
    """
    around = [element, *part.ancestors(element)]
    if name != document.name:
        note = next((one for one in around if one.local in _NOTES), None)
        wanted = attribute_of(note, "id") if note else None
        for one in document.main.elements:
            if note and one.local == _NOTES[note.local] and attribute_of(one, "id") == wanted:
                return document.main.parent(one)
        raise UneditableError(name)
    drawn = [at for at, one in enumerate(around) if one.local in _DRAWN]
    if not drawn:
        return None
    return next((one for one in around[drawn[-1] :] if one.local in RUNS), None)


def _hang(
    document: _Document,
    run: Element,
    several: Sequence[tuple[Spot, Mark]],
    names: Mapping[Spot, str],
    wording: Wording,
) -> None:
    """Comment what hangs at a run, around it."""
    for spot, mark in several:
        if mark.notes or spot in names:
            before, after = _commented(document, document.main, mark, names.get(spot), wording)
            document.main.insert(run.start, before)
            document.main.insert(run.end, after)


def _commented(
    document: _Document, part: XmlPart, mark: Mark, name: str | None, wording: Wording
) -> tuple[bytes, bytes]:
    """Return what stands before and after commented text, and keep the comment."""
    before, after = [], []
    if name is not None:
        own = next(document.bookmarks)
        before.append(f'<w:bookmarkStart w:id="{own}" w:name="{name}"/>')
        after.append(f'<w:bookmarkEnd w:id="{own}"/>')
    if mark.notes:
        own = next(document.comments)
        document.written.append(_comment(own, mark.notes, wording))
        before.append(f'<w:commentRangeStart w:id="{own}"/>')
        after += [f'<w:commentRangeEnd w:id="{own}"/>', f'<w:r><w:commentReference w:id="{own}"/></w:r>']
    return b"".join(_each(document, part, before)), b"".join(_each(document, part, after))


def _each(document: _Document, part: XmlPart, pieces: Iterable[str]) -> Iterator[bytes]:
    said = part.declare("w", document.namespace)
    for piece in pieces:
        name = piece[1:].partition(" ")[0].partition(">")[0]
        yield piece.replace(f"<{name}", f"<{name}{said}", 1).encode()


def _append_to(part: XmlPart, element: Element, xml: bytes) -> None:
    """Comment an empty cell or paragraph."""
    paragraph = element if element.local == "p" else part.child(element, "p")
    if paragraph is not None:
        part.append(paragraph, xml)


def _comment(number: int, notes: Sequence[Note], wording: Wording) -> str:
    paragraphs = []
    for note in notes[:MOST]:
        paragraphs.append(_paragraph(note.head, "<w:rPr><w:b/></w:rPr>"))
        paragraphs += [_paragraph(line, "") for line in note.lines]
    if len(notes) > MOST:
        more = wording.plural("… and {n} other", "… and {n} others", len(notes) - MOST)
        paragraphs.append(_paragraph(more, ""))
    return f'<w:comment w:id="{number}" w:author="{AUTHOR}" w:initials="{INITIALS}">{"".join(paragraphs)}</w:comment>'


def _paragraph(text: str, look: str, settings: str = "") -> str:
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escaped(line)}</w:t>' for line in text.split("\n"))
    return f"<w:p>{settings}<w:r>{look}{lines}</w:r></w:p>"


def _next_comment(package: Package, main: str) -> int:
    name = package.related(main, "comments")
    data = package.read(name) if name else None
    if data is None:
        return 0
    numbers = [attribute_of(one, "id") for one in XmlPart(data).elements if one.local == "comment"]
    return 1 + max((int(text) for text in numbers if text.isdecimal() and len(text) < 10), default=-1)


def _put_comments(document: _Document) -> None:
    """Add the comments to those that the document has."""
    package = document.parts.package
    if not document.written:
        return
    name = package.related(document.name, "comments")
    data = (package.read(name) if name else None) or (
        f'{DECLARATION}<w:comments xmlns:w="{document.namespace}"/>'.encode()
    )
    comments = XmlPart(data)
    comments.append(comments.root, b"".join(_each(document, comments, document.written)))
    if name is None:
        name = package.free("word/comments{}.xml")
        package.declare(name, _COMMENTS)
        package.relate(document.name, "comments", name)
    package.put(name, comments.written())


# Colours: of the characters of a number, of a cell, or of the border of a cell that has a colour of its own.


def _shading(document: _Document, part: XmlPart, kind: str) -> Look:
    """Return what gives the format of a run a colour, unless it has one of its own."""
    said = part.declare("w", document.namespace)
    shading = f'<w:shd{said} w:val="clear" w:color="auto" w:fill="{hexadecimal(kind)}"/>'.encode()

    def look(format_: bytes, prefix: str) -> bytes:
        if not format_:
            return f"<{prefix}rPr>".encode() + shading + f"</{prefix}rPr>".encode()
        own = XmlPart(format_)
        names = [one.local for one in own.children(own.root)]
        if "shd" in names or "highlight" in names:
            return format_
        later = next((one for one in own.children(own.root) if one.local in _AFTER_SHADING), None)
        if later is None:
            own.append(own.root, shading)
        else:
            own.insert(later.start, shading)
        return own.written()

    return look


def _shade_cell(document: _Document, part: XmlPart, cell: Element, kind: str) -> None:
    """Shade a cell, or outline it where it has a colour of its own."""
    said = part.declare("w", document.namespace)
    format_ = part.child(cell, "tcPr")
    shading = part.child(format_, "shd") if format_ else None
    own = f'<w:shd{said} w:val="clear" w:color="auto" w:fill="{hexadecimal(kind)}"/>'
    if format_ is None:
        part.prepend(cell, f"<w:tcPr{said}>{own}</w:tcPr>")
    elif shading is None:
        part.insert_in_order(format_, own, _CELL_AFTER_SHADING)
    elif not _is_filled(shading):
        part.put(shading, own.encode())
    elif kind not in VERIFIED:
        _outline(document, part, format_, kind)


def _is_filled(shading: Element) -> bool:
    pattern = attribute_of(shading, "val")
    themed = attribute_of(shading, "themeFill") or attribute_of(shading, "themeColor")
    return (
        bool(themed)
        or attribute_of(shading, "fill").lower() not in _NO_FILL
        or pattern not in ("", "clear", "nil")
    )


def _outline(document: _Document, part: XmlPart, format_: Element, kind: str) -> None:
    said = part.declare("w", document.namespace)
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="18" w:space="0" w:color="{STRONG[kind]}"/>'
        for side in ("top", "left", "bottom", "right")
    )
    borders = part.child(format_, "tcBorders")
    own = f"<w:tcBorders{said}>{sides}</w:tcBorders>"
    if borders is None:
        part.insert_in_order(format_, own, _CELL_AFTER_BORDERS)
    else:
        part.put(borders, own.encode())
