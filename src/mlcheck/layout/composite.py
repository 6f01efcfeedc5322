"""Give each figure a cell of its own, and each cell its figure whole.

A column of cells that print several figures, a count with its share ("39 (65 %)") or figures one below another, becomes
as many columns, each figure with the place of the cell that prints it. A column of units is read with the figures beside it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import accumulate

from msgspec import Struct
from msgspec.structs import replace

from mlcheck.language.characters import visible
from mlcheck.language.numeral import has_unit, is_unit, mark_of, parse
from mlcheck.layout.kinds import is_rule
from mlcheck.model.document import Cell, Grid, Locator, Merge

At = tuple[int, int]
MOST = 4  # figures of one cell
_BESIDE = re.compile(r"(?P<first>[^()\n]*[0-9][^()\n]*?)\s*\((?P<second>[^()\n]*[0-9][^()\n]*)\)")
_APART = re.compile(
    r"(?P<first>[^%/|;()\n]*[0-9][^%/|;()\n]*?)\s*(?:[/|;]|\s[-–]\s)\s*(?P<second>[0-9][^%/|;()\n]*%)"
)
_HEAD = re.compile(r"(?P<first>[^()\n]*\S)\s*\((?P<second>[^()\n]+)\)")


class _Spread(Struct, frozen=True):
    """A column whose cells become several: what each cell of it prints, by its row."""

    column: int
    count: int
    parts: dict[int, tuple[str, ...]]


def one_figure_a_cell(grid: Grid) -> Grid:
    """Return a grid with one figure, with its unit, in each cell; formulas keep their cells where they are."""
    return _parted(_with_units(_unstacked(_without_rules(grid))))


# Rules drawn with signs in rows of their own.


def _without_rules(grid: Grid) -> Grid:
    """Return a grid without the rows that draw nothing but rules in several cells; those below move up to close the gap."""
    drawn: dict[int, list[bool]] = {}
    for (row, _), cell in grid.cells.items():
        if cell.text.strip():
            drawn.setdefault(row, []).append(is_rule(cell.text))
    rules = sorted(row for row, signs in drawn.items() if len(signs) > 1 and all(signs))
    if not rules or any(cell.formula for cell in grid.cells.values()):
        return grid
    kept = {at: cell for at, cell in grid.cells.items() if at[0] not in rules}
    up = {row: row - bisect_left(rules, row) for row in {row for row, _ in kept}}
    places = {(up[r], c): grid.locate(r, c) for r, c in kept}
    merges = tuple(
        replace(m, top=m.top - bisect_left(rules, m.top), bottom=m.bottom - bisect_left(rules, m.bottom))
        for m in grid.merges
    )
    return replace(
        grid, cells={(up[r], c): cell for (r, c), cell in kept.items()}, places=places, merges=merges
    )


# Rows stacked in the cells of one: labels one below another, and beside them as many figures.


def _unstacked(grid: Grid) -> Grid:
    """Return a grid with a row for each line of the rows whose labels and figures are stacked alike, where all such rows are."""
    rows: dict[int, dict[int, list[str]]] = {}
    for (row, column), cell in grid.cells.items():
        if cell.number is None and "\n" in cell.text:
            rows.setdefault(row, {})[column] = [part.strip() for part in visible(cell.text).split("\n")]
    stacked = {row: count for row, own in rows.items() if (count := _stacked(own))}
    figured = [row for row, own in rows.items() if any(all(map(_is_figure, parts)) for parts in own.values())]
    if (
        not stacked
        or any(row not in stacked for row in figured)
        or any(c.formula for c in grid.cells.values())
    ):
        return grid
    cells: dict[At, Cell] = {}
    places: dict[At, Locator] = {}
    order = sorted(stacked)
    before = [0, *accumulate(stacked[row] - 1 for row in order)]
    for (row, column), cell in sorted(grid.cells.items()):
        first = row + before[bisect_left(order, row)]
        texts = rows[row].get(column, [cell.text]) if row in stacked else [cell.text]
        for n, text in enumerate(texts if row in stacked else (cell.text,)):
            if text:
                cells[first + n, column] = replace(cell, text=text) if row in stacked else cell
                places[first + n, column] = grid.locate(row, column)
    return replace(grid, cells=cells, places=places, merges=())


def _stacked(own: Mapping[int, list[str]]) -> int:
    """Return how many rows are stacked in the cells of one: a label a line, and figures in all others; 0 for none."""
    (_, labels), *others = sorted(own.items())
    count = len(labels)
    words = not any(map(_is_figure, labels)) and all(labels)
    alike = bool(others) and all(len(parts) == count and all(map(_is_figure, parts)) for _, parts in others)
    return count if words and alike and count > 2 else 0


def _is_figure(text: str) -> bool:
    return parse(text) is not None or mark_of(text) is not None


# Units in a column of their own.


def _with_units(grid: Grid) -> Grid:
    """Return a grid whose columns of units ("€", "ETP") have gone into the figures on their left, or else on their right."""
    units: dict[int, list[At]] = {}
    for at, cell in grid.cells.items():
        if cell.number is None and is_unit(cell.text):
            units.setdefault(at[1], []).append(at)
    cells = grid.cells
    for column, own in sorted(units.items()):
        side = next((n for n in (-1, 1) if all(_is_plain(cells.get((r, column + n))) for r, _ in own)), None)
        first = min(own)[0]
        others = [at for at in cells if at[1] == column and at[0] > first and at not in own]
        if side is None or len(own) < 2 or others:
            continue
        joined = {
            (r, column + side): replace(cells[r, column + side], text=f"{cells[r, column + side].text} {cells[r, column].text.strip()}")
            for r, _ in own
        }  # fmt: skip
        cells = {at: joined.get(at, cell) for at, cell in cells.items() if at not in own}
    return grid if cells is grid.cells else replace(grid, cells=cells)


def _is_plain(cell: Cell | None) -> bool:
    """Tell whether a cell prints a figure without a unit, or a mark."""
    if cell is None:
        return False
    found = parse(cell.text)
    return mark_of(cell.text) is not None or (found is not None and not has_unit(cell.text))


# Several figures in a cell.


def _parted(grid: Grid) -> Grid:
    """Return a grid with one figure in each cell; one with formulas is left as it is, since these name its cells."""
    if not any(_may_part(cell) for cell in grid.cells.values()) or any(
        c.formula for c in grid.cells.values()
    ):
        return grid
    columns: dict[int, dict[int, Cell]] = {}
    for (row, column), cell in grid.cells.items():
        columns.setdefault(column, {})[row] = cell
    first = min(columns)
    spreads = [found for c, own in columns.items() if c > first and (found := _spread(c, own)) is not None]
    return _widened(grid, sorted(spreads, key=lambda one: one.column)) if spreads else grid


def _may_part(cell: Cell) -> bool:
    return cell.number is None and ("\n" in cell.text or "(" in cell.text or "%" in cell.text)


def _spread(column: int, cells: Mapping[int, Cell]) -> _Spread | None:
    """Return a column as several where most of its cells that print a figure print as many figures."""
    found = {row: parts for row, cell in cells.items() if (parts := figures_of(cell))}
    single = [r for r, c in cells.items() if r not in found and (c.number is not None or parse(c.text))]
    counts = {len(parts) for parts in found.values()}
    if len(found) < 2 or len(counts) > 1 or len(found) <= len(single):
        return None
    count = counts.pop()
    first = min(found)
    below = {row: (*_filled(cells[row], count),) for row in cells if row > first and row not in found}
    above = {row: heads for row in cells if row < first and len(heads := _heads(cells[row].text)) == count}
    return _Spread(column, count, found | below | above)


def _filled(cell: Cell, count: int) -> Sequence[str]:
    """Return what a cell with one figure or mark prints among others with several: a mark says it of each."""
    return [cell.text] * count if mark_of(cell.text) else [cell.text, *[""] * (count - 1)]


@lru_cache(65_536)
def _figures(text: str) -> tuple[str, ...]:
    if parse(text) is not None:
        return ()
    beside = _BESIDE.fullmatch(text) or _APART.fullmatch(text)
    parts = beside.group("first", "second") if beside else text.split("\n")
    plain = tuple(part.strip() for part in parts)
    known = all(parse(part) is not None or mark_of(part) for part in plain)
    return plain if 1 < len(plain) <= MOST and known and any(map(parse, plain)) else ()


def figures_of(cell: Cell) -> tuple[str, ...]:
    """Return the figures that a cell prints beside or below one another, none where it prints one or words."""
    return _figures(visible(cell.text).strip()) if _may_part(cell) else ()


def _heads(text: str) -> tuple[str, ...]:
    """Return the labels that a head gives to several figures: "Effectif (%)", or one below another."""
    plain = visible(text).strip()
    beside = _HEAD.fullmatch(plain)
    return beside.group("first", "second") if beside else tuple(part.strip() for part in plain.split("\n"))


def _widened(grid: Grid, spreads: Sequence[_Spread]) -> Grid:
    """Return a grid with the columns that are spread, those to their right moved along."""
    by_column = {one.column: one for one in spreads}
    moved = {c: c + sum(s.count - 1 for s in spreads if s.column < c) for c in {c for _, c in grid.cells}}
    cells: dict[At, Cell] = {}
    places: dict[At, Locator] = {}
    merges = [
        replace(m, left=_moved(spreads, m.left), right=_moved(spreads, m.right + 1) - 1) for m in grid.merges
    ]
    for (row, column), cell in sorted(grid.cells.items()):
        at, spread = (row, moved[column]), by_column.get(column)
        texts = spread.parts.get(row) if spread is not None else None
        for n, text in enumerate(texts or (cell.text,)):
            if text or not n:
                cells[row, at[1] + n] = replace(cell, text=text) if texts else cell
                places[row, at[1] + n] = grid.locate(row, column)
        if spread is not None and texts is None and not any(_covers(m, at) for m in merges):
            merges.append(Merge(row, at[1], row, at[1] + spread.count - 1))
    return replace(grid, cells=cells, places=grid.places | places, merges=tuple(merges))


def _moved(spreads: Sequence[_Spread], column: int) -> int:
    return column + sum(s.count - 1 for s in spreads if s.column < column)


def _covers(merge: Merge, at: At) -> bool:
    return merge.top <= at[0] <= merge.bottom and merge.left <= at[1] <= merge.right
