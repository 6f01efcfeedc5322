"""Walk a document in reading order: headings, tables with their titles and totals, and prose."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, product

from msgspec import Struct, field
from msgspec.structs import replace

from mlcheck.language.characters import is_digits
from mlcheck.language.numeral import NUMERAL, is_about, mark_of
from mlcheck.layout.headings import without_number
from mlcheck.layout.kinds import BODY, heading_level, tells
from mlcheck.layout.regions import cut
from mlcheck.layout.sheet import At, Region, Sheet, Text, open_sheet
from mlcheck.layout.stacking import Stack, stack
from mlcheck.model.document import Grid, LaidOut, Locator, NotUnderstood, Paragraph
from mlcheck.model.errors import at_stage
from mlcheck.model.table import Table
from mlcheck.tables.build import Frame, build_tables
from mlcheck.tables.repeated import with_repeated_sums
from mlcheck.translation import N_

STRAY = N_("a figure stands in no row or column of its table")
HIDDEN = N_("The sheet {sheet} is hidden: its figures were read, and are not checked.")
LONELY = N_("a figure stands alone, without a label")
SLIP = N_("“{text}” stands among figures and is none: a digit, a blank or a letter too many?")
FLATTENED = N_(
    "figures follow one another without a word, as those of a table whose lines were joined; no table is read"
)
FEWEST_RUNS = 3  # of figures without a word between them
REACH = 2  # rows between a table and the total or note printed under it


_FIGURE = re.compile(rf"(?:{NUMERAL})")
_NUMBERED = re.compile(r"\s+(?:[0-9]{1,2}|\([0-9]{1,2}\))$")
"""What the name of a sheet that goes on with another adds to its name: "Emploi 2", "Emploi (2)"."""


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


BULLET = "•"  # how readers mark an item of a list


class Walk(Struct):
    """What was found so far on the way through a document."""

    ids: Iterator[int]
    headings: list[Heading] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    titles: list[tuple[Passage, Table]] = field(
        default_factory=list
    )  # each with the table that it stands over
    not_understood: list[NotUnderstood] = field(default_factory=list)
    notes: list[tuple[str, Locator, int]] = field(default_factory=list)  # each with its table's place
    taken: set[At] = field(default_factory=set)  # cells of the sheet at hand that are no table's
    block: int = 0
    sheet: str | None = None  # the last one that went on with none before it

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
        """Add a cell to the prose of the current block, as it is printed unless said otherwise.

        What a report hides says nothing.
        """
        self.taken.add(at)
        if sheet.grid.hidden or sheet.grid.cells[at].hidden:
            return
        self.say(sheet.grid.cells[at].text if text is None else text, sheet.grid.locate(*at), at[1])


def walk(document: LaidOut, ids: Iterator[int]) -> Walk:
    """Return the tables and passages of a document, in reading order."""
    found = Walk(ids, not_understood=list(document.not_understood))
    for block in stack(document.blocks):
        if isinstance(block, Stack):
            with at_stage("tables", block.grid.locator):
                sheet = open_sheet(block.grid)
                _walk_sheet(sheet, _blocks(sheet, block.tables), found)
        elif isinstance(block, Grid):
            if block.hidden and block.locator.sheet and block.cells:
                found.not_understood.append(
                    NotUnderstood(block.locator, HIDDEN, {"sheet": block.locator.sheet})
                )
            with at_stage("tables", block.locator):
                _walk_grid(block, found)
        else:
            _walk_paragraph(*block, found)
    found.tables = _named_apart(with_repeated_sums(found.tables))
    return found


def _named_apart(tables: Sequence[Table]) -> list[Table]:
    """Return the tables, the further ones of a name with a number: a damaged workbook has two sheets of one name."""
    count, named = Counter[str](), list[Table]()
    for table in tables:
        count[table.name] += 1
        times = count[table.name]
        named.append(replace(table, name=f"{table.name} ({times})") if times > 1 else table)
    return named


def _walk_paragraph(paragraph: Paragraph, level: int | None, found: Walk) -> None:
    if level or not paragraph.text.startswith(BULLET):
        found.block += 1  # the items of a list go on with what stands over them
    if level:
        found.enter(level, paragraph.text)
    if _runs_of_figures(paragraph.text) >= FEWEST_RUNS:
        found.not_understood.append(NotUnderstood(paragraph.locator, FLATTENED))
    found.say(paragraph.text, paragraph.locator)


def _runs_of_figures(text: str) -> int:
    """Return how often figures follow one another in a text with nothing but blanks between; telephones are none."""
    runs = [
        list(run)
        for figure, run in groupby(text.split(), lambda word: bool(_FIGURE.fullmatch(word)))
        if figure
    ]
    return sum(len(run) > 1 and not (run[0].startswith("0") and len(run) > 2) for run in runs)


def _walk_grid(grid: Grid, found: Walk) -> None:
    """Walk one sheet; without a first-level heading of its own, its name is its section, or what it goes on with."""
    sheet = open_sheet(grid)
    blocks = cut(sheet)
    name = grid.locator.sheet
    goes_on = name is not None and _NUMBERED.sub("", name) == found.sheet
    if not any(isinstance(b, Text) and heading_level(b.text) == 1 for b in blocks) and name and not goes_on:
        found.headings = [Heading(1, name)]
    found.sheet = found.sheet if goes_on else name
    _walk_sheet(sheet, blocks, found)


def _blocks(sheet: Sheet, tables: tuple[tuple[int, int], ...]) -> list[Region | Text]:
    """Return the texts and the tables' regions of stacked blocks; no table reaches beyond its own rows."""
    kinds = sorted(sheet.kinds.items())
    rows = [row for (row, _), _ in kinds]
    blocks: list[Region | Text] = []
    done = 0
    for first, last in (*tables, (sheet.height, sheet.height)):
        start, end = bisect_left(rows, first, done), bisect_right(rows, last, done)
        for at, kind in kinds[done:start]:
            text = sheet.grid.cells[at].text
            blocks.append(Text(at, text, "statement" if kind == "label" and tells(text) else kind))
        blocks += cut(Sheet(sheet.grid, dict(kinds[start:end])))
        done = end
    return blocks


