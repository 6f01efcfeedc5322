"""The XML parts of a Word document, each inflated once within the limits and found by its relationship.

Read by lxml alone: python-docx refuses documents that Word opens (a picture whose target is NULL, a
document with macros) and inflates every picture.
"""

from __future__ import annotations

import re
from posixpath import dirname, join, normpath
from typing import Any

from lxml import etree
from msgspec import Struct

from mlcheck.language.characters import is_digits
from mlcheck.reading.container.archive import Archive, feed, xml_parser
from mlcheck.reading.container.refusals import MAX_XML, bomb, damaged

STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(\w+)")  # ISO 29500 strict
TRANSITIONAL = rb"http://schemas.openxmlformats.org/\1/2006/\2"


class Package(Struct, frozen=True):
    """A document's main part, and what it is related to: id -> (last word of the type, name of the part)."""

    archive: Archive
    name: str
    body: Element
    relations: dict[str, tuple[str, str]]

    def related(self, kind: str) -> Element | None:
        """Return the root of the part that holds the styles, the footnotes…; None without one."""
        for known, name in self.relations.values():
            if known == kind and self.archive.has(name):
                return tree(self.archive, name)
        return None

    def target(self, key: str) -> str | None:
        """Return the name of the part that a relationship leads to, None outside the archive."""
        name = self.relations.get(key, ("", ""))[1]
        return name if self.archive.has(name) else None


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


def open_package(archive: Archive) -> Package:
    """Return the main part of a document; raise MlcheckError where it is missing or no Word document."""
    sizes = (info.file_size for name, info in archive.members.items() if name.endswith((".xml", ".rels")))
    if sum(sizes) > MAX_XML:
        raise bomb(archive.path, MAX_XML)
    main = [name for kind, name in relations(archive, "").values() if kind == "officeDocument"]
    name = main[0] if main else "word/document.xml"
    body = tree(archive, name).find(W + "body")
    if body is None:
        raise damaged(archive.path, name)
    return Package(archive, name, body, relations(archive, name))


def relations(archive: Archive, part: str) -> dict[str, tuple[str, str]]:
    """Return what a part is related to inside the archive; nothing outside is ever opened."""
    folder, _, file = part.rpartition("/")
    name = join(folder, "_rels", f"{file}.rels")
    if not archive.has(name):
        return {}
    found = {}
    for relation in tree(archive, name).iter("{*}Relationship"):
        target = relation.get("Target", "")
        if relation.get("TargetMode") != "External":
            inside = target[1:] if target.startswith("/") else join(dirname(part), target)
            kind = relation.get("Type", "").rpartition("/")[2]
            found[relation.get("Id", "")] = (kind, normpath(inside))
    return found


def tree(archive: Archive, name: str) -> Element:
    """Return the root of an XML part; raise MlcheckError where it is broken, too large or has entities."""
    chunks: list[bytes] = []
    size = 0
    for chunk in archive.chunks(name):
        size += len(chunk)
        if size > MAX_XML:
            raise bomb(archive.path, MAX_XML)
        chunks.append(chunk)
    feed(xml_parser(archive.path, name), chunks, archive.path, name)
    content = STRICT.sub(TRANSITIONAL, b"".join(chunks))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise damaged(archive.path, name) from error


def written(root: Element) -> bytes:
    """Return the XML of a tree, for a reader that makes one of its own."""
    return bytes(etree.tostring(root))


# Names of WordprocessingML and DrawingML (ECMA-376 parts 1 and 4), and of what prints nothing.


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
