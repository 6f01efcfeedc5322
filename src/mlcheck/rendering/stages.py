"""The stage before the verdicts: the figures that were read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from msgspec import Struct

from mlcheck.model.document import Locator
from mlcheck.model.facts import Facts
from mlcheck.model.quantity import Quantity
from mlcheck.rendering import listing
from mlcheck.rendering.csv import delimiter_of
from mlcheck.rendering.json import SCHEMA_VERSION, value
from mlcheck.rendering.listing import Listing
from mlcheck.rendering.numbers import plain_spaces
from mlcheck.rendering.places import location, place
from mlcheck.rendering.view import View
from mlcheck.rendering.wording import Wording
from mlcheck.translation import N_

FORMATS = ("terminal", "json", "csv", "markdown")
PRINTED = N_("Printed")
FIGURES = (N_("Place"), N_("Table"), N_("Row"), N_("Column"), PRINTED, N_("Unit"), N_("Role"))


UNITS: dict[str, str] = {"count": N_("count"), "points": N_("points"), "ratio": N_("ratio")}
ROLES: dict[str, str] = {
    "part": N_("part"), "total": N_("total"), "of_which": N_("of which"), "title": N_("title"), "share": N_("share"),
    "variation": N_("variation"), "mean": N_("mean"), "other": N_("other"), "note": N_("note"),
}  # fmt: skip


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


def figures(name: str, facts: Facts, view: View) -> Iterator[str]:
    """Return the figures of the tables of a report, in the format `name`."""
    wording = view.wording(facts.language)
    rows = [printed for printed in _printed_figures(facts) if printed.role != "claim"]
    said = name != "csv"
    yield _written(
        name, "figures", facts, rows, _figure_object, FIGURES, lambda p: _figure_line(p, wording, said), view
    )


def _written(
    name: str,
    key: str,
    facts: Facts,
    rows: list,
    to_object: Callable[[Any], dict[str, Any]],
    head: tuple[str, ...],
    to_line: Callable[[Any], tuple[str, ...]],
    view: View,
) -> str:
    if name == "json":
        whole = {"schema_version": SCHEMA_VERSION, "source": facts.source, "year": facts.year}
        return (
            json.dumps(whole | {key: [to_object(row) for row in rows]}, ensure_ascii=False, indent=1) + "\n"
        )
    wording = view.wording(facts.language)
    shown = Listing(
        tuple(wording.say(title) for title in head),
        tuple(to_line(row) for row in rows),
        frozenset({head.index(PRINTED)}),
    )
    if name == "csv":
        return listing.csv(shown, delimiter_of(view.delimiter, wording))
    return (listing.markdown(shown) if name == "markdown" else listing.terminal(shown, view.width)) + "\n"


def _figure_line(printed: Printed, wording: Wording, said: bool) -> tuple[str, ...]:
    """Return a figure as a row of the list; its unit and role are `said` in words to a reader, and stay keys as data."""
    unit = printed.quantity.unit if printed.quantity else ""
    return (
        place(printed.locator, wording),
        printed.table or "",
        printed.row or "",
        printed.column or "",
        printed.printed,
        wording.say(UNITS[unit]) if said and unit in UNITS else unit,
        wording.say(ROLES[printed.role]) if said else printed.role,
    )


def _figure_object(printed: Printed) -> dict[str, Any]:
    quantity = printed.quantity
    return {
        "location": location(printed.locator),
        "section": printed.section,
        "table": printed.table,
        "row": printed.row,
        "column": printed.column,
        "role": printed.role,
        "state": printed.state,
        "stated": plain_spaces(printed.printed),
        "value": value(quantity.mantissa, quantity.scale, quantity.unit) if quantity else None,
        "half_unit": value(quantity.half, quantity.scale, "count") if quantity else None,
        "unit": quantity.unit if quantity else None,
    }


# Every printed number of the facts of a report, wherever it stands.


def _printed_figures(facts: Facts) -> Iterator[Printed]:
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
