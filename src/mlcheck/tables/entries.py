"""Read the body cells of a layout: numbers with their exact value, marks, blanks and errors."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from msgspec.structs import replace

from mlcheck.language.characters import visible
from mlcheck.language.formula import parse_formula
from mlcheck.language.numeral import Convention, convention_of, parse, quantity, with_unit
from mlcheck.layout.sheet import At, Sheet
from mlcheck.model.document import Cell
from mlcheck.model.formula import CellFormula
from mlcheck.model.quantity import Quantity, Unit
from mlcheck.model.table import Entry, State
from mlcheck.tables.stub_and_boxhead import Layout, repeats_head, state_cells

MAGNITUDES = (1, 1000, 10**6, 10**9)  # what a printed unit may multiply the number displayed by


def read_entries(sheet: Sheet, layout: Layout, ids: Iterator[int]) -> dict[At, Entry]:
    """Return the entry of every body position of a layout, by sheet row and column."""
    texts = [
        sheet.grid.cells[at].text
        for at, kind in state_cells(sheet, layout)
        if kind == "number" and _is_text(sheet, at)
    ]
    convention = convention_of(texts)
    entries: dict[At, Entry] = {}
    for at, kind in state_cells(sheet, layout):
        cell = sheet.cell(at)
        number = _number(cell, convention) if cell is not None and kind == "number" else None
        state: State = "blank"
        if number is not None:
            state = "number"
        elif kind in ("nil", "unknown", "error"):
            state = kind
        elif cell is not None and not repeats_head(sheet, layout, at):
            state = "unknown"
        entries[at] = Entry(
            next(ids), state, visible(cell.text).strip() if cell and state != "blank" else "", sheet.grid.locate(*at), number,
            bool(cell and cell.hidden), cell.stored if cell else None,
            _formula(cell.formula) if cell and cell.formula else None,
        )  # fmt: skip
    return entries


def _formula(text: str) -> CellFormula:
    """Return the relation that a formula states, so that what is computed in any way is known from what is typed."""
    return parse_formula(text) or CellFormula("other", text, ())


def _is_text(sheet: Sheet, at: At) -> bool:
    return sheet.grid.cells[at].number is None


def _number(cell: Cell, convention: Convention) -> Quantity | None:
    """Return the quantity of a cell: of its text, where that prints the number it stores; else of the number."""
    found = _read(cell, convention)
    if found is None or not cell.rounded or found.half:
        return found
    return replace(found, mantissa=found.mantissa * 10, half=5, scale=found.scale + 1)


def _read(cell: Cell, convention: Convention) -> Quantity | None:
    if cell.number is None:
        return parse(cell.text, convention) or parse(cell.text, "en" if convention == "fr" else "fr")
    unit: Unit | None = None
    for reading in ("fr", "en"):
        found = parse(cell.text, reading)
        if found is not None and _prints(found, cell.number):
            return found
        unit = unit or (found.unit if found else None)
    digits = f"{abs(cell.number):f}".replace(".", ",")
    return quantity(cell.text.strip(), digits=digits, sign=-1 if cell.number < 0 else 1, unit=unit or "count")


def _prints(found: Quantity, stored: Decimal) -> bool:
    value = Decimal(found.mantissa).scaleb(-found.scale)
    return any(value == stored * factor for factor in MAGNITUDES)


def under_heading(entry: Entry, unit: Unit, magnitude: int) -> Entry:
    """Return the entry as its heading makes it read: plain numbers under "%" are percentages."""
    number = entry.quantity
    if number is None or number.unit != "count" or (unit == "count" and magnitude == 1):
        return entry
    rate = unit in ("%", "‰", "points")
    again = with_unit(number, unit, 1 if rate else magnitude)
    return replace(entry, quantity=again)
