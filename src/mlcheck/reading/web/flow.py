"""The text of a page as it is printed: white space made single, cut into lines and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct, field

from mlcheck.reading.web.tables import PRESENTATION, Group, Node, PrintedLine, Prose, Table, TableRow, cell_of
from mlcheck.reading.web.terms import BLOCKS, CELLS, HEADINGS, KEPT, LISTS, is_hidden, shifted
from mlcheck.reading.web.tokens import Tag, Text

_SPACE = re.compile(r"[ \t\n\f\r]+")  # no-break spaces are kept: they stand between thousands
_BULLET = re.compile(r"\s*(?:[•●○▪▫■□◆◇◦‣⁃·▶►➢➤→✓✔*]|[-–—])\s")
TAB = "\v"  # a tab that is printed, as text processors have them; pages have none
_SPACES = " \t\n\f\r"
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))


class Run(Struct):
    """The text of one paragraph under way; `kept` where white space counts."""

    lines: list[PrintedLine] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    first: int = 0
    kept: bool = False

    def add(self, text: str, line: int) -> None:
        """Add text in which white space is worth one space."""
        if not self.first and (bare := text.lstrip(_SPACES)):
            self.first = line + text.count("\n", 0, len(text) - len(bare))
        self.pieces.append(text)

    def keep(self, text: str, line: int) -> None:
        """Add text as it is written, line by line."""
        self.kept = True
        for number, part in enumerate(text.split("\n")):
            if number:
                self.end_line()
            self.first = self.first or line + number
            self.pieces.append(part)

    def end_line(self) -> None:
        """End the printed line."""
        text = "".join(self.pieces).translate(_UNSEEN)
        text = text.rstrip() if self.kept else _SPACE.sub(" ", text).strip(" ").replace(TAB, "\t")
        self.lines.append(PrintedLine(text, self.first))
        self.pieces.clear()
        self.first = 0


class Flow(Struct):
    """Where text is being written: the page, or a cell of a table.

    `mark` is the list mark that waits for the text of its item, `level` the depth of an open heading.
    """

    nodes: list[Node]
    run: Run = field(default_factory=Run)
    lists: list[Enumeration] = field(default_factory=list)
    mark: str = ""
    level: int | None = None

    def flush(self) -> None:
        """End the paragraph under way."""
        run = self.run
        if not (run.pieces or run.lines):
            return
        run.end_line()
        self.run = Run()
        for lines in [_trimmed(run.lines)] if run.kept else _groups(run.lines):
            if self.mark and lines:
                lines[0] = PrintedLine(f"{self.mark} {lines[0].text}", lines[0].line)
                self.mark = ""
            if lines:
                self.nodes.append(Prose(tuple(lines), self.level, run.kept))


BULLET = "•"
_INTEGER = re.compile(r"\s*([+-]?[0-9]{1,6})(?![0-9])")

_ROMAN = dict(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ["m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"],
        strict=True,
    )
)
_ROMAN_END = 4000


class Enumeration(Struct):
    """A list under way; `number` is that of its last item, None where no item has one."""

    number: int | None = None
    style: str = "1"

    def mark(self, item: Tag) -> str:
        """Return the mark of the next item."""
        if self.number is None:
            return BULLET
        value = _INTEGER.match(item.attributes.get("value", ""))
        self.number = int(value[1]) if value else self.number + 1
        return f"{_printed(self.number, item.attributes.get('type') or self.style)}{item.mark or '.'}"


SHIFTS = ("sub", "sup")


class Writing(Struct):
    """The text and the tables under way: the last of `flows` is where text goes now."""

    flows: list[Flow] = field(default_factory=lambda: [Flow([])])
    tables: list[Table] = field(default_factory=list)
    shifts: list[str] = field(default_factory=list)
    kept: int = 0

    def add(self, text: Text) -> None:
        """Write a text."""
        printed = shifted(text.text, self.shifts[-1]) if self.shifts else text.text
        run = self.flows[-1].run
        if self.kept:
            run.keep(printed, text.line)
        else:
            run.add(printed, text.line)

    def separate(self, tag: Tag) -> None:
        """Keep apart the texts on both sides of something else that is shown."""
        self.add(Text(" ", tag.line))

    def break_line(self) -> None:
        """End the printed line."""
        self.flows[-1].run.end_line()

    def flush(self) -> None:
        """End the paragraph under way."""
        self.flows[-1].flush()

    def begin(self, tag: Tag) -> None:
        """Do what a start tag asks for."""
        name, flow = tag.name, self.flows[-1]
        if name in SHIFTS:
            self.shifts.append(name)
        elif name in KEPT:
            self.kept += 1
        elif name in HEADINGS:
            flow.level = HEADINGS[name]
        elif name in LISTS:
            flow.lists.append(enumeration(tag))
        elif name == "li":
            flow.mark = flow.lists[-1].mark(tag) if flow.lists else enumeration(tag).mark(tag)
        else:
            self._begin_table(tag)

    def _begin_table(self, tag: Tag) -> None:
        name, hidden = tag.name, is_hidden(tag.attributes)
        if name == "table":
            self.tables.append(Table(tag.line, tag.attributes.get("role") in PRESENTATION))
        elif name in ("tbody", "tfoot", "thead"):
            self.tables[-1].groups.append(Group(name, hidden))
        elif name == "tr":
            self.tables[-1].groups[-1].rows.append(TableRow(hidden))
        elif name == "caption":
            self.flows.append(Flow(self.tables[-1].caption))
        elif name in CELLS:
            cell = cell_of(tag)
            self.tables[-1].groups[-1].rows[-1].cells.append(cell)
            self.flows.append(Flow(cell.nodes))

    def cease(self, name: str) -> None:
        """Undo what the start of an element did, at its end."""
        flow = self.flows[-1]
        if name in BLOCKS:
            flow.flush()
        if name in SHIFTS:
            self.shifts.pop()
        elif name in KEPT:
            self.kept -= 1
        elif name in HEADINGS:
            flow.level = None
        elif name in LISTS:
            flow.lists.pop()
        elif name == "li":
            flow.mark = ""
        elif name in CELLS:
            self.flows.pop()
        elif name == "table":
            table = self.tables.pop()
            table.close()
            flow.nodes.append(table)

    def finish(self) -> list[Node]:
        """Return all that was written, once everything is closed."""
        self.flush()
        return self.flows[0].nodes


def _trimmed(lines: list[PrintedLine]) -> list[PrintedLine]:
    """Return lines without the blank ones before and after."""
    filled = [number for number, line in enumerate(lines) if line.text.strip()]
    return lines[filled[0] : filled[-1] + 1] if filled else []


def _groups(lines: Iterable[PrintedLine]) -> Iterator[list[PrintedLine]]:
    """Cut lines into paragraphs: at blank lines, and before bullets."""
    group: list[PrintedLine] = []
    for line in lines:
        blank = not line.text.strip()
        if group and (blank or _BULLET.match(line.text)):
            yield group
            group = []
        if not blank:
            group.append(line)
    if group:
        yield group


# The marks that a browser prints before the items of a list.
def enumeration(tag: Tag) -> Enumeration:
    """Return the list that a tag opens; one numbered backwards from an unknown end has bullets."""
    if tag.name != "ol":
        return Enumeration()
    start = _INTEGER.match(tag.attributes.get("start", ""))
    if "reversed" in tag.attributes:
        return Enumeration()
    return Enumeration(int(start[1]) - 1 if start else 0, tag.attributes.get("type", "1"))


def _printed(number: int, style: str) -> str:
    if number > 0 and style in ("a", "A"):
        text = ""
        while number:
            number, letter = divmod(number - 1, 26)
            text = chr(ord("a") + letter) + text
    elif 0 < number < _ROMAN_END and style in ("i", "I"):
        text = ""
        for value, numeral in _ROMAN.items():
            count, number = divmod(number, value)
            text += numeral * count
    else:
        return str(number)
    return text.upper() if style.isupper() else text
