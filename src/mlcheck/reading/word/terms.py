"""Names of WordprocessingML and DrawingML (ECMA-376 parts 1 and 4), and of what prints nothing."""

from __future__ import annotations

from typing import Any

from mlcheck.language.characters import is_digits

Element = Any  # of lxml, which has no types

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
CHARTEX = "{http://schemas.microsoft.com/office/drawing/2014/chartex}"
DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
CANVAS = "{http://schemas.openxmlformats.org/drawingml/2006/lockedCanvas}"
INLINE = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
OFFICE = "{urn:schemas-microsoft-com:office:office}"
PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
SHAPE = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
V = "{urn:schemas-microsoft-com:vml}"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

PARAGRAPH, TABLE, RUN, TEXT = W + "p", W + "tbl", W + "r", W + "t"
ROW, CELL = W + "tr", W + "tc"
PARAGRAPH_FORMAT, RUN_FORMAT = W + "pPr", W + "rPr"
VAL = W + "val"
ALTERNATE, CHOICE, FALLBACK = MC + "AlternateContent", MC + "Choice", MC + "Fallback"
NOTE_MARKS = {W + "footnoteReference": "footnotes", W + "endnoteReference": "endnotes"}
IMPORTED = (W + "altChunk", W + "subDoc")
NOT_PRINTED = frozenset(
    W + name
    for name in (
        *("pPr", "rPr", "tblPr", "trPr", "tcPr", "sectPr", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr"),
        *("del", "moveFrom", "tblGrid", "tblPrEx", "rt", "rubyPr"),
    )
)
"""Formats, text that a tracked change takes away, and what stands over a base text."""


def value(parent: Element, name: str) -> str | None:
    """Return the value of a setting, "" where it is named without one, None where it is not set."""
    found = None if parent is None else parent.find(W + name)
    return None if found is None else found.get(VAL, "")


def is_on(setting: str | None) -> bool:
    """Tell whether a setting that is named is on (ECMA-376 part 1, 17.17.4)."""
    return setting is not None and setting not in ("0", "false", "off", "none")


def number(text: str | None, default: int, most: int = 2**31) -> int:
    """Return a whole number of a setting, the default where it holds none or an absurd one."""
    digits = (text or "").strip()
    plain = is_digits(digits.removeprefix("-")) and len(digits) < 12
    return int(digits) if plain and abs(int(digits)) <= most else default


def chosen(alternate: Element) -> Element | None:
    """Return the one branch of alternate content that is printed: the first choice, else the fallback."""
    choice = alternate.find(CHOICE)
    return alternate.find(FALLBACK) if choice is None else choice
