"""The package of a presentation: checked part by part, then opened by python-pptx."""

from __future__ import annotations

from pathlib import Path

from pptx.opc.package import Part, XmlPart
from pptx.oxml import parse_xml
from pptx.package import Package
from pptx.parts.presentation import PresentationPart
from pptx.parts.slide import SlidePart

from mlcheck.model.errors import MlcheckError
from mlcheck.reading.container.archive import Archive, check_part
from mlcheck.reading.container.refusals import MAX_PAGES, MAX_XML, bomb, damaged
from mlcheck.reading.slides.terms import Element, P, R

RELATIONS = "_rels/.rels"
STRICT = b"http://purl.oclc.org/ooxml/"  # starts the names of the strict form of Open XML


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
        part = Package.open(str(path)).main_document_part
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
