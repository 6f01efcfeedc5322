"""An OpenDocument text copied with a comment at each figure, its cell coloured, and a list of the findings in front."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from mlcheck.rendering.annotation.listing import HEADS, NOTHING, Row, counts, rows_of, title
from mlcheck.rendering.annotation.marking import Marking
from mlcheck.rendering.annotation.marks import COLORS, Mark, hexadecimal, marks_of
from mlcheck.rendering.annotation.markup import Element, UneditableError, changed, tag
from mlcheck.rendering.annotation.opendocument.styles import (
    BACKGROUND,
    CONTENT,
    CellStyles,
    annotation,
    declared,
    list_cell,
    list_paragraph,
    list_row,
    list_styles,
)
from mlcheck.rendering.annotation.runs import without_gaps
from mlcheck.rendering.annotation.spots import Parts, Spot, Spots
from mlcheck.rendering.annotation.xml_part import Character, XmlPart
from mlcheck.rendering.wording import Wording

SHARES = (17, 21, 36, 26)  # of the width, in percent
_HOLDERS = ("p", "h", "span", "a", "meta", "meta-field", "ruby", "ruby-base")
_ASIDE = ("annotation", "note-citation", "tracked-changes", "ruby-text")
_BEFORE_TEXT = (
    *(
        "forms",
        "tracked-changes",
        "variable-decls",
        "sequence-decls",
        "user-field-decls",
        "calculation-settings",
    ),
    *("content-validations", "label-ranges", "dde-connection-decls", "alphabetical-index-auto-mark-file"),
)
Claims = list[tuple[Sequence[Character], Spot, Mark]]


def mark_text(marking: Marking) -> None:
    """Mark the text of a document.

    Raises UneditableError where it cannot be edited.
    """
    report, wording, parts = marking.report, marking.wording, Parts(marking.package, prints)
    part = parts[CONTENT]
    text = part.child(part.root, "body", "text")
    if text is None:
        raise UneditableError("office:text")
    automatic = part.child(part.root, "automatic-styles")
    styles = CellStyles(marking.package, part.raw(automatic) or b"<office:automatic-styles/>")
    spots = Spots(report, marking.origins, parts)
    rows = rows_of(report, spots.find, wording)
    names: dict[Spot, str] = {}
    for row in rows:
        if row.where is not None:
            names.setdefault(row.where, f"mlcheck_{row.number}")
    marks = marks_of(report, spots.find, wording, marking.tint)
    done: set[int] = set()
    for number, (spot, mark) in enumerate(marks.items(), start=1):
        _mark(parts, spot, mark, styles, (f"mlcheck{number}", names.get(spot, "")), done, wording)
    _put_list(part, text, marking, rows, names)
    texts = {mark.kind for spot, mark in marks.items() if spot.end}
    new = [
        *(one.decode() for one in styles.new),
        *list_styles(tuple(COLORS)),
        *map(_text_style, sorted(texts)),
    ]
    new += _layout()
    written = "".join(declared(part.root.attributes, style) for style in new)
    if automatic is not None:
        part.append(automatic, written)
    else:
        body = part.child(part.root, "body")
        assert body is not None  # it holds the text
        part.insert(body.start, f"<office:automatic-styles>{written}</office:automatic-styles>")
    parts.save()


def prints(part: XmlPart, holder: Element) -> bool:
    """Tell whether an element holds text of its paragraph, and none of a comment or of the mark of a note."""
    if holder.local not in _HOLDERS:
        return False
    return not any(around.local in _ASIDE for around in part.ancestors(holder))


def _text_style(kind: str) -> str:
    return (
        f'<style:style style:name="mlcheckText_{kind}" style:family="text"><style:text-properties'
        f' {BACKGROUND}="#{hexadecimal(kind)}"/></style:style>'
    )


def _mark(
    parts: Parts,
    spot: Spot,
    mark: Mark,
    styles: CellStyles,
    names: tuple[str, str],
    done: set[int],
    wording: Wording,
) -> None:
    """Colour a cell or a number, and comment it; `names` are those of its comment and of its bookmark."""
    part = parts[spot.part]
    element = part.at(spot.element)
    characters = parts.characters(spot.part, spot.element)
    if spot.end:
        characters = characters[spot.start : spot.end]
    elif element.local == "table-cell" and element.start not in done:
        done.add(element.start)
        style = styles.marked(style_of(part, element), mark.kind)
        attributes = changed(element.attributes, {"table:style-name": style})
        part.edits.append((element.start, element.opened, tag(element.name, attributes, element.empty)))
    characters = [one for one in characters if one.start not in done]
    done.update(one.start for one in characters)
    if spot.end:
        highlight(part, characters, mark.kind, styles)
    if mark.notes:
        _comment(part, element, characters, mark, names, wording)
    elif names[1] and characters:
        part.insert(characters[0].start, declared(part.root.attributes, _bookmark(names[1])))


def style_of(part: XmlPart, cell: Element) -> str:
    """Return the style of a cell, or that which its row gives to those without one."""
    row = part.parent(cell)
    own = cell.attributes.get("table:style-name", "")
    return own or (row.attributes.get("table:default-cell-style-name", "") if row else "")


def highlight(part: XmlPart, characters: Sequence[Character], kind: str, styles: CellStyles) -> None:
    """Put characters into spans of the colour of a mark, where no span around them has one."""
    for _, group in groupby(characters, key=lambda one: one.holder.start):
        own = list(group)
        spans = [one for one in (own[0].holder, *part.ancestors(own[0].holder)) if one.local == "span"]
        if not any(styles.has_background(one.attributes.get("text:style-name", ""), "text") for one in spans):
            opening = declared(part.root.attributes, f'<text:span text:style-name="mlcheckText_{kind}">')
            for start, end in without_gaps(own):
                part.insert(start, opening)
                part.insert(end, "</text:span>")


def _bookmark(name: str) -> str:
    return f'<text:bookmark text:name="{name}"/>' if name else ""


def _comment(
    part: XmlPart,
    element: Element,
    characters: Sequence[Character],
    mark: Mark,
    names: tuple[str, str],
    wording: Wording,
) -> None:
    """Comment characters; what stands in a note or a frame is commented where that is anchored."""
    said = part.root.attributes
    bookmark = declared(said, _bookmark(names[1])) if names[1] else ""
    around = [element, *part.ancestors(element)]
    anchored = [one for one in around if one.local in ("note", "frame", "custom-shape", "rect")]
    if anchored:
        holder = part.parent(anchored[-1])
        if holder is not None and holder.local in _HOLDERS:
            part.insert(anchored[-1].end, bookmark + declared(said, annotation(mark, wording)))
        return
    if characters:
        last = characters[-1]
        part.edits.insert(
            0, (characters[0].start, characters[0].start, _start(said, bookmark, mark, names[0], wording))
        )
        part.insert(last.end, declared(said, f'<office:annotation-end office:name="{names[0]}"/>'))
        return
    paragraph = element if element.local in ("p", "h") else part.child(element, "p")
    if paragraph is not None:
        part.append(paragraph, bookmark + declared(said, annotation(mark, wording)))


def _start(said: Mapping[str, str], bookmark: str, mark: Mark, name: str, wording: Wording) -> bytes:
    return (bookmark + declared(said, annotation(mark, wording, name))).encode()


# The list in front of the text.


def _put_list(
    part: XmlPart,
    text: Element,
    marking: Marking,
    rows: Sequence[Row[Spot]],
    names: Mapping[Spot, str],
) -> None:
    report, wording = marking.report, marking.wording
    first = next((one for one in part.children(text) if one.local not in _BEFORE_TEXT), None)
    at = first.start if first is not None else text.closed
    pieces = [
        list_paragraph(title(report, wording), "Title"),
        list_paragraph(counts(report, wording), "Bold"),
    ]
    pieces += [list_paragraph(f"⚠ {sentence}", "Small") for sentence in marking.lost]
    pieces.append(_table(rows, names, wording) if rows else list_paragraph(wording.say(NOTHING), "Plain"))
    pieces.append('<text:p text:style-name="mlcheckLast"/>')
    for piece in pieces:
        part.insert(at, declared(part.root.attributes, piece))


def _layout() -> Iterator[str]:
    """Yield the styles of the table, its columns, and the paragraph that ends the page."""
    yield (
        '<style:style style:name="mlcheckTable" style:family="table"><style:table-properties style:rel-width="100%"'
        ' table:align="left" fo:margin-top="0.2cm"/></style:style>'
    )
    for number, share in enumerate(SHARES):
        yield (
            f'<style:style style:name="mlcheckColumn{number}" style:family="table-column"><style:table-column-properties'
            f' style:rel-column-width="{share * 100}*"/></style:style>'
        )
    yield (
        '<style:style style:name="mlcheckLast" style:family="paragraph"><style:paragraph-properties fo:break-after="page"/>'
        "</style:style>"
    )


def _table(rows: Sequence[Row[Spot]], names: Mapping[Spot, str], wording: Wording) -> str:
    columns = "".join(
        f'<table:table-column table:style-name="mlcheckColumn{n}"/>' for n in range(len(SHARES))
    )
    head = "".join(list_cell(list_paragraph(wording.say(name), "Head"), "mlcheckCellHead") for name in HEADS)
    return "".join(
        (
            f'<table:table table:name="mlcheck" table:style-name="mlcheckTable">{columns}<table:table-header-rows>',
            f"<table:table-row>{head}</table:table-row></table:table-header-rows>",
            *(f"<table:table-row>{list_row(row, _link(row, names))}</table:table-row>" for row in rows),
            "</table:table>",
        )
    )


def _link(row: Row[Spot], names: Mapping[Spot, str]) -> str:
    name = names.get(row.where) if row.where is not None else None
    return f"#{name}" if name else ""
