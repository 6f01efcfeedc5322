"""Names, lengths and repetitions of OpenDocument (version 1.3, part 3)."""

from __future__ import annotations

from mlcheck.language.characters import is_digits
from mlcheck.reading.container.refusals import MAX_ROWS

NAMESPACE = "urn:oasis:names:tc:opendocument:xmlns:"

TABLE, TEXT, OFFICE, STYLE, DRAW = (
    f"{NAMESPACE}{name}:1.0 " for name in ("table", "text", "office", "style", "drawing")
)
MARGIN = f"{NAMESPACE}xsl-fo-compatible:1.0 margin-left"
LEVEL = 10.0  # points: one level of indent, as LibreOffice writes it
UNITS = {"pt": 1.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "in": 72.0}
HIDDEN = ("collapse", "filter")
CELLS = (TABLE + "table-cell", TABLE + "covered-table-cell")
SPACES = {TEXT + "tab": "\t", TEXT + "line-break": "\n"}
Attributes = dict[str, str]
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
TITLE, NOTES = "title", "notes"  # classes of the frames of a slide
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


def count(attributes: Attributes, name: str, most: int = MAX_ROWS + 1) -> int:
    """Return a repetition, at least 1 and never absurd."""
    text = attributes.get(name, "1")
    return (
        min(max(1, int(text)), most) if is_digits(text) and len(text) < 9 else most if is_digits(text) else 1
    )


def levels(margin: str) -> int:
    """Return the levels of indent of a length such as "0.353cm"."""
    number, unit = margin[:-2], margin[-2:]
    try:
        return min(250, max(0, round(float(number) * UNITS.get(unit, 0.0) / LEVEL)))
    except (ValueError, OverflowError):
        return 0


# Names of OpenDocument texts and presentations (version 1.3, part 3), by what they do to the text.


def whole(attributes: Attributes, name: str, least: int, most: int) -> int:
    """Return a whole number of an attribute, the least where it has none."""
    text = attributes.get(name, "")
    return min(max(int(text), least), most) if is_digits(text) and len(text) < 9 else least
