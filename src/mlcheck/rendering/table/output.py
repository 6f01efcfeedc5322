"""A table view in each format of `mlcheck table`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from mlcheck.model.amount import rounded
from mlcheck.model.table import Line
from mlcheck.rendering import listing
from mlcheck.rendering.csv import delimiter_of
from mlcheck.rendering.json import SCHEMA_VERSION
from mlcheck.rendering.layout import paint, wrap
from mlcheck.rendering.listing import Listing, escaped
from mlcheck.rendering.numbers import number, percent, plain_spaces, with_unit
from mlcheck.rendering.places import location, place
from mlcheck.rendering.table.view import TableCell, TableView, named
from mlcheck.rendering.view import View
from mlcheck.rendering.wording import Wording

FORMATS = ("terminal", "markdown", "csv", "json")


def render_table(name: str, shown: TableView, view: View, language: str) -> Iterator[str]:
    """Return the pieces of text of a table view in the format `name`."""
    wording = view.wording(language)
    if name == "json":
        yield json.dumps(_object(shown), ensure_ascii=False, indent=1) + "\n"
    elif name == "csv":
        yield listing.csv(_listing(shown, wording), delimiter_of(view.delimiter, wording))
    elif name == "markdown":
        yield f"**{escaped(_title(shown))}** — {escaped(_source(shown, wording))}\n\n"
        yield listing.markdown(_listing(shown, wording)) + "\n"
    else:
        yield from (paint(line, "bold", view) + "\n" for line in wrap(_title(shown), view.width, 0))
        yield from (line + "\n" for line in wrap(_source(shown, wording), view.width, 0))
        yield listing.terminal(_listing(shown, wording), view.width) + "\n"
        yield from _others(shown, wording, view)


def _title(shown: TableView) -> str:
    table = shown.table
    heads = [*table.sections, *([table.title] if table.title and table.title not in table.sections else [])]
    return " / ".join(heads) or table.name


def _source(shown: TableView, wording: Wording) -> str:
    parts = [shown.source, place(shown.table.locator, wording)]
    if shown.year is not None:
        parts.insert(1, wording.say("report of {year}", {"year": shown.year}))
    return " · ".join(parts)


def _others(shown: TableView, wording: Wording, view: View) -> Iterator[str]:
    if shown.others:
        names = " ; ".join(named(table) for table in shown.others)
        text = wording.say("Also in this section: {names}", {"names": names})
        yield from (line + "\n" for line in wrap(text, view.width, 0, 2))


def _listing(shown: TableView, wording: Wording) -> Listing:
    heads = [shown.dimension or ""]
    for index in range(len(shown.columns)):
        heads.extend(_heads(shown, index, wording))
    rows = []
    for i, row in enumerate(shown.rows):
        texts = [" · ".join((*row.path, row.label))]
        for j in range(len(shown.columns)):
            texts.extend(_texts(shown, i, j, wording))
        rows.append(tuple(texts))
    return Listing(tuple(heads), tuple(rows), frozenset(range(1, len(heads))))


def _heads(shown: TableView, index: int, wording: Wording) -> Iterator[str]:
    column = shown.columns[index]
    yield " · ".join((*column.path, column.label)) or wording.say("Figure")
    if shown.shared(index):
        yield wording.say("Share")
    if shown.compared and index in shown.detailed:
        yield str(shown.former_year) if shown.former_year is not None else wording.say("Year before")
        yield wording.say("Change")
    elif index in shown.grown:
        yield wording.say("Change")


def _texts(shown: TableView, i: int, j: int, wording: Wording) -> Iterator[str]:
    cell = shown.cells[i, j]
    yield cell.stated
    if shown.shared(j):
        yield "" if cell.share is None else percent(cell.share, wording.language)
    if shown.compared and j in shown.detailed:
        yield cell.former or ""
        yield _change(cell, shown.columns[j], wording)
    elif j in shown.grown:
        yield _change(cell, shown.columns[j], wording)


def _change(cell: TableCell, column: Line, wording: Wording) -> str:
    if cell.growth is None:
        return ""
    if column.unit in ("%", "‰"):
        text = number(cell.growth, wording.language, 1)
        return with_unit(text if text.startswith("-") else f"+{text}", wording.say("pts"), wording.language)
    return percent(cell.growth, wording.language, signed=True)


def _object(shown: TableView) -> dict[str, Any]:
    table = shown.table
    return {
        "schema_version": SCHEMA_VERSION,
        "source": shown.source,
        "year": shown.year,
        "former_year": shown.former_year if shown.compared else None,
        "section": " / ".join(table.sections),
        "table": table.identity or table.name,
        "title": table.title,
        "dimension": shown.dimension,
        "location": location(table.locator),
        "columns": [
            {"label": " · ".join((*column.path, column.label)), "unit": column.unit, "role": column.role}
            for column in shown.columns
        ],
        "rows": [
            {
                "label": " · ".join((*row.path, row.label)),
                "member": row.member,
                "role": row.role,
                "cells": [_cell(shown.cells[i, j]) for j in range(len(shown.columns))],
            }
            for i, row in enumerate(shown.rows)
        ],
        "others": [named(other) for other in shown.others],
    }


def _cell(cell: TableCell) -> dict[str, Any]:
    return {
        "location": location(cell.locator) if cell.locator else None,
        "stated": plain_spaces(cell.stated),
        "value": _number(cell.value),
        "share": _rate(cell.share),
        "former": None if cell.former is None else plain_spaces(cell.former),
        "former_value": _number(cell.former_value),
        "growth": _rate(cell.growth),
    }


def _number(value: Fraction | None) -> int | float | None:
    if value is None:
        return None
    return value.numerator if value.denominator == 1 else float(value)


def _rate(value: Fraction | None) -> float | None:
    """A ratio to four decimals: 0.4934."""
    return None if value is None else rounded(value, 4) / 10**4
