"""Sums that the formulas of a table state, of its own lines: what its author computes each total from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec import Struct

from mlcheck.model.document import column_number
from mlcheck.model.formula import CellFormula, cells_of
from mlcheck.model.table import Axis, Entry, Line

At = tuple[int, int]

MOST_CELLS = (
    500_000  # that the formulas of a table may name together: each running total names all lines before it
)


class StatedSum(Struct, frozen=True):
    """A formula that adds up lines of its own table: at a crossing, target = Σ coefficient · source.

    Lines are known by their index, as in a relation; `formula` is its text, without the sign of equality.
    """

    axis: Axis
    target: int
    sources: tuple[tuple[int, int], ...]
    crossing: int
    formula: str


def stated_sums(
    rows: Sequence[Line], columns: Sequence[Line], entries: Mapping[At, Entry]
) -> list[StatedSum]:
    """Return the sums of a table that formulas state, down a column or along a row.

    A line that stands between those of the table and is none of them, as a blank one, adds nothing. A formula
    is left out where it names a cell beyond the table, of both axes or twice, its own, or by SUBTOTAL a hidden one.
    """
    if not any(entry.formula for entry in entries.values()):
        return []
    body = _Body(entries, sheet_places(entries), _extent(rows), _extent(columns))
    found, room = [], MOST_CELLS
    for at, entry in entries.items():
        if entry.formula is None or entry.formula.kind not in ("sum", "difference"):
            continue
        room -= sum(area.size for area in entry.formula.terms)
        if room < 0:
            break
        stated = _stated_sum(at, entry.formula, body)
        if stated is not None:
            found.append(stated)
    return found


class _Body(Struct, frozen=True):
    """The entries of a table, the index of each by its place in the sheet, and the rectangle of their lines."""

    entries: Mapping[At, Entry]
    places: Mapping[At, At]
    height: range
    width: range


def _extent(lines: Sequence[Line]) -> range:
    positions = [line.position for line in lines]
    return range(min(positions), max(positions) + 1)


def sheet_places(entries: Mapping[At, Entry]) -> dict[At, At]:
    """Map the place of each entry in the sheet, row and column, to its index: those of a folded table are no grid."""
    found: dict[At, At] = {}
    columns: dict[str, int] = {}
    for at, entry in entries.items():
        cell = entry.locator.cell or ""
        letters = cell.rstrip("0123456789")
        if letters not in columns:
            columns[letters] = column_number(letters)
        if len(letters) < len(cell):
            found[int(cell[len(letters) :]) - 1, columns[letters]] = at
    return found


def _stated_sum(at: At, formula: CellFormula, body: _Body) -> StatedSum | None:
    """Return the sum that the formula of one entry states of lines, None where it states none of them."""
    added: Counter[At] = Counter()
    for area in formula.terms:
        for place, coefficient in cells_of((area,)):
            index = body.places.get(place)
            if index is None:
                if place[0] in body.height and place[1] in body.width:
                    continue
                return None
            if area.subtotal and body.entries[index].hidden:
                return None
            if not (area.subtotal and _is_subtotal(body.entries[index])):
                added[index] += coefficient
    axis: Axis = "row" if all(column == at[1] for _, column in added) else "column"
    along, across = (0, 1) if axis == "row" else (1, 0)
    if not added or at in added or any(index[across] != at[across] for index in added):
        return None
    if any(coefficient not in (1, -1) for coefficient in added.values()):
        return None
    sources = tuple((index[along], coefficient) for index, coefficient in added.items())
    return StatedSum(axis, at[along], sources, at[across], formula.text)


def _is_subtotal(entry: Entry) -> bool:
    return entry.formula is not None and any(area.subtotal for area in entry.formula.terms)