def _walk_sheet(sheet: Sheet, blocks: list[Region | Text], found: Walk) -> None:
    """Walk the blocks of one sheet, then account for every cell that none of them took."""
    tables = len(found.tables)
    found.taken.clear()
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
    _account(sheet, found, tables)


def _account(sheet: Sheet, found: Walk, tables: int) -> None:
    """List the figures of a sheet that nothing took or that are misprinted, and read its other left cells as prose."""
    for table in found.tables[tables:]:
        for entry in table.entries.values():
            if entry.state == "unknown" and _is_misprinted(entry.printed):
                found.not_understood.append(NotUnderstood(entry.locator, SLIP, {"text": entry.printed}))
    for at in _leftovers(sheet, found.tables[tables:], found.taken):
        if sheet.kinds[at] in BODY:
            found.not_understood.append(NotUnderstood(sheet.grid.locate(*at), STRAY))
        else:
            found.block += 1
            found.say_cell(sheet, at)


def _is_misprinted(text: str) -> bool:
    """Tell whether a text among figures is meant as one: it has digits, or fills its cell with signs ("####")."""
    if mark_of(text) or is_about(text):
        return False
    return any(map(is_digits, text)) or (len(text) > 1 and not text.strip("#"))


def _alone(region: Region) -> bool:
    return region.top == region.bottom and region.left == region.right


def _follows(before: Text, text: Text) -> bool:
    """Tell whether a text goes on where another ended: the next row, or after a lead-in."""
    gap = text.at[0] - before.at[0]
    return text.at[1] == before.at[1] and 0 < gap <= (2 if before.text.rstrip().endswith(":") else 1)


