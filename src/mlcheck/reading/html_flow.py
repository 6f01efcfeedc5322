"""The text of a page as it is printed: white space made single, cut into lines and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct, field

from mlcheck.reading.html_lists import Enumeration
from mlcheck.reading.html_prose import PrintedLine, Prose
from mlcheck.reading.html_tables import Node

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
