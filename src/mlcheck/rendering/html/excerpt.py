"""A table as it is shown: its marked cells, and of a long one the rows that matter."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from typing import Literal

from msgspec import Struct

from mlcheck.rendering.html.index import Index, Row
from mlcheck.rendering.html.tables import PageTable, cell_title
from mlcheck.rendering.html.text import cut
from mlcheck.rendering.wording import Wording

FIRST = 3  # rows of a long table that are shown whatever is marked
AROUND = 1  # rows shown before and after a marked one
PRINTED = 80  # characters of a cell that are shown

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


def shown_table(
    table: PageTable, marks: Mapping[int, Mark], most: int, index: Index, wording: Wording, *, whole: bool = False
) -> ShownTable:  # fmt: skip
    """Return a table to write, `marks` being by figure; of more than `most` rows, those that matter and the first.

    The `whole` table is the one that links lead to: the rows that matter are then those of linked figures.
    """
    rows: list[ShownRow] = []
    skipped = 0
    wanted: Container[int] = index.linked if whole else marks
    first = FIRST if marks else most - FIRST
    for keep, line in zip(_kept(table, wanted, most, first), table.lines, strict=True):
        if not keep:
            skipped += 1
            continue
        if skipped:
            rows.append(_gap(skipped, wording))
            skipped = 0
        cells = (line.figures.get(j) for j in table.heads)
        shown = tuple(None if row is None else _cell(row, marks, index, wording, whole) for row in cells)
        rows.append(ShownRow(cut(line.label), shown, line.total))
    if skipped:
        rows.append(_gap(skipped, wording))
    heads = tuple(cut(head) for head in table.heads.values())
    return ShownTable(cut(table.title), table.where, table.anchor, heads, tuple(rows))


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


def _cell(row: Row, marks: Mapping[int, Mark], index: Index, wording: Wording, whole: bool) -> ShownCell:
    state = row["coverage"] if row["state"] == "number" else row["state"]
    mark = marks.get(row["figure"])
    css = f"{state or 'unchecked'} {mark.kind}" if mark else state or "unchecked"
    return ShownCell(
        cut(row["printed"], PRINTED), cell_title(row, wording), css, index.cell(row) if whole else "", mark,
        state == "contradicted" and mark is None,
    )  # fmt: skip
