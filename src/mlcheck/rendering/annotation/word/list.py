"""The list of the findings in front of a Word document: a section of its own, with links to the figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from mlcheck.rendering.annotation.listing import HEADS, NOTHING, Look, Row, counts, title
from mlcheck.rendering.annotation.marking import Marking
from mlcheck.rendering.annotation.marks import HEADER, RULE_LINE, hexadecimal
from mlcheck.rendering.annotation.markup import Element, UneditableError, escaped
from mlcheck.rendering.annotation.spots import Spot
from mlcheck.rendering.annotation.xml_part import XmlPart, attribute_of
from mlcheck.rendering.wording import Wording

A4, MARGIN = (11_906, 16_838), 1134  # twentieths of a point
SHARES = (17, 21, 36, 26)  # of the width, in percent
_AFTER_NUMBERING = [
    "cols",
    "formProt",
    "vAlign",
    "noEndnote",
    "titlePg",
    "textDirection",
    "bidi",
    "rtlGutter",
    "docGrid",
    "printerSettings",
    "sectPrChange",
]
_FONT = '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Calibri"/>'
_PARAGRAPH = (
    '<w:pPr><w:spacing w:before="{before}" w:after="{after}" w:line="240" w:lineRule="auto"/>'
    '<w:ind w:left="0" w:right="0" w:firstLine="0"/><w:jc w:val="left"/></w:pPr>'
)


def put_list(
    main: XmlPart,
    namespace: str,
    marking: Marking,
    rows: Sequence[Row[Spot]],
    names: Mapping[Spot, str],
) -> None:
    """Add the list in front of the main part; `names` are the bookmarks of the spots.

    The pages of the document go on counting from 1. Raises UneditableError where it has no body.
    """
    report, lost, wording = marking.report, marking.lost, marking.wording
    body = main.child(main.root, "body")
    if body is None:
        raise UneditableError("body")
    section = next((one for one in main.inside(body) if one.local == "sectPr"), None)
    width, size = _page(main, section)
    broken = section is not None and attribute_of(main.child(section, "type"), "val") == "continuous"
    pieces = [
        _paragraph(_run(title(report, wording), 30, bold=True, color="1F3A4D"), after=60),
        _paragraph(_run(counts(report, wording), 20, bold=True), after=60),
        *(_paragraph(_run(f"⚠ {sentence}", 18, color="44546A"), after=40) for sentence in lost),
        _table(rows, names, width, wording) if rows else _paragraph(_run(wording.say(NOTHING), 20)),
        f"<w:p><w:pPr><w:sectPr>{size}</w:sectPr></w:pPr></w:p>",
        '<w:p><w:r><w:br w:type="page"/></w:r></w:p>' if broken else "",
    ]
    said = main.declare("w", namespace)
    for piece in pieces:
        name = piece[1:].partition(">")[0].partition(" ")[0]
        main.insert(body.opened, piece.replace(f"<{name}", f"<{name}{said}", 1))
    if section is not None:
        _number_from_one(main, section, said)


def _page(main: XmlPart, section: Element | None) -> tuple[int, str]:
    """Return the width of the text of the first section, and its page as a section of ours has it."""
    size = main.child(section, "pgSz") if section else None
    margin = main.child(section, "pgMar") if section else None
    across = _number(attribute_of(size, "w"), A4[0])
    down = _number(attribute_of(size, "h"), A4[1])
    left, right = (_number(attribute_of(margin, side), MARGIN) for side in ("left", "right"))
    turned = ' w:orient="landscape"' if attribute_of(size, "orient") == "landscape" else ""
    page = (
        f'<w:pgSz w:w="{across}" w:h="{down}"{turned}/><w:pgMar w:top="{MARGIN}" w:right="{right}" w:bottom="{MARGIN}"'
        f' w:left="{left}" w:header="709" w:footer="709" w:gutter="0"/><w:pgNumType w:start="0"/>'
    )
    return max(across - left - right, 2000), page


def _number(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdecimal() and 0 < len(text) < 6 else otherwise


def _number_from_one(main: XmlPart, section: Element, said: str) -> None:
    """Have the pages of the first section count from 1, where it does not say from what they do."""
    numbering = main.child(section, "pgNumType")
    if numbering is None:
        main.insert_in_order(section, f'<w:pgNumType{said} w:start="1"/>', _AFTER_NUMBERING)
    elif not attribute_of(numbering, "start"):
        main.insert(numbering.start + 1 + len(numbering.name), f' {numbering.prefix}start="1"')


def _table(rows: Sequence[Row[Spot]], names: Mapping[Spot, str], width: int, wording: Wording) -> str:
    widths = [width * share // 100 for share in SHARES]
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{RULE_LINE}"/>'
        for side in ("top", "bottom", "insideH")
    )
    head = "".join(
        _cell(_paragraph(_run(wording.say(name), 18, bold=True, color="FFFFFF")), own, HEADER)
        for name, own in zip(HEADS, widths, strict=True)
    )
    return "".join(
        (
            f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders>',
            '<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>',
            *(f'<w:gridCol w:w="{own}"/>' for own in widths),
            f"</w:tblGrid><w:tr><w:trPr><w:tblHeader/></w:trPr>{head}</w:tr>",
            *_rows(rows, names, widths),
            "</w:tbl>",
        )
    )


def _rows(rows: Sequence[Row[Spot]], names: Mapping[Spot, str], widths: Sequence[int]) -> Iterator[str]:
    for row in rows:
        name = names.get(row.where) if row.where is not None else None
        cells = ("".join(_paragraph(_shown(look, text, name)) for look, text in cell) for cell in row.cells)
        written = "".join(map(_cell, cells, widths, (hexadecimal(row.kind), "", "", "")))
        yield f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{written}</w:tr>"


def _shown(look: Look, text: str, name: str | None) -> str:
    """Return a text of the list; a place leads to the bookmark of its figure, where that has a `name`."""
    if look == "about":
        return _run(text, 16, color="44546A")
    if look != "place" or not name:
        return _run(text, 18, bold=look == "head")
    return f'<w:hyperlink w:anchor="{name}" w:history="1">{_run(text, 18, color="0563C1", under=True)}</w:hyperlink>'


def _cell(content: str, width: int, fill: str = "") -> str:
    shading = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shading}</w:tcPr>{content}</w:tc>'


def _paragraph(content: str, before: int = 20, after: int = 20) -> str:
    return f"<w:p>{_PARAGRAPH.format(before=before, after=after)}{content}</w:p>"


def _run(text: str, half_points: int, bold: bool = False, color: str = "", under: bool = False) -> str:
    look = "".join(
        (
            _FONT,
            "<w:b/>" if bold else "",
            f'<w:color w:val="{color}"/>' if color else "",
            f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>',
            '<w:u w:val="single"/>' if under else "",
        )
    )
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{escaped(text)}</w:t></w:r>'
