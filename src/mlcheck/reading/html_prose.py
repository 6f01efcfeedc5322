"""A paragraph of a page before it is known where it goes: into a cell, or among the prose."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from mlcheck.model.document import Lines, Locator, Paragraph, TextLine

_TAIL = 30  # characters looked at from the end of a line
_NUMBER = re.compile(r"(?:^|[\s:;|])[+\-−(]?\d[\d.,]*\)?\s?(?:%|€|‰)?$")
_NIL = re.compile(r"\d.*\s[/–-]$")  # "Lompret 9 /"


class PrintedLine(Struct, frozen=True):
    """A line of a paragraph, and the line of the source on which it starts."""

    text: str
    line: int


class Prose(Struct, frozen=True):
    """A paragraph; `level` is the depth of a heading, `kept` tells a text whose white space counts."""

    lines: tuple[PrintedLine, ...]
    level: int | None = None
    kept: bool = False

    def block(self, source: str) -> Paragraph | Lines:
        """Return it as prose, or as flattened text where its lines look like rows of figures."""
        texts = [line.text for line in self.lines]
        place = Locator(source, line=self.lines[0].line)
        if self.level:
            return Paragraph(" ".join(texts), place, self.level)
        if self.kept or reads_as_rows(texts):
            places = (Locator(source, line=line.line) for line in self.lines)
            return Lines(tuple(map(TextLine, texts, places)))
        # A sentence is placed by counting the breaks before it: they stay where they are the source's.
        follow = all(two.line == one.line + 1 for one, two in pairwise(self.lines))
        return Paragraph(("\n" if follow else " ").join(texts), place)


def reads_as_rows(lines: Sequence[str]) -> bool:
    """Tell whether two lines that follow each other end in a number, as rows of figures do."""
    ends = [_ends_in_number(line) for line in lines]
    return any(one and two for one, two in pairwise(ends))


def _ends_in_number(line: str) -> bool:
    tail = line.rstrip()[-_TAIL:]
    return bool(_NUMBER.search(tail) or _NIL.search(tail))
