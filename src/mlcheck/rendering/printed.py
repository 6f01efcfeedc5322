"""Every printed number of the facts of a report, wherever it stands."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from mlcheck.model.document import Locator
from mlcheck.model.facts import Facts
from mlcheck.model.quantity import Quantity


class Printed(Struct, frozen=True):
    """A printed number of a report, wherever it stands."""

    figure: int
    locator: Locator
    section: str
    table: str | None
    row: str | None
    column: str | None
    role: str
    state: str
    printed: str
    quantity: Quantity | None

    @property
    def label(self) -> str:
        """Its row and its column."""
        return " · ".join(part for part in (self.row, self.column) if part)


def printed_figures(facts: Facts) -> Iterator[Printed]:
    """Return every printed number of a report: cells and notes of its tables, then its claims."""
    for table in facts.tables:
        section, name = " / ".join(table.sections), table.identity or table.name
        for (i, j), entry in sorted(table.entries.items()):
            row, column = table.rows[i], table.columns[j]
            role = next((line.role for line in (column, row) if line.role != "part"), "part")
            yield Printed(
                entry.figure,
                entry.locator,
                section,
                name,
                " · ".join((*row.path, row.label)),
                " · ".join((*column.path, column.label)),
                role,
                entry.state,
                entry.printed,
                entry.quantity,
            )
        for note in table.notes:
            yield Printed(
                note.figure,
                note.locator,
                section,
                name,
                note.text,
                None,
                "note",
                "number",
                note.quantity.printed,
                note.quantity,
            )
    for claim in facts.claims:
        yield Printed(
            claim.figure,
            claim.locator,
            " / ".join(claim.sections),
            None,
            claim.text,
            None,
            "claim",
            "number",
            claim.quantity.printed,
            claim.quantity,
        )
