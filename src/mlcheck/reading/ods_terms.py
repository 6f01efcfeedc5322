"""Names, lengths and repetitions of OpenDocument (version 1.3, part 3)."""

from __future__ import annotations

from mlcheck.reading.limits import MAX_ROWS

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


def count(attributes: Attributes, name: str, most: int = MAX_ROWS + 1) -> int:
    """Return a repetition, at least 1 and never absurd."""
    text = attributes.get(name, "1")
    return (
        min(max(1, int(text)), most)
        if text.isdecimal() and len(text) < 9
        else most
        if text.isdecimal()
        else 1
    )


def levels(margin: str) -> int:
    """Return the levels of indent of a length such as "0.353cm"."""
    number, unit = margin[:-2], margin[-2:]
    try:
        return min(250, max(0, round(float(number) * UNITS.get(unit, 0.0) / LEVEL)))
    except (ValueError, OverflowError):
        return 0
