"""The tables of a report, built again from its figures, with what the checks say of each cell."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Literal

from msgspec import Struct

from mlcheck.rendering.coverage.view import locator
from mlcheck.rendering.html.index import FigureRow, Index
from mlcheck.rendering.html.text import cut, place_text
from mlcheck.rendering.html.words import STATES, coverage
from mlcheck.rendering.wording import Wording


class Line(Struct, frozen=True):
    """A row of a table: its label and its figures by column; a `total` adds up the others."""

    label: str
    figures: dict[int, FigureRow]
    total: bool


class PageTable(Struct, frozen=True):
    """A table; `heads` are the labels of its columns by their index, `where` its range."""

    name: str
    title: str
    section: str
    where: str
    anchor: str
    heads: dict[int, str]
    lines: tuple[Line, ...]


LEFT_OUT = "…"
FIRST = 3  # rows and columns of a long table that are shown whatever is marked
AROUND = 1  # rows shown before and after a marked one
COLUMNS = 24  # of a table shown with a finding
PRINTED = 80  # characters of a cell that are shown
CHARACTER, PADDING, LABEL = (
    0.6,
    0.9,
    24,
)  # em of a character and around a cell; characters of a label, which wraps
TEXT = 52  # em of a page at the size of its text
FITS = (60, 72, 86, 104, 128, 160, 200, 250, 320, 420)  # widths in em for which style.css has a size of print
UPRIGHT = 86  # the widest of them that stands upright
MarkKind = Literal["wrong", "suspect", "part"]


class Mark(Struct, frozen=True):
    """Why a cell is marked; `note` is the value suggested for it."""

    kind: MarkKind
    note: str = ""


class ShownCell(Struct, frozen=True):
    """A cell as it is written: `css` names its looks, `anchor` is empty where no link leads to it."""

    printed: str
    title: str
    css: str
    anchor: str = ""
    mark: Mark | None = None
    contradicted: bool = False


class ShownRow(Struct, frozen=True):
    """A row as it is written; `left_out` tells how many stand in its place, and then it has no cells."""

    label: str = ""
    cells: tuple[ShownCell | None, ...] = ()
    total: bool = False
    left_out: str = ""


class ShownTable(Struct, frozen=True):
    """A table as it is written, with the anchor of the whole one."""

    title: str
    where: str
    whole: str
    heads: tuple[str, ...]
    rows: tuple[ShownRow, ...]

    @property
    def fit(self) -> str:
        """The class of a table that is too wide for a page at the size of the text: it is printed smaller, or across."""
        width = self._width()
        fitting = next((most for most in FITS if width <= most), FITS[-1])
        return "" if width <= TEXT else f"fit fit-{fitting}{' across' if fitting > UPRIGHT else ''}"

    def _width(self) -> float:
        """Return how wide the table is, in em, as far as its characters are as wide as most are."""
        rows = [row for row in self.rows if not row.left_out]
        stub = min(max((len(row.label) for row in rows), default=0), LABEL)
        width = stub * CHARACTER + PADDING
        for at, head in enumerate(self.heads):
            cells = (row.cells[at] for row in rows)
            texts = [c.printed + (f" → {c.mark.note}" if c.mark and c.mark.note else "") for c in cells if c]
            longest = max(map(len, (*texts, *head.split())), default=0)
            width += longest * CHARACTER + PADDING
        return width


def tables(index: Index, wording: Wording) -> dict[str, PageTable]:
    """Return the tables of a report by name, in its order."""
    return {
        name: _table(name, rows, f"{index.prefix}t{n}", index, wording)
        for n, (name, rows) in enumerate(index.tables.items(), 1)
    }


def _table(name: str, rows: list[FigureRow], anchor: str, index: Index, wording: Wording) -> PageTable:
    down, across = _order(rows, "row_at", "row"), _order(rows, "column_at", "column")
    grid: dict[int, dict[int, FigureRow]] = {at: {} for at in sorted(set(down))}
    heads: dict[int, str] = {}
    for i, j, row in zip(down, across, rows, strict=True):
        grid[i][j] = row
        heads[j] = row["column"] or ""
    margins = {j for j in heads if {line[j]["role"] for line in grid.values() if j in line} == {"total"}}
    lines = tuple(
        Line(next((row["row"] for row in line.values() if row["row"]), ""), line, _is_total(line, margins))
        for line in grid.values()
    )
    return PageTable(
        name, _title(name, rows, index), rows[0]["section"] or "", _where(rows, index, wording), anchor,
        dict(sorted(heads.items())), lines,
    )  # fmt: skip


def _order(rows: list[FigureRow], at: str, label: str) -> list[int]:
    """Return the index of the line of each figure; one that has none is known by its label."""
    labels: dict[str | None, int] = {}
    return [row[at] if row[at] is not None else labels.setdefault(row[label], len(labels)) for row in rows]


def _is_total(line: Mapping[int, FigureRow], margins: Iterable[int]) -> bool:
    """Tell whether a row is a total; in a column of totals every figure is one, and says nothing of its row."""
    own = [row["role"] for at, row in line.items() if at not in margins]
    return bool(own) and all(role == "total" for role in own)


def _title(name: str, rows: list[FigureRow], index: Index) -> str:
    """Return what a reader calls a table, else its innermost heading."""
    known = index.report.titles.get(name)
    return known or (rows[0]["section"] or "").rpartition(" / ")[2] or name


def _where(rows: list[FigureRow], index: Index, wording: Wording) -> str:
    """Return the place of a table: its range in a sheet, else where its first figure stands."""
    first, last = (locator(index.report, row) for row in (rows[0], rows[-1]))
    where = place_text(first, wording)
    return f"{where}:{last.cell}" if first.cell and last.cell and first.cell != last.cell else where


def cell_title(row: FigureRow, wording: Wording) -> str:
    """Return what is said of a cell when it is pointed at: its place, its coverage and in how many checks it stands."""
    where = row["cell"] or ""
    if row["state"] != "number":
        state = STATES[row["state"]]
        description = wording.say(state)
        return f"{where} · {description}" if where else description
    checks = row["constraints"] or 0
    description = coverage(row["coverage"] or "unchecked", wording)
    if checks:
        description += f", {wording.plural('{n} check', '{n} checks', checks)}"
    return " · ".join(
        part for part in (where, description, wording.say("hidden") if row["hidden"] else "") if part
    )


# A table as it is shown: its marked cells, and of a long one the rows that matter.


def shown_table(
    table: PageTable, marks: Mapping[int, Mark], most: int, index: Index, wording: Wording, *, whole: bool = False
) -> ShownTable:  # fmt: skip
    """Return a table to write, `marks` being by figure; of more than `most` rows, and of a wide
    one, those that matter and the first.

    The `whole` table is the one that links lead to: the rows that matter are then those of linked figures.
    """
    rows: list[ShownRow] = []
    skipped = 0
    wanted: Container[int] = index.linked if whole else marks
    first = FIRST if marks else most - FIRST
    columns = _columns(table, marks, whole)
    for keep, line in zip(_kept(table, wanted, most, first), table.lines, strict=True):
        if not keep:
            skipped += 1
            continue
        if skipped:
            rows.append(_gap(skipped, wording))
            skipped = 0
        cells = (None if j is None else line.figures.get(j) for j in columns)
        shown = tuple(None if row is None else _cell(row, marks, index, wording, whole) for row in cells)
        rows.append(ShownRow(cut(line.label), shown, line.total))
    if skipped:
        rows.append(_gap(skipped, wording))
    heads = tuple(LEFT_OUT if j is None else cut(table.heads[j]) for j in columns)
    return ShownTable(cut(table.title), table.where, table.anchor, heads, tuple(rows))


def _columns(table: PageTable, marks: Mapping[int, Mark], whole: bool) -> list[int | None]:
    """Return the columns that are shown, None where some are left out: of a wide table, the first and the marked ones."""
    if whole or len(table.heads) <= COLUMNS:
        return list(table.heads)
    marked = {j for line in table.lines for j, row in line.figures.items() if row["figure"] in marks}
    kept = sorted({*list(table.heads)[:FIRST], *sorted(marked)[: COLUMNS - FIRST]})
    order = {j: at for at, j in enumerate(table.heads)}
    shown: list[int | None] = [kept[0]]
    for before, j in pairwise(kept):
        shown += [j] if order[j] == order[before] + 1 else [None, j]
    return shown if kept[-1] == list(table.heads)[-1] else [*shown, None]


def _gap(rows: int, wording: Wording) -> ShownRow:
    return ShownRow(left_out=wording.plural("… {n} row left out", "… {n} rows left out", rows))


def _kept(table: PageTable, wanted: Container[int], most: int, first: int) -> Iterator[bool]:
    """Tell of each row whether it is shown: all of `most`, else the `first`, those around a wanted figure, and totals."""
    count = len(table.lines)
    near = {
        at + step
        for at, line in enumerate(table.lines)
        if any(row["figure"] in wanted for row in line.figures.values())
        for step in range(-AROUND, AROUND + 1)
    }
    for at, line in enumerate(table.lines):
        yield count <= most or at in near or at < first or (line.total and at >= count - FIRST)


def _cell(
    row: FigureRow, marks: Mapping[int, Mark], index: Index, wording: Wording, whole: bool
) -> ShownCell:
    state = row["coverage"] if row["state"] == "number" else row["state"]
    mark = marks.get(row["figure"])
    css = f"{state or 'unchecked'} {mark.kind}" if mark else state or "unchecked"
    return ShownCell(
        cut(row["printed"], PRINTED), cell_title(row, wording), css, index.cell(row) if whole else "", mark,
        state == "contradicted" and mark is None,
    )  # fmt: skip
