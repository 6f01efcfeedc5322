"""A zip archive whose parts are inflated piece by piece, never past the limits."""

from __future__ import annotations

import copy
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from types import TracebackType
from xml.parsers import expat

from mlcheck.reading.container.refusals import (
    CHUNK,
    MAX_MEMBERS,
    MAX_RATIO,
    MAX_TOKEN,
    MAX_UNPACKED,
    RATIO_FLOOR,
    bomb,
    damaged,
    locked,
    unreadable,
    with_entities,
)

ENDLESS = 1 << 62
ENCRYPTED = 0x1  # general purpose bit 0 of a zip entry
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, RuntimeError)


class Archive:
    """An open archive; names are looked up whatever their case, as spreadsheet programs do."""

    __slots__ = ("file", "members", "path")

    def __init__(self, path: Path, content: bytes | None = None) -> None:
        """Open an archive; raise MlcheckError where its directory is broken or absurd.

        `content` is that of an archive which stands inside the file, such as the workbook of a chart.
        """
        self.path = path
        try:
            self.file = zipfile.ZipFile(path if content is None else BytesIO(content))
        except BROKEN as error:
            raise damaged(path, "zip") from error
        infos = self.file.infolist()
        self.members = {info.filename.lower(): info for info in infos}
        unpacked = sum(info.file_size for info in infos)
        packed = sum(info.compress_size for info in infos)
        if len(infos) > MAX_MEMBERS or _is_bomb(unpacked, packed):
            self.file.close()
            raise bomb(path)

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.file.close()

    def has(self, name: str) -> bool:
        """Tell whether the archive has a part of this name."""
        return name.lower() in self.members

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield the inflated bytes of a part, whatever size its header claims.

        Raises MlcheckError where the part is missing, broken, encrypted, or larger than the limits.
        """
        info = self.members.get(name.lower())
        if info is None:
            raise damaged(self.path, name)
        if info.flag_bits & ENCRYPTED:
            raise locked(self.path)
        # The reader stops at the size of the header, which may lie: let it go on to the real end.
        patient = copy.copy(info)
        patient.file_size = ENDLESS
        total = 0
        try:
            with self.file.open(patient) as part:
                while chunk := part.read(CHUNK):
                    total += len(chunk)
                    if _is_bomb(total, info.compress_size):
                        raise bomb(self.path)
                    yield chunk
        except BROKEN as error:
            raise damaged(self.path, name) from error


def _is_bomb(unpacked: int, packed: int) -> bool:
    return unpacked > MAX_UNPACKED or (unpacked > RATIO_FLOOR and unpacked > MAX_RATIO * packed)


def file_chunks(path: Path) -> Iterator[bytes]:
    """Yield the bytes of a file. Raises MlcheckError where it cannot be read."""
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                yield chunk
    except OSError as error:
        raise unreadable(path, error) from error


# XML parts read as a stream by expat, with document types and entities refused.


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
