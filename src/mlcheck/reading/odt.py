"""OpenDocument texts (odt) and presentations (odp), by a bounded pass over content.xml.

Left out: headers and footers, comments, tables of contents, hidden text and slides, text deleted by a
tracked change, covered cells. Not handled: charts and other objects are told and not read; numbers that
an outline gives to headings are not printed; struck text is read.
"""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from mlcheck.model.document import Document
from mlcheck.model.errors import MlcheckError
from mlcheck.reading.archive import Archive
from mlcheck.reading.html import document_of
from mlcheck.reading.odt_content import Content
from mlcheck.reading.odt_package import CONTENT, STYLES, refuse_encrypted
from mlcheck.reading.odt_styles import Styles
from mlcheck.reading.xml_parts import feed, xml_parser


def read_odt(path: Path) -> Document:
    """Return the paragraphs and tables of a text, or of the slides of a presentation, in reading order.

    Notes and text boxes follow the paragraph that they are anchored in. Raises MlcheckError where the
    file cannot be used, or holds no text.
    """
    source = path.as_posix()
    styles = Styles()
    content = Content(path, styles)
    with Archive(path) as archive:
        refuse_encrypted(archive)
        if archive.has(STYLES):
            parser = xml_parser(path, STYLES, namespaces=True)
            parser.StartElementHandler = styles.start
            feed(parser, archive.chunks(STYLES), path, STYLES)
        parser = xml_parser(path, CONTENT, namespaces=True)
        parser.StartElementHandler = content.start
        parser.EndElementHandler = content.end
        parser.CharacterDataHandler = content.text
        feed(parser, archive.chunks(CONTENT), path, CONTENT)
    tokens = content.scopes[0].tokens if content.scopes else []
    document = content.places.settle(document_of(tokens, path))
    document = replace(document, not_understood=(*document.not_understood, *content.notes))
    if not document.blocks and not document.not_understood:
        raise MlcheckError(
            "{file} holds no text: if its pages are pictures, recognise their text first.", file=source
        )
    return document
