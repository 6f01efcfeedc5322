"""OpenDocument spreadsheets (ods): what each cell displays, by a bounded pass over content.xml."""

from __future__ import annotations

from pathlib import Path

from mlcheck.model.document import Document, Grid, Locator
from mlcheck.reading.cells import hide, in_order
from mlcheck.reading.container.archive import Archive, feed, file_chunks, xml_parser
from mlcheck.reading.container.refusals import locked, without_sheet
from mlcheck.reading.opendocument.ods_content import Sheet, content_starts
from mlcheck.reading.opendocument.styles import Styles

CONTENT, STYLES = "content.xml", "styles.xml"
MANIFEST = "META-INF/manifest.xml"


def read_ods(path: Path) -> Document:
    """Return the sheets of a spreadsheet in order, hidden ones too, with the text that each cell displays."""
    with Archive(path) as archive:
        _refuse_encrypted(archive)
        sheets: list[Sheet] = []
        styles = Styles()
        if archive.has(STYLES):
            parser = xml_parser(path, STYLES, namespaces=True)
            parser.StartElementHandler = styles.start
            feed(parser, archive.chunks(STYLES), path, STYLES)
        parser = xml_parser(path, CONTENT, namespaces=True)
        content_starts(parser, path, sheets, styles)
        feed(parser, archive.chunks(CONTENT), path, CONTENT)
    return _document(path, sheets)


def read_flat_ods(path: Path) -> Document:
    """Return the sheets of a spreadsheet that is one XML text (fods), as those of one that is packed."""
    name = path.name
    sheets: list[Sheet] = []
    parser = xml_parser(path, name, namespaces=True)
    content_starts(parser, path, sheets, Styles())
    feed(parser, file_chunks(path), path, name)
    return _document(path, sheets)


def _document(path: Path, sheets: list[Sheet]) -> Document:
    """Return sheets as a document, hidden rows and columns told."""
    source = path.as_posix()
    if not sheets:
        raise without_sheet(path)
    for sheet in sheets:
        hide(sheet.cells, sheet.hidden_rows, sheet.hidden_columns, sheet.merges)
    return Document(
        source,
        tuple(
            Grid(Locator(source, sheet=sheet.name), sheet.cells, in_order(sheet.merges), sheet.hidden)
            for sheet in sheets
        ),
    )


def _refuse_encrypted(archive: Archive) -> None:
    if archive.has("encrypted-package"):
        raise locked(archive.path)
    if not archive.has(MANIFEST):
        return
    found: list[str] = []
    parser = xml_parser(archive.path, MANIFEST, namespaces=True)
    parser.StartElementHandler = lambda name, _: (
        found.append(name) if name.endswith("encryption-data") else None
    )
    feed(parser, archive.chunks(MANIFEST), archive.path, MANIFEST)
    if found:
        raise locked(archive.path)
