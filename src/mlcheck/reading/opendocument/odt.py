"""OpenDocument texts (odt) and presentations (odp), by a bounded pass over content.xml.

Left out: headers and footers, comments, tables of contents, hidden text and slides, text deleted by a
tracked change, covered cells. Not handled: charts and other objects are listed and not read; numbers that
an outline gives to headings are not printed; struck text is read.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from msgspec.structs import replace

from mlcheck.model.document import Document, Grid, Lines, Origin
from mlcheck.model.errors import MlcheckError
from mlcheck.reading.container.archive import Archive, feed, xml_parser
from mlcheck.reading.container.refusals import locked
from mlcheck.reading.opendocument.content import Content
from mlcheck.reading.opendocument.styles import Styles
from mlcheck.reading.opendocument.terms import Attributes
from mlcheck.reading.web.html import document_of

CONTENT, STYLES = "content.xml", "styles.xml"
MANIFEST = "META-INF/manifest.xml"


def read_odt(path: Path) -> Document:
    """Return the paragraphs and tables of a text, or of the slides of a presentation, in reading order.

    Notes and text boxes follow the paragraph that they are anchored in. Raises MlcheckError where the
    file cannot be used, or holds no text.
    """
    source = path.as_posix()
    unplaced, content = _read(path, counted=False)
    document = content.places.settle(unplaced)
    document = replace(document, not_understood=(*document.not_understood, *content.notes))
    if not document.blocks and not document.not_understood:
        raise MlcheckError(
            "{file} holds no text: if its pages are pictures, recognise their text first.", file=source
        )
    return document


def origins_of(path: Path) -> tuple[Origin, ...]:
    """Return the paragraph or the cell that prints what stands in each place of a document."""
    document, content = _read(path, counted=True)
    places = content.places
    found = []
    for block in document.blocks:
        if isinstance(block, Grid):
            for at in block.cells:
                place = block.locate(*at)
                found.append(Origin(places.locate(place), CONTENT, places.element_of(place)))
        else:
            lines = block.lines if isinstance(block, Lines) else (block,)
            for line in lines:
                place = places.locate(line.locator)
                found.append(Origin(place, CONTENT, places.element_of(line.locator), line.text))
    return tuple(found)


def _read(path: Path, counted: bool) -> tuple[Document, Content]:
    """Return a document whose places are numbers yet, and the pass that says what they stand for.

    Elements are only `counted` where a copy is to be marked: that takes a call more for each of them.
    """
    styles = Styles()
    content = Content(path, styles)
    with Archive(path) as archive:
        _refuse_encrypted(archive)
        if archive.has(STYLES):
            parser = xml_parser(path, STYLES, namespaces=True)
            parser.StartElementHandler = styles.start
            feed(parser, archive.chunks(STYLES), path, STYLES)
        parser = xml_parser(path, CONTENT, namespaces=True)
        parser.StartElementHandler = partial(_counted, content) if counted else content.start
        parser.EndElementHandler = content.end
        parser.CharacterDataHandler = content.text
        feed(parser, archive.chunks(CONTENT), path, CONTENT)
    tokens = content.scopes[0].tokens if content.scopes else []
    return document_of(tokens, path), content


def _counted(content: Content, name: str, attributes: Attributes) -> None:
    """Go on to an element, and count it."""
    content.places.element += 1
    content.start(name, attributes)


# The parts of an OpenDocument package, and whether it is encrypted (OpenDocument 1.3 part 2).


def _refuse_encrypted(archive: Archive) -> None:
    """Raise MlcheckError where a password protects a package."""
    if archive.has("encrypted-package"):
        raise locked(archive.path)
    # Old manifests declare a document type, which a parser refuses: the name is enough.
    if archive.has(MANIFEST) and b"encryption-data" in b"".join(archive.chunks(MANIFEST)):
        raise locked(archive.path)
