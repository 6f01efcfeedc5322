"""What each cell of the sheets to write is: heading, title, boxhead, label, figure, total or note."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Literal

from msgspec import Struct, field

from mlcheck.model.document import Grid, Locator
from mlcheck.model.facts import Facts
from mlcheck.model.table import Entry, Table
from mlcheck.numeral import parse
from mlcheck.rendering.extraction.codes import displayed, stored

Part = Literal["heading", "title", "head", "corner", "label", "figure", "note"]
At = tuple[int, int]
SPANNERS, TITLES = 5, 20  # rows looked at above the body for its boxhead, and for its title
NUMBERING = 8  # characters of the number before a heading


class Marks(Struct):
    """What is known of the cells of one sheet.

    `numbers` are the figures that the document prints as text, with the number displayed; `total` are the
    cells of total rows and columns, `places` where the document prints what is not at the same address.
    """

    parts: dict[At, Part] = field(default_factory=dict)
    levels: dict[At, int] = field(default_factory=dict)
    numbers: dict[At, Decimal] = field(default_factory=dict)
    total: set[At] = field(default_factory=set)
    places: dict[At, Locator] = field(default_factory=dict)


class _Index(Struct, frozen=True):
    """Where each place of the document stands: its sheet and its cell."""

    spots: dict[Locator, tuple[int, At]]
    sheets: Sequence[Grid]
    marks: tuple[Marks, ...]

    def spot(self, locator: Locator | None) -> tuple[int, At] | None:
        return None if locator is None else self.spots.get(locator)


def marks_of(facts: Facts, sheets: Sequence[Grid]) -> tuple[Marks, ...]:
    """Return the marks of each sheet."""
    spots = {grid.locate(*at): (n, at) for n, grid in enumerate(sheets) for at in grid.cells}
    index = _Index(spots, sheets, tuple(Marks() for _ in sheets))
    for table in facts.tables:
        _mark_table(table, index)
    for claim in facts.claims:
        if spot := index.spot(claim.locator):
            _tell_place(claim.locator, *spot, index)
    _mark_headings(facts, index)
    return index.marks


def _mark_table(table: Table, index: _Index) -> None:
    spots = {at: spot for at, entry in table.entries.items() if (spot := index.spot(entry.locator))}
    if not spots:
        return
    number = next(iter(spots.values()))[0]
    marks, grid = index.marks[number], index.sheets[number]
    cells = {at: spot[1] for at, spot in spots.items() if spot[0] == number}
    _mark_figures(table, cells, marks, grid)
    labels = _mark_labels(table, index, marks, grid)
    _mark_above(table, list(cells.values()), labels, marks, grid)
    for note in table.notes:
        if spot := index.spot(note.locator):
            index.marks[spot[0]].parts[spot[1]] = "note"
    _tell_place(table.locator, number, min((*cells.values(), *labels)), index)


def _mark_figures(table: Table, cells: dict[At, At], marks: Marks, grid: Grid) -> None:
    """Mark the body; its texts become numbers unless one of those left is read by what is beside it."""
    numbers: dict[At, Decimal] = {}
    plain = True
    for (i, j), at in cells.items():
        marks.parts[at] = "figure"
        if "total" in (table.rows[i].role, table.columns[j].role):
            marks.total.add(at)
        entry = table.entries[i, j]
        if entry.quantity is None or grid.cells[at].number is not None:
            continue
        number = _number(entry, grid.cells[at].text)
        if number is not None:
            numbers[at] = number
        elif parse(entry.printed, "fr") != parse(entry.printed, "en"):
            plain = False
    if plain:
        marks.numbers |= numbers


def _number(entry: Entry, text: str) -> Decimal | None:
    """Return the number of a figure that is the whole text of its cell and that some format prints so."""
    assert entry.quantity is not None
    number = displayed(entry.quantity) if text.strip() == entry.printed else None
    return number if number is not None and stored(entry.printed, number) else None


def _mark_labels(table: Table, index: _Index, marks: Marks, grid: Grid) -> list[At]:
    """Mark the labels of rows and columns, and the heads of the stub where the two cross; return them all."""
    axes: tuple[tuple[Part, tuple], ...] = (("label", table.rows), ("head", table.columns))
    found: dict[Part, list[At]] = {"label": [], "head": []}
    for part, lines in axes:
        for line in lines:
            if spot := index.spot(line.locator):
                found[part].append(spot[1])
                if line.role == "total":
                    marks.total.add(spot[1])
    corners = {(row, column) for row, _ in found["head"] for _, column in found["label"]}
    found["corner"] = sorted(corners & grid.cells.keys())
    for part, cells in found.items():
        for at in cells:
            marks.parts.setdefault(at, part)
    return [at for cells in found.values() for at in cells]


def _mark_above(table: Table, body: list[At], labels: list[At], marks: Marks, grid: Grid) -> None:
    """Mark what stands over the body, known by its words: spanners, and the title."""
    top = min(row for row, _ in body)
    columns = [column for _, column in (*body, *labels)]
    words = {text for line in table.columns for text in (*line.path, line.label)}
    titles = set(table.title.split(" · "))
    for at in _above(grid, top, range(max(0, min(columns) - 1), max(columns) + 1)):
        text = " ".join(grid.cells[at].text.split())
        if at[0] >= top - SPANNERS and text in words:
            marks.parts.setdefault(at, "head")
        elif text in titles:
            marks.parts.setdefault(at, "title")


def _above(grid: Grid, top: int, columns: range) -> Iterator[At]:
    for row in range(max(0, top - TITLES), top):
        for column in columns:
            if (row, column) in grid.cells:
                yield row, column


def _tell_place(place: Locator, number: int, at: At, index: _Index) -> None:
    """Keep the place of a table or sentence, unless the document has sheets too."""
    if place.sheet is None or place.cell is None:
        index.marks[number].places.setdefault(at, place)


def _mark_headings(facts: Facts, index: _Index) -> None:
    """Mark the cells that are headings by their style, or by their words: a number and a section's."""
    sections = {c.sections: None for c in facts.claims} | {t.sections: None for t in facts.tables}
    depths = {text: depth for path in sections for depth, text in enumerate(path, start=1)}
    for marks, grid in zip(index.marks, index.sheets, strict=True):
        for at, cell in grid.cells.items():
            level = cell.level or (_depth(cell.text, depths) if at not in marks.parts else None)
            if level:
                marks.parts[at], marks.levels[at] = "heading", level


def _depth(text: str, depths: dict[str, int]) -> int | None:
    """Return the depth of the section that a text names after its number, or None."""
    plain = " ".join(text.split())
    starts = [0, *(n + 1 for n, char in enumerate(plain[:NUMBERING]) if char in " ).")]
    return next((depths[rest] for n in starts if (rest := plain[n:].strip()) in depths), None)
