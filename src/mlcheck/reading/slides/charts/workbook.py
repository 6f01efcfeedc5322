"""The numbers of the workbook that stands behind a chart, found by their addresses."""

from __future__ import annotations

import re
from pathlib import Path
from types import TracebackType

from msgspec import Struct, field

from mlcheck.model.document import column_number
from mlcheck.reading.container.archive import Archive, feed, xml_parser
from mlcheck.reading.container.refusals import damaged
from mlcheck.reading.spreadsheet.xlsx_sheet import TRUE, read_package

At = tuple[int, int]
RANGE = re.compile(
    r"(?:'(?P<quoted>(?:[^']|'')+)'|(?P<plain>[^'!,:()]+))!"
    r"\$?(?P<left>[A-Z]{1,3})\$?(?P<top>[0-9]{1,7})(?::\$?(?P<right>[A-Z]{1,3})\$?(?P<bottom>[0-9]{1,7}))?"
)
MOST_POINTS = 32_000  # of a series
ADDRESS = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")


class Sheet(Struct):
    """The stored numbers of a sheet, as their texts, and its hidden rows and columns, all 0-based."""

    numbers: dict[At, str] = field(default_factory=dict)
    rows: set[int] = field(default_factory=set)
    columns: list[range] = field(default_factory=list)

    def shows(self, place: At) -> bool:
        """Tell whether a cell stands in no hidden row or column."""
        return place[0] not in self.rows and not any(place[1] in hidden for hidden in self.columns)


class Workbook:
    """A workbook inside another file; each of its sheets is read when it is first asked for."""

    __slots__ = ("archive", "parts", "sheets")

    def __init__(self, path: Path, content: bytes) -> None:
        """Open a workbook that stands in a file; raise MlcheckError where it is broken or no xlsx."""
        self.archive = Archive(path, content)
        self.parts = dict(read_package(self.archive).sheets)
        self.sheets: dict[str, Sheet] = {}

    def __enter__(self) -> Workbook:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.archive.file.close()

    def numbers(self, reference: str, count: int) -> dict[int, str]:
        """Return the numbers of a range of `count` cells, by their index in it; empty cells and texts are none.

        Hidden cells are left out where the count says that the chart leaves them out. A name, another
        workbook, a sheet that is not there, or a range of another length give nothing to compare.
        """
        ranges = places_of(reference)
        if any(name not in self.parts for name, _ in ranges):
            return {}
        cells = [(self._sheet(name), place) for name, places in ranges for place in places]
        if len(cells) != count:
            cells = [(sheet, place) for sheet, place in cells if sheet.shows(place)]
        if len(cells) != count:
            return {}
        return {n: s.numbers[place] for n, (s, place) in enumerate(cells) if place in s.numbers}

    def _sheet(self, name: str) -> Sheet:
        if name not in self.sheets:
            self.sheets[name] = read_sheet(self.archive, self.parts[name])
        return self.sheets[name]


def places_of(reference: str) -> list[tuple[str, list[At]]]:
    """Return the sheet and cells of "Sheet1!$B$2:$B$7", or of several such ranges in parentheses.

    Nothing where it is anything else, such as a name, or an absurdly large range.
    """
    found: list[tuple[str, list[At]]] = []
    room = MOST_POINTS
    if RANGE.sub("", reference).strip("(), "):
        return []
    for match in RANGE.finditer(reference):
        left, right = column_number(match["left"]), column_number(match["right"] or match["left"])
        top, bottom = int(match["top"]) - 1, int(match["bottom"] or match["top"]) - 1
        room -= (bottom - top + 1) * (right - left + 1)
        if room < 0:
            return []
        cells = [(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)]
        found.append(((match["quoted"] or match["plain"]).replace("''", "'"), cells))
    return found


def read_sheet(archive: Archive, part: str) -> Sheet:
    """Return the numbers of a sheet; raise MlcheckError where its XML is broken."""
    found = Sheet()
    parser = xml_parser(archive.path, part)
    row, place = -1, (-1, -1)
    text: list[str] | None = None  # of the number being read

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal row, place, text
        name = name.rpartition(":")[2]
        if name == "row":
            row = int(attributes.get("r", row + 2)) - 1
            place = (row, -1)
            if attributes.get("hidden") in TRUE:
                found.rows.add(row)
        elif name == "c":
            match = ADDRESS.fullmatch(attributes.get("r", ""))
            place = (row, column_number(match[1]) if match else place[1] + 1)
            text = [] if attributes.get("t", "n") == "n" else None
        elif name == "v" and text is not None:
            parser.CharacterDataHandler = text.append
        elif name == "col" and attributes.get("hidden") in TRUE:
            found.columns.append(range(int(attributes["min"]) - 1, int(attributes["max"])))

    def end(name: str) -> None:
        if name.rpartition(":")[2] == "v" and text:
            found.numbers[place] = "".join(text)
        parser.CharacterDataHandler = None

    parser.StartElementHandler, parser.EndElementHandler = start, end
    try:
        feed(parser, archive.chunks(part), archive.path, part)
    except (KeyError, ValueError) as error:  # of a number that is none
        raise damaged(archive.path, part) from error
    return found
