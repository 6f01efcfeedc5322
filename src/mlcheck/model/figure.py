"""Every figure of a report by its id: where it stands, what it is called, what it prints."""

from __future__ import annotations

from msgspec import Struct

from mlcheck.model.claim import Claim
from mlcheck.model.document import Locator
from mlcheck.model.facts import Facts
from mlcheck.model.quantity import Quantity
from mlcheck.model.table import Entry, Line, Table


class Place(Struct, frozen=True):
    """One figure: `row` and `column` are printed labels, `table` its table or None in prose.

    `line` and `across` are its row and its column in that table.
    """

    figure: int
    locator: Locator
    printed: str
    state: str
    quantity: Quantity | None
    section: str
    table: Table | None = None
    row: str = ""
    column: str = ""
    line: Line | None = None
    across: Line | None = None
    at: tuple[int, int] | None = None
    claim: Claim | None = None
    hidden: bool = False

    @property
    def label(self) -> str:
        """What a reader calls the figure: its row and column, or the words of its sentence."""
        if self.claim is not None:
            return self.claim.text
        return " · ".join(part for part in (self.row, self.column) if part)


def places_of(facts: Facts) -> dict[int, Place]:
    """Return the place of every figure of a report, in reading order within tables and claims."""
    places: dict[int, Place] = {}
    for table in facts.tables:
        section = " / ".join(table.sections)
        for at, entry in table.entries.items():
            places[entry.figure] = _cell(table, section, at, entry)
    for claim in facts.claims:
        places[claim.figure] = Place(
            claim.figure, claim.locator, claim.quantity.printed, "number", claim.quantity,
            " / ".join(claim.sections), claim=claim,
        )  # fmt: skip
    return places


def _cell(table: Table, section: str, at: tuple[int, int], entry: Entry) -> Place:
    row, column = table.rows[at[0]], table.columns[at[1]]
    return Place(
        entry.figure, entry.locator, entry.printed, entry.state, entry.quantity, section, table,
        row.label, " / ".join((*column.path, column.label)).strip(" /"), row, column, at, hidden=entry.hidden,
    )  # fmt: skip
