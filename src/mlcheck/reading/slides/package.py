"""The package of a presentation: checked part by part, then opened by python-pptx."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from pptx.opc.package import Part, XmlPart
from pptx.oxml import parse_xml
from pptx.oxml.xmlchemy import BaseOxmlElement
from pptx.package import Package
from pptx.parts.presentation import PresentationPart
from pptx.parts.slide import SlidePart

from mlcheck.language.characters import RAISED, is_digits
from mlcheck.model.errors import MlcheckError
from mlcheck.reading.container.archive import Archive, check_part
from mlcheck.reading.container.refusals import MAX_PAGES, MAX_XML, bomb, damaged

RELATIONS = "_rels/.rels"
STRICT = b"http://purl.oclc.org/ooxml/"  # starts the names of the strict form of Open XML
Element = BaseOxmlElement  # of lxml, which has no types
OFFICE = "http://schemas.openxmlformats.org"
MICROSOFT = "http://schemas.microsoft.com/office/drawing"
A = f"{{{OFFICE}/drawingml/2006/main}}"
P = f"{{{OFFICE}/presentationml/2006/main}}"
C = f"{{{OFFICE}/drawingml/2006/chart}}"
DGM = f"{{{OFFICE}/drawingml/2006/diagram}}"
R = f"{{{OFFICE}/officeDocument/2006/relationships}}"
MC = f"{{{OFFICE}/markup-compatibility/2006}}"
FORMULA = f"{{{MICROSOFT}/2010/main}}m"
NEW_CHART = f"{{{MICROSOFT}/2014/chartex}}chart"
TITLES = ("title", "ctrTitle")
RUNNING_HEADS = ("ftr", "dt", "sldNum", "hdr", "sldImg")  # placeholders printed alike on every slide
LONGEST_NUMBER = 15  # digits of a whole number in an attribute
MARK = re.compile(r"[0-9 ,;]*[0-9][0-9 ,;]*")  # of a footnote, or an exponent
COMPUTED = ("slidenum", "datetime")  # fields that PowerPoint fills by itself


def open_presentation(path: Path) -> PresentationPart:
    """Return the main part of a presentation, slide show or template, with or without macros.

    Raises MlcheckError where the archive is broken or absurd, where one of its XML parts is malformed or
    declares entities, and where python-pptx makes no presentation of it.
    """
    with Archive(path) as archive:
        _check_parts(archive)
        relations = b"".join(archive.chunks(RELATIONS))
    if STRICT in relations:
        raise MlcheckError(
            "{file} is saved as Strict Open XML: save it again as a PowerPoint presentation (.pptx).",
            file=path.as_posix(),
        )
    try:
        part = Package.open(os.fspath(path)).main_document_part
    except Exception as error:
        raise damaged(path, "presentation") from error
    if not isinstance(part, PresentationPart):
        raise damaged(path, "presentation")
    return part


def _check_parts(archive: Archive) -> None:
    """Go once through the XML parts, which become trees in memory: their sizes, form and entities."""
    names = [name for name in archive.members if name.endswith((".xml", ".rels"))]
    if sum(archive.members[name].file_size for name in names) > MAX_XML:
        raise bomb(archive.path, MAX_XML)
    for name in names:
        check_part(archive, name)


def slides_of(presentation: PresentationPart, path: Path) -> list[SlidePart]:
    """Return the slides in their order; raise MlcheckError where there is none, or far too many."""
    keys = [entry.get(f"{R}id", "") for entry in tree(presentation).iter(f"{P}sldId")]
    if not keys:
        raise MlcheckError("{file} has no slide: add the tables of the report to it.", file=path.as_posix())
    if len(keys) > MAX_PAGES:
        raise MlcheckError(
            "{file} has {count} slides, more than a report has ({limit}): check it in parts.",
            file=path.as_posix(),
            count=len(keys),
            limit=MAX_PAGES,
        )
    parts = [target(presentation, key) for key in keys]
    slides = [part for part in parts if isinstance(part, SlidePart)]
    if len(slides) < len(keys):
        raise damaged(path, "presentation")
    return slides


def tree(part: Part) -> Element:
    """Return the root of an XML part."""
    return part._element if isinstance(part, XmlPart) else parse_xml(part.blob)


def target(part: Part, key: str | None) -> Part | None:
    """Return the part that a relationship leads to, None where it leads out of the file or nowhere."""
    relation = part.rels.get(key or "")
    return None if relation is None or relation.is_external else relation.target_part


def related(part: Part, kind: str) -> Part | None:
    """Return the first part that has a kind of relationship to another, such as the notes of a slide."""
    inside = (one for one in part.rels.values() if not one.is_external)
    return next((one.target_part for one in inside if one.reltype.rpartition("/")[2] == kind), None)


# Names of the XML of a presentation (ECMA-376 part 1, chapters 19 and 21), and how its elements are met.


def children(element: Element) -> Iterator[Element]:
    """Yield the children of an element, those of the first choice in the place of alternatives."""
    for child in element:
        if child.tag == f"{MC}AlternateContent":
            choice = child.find(f"{MC}Choice")
            branch = child.find(f"{MC}Fallback") if choice is None else choice
            yield from () if branch is None else children(branch)
        elif isinstance(child.tag, str):  # that of a comment is a function
            yield child


def is_on(element: Element | None) -> bool:
    """Tell whether a boolean element is there and true, which it is unless it says otherwise."""
    return element is not None and element.get("val", "1") in ("1", "true")


def whole(element: Element | None, name: str, default: int = 0) -> int:
    """Return an attribute as a whole number, or the default where it is none."""
    text = str("" if element is None else element.get(name, ""))
    digits = text.removeprefix("-")
    sound = is_digits(digits) and len(digits) <= LONGEST_NUMBER
    return int(text) if sound else default


# The text of shapes and table cells: paragraphs of runs, line breaks and fields.


def paragraphs_of(body: Element) -> Iterator[str]:
    """Yield the text of each paragraph that prints something; a line break in one is a blank.

    Bullets and automatic numbers are drawn by PowerPoint and stand in no text: they are left out.
    """
    for paragraph in body.iterfind(f"{A}p"):
        text = text_of(paragraph, " ").strip()
        if text:
            yield text


def lines_of(body: Element) -> str:
    """Return the text of a table cell; its paragraphs and line breaks are lines."""
    return "\n".join(text_of(paragraph, "\n") for paragraph in body.iterfind(f"{A}p")).strip("\n")


def text_of(paragraph: Element, line_break: str) -> str:
    """Return the text of a paragraph, raised digits as such: "12" and a raised 1 are "12¹", not 121."""
    pieces: list[str] = []
    for child in children(paragraph):
        if child.tag == f"{A}br":
            pieces.append(line_break)
        elif child.tag == f"{A}r" or (child.tag == f"{A}fld" and not _is_computed(child)):
            text = child.findtext(f"{A}t") or ""
            raised = whole(child.find(f"{A}rPr"), "baseline") > 0 and MARK.fullmatch(text)
            pieces.append(text.translate(RAISED) if raised else text)
    return "".join(pieces)


def has_formula(body: Element) -> bool:
    """Tell whether a text holds a mathematical formula, whose figures stand in no run."""
    return next(body.iter(FORMULA), None) is not None


def _is_computed(field: Element) -> bool:
    return str(field.get("type", "")).startswith(COMPUTED)
