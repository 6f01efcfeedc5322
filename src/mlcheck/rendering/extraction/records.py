"""What was read in a report as records, one a figure and one a claim, each with its place.

A record has every key of its kind; what does not apply is None. Numbers are Decimals, in the unit named.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Context, Decimal
from typing import Any

from mlcheck.model.claim import Claim
from mlcheck.model.document import Locator, NotUnderstood
from mlcheck.model.facts import Facts
from mlcheck.model.quantity import Quantity
from mlcheck.model.table import Entry, Line, Note, Table
from mlcheck.rendering.places import location
from mlcheck.rendering.wording import Wording

PLACE = ("file", "sheet", "cell", "page", "box", "slide", "shape", "line")
SOURCE = ("id", "report", "year", "section")
VALUE = ("printed", "value", "half_unit", "unit")
FIGURE = (
    *SOURCE, "table", "identity", "title", "row_path", "row", "row_dimension", "row_member", "row_measure",
    "column_path", "column", "column_dimension", "column_member", "column_measure", "role", "state", *VALUE,
    "period", "hidden", *PLACE,
)  # fmt: skip
CLAIM = (
    *SOURCE, "kind", *VALUE, "direction", "hedge", "period", "reference", "of", "sentence", "start", "end", *PLACE,
)  # fmt: skip
UNCLEAR = ("report", "reason", *PLACE)

EXACT = Context(prec=100)
OVER = " > "
Record = dict[str, Any]


def figure_records(facts: Facts) -> Iterator[Record]:
    """Yield a record for each body cell of the tables, blanks too, and for each figure of their notes."""
    for table in facts.tables:
        yield from table_records(facts, table)


def table_records(facts: Facts, table: Table) -> Iterator[Record]:
    """Yield the records of one table."""
    above = _source(facts, table.sections)
    above |= {"table": table.name, "identity": table.identity, "title": table.title}
    for (i, j), entry in sorted(table.entries.items()):
        yield _record(FIGURE, above | _entry(table.rows[i], table.columns[j], entry))
    for note in table.notes:
        yield _record(FIGURE, above | _note(table, note))


def claim_records(facts: Facts) -> Iterator[Record]:
    """Yield a record for each number that a sentence asserts; `of` is the id of the claim that it qualifies."""
    for claim in facts.claims:
        of = None if claim.of is None else facts.claims[claim.of].figure
        yield _record(CLAIM, _source(facts, claim.sections) | _claim(claim) | {"of": of})


def unclear_records(facts: Facts, wording: Wording) -> Iterator[Record]:
    """Yield a record for each block or cell that was seen and could not be used."""
    for unclear in facts.not_understood:
        yield _record(UNCLEAR, {"report": facts.source} | _unclear(unclear, wording))


def _record(keys: tuple[str, ...], values: Record) -> Record:
    return {key: values.get(key) for key in keys}


def _source(facts: Facts, sections: tuple[str, ...]) -> Record:
    return {"report": facts.source, "year": facts.year, "section": OVER.join(sections)}


def _entry(row: Line, column: Line, entry: Entry) -> Record:
    role = next((line.role for line in (column, row) if line.role != "part"), "part")
    return {
        "id": entry.figure,
        "role": role,
        "state": entry.state,
        "printed": entry.printed,
        "period": column.year if column.year is not None else row.year,
        "hidden": entry.hidden or row.hidden or column.hidden,
        **_line("row", row),
        **_line("column", column),
        **_quantity(entry.quantity),
        **_place(entry.locator),
    }


def _line(axis: str, line: Line) -> Record:
    return {
        axis: line.label,
        f"{axis}_path": OVER.join(line.path),
        f"{axis}_dimension": line.dimension,
        f"{axis}_member": line.member,
        f"{axis}_measure": line.measure,
    }


def _note(table: Table, note: Note) -> Record:
    known: Record = {"id": note.figure, "row": note.text, "role": "note", "state": "number"}
    known |= {"printed": note.quantity.printed, "hidden": table.hidden}
    return known | _quantity(note.quantity) | _place(note.locator)


def _claim(claim: Claim) -> Record:
    return {
        "id": claim.figure,
        "kind": claim.kind,
        "printed": claim.quantity.printed,
        "direction": claim.direction,
        "hedge": claim.hedge,
        "period": claim.period,
        "reference": claim.reference,
        "sentence": claim.text,
        "start": claim.start,
        "end": claim.end,
        **_quantity(claim.quantity),
        **_place(claim.locator),
    }


def _unclear(unclear: NotUnderstood, wording: Wording) -> Record:
    return {"reason": wording.say(unclear.reason, unclear.values)} | _place(unclear.locator)


def _quantity(quantity: Quantity | None) -> Record:
    if quantity is None:
        return {}
    return {
        "value": exact(quantity.mantissa, quantity.scale),
        "half_unit": exact(quantity.half, quantity.scale),
        "unit": quantity.unit,
    }


def exact(mantissa: int, scale: int) -> Decimal:
    """Return mantissa / 10**scale with no more decimals than it needs."""
    number = Decimal(mantissa).scaleb(-scale, EXACT)
    whole = number.to_integral_value(context=EXACT)
    return whole if whole == number else number.normalize(EXACT)


def written(number: Decimal) -> str:
    """Return a number in digits, with a point: "10029", "49.5", never an exponent."""
    return f"{number:f}"


def _place(locator: Locator) -> Record:
    return dict(location(locator))
