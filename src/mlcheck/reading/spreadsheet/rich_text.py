"""Texts of an xlsx workbook whose runs differ: a raised 1 after 39 is a footnote mark, never one digit more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from xml.parsers.expat import XMLParserType

from msgspec import Struct, field

from mlcheck.language.characters import LOWERED, RAISED
from mlcheck.reading.container.archive import Archive, feed, xml_parser

POSITIONS = {"superscript": RAISED, "subscript": LOWERED}
_MARK = b"vertAlign"


class Runs(Struct):
    """The text of one string, its raised and lowered digits as such; `marked` where there are any."""

    pieces: list[str] = field(default_factory=list)
    position: str = ""
    inside: bool = False
    phonetic: bool = False
    marked: bool = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take in the start of an element, named without its prefix."""
        if name == "r":
            self.position = ""
        elif name == "vertAlign":
            self.position = attributes.get("val", "")
        elif name == "rPh":
            self.phonetic = True
        self.inside = name == "t" and not self.phonetic

    def end(self, name: str) -> None:
        """Take in the end of an element."""
        self.inside = False
        self.phonetic = self.phonetic and name != "rPh"

    def data(self, text: str) -> None:
        """Take in characters."""
        if not self.inside:
            return
        raised = text.translate(POSITIONS[self.position]) if self.position in POSITIONS else text
        self.marked = self.marked or raised != text
        self.pieces.append(raised)


def raised_strings(archive: Archive, part: str) -> dict[str, str]:
    """Return the shared strings that have raised digits, by their index as cells write it.

    The part is gone through once in any case: its size, form and entities are checked before a library reads it.
    """
    if not _positions(archive, part):
        return {}
    found: dict[str, str] = {}
    runs = Runs()
    count = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal runs
        local = name.rpartition(":")[2]
        if local == "si":
            runs = Runs()
        runs.start(local, attributes)

    def end(name: str) -> None:
        nonlocal count
        local = name.rpartition(":")[2]
        runs.end(local)
        if local == "si":
            if runs.marked:
                found[str(count)] = "".join(runs.pieces)
            count += 1

    parser = xml_parser(archive.path, part)
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = lambda text: runs.data(text)
    feed(parser, archive.chunks(part), archive.path, part)
    return found


def _positions(archive: Archive, part: str) -> bool:
    """Check a part, and tell whether any run of it may be raised or lowered."""
    seen, last = False, b""

    def chunks() -> Iterator[bytes]:
        nonlocal seen, last
        for chunk in archive.chunks(part):
            seen = seen or _MARK in last + chunk
            last = chunk[-len(_MARK) :]
            yield chunk

    feed(xml_parser(archive.path, part), chunks(), archive.path, part)
    return seen


def keep_runs(parser: XMLParserType, last: str, keep: Callable[[str], None]) -> None:
    """Read the string that has just started, up to the end of the element `last`; keep it where digits are raised."""
    before = parser.StartElementHandler
    runs = Runs()

    def end(name: str) -> None:
        if name != last:
            runs.end(name.rpartition(":")[2])
            return
        parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = before, None, None
        if runs.marked:
            keep("".join(runs.pieces))

    parser.StartElementHandler = lambda name, attributes: runs.start(name.rpartition(":")[2], attributes)
    parser.EndElementHandler, parser.CharacterDataHandler = end, runs.data