def _walk_text(sheet: Sheet, text: Text, titles: list[Text], found: Walk) -> list[Text]:
    """Take a text by its kind; return the titles that wait for a table."""
    if text.kind == "heading":
        level = sheet.grid.cells[text.at].level or heading_level(text.text) or 1
        found.enter(level, text.text, text.at[1])
        found.block += 1
        found.say_cell(sheet, text.at, without_number(text.text))
        return []
    if text.kind == "label":
        return [*titles, text]
    if text.kind in ("statement", "note", "nil", "unknown"):
        found.say_cell(sheet, text.at)
    elif text.kind in ("number", "error"):
        found.taken.add(text.at)
        found.not_understood.append(NotUnderstood(sheet.grid.locate(*text.at), LONELY))
    if text.kind == "note":  # "(en ETP)" under a title stands over its table
        under = bool(titles) and text.text.strip().startswith("(")
        return [*titles, text] if under else titles
    return [t for t in titles if t.at[1] != text.at[1]]


def _walk_region(
    sheet: Sheet, region: Region, after: list[Region | Text], titles: list[Text], found: Walk
) -> list[Text]:
    """Take a region as tables; return the titles that are now theirs."""
    over = [t for t in titles if t.at[0] < region.top and region.left - 1 <= t.at[1] <= region.right]
    near = [t for t in over if t.kind != "note"][-2:]
    noted = [t for t in over if t in near or (near and t.at[0] > near[0].at[0])]
    title = " · ".join(" ".join(t.text.split()) for t in noted)
    frame = Frame(found.sections(region.left), title, tuple(_totals_below(region, after)))
    tables = build_tables(sheet, region, frame, found.ids)
    if not tables:
        _leave(sheet, region, found)
    found.tables += tables
    for text in near if tables else ():
        _entitle(sheet, text, tables[0], found)
    for text in _notes_below(region, after):
        if tables:
            found.taken.add(text.at)
            found.notes.append((text.text, sheet.grid.locate(*text.at), len(found.tables) - 1))
    return noted if tables else []


def _entitle(sheet: Sheet, title: Text, table: Table, found: Walk) -> None:
    """Keep a title with a figure beside its table, which may print that figure too."""
    if _FIGURE.search(title.text) and not (sheet.grid.hidden or sheet.grid.cells[title.at].hidden):
        place = sheet.grid.locate(*title.at)
        found.titles.append(
            (Passage(without_number(title.text), place, table.sections, -len(found.titles) - 1), table)
        )


def _leave(sheet: Sheet, region: Region, found: Walk) -> None:
    """Read a region without figures as prose: each of its texts by itself, a lone "…" with what it ends."""
    if _alone(region):
        found.say_cell(sheet, (region.top, region.left))
        return
    rows, columns = range(region.top, region.bottom + 1), range(region.left, region.right + 1)
    for at in (at for at in product(rows, columns) if at in sheet.grid.cells):
        found.block += 1
        found.say_cell(sheet, at)


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


# What a sheet prints and nothing took: it is listed or read as prose, never dropped.


def _leftovers(sheet: Sheet, tables: Iterable[Table], taken: Iterable[At]) -> list[At]:
    """Return the filled cells of a sheet that are no entry, label, title or corner of its tables.

    `taken` are the cells of its passages and of what was not understood. Titles, spanners and outer
    labels are known by their words, since tables keep those and not their places.
    """
    where = {sheet.grid.locate(*at): at for at in sheet.grid.cells if at not in sheet.parted}
    places = set(taken)
    words: set[str] = set()
    for table in tables:
        places |= {where[e.locator] for e in table.entries.values() if e.locator in where}
        places |= _labels(table, where)
        for line in (*table.rows, *table.columns):
            words |= {_plain(text) for text in (*line.path, line.label, *line.codes)}
        words |= {
            _plain(part)
            for text in (table.title, table.headnote, *table.sections)
            for part in text.split(" · ")
        }
    return [
        at
        for at, cell in sorted(sheet.grid.cells.items())
        if cell.text.strip()
        and not {at, sheet.parted.get(at, at)} & places
        and _plain(cell.text) not in words
    ]


def _labels(table: Table, where: dict[Locator, At]) -> set[At]:
    """Return the cells of the labels of a table, and the heads of its stub where those two cross."""
    rows = {where[line.locator] for line in table.rows if line.locator in where}
    columns = {where[line.locator] for line in table.columns if line.locator in where}
    return rows | columns | {(row, column) for row, _ in columns for _, column in rows}


def _plain(text: str) -> str:
    return " ".join(text.split())
