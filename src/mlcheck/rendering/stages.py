"""The stage before the verdicts: the figures that were read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from mlcheck.model.facts import Facts
from mlcheck.rendering import listing
from mlcheck.rendering.json import SCHEMA_VERSION, value
from mlcheck.rendering.listing import Listing
from mlcheck.rendering.numbers import plain_spaces
from mlcheck.rendering.places import location, place
from mlcheck.rendering.printed import Printed, printed_figures
from mlcheck.rendering.view import View
from mlcheck.rendering.wording import Wording
from mlcheck.translation import N_

FORMATS = ("terminal", "json", "csv", "markdown")
PRINTED = N_("Printed")
FIGURES = (N_("Place"), N_("Table"), N_("Row"), N_("Column"), PRINTED, N_("Unit"), N_("Role"))


def figures(name: str, facts: Facts, view: View) -> Iterator[str]:
    """Return the figures of the tables of a report, in the format `name`."""
    wording = view.wording(facts.language)
    rows = [printed for printed in printed_figures(facts) if printed.role != "claim"]
    yield _written(
        name, "figures", facts, rows, _figure_object, FIGURES, lambda p: _figure_line(p, wording), view
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
        return listing.csv(shown)
    return (listing.markdown(shown) if name == "markdown" else listing.terminal(shown, view.width)) + "\n"


def _figure_line(printed: Printed, wording: Wording) -> tuple[str, ...]:
    unit = printed.quantity.unit if printed.quantity else ""
    return (
        place(printed.locator, wording),
        printed.table or "",
        printed.row or "",
        printed.column or "",
        printed.printed,
        unit,
        printed.role,
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
