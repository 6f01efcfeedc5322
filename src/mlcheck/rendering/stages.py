"""The stages before the verdicts: the figures and the claims that were read."""

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
CLAIMS = (N_("Place"), N_("Kind"), PRINTED, N_("Sentence"), N_("Bound to"))


def figures(name: str, facts: Facts, view: View) -> Iterator[str]:
    """Return the figures of the tables of a report, in the format `name`."""
    wording = view.wording(facts.language)
    rows = [printed for printed in printed_figures(facts) if printed.role != "claim"]
    yield _written(
        name, "figures", facts, rows, _figure_object, FIGURES, lambda p: _figure_line(p, wording), view
    )


def claims(name: str, facts: Facts, view: View) -> Iterator[str]:
    """Return the claims of the sentences of a report with what each is bound to, in the format `name`."""
    wording = view.wording(facts.language)
    known = {p.figure: p for source in (facts, facts.prior) if source for p in printed_figures(source)}
    rows = list(range(len(facts.claims)))
    yield _written(
        name,
        "claims",
        facts,
        rows,
        lambda i: _claim_object(facts, i, known, wording),
        CLAIMS,
        lambda i: _claim_line(facts, i, known, wording),
        view,
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


def _claim_line(facts: Facts, index: int, known: dict[int, Printed], wording: Wording) -> tuple[str, ...]:
    claim = facts.claims[index]
    bound = _claim_object(facts, index, known, wording)
    operands = " ; ".join(
        " + ".join(f"{operand['label']} {operand['stated']}" for operand in way) for way in bound["operands"]
    )
    return (
        place(claim.locator, wording),
        claim.kind,
        claim.quantity.printed,
        claim.text,
        operands or bound["reason"] or "",
    )


def _claim_object(facts: Facts, index: int, known: dict[int, Printed], wording: Wording) -> dict[str, Any]:
    claim, binding = facts.claims[index], facts.bindings.get(index)
    quantity = claim.quantity
    return {
        "text": claim.text,
        "location": location(claim.locator),
        "kind": claim.kind,
        "stated": plain_spaces(quantity.printed),
        "value": value(quantity.mantissa, quantity.scale, quantity.unit),
        "unit": quantity.unit,
        "direction": claim.direction,
        "hedge": claim.hedge,
        "period": claim.period,
        "reference": claim.reference,
        "subject": list(claim.subject),
        "base": list(claim.base),
        "operands": [
            [_operand(known[figure]) for figure in way if figure in known]
            for way in (binding.operands if binding else ())
        ],
        "reason": wording.say(binding.reason) if binding and binding.reason else None,
    }


def _operand(printed: Printed) -> dict[str, Any]:
    return {
        "location": location(printed.locator),
        "label": printed.label,
        "stated": plain_spaces(printed.printed),
    }
