"""A table over agencies and years in each format of `mlcheck table`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from mlcheck.rendering import listing
from mlcheck.rendering.json import SCHEMA_VERSION
from mlcheck.rendering.layout import paint, wrap
from mlcheck.rendering.listing import Listing, escaped
from mlcheck.rendering.numbers import number, with_unit
from mlcheck.rendering.table.across import AcrossCell, AcrossColumn, AcrossView
from mlcheck.rendering.view import View
from mlcheck.rendering.wording import Wording
from mlcheck.translation import N_

NEVER = N_("Never added up, since they are shares, means or rates of several agencies: {names}")
UNKNOWN = N_("{sum} (+ {n} not known)")
UNLIKE = N_("{sum} (+ {n} that print two values)")


def render_across(name: str, shown: AcrossView, view: View) -> Iterator[str]:
    """Return the pieces of text of a table over agencies and years in the format `name`."""
    wording = view.wording(view.language or "fr")
    if name == "json":
        yield json.dumps(_object(shown), ensure_ascii=False, indent=1) + "\n"
    elif name == "csv":
        yield listing.csv(_listing(shown, wording))
    elif name == "markdown":
        yield f"**{escaped(shown.title)}** — {escaped(_source(shown, wording))}\n\n"
        yield listing.markdown(_listing(shown, wording)) + "\n"
        yield from (f"\n{escaped(line)}\n" for line in _notes(shown, wording))
    else:
        yield from (paint(line, "bold", view) + "\n" for line in wrap(shown.title, view.width, 0))
        yield from (line + "\n" for line in wrap(_source(shown, wording), view.width, 0))
        yield listing.terminal(_listing(shown, wording), view.width) + "\n"
        yield from (line + "\n" for note in _notes(shown, wording) for line in wrap(note, view.width, 0, 2))


def _source(shown: AcrossView, wording: Wording) -> str:
    counts = (
        wording.plural("{n} report", "{n} reports", shown.reports),
        wording.plural("{n} agency", "{n} agencies", shown.agencies),
    )
    return " · ".join((shown.store, *counts, ", ".join(_year(year) for year in shown.years)))


def _year(year: int | None) -> str:
    return "–" if year is None else str(year)


def _listing(shown: AcrossView, wording: Wording) -> Listing:
    dated = len({column.year for column in shown.columns}) > 1
    heads = [_head(column, dated) for column in shown.columns]
    rows = [
        (label, *(_text(shown.cells.get((i, j)), column, wording) for j, column in enumerate(shown.columns)))
        for i, label in enumerate(shown.rows)
    ]
    counts = (max((shown.cells[i, j].agencies for i in range(len(shown.rows)) if (i, j) in shown.cells), default=0)
              for j in range(len(shown.columns)))  # fmt: skip
    rows.append((wording.say("Agencies"), *(number(n, wording.language) for n in counts)))
    return Listing((shown.dimension or "", *heads), tuple(rows), frozenset(range(1, len(heads) + 1)))


def _head(column: AcrossColumn, dated: bool) -> str:
    return f"{column.label} · {_year(column.year)}" if dated else column.label


def _text(cell: AcrossCell | None, column: AcrossColumn, wording: Wording) -> str:
    """Return a sum, and of how many agencies it is not known; nothing where there is none."""
    if cell is None:
        return ""
    text = "–"
    if cell.value is not None:
        text = with_unit(number(cell.value, wording.language), column.unit or "count", wording.language)
    if cell.unknown:
        text = wording.say(UNKNOWN, {"sum": text, "n": cell.unknown})
    return wording.say(UNLIKE, {"sum": text, "n": cell.unlike}) if cell.unlike else text


def _notes(shown: AcrossView, wording: Wording) -> Iterator[str]:
    if shown.left_out:
        yield wording.say(NEVER, {"names": " ; ".join(shown.left_out)})
    if shown.others:
        yield wording.say("Also in this section: {names}", {"names": " ; ".join(shown.others)})


def _object(shown: AcrossView) -> dict[str, Any]:
    return {
        "schema_version": SCHEMA_VERSION,
        "store": shown.store,
        "title": shown.title,
        "dimension": shown.dimension,
        "reports": shown.reports,
        "agencies": shown.agencies,
        "years": list(shown.years),
        "columns": [
            {"label": one.label, "unit": one.unit or None, "year": one.year, "added": one.added}
            for one in shown.columns
        ],
        "rows": [
            {
                "label": label,
                "total": i == shown.whole,
                "cells": [_cell(shown.cells.get((i, j))) for j in range(len(shown.columns))],
            }
            for i, label in enumerate(shown.rows)
        ],
        "never_added": list(shown.left_out),
        "others": list(shown.others),
    }


def _cell(cell: AcrossCell | None) -> dict[str, Any] | None:
    if cell is None:
        return None
    value: int | float | None = None
    if cell.value is not None:
        value = cell.value.numerator if cell.value.denominator == 1 else float(cell.value)
    return {"value": value, "agencies": cell.agencies, "unknown": cell.unknown, "unlike": cell.unlike}
