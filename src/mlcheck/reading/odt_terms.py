"""Names of OpenDocument texts and presentations (version 1.3, part 3), by what they do to the text."""

from __future__ import annotations

from mlcheck.reading.ods_terms import DRAW, NAMESPACE, OFFICE, STYLE, TABLE, TEXT

PRESENTATION = f"{NAMESPACE}presentation:1.0 "
SVG = f"{NAMESPACE}svg-compatible:1.0 "
XML_ID = "http://www.w3.org/XML/1998/namespace id"

PARAGRAPH, HEADING, SPAN = TEXT + "p", TEXT + "h", TEXT + "span"
LIST, ITEM = TEXT + "list", TEXT + "list-item"
NOTE, CALL, NOTE_BODY = TEXT + "note", TEXT + "note-citation", TEXT + "note-body"
PAGE = DRAW + "page"
GRID, HEAD_ROWS, ROW, CELL = (
    TABLE + name for name in ("table", "table-header-rows", "table-row", "table-cell")
)
TITLE, SPOKEN = "title", "notes"  # classes of the frames of a slide
LABELS = (SVG + "title", SVG + "desc")
OBJECTS = tuple(DRAW + name for name in ("applet", "floating-frame", "object", "object-ole", "plugin"))
SHAPES = frozenset(
    DRAW + name
    for name in (
        *("caption", "circle", "connector", "custom-shape", "ellipse", "frame", "line", "measure", "path"),
        *("polygon", "polyline", "rect", "regular-polygon"),
    )
)
PICTURE = DRAW + "image"
DRAWN = SHAPES | {PAGE, PICTURE, *LABELS, *OBJECTS}
NOT_PRINTED = frozenset(
    (
        OFFICE + "annotation",
        OFFICE + "forms",
        TABLE + "covered-table-cell",
        *(TEXT + name for name in ("ruby-text", "tracked-changes", "table-of-content", "bibliography")),
        *(TEXT + f"{name}-index" for name in ("alphabetical", "illustration", "object", "table", "user")),
    )
)
"""Comments, what a tracked change takes away, cells under a merged one, and lists of what stands elsewhere."""

FAMILY, NAME, PARENT = STYLE + "family", STYLE + "name", STYLE + "parent-style-name"
Attributes = dict[str, str]


def whole(attributes: Attributes, name: str, least: int, most: int) -> int:
    """Return a whole number of an attribute, the least where it has none."""
    text = attributes.get(name, "")
    return min(max(int(text), least), most) if text.isascii() and text.isdigit() and len(text) < 9 else least
