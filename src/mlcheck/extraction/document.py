"""Walk a document in reading order: headings, tables with their titles and totals, and prose."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct, field

from mlcheck.extraction.leftovers import leftovers
from mlcheck.extraction.tables.build import Frame, build_tables
from mlcheck.extraction.tables.kinds import BODY, heading_level
from mlcheck.extraction.tables.regions import cut
from mlcheck.extraction.tables.sheet import Region, Sheet, Text, open_sheet
from mlcheck.model.document import Document, Grid, Locator, NotUnderstood, Paragraph
from mlcheck.model.table import Table
from mlcheck.translation import N_

_NUMBER = re.compile(r"^\s*(?:\d{1,2}\s?\)|[IVX]{1,5}\s?[.)]|[a-z]\s?[.)])\s*")
STRAY = N_("a figure stands in no row or column of its table")
LONELY = N_("a figure stands alone, without a label")
REACH = 2  # rows between a table and the total or note printed under it


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
        self.headings.append(Heading(level, _NUMBER.sub("", " ".join(text.split())), column))

    def say(self, text: str, locator: Locator, column: int = 0) -> None:
        """Add a passage of prose to the current block."""
        self.passages.append(Passage(text, locator, self.sections(column), self.block))


def walk(document: Document, ids: Iterator[int]) -> Walk:
    """Return the tables and passages of a document, in reading order."""
    found = Walk(ids, not_understood=list(document.not_understood))
    for block in document.blocks:
        if isinstance(block, Grid):
            _walk_grid(block, found)
        else:
            _walk_paragraph(block, found)
    return found


def _walk_paragraph(paragraph: Paragraph, found: Walk) -> None:
    found.block += 1
    level = paragraph.level or heading_level(paragraph.text)
    if level:
        found.enter(level, paragraph.text)
    found.say(paragraph.text, paragraph.locator)


def _walk_grid(grid: Grid, found: Walk) -> None:
    """Walk one sheet; without a first-level heading of its own, its name is its section."""
    sheet = open_sheet(grid)
    blocks = cut(sheet)
    tables, passages = len(found.tables), len(found.passages)
    if not any(isinstance(b, Text) and heading_level(b.text) == 1 for b in blocks) and grid.locator.sheet:
        found.headings = [Heading(1, grid.locator.sheet)]
    titles: list[Text] = []
    before: Text | None = None
    for index, block in enumerate(blocks):
        if isinstance(block, Region):
            if not (before is not None and _alone(block) and block.top == before.at[0] + 1):
                found.block += 1
            used = _walk_region(sheet, block, blocks[index + 1 :], titles, found)
            titles, before = [t for t in titles if t not in used], None
            continue
        if before is None or not _follows(before, block):
            found.block += 1
        before = block
        titles = _walk_text(sheet, block, titles, found)
    _account(sheet, found, tables, passages)


def _account(sheet: Sheet, found: Walk, tables: int, passages: int) -> None:
    """List the figures of a sheet that nothing took, and read its other left cells as prose."""
    sheet_name = sheet.grid.locator.sheet
    taken = [n.locator for n in found.not_understood if n.locator.sheet == sheet_name]
    taken += [p.locator for p in found.passages[passages:]] + [locator for _, locator, _ in found.notes]
    for at in leftovers(sheet, found.tables[tables:], taken):
        if sheet.kinds[at] in BODY:
            found.not_understood.append(NotUnderstood(sheet.grid.locate(*at), STRAY))
        else:
            found.block += 1
            found.say(sheet.grid.cells[at].text, sheet.grid.locate(*at), at[1])


def _alone(region: Region) -> bool:
    return region.top == region.bottom and region.left == region.right


def _follows(before: Text, text: Text) -> bool:
    """Tell whether a text goes on where another ended: the next row, or after a lead-in."""
    gap = text.at[0] - before.at[0]
    return text.at[1] == before.at[1] and 0 < gap <= (2 if before.text.rstrip().endswith(":") else 1)


def _walk_text(sheet: Sheet, text: Text, titles: list[Text], found: Walk) -> list[Text]:
    """Take a text by its kind; return the titles that wait for a table."""
    locator = sheet.grid.locate(*text.at)
    if text.kind == "heading":
        level = heading_level(text.text) or 1
        found.enter(level, text.text, text.at[1])
        found.block += 1
        found.say(_NUMBER.sub("", text.text), locator, text.at[1])
        return []
    if text.kind == "label":
        return [*titles, text]
    if text.kind in ("statement", "note"):
        found.say(text.text, locator, text.at[1])
    elif text.kind in ("number", "error"):
        found.not_understood.append(NotUnderstood(locator, LONELY))
    return [t for t in titles if t.at[1] != text.at[1]]


def _walk_region(
    sheet: Sheet, region: Region, after: list[Region | Text], titles: list[Text], found: Walk
) -> list[Text]:
    """Take a region as tables; return the titles that are now theirs."""
    near = [t for t in titles if t.at[0] < region.top and region.left - 1 <= t.at[1] <= region.right]
    title = " · ".join(" ".join(t.text.split()) for t in near[-2:])
    frame = Frame(found.sections(region.left), title, tuple(_totals_below(region, after)))
    tables = build_tables(sheet, region, frame, found.ids)
    if not tables:
        _leave(sheet, region, found)
    found.tables += tables
    for text in _notes_below(region, after):
        if tables:
            found.notes.append((text.text, sheet.grid.locate(*text.at), tables[-1].name))
    return near[-2:] if tables else []


def _leave(sheet: Sheet, region: Region, found: Walk) -> None:
    """Read a region without figures as prose: each of its texts by itself, a lone "…" with what it ends."""
    if _alone(region):
        at = (region.top, region.left)
        found.say(sheet.grid.cells[at].text, sheet.grid.locate(*at), at[1])
        return
    for at in sorted(sheet.grid.cells):
        if region.top <= at[0] <= region.bottom and region.left <= at[1] <= region.right:
            found.block += 1
            found.say(sheet.grid.cells[at].text, sheet.grid.locate(*at))


def _below(region: Region, after: list[Region | Text]) -> Iterator[Text]:
    """Yield the texts that follow a region at once, within reach of its last row or of one another."""
    last = region.bottom
    for block in after:
        if isinstance(block, Region):
            if block.left <= region.right and region.left <= block.right:
                return
            continue
        if not region.left - 1 <= block.at[1] <= region.right + 1 or block.at[0] <= region.bottom:
            continue
        if block.at[0] - last > REACH or block.kind not in ("total", "note"):
            return
        last = block.at[0]
        yield block


def _totals_below(region: Region, after: list[Region | Text]) -> list[Text]:
    return [t for t in _below(region, after) if t.kind == "total"][:1]


def _notes_below(region: Region, after: list[Region | Text]) -> list[Text]:
    return [t for t in _below(region, after) if t.kind == "note"]
