"""The XML parts of a Word document, each inflated once within the limits and found by its relationship.

Read by lxml alone: python-docx refuses documents that Word opens (a picture whose target is NULL, a
document with macros) and inflates every picture.
"""

from __future__ import annotations

import re
from posixpath import dirname, join, normpath

from lxml import etree
from msgspec import Struct

from mlcheck.reading.container.archive import Archive, feed, xml_parser
from mlcheck.reading.container.refusals import MAX_XML, bomb, damaged
from mlcheck.reading.word.terms import Element, W

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
