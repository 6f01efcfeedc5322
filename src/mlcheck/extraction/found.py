"""What is found on the way through a document: headings in force, tables, prose, and what stays unclear."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, field

from mlcheck.extraction.headings import without_number
from mlcheck.extraction.tables.sheet import At, Sheet
from mlcheck.model.document import Locator, NotUnderstood
from mlcheck.model.table import Table


class Passage(Struct, frozen=True):
    """A run of prose with the headings over it; texts of one `block` follow one another."""

    text: str
    locator: Locator
    sections: tuple[str, ...]
    block: int


class Heading(Struct, frozen=True):
    """A heading and the column it stands in: it rules what lies under it and to its right."""

    level: int
    text: str
    column: int = 0


class Walk(Struct):
    """What was found so far on the way through a document."""

    ids: Iterator[int]
    headings: list[Heading] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    not_understood: list[NotUnderstood] = field(default_factory=list)
    notes: list[tuple[str, Locator, str]] = field(default_factory=list)
    taken: set[At] = field(default_factory=set)  # cells of the sheet at hand that are no table's
    block: int = 0

    def sections(self, column: int = 0) -> tuple[str, ...]:
        """Return the headings in force over a column, outermost first."""
        stack: list[Heading] = []
        for heading in self.headings:
            if heading.column <= column:
                stack = [h for h in stack if h.level < heading.level] + [heading]
        return tuple(h.text for h in stack)

    def enter(self, level: int, text: str, column: int = 0) -> None:
        """Open a heading: it closes those of its level and below that stand over it."""
        if level == 1 or not column:
            self.headings = [h for h in self.headings if h.level < level and (level > 1 or not h.column)]
        self.headings.append(Heading(level, without_number(text), column))

    def say(self, text: str, locator: Locator, column: int = 0) -> None:
        """Add a passage of prose to the current block."""
        self.passages.append(Passage(text, locator, self.sections(column), self.block))

    def say_cell(self, sheet: Sheet, at: At, text: str | None = None) -> None:
        """Add a cell to the prose of the current block, as it is printed unless said otherwise."""
        self.taken.add(at)
        self.say(sheet.grid.cells[at].text if text is None else text, sheet.grid.locate(*at), at[1])
