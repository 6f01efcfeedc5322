"""XML parts read as a stream by expat, with document types and entities refused."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from xml.parsers import expat

from mlcheck.reading.archive import Archive
from mlcheck.reading.limits import MAX_TOKEN
from mlcheck.reading.refusals import damaged, with_entities


def xml_parser(path: Path, part: str, namespaces: bool = False) -> expat.XMLParserType:
    """Return a parser that raises MlcheckError at the first document type or entity."""

    def refuse(*_: object) -> int:
        raise with_entities(path, part)

    parser = expat.ParserCreate(namespace_separator=" " if namespaces else None)
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.ExternalEntityRefHandler = refuse
    return parser


def feed(parser: expat.XMLParserType, chunks: Iterable[bytes], path: Path, part: str) -> None:
    """Parse the chunks of a part; raise MlcheckError where they are not well-formed XML."""
    fed = 0
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
            fed += len(chunk)
            if fed - parser.CurrentByteIndex > MAX_TOKEN:
                raise damaged(path, part)
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError) as error:  # the second for an unknown encoding
        raise damaged(path, part) from error


def check_part(archive: Archive, name: str) -> None:
    """Go once through a part that another library will read: its real size, form and entities."""
    feed(xml_parser(archive.path, name), archive.chunks(name), archive.path, name)
