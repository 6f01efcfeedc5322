"""The tables of a report, built again from its figures, with what the checks say of each cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from mlcheck.rendering.coverage_view import locator
from mlcheck.rendering.html.index import Index, Row
from mlcheck.rendering.html.spots import spot
from mlcheck.rendering.html.words import STATES, coverage
from mlcheck.rendering.wording import Wording


class Line(Struct, frozen=True):
    """A row of a table: its label and its figures by column; a `total` adds up the others."""

    label: str
    figures: dict[int, Row]
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


def tables(index: Index, wording: Wording) -> dict[str, PageTable]:
    """Return the tables of a report by name, in its order."""
    return {
        name: _table(name, rows, f"{index.prefix}t{n}", index, wording)
        for n, (name, rows) in enumerate(index.tables.items(), 1)
    }


def _table(name: str, rows: list[Row], anchor: str, index: Index, wording: Wording) -> PageTable:
    down, across = _order(rows, "row_at", "row"), _order(rows, "column_at", "column")
    grid: dict[int, dict[int, Row]] = {at: {} for at in sorted(set(down))}
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


def _order(rows: list[Row], at: str, label: str) -> list[int]:
    """Return the index of the line of each figure; one that has none is known by its label."""
    labels: dict[str | None, int] = {}
    return [row[at] if row[at] is not None else labels.setdefault(row[label], len(labels)) for row in rows]


def _is_total(line: Mapping[int, Row], margins: Iterable[int]) -> bool:
    """Tell whether a row is a total; in a column of totals every figure is one, and says nothing of its row."""
    own = [row["role"] for at, row in line.items() if at not in margins]
    return bool(own) and all(role == "total" for role in own)


def _title(name: str, rows: list[Row], index: Index) -> str:
    """Return what a reader calls a table, else its innermost heading."""
    known = index.report.titles.get(name)
    return known or (rows[0]["section"] or "").rpartition(" / ")[2] or name


def _where(rows: list[Row], index: Index, wording: Wording) -> str:
    """Return the place of a table: its range in a sheet, else where its first figure stands."""
    first, last = (locator(index.report, row) for row in (rows[0], rows[-1]))
    where = spot(first, wording)
    return f"{where}:{last.cell}" if first.cell and last.cell and first.cell != last.cell else where


def cell_title(row: Row, wording: Wording) -> str:
    """Return what is told of a cell when it is pointed at: its place, its coverage and in how many checks it stands."""
    where = row["cell"] or ""
    if row["state"] != "number":
        state = STATES[row["state"]]
        told = wording.say(state)
        return f"{where} · {told}" if where else told
    checks = row["constraints"] or 0
    told = coverage(row["coverage"] or "unchecked", wording)
    if checks:
        told += f", {wording.plural('{n} check', '{n} checks', checks)}"
    return " · ".join(part for part in (where, told, wording.say("hidden") if row["hidden"] else "") if part)
