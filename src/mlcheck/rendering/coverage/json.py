"""The coverage of a report as JSON."""

from __future__ import annotations

import json as writer
from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from mlcheck.model.finding import Report
from mlcheck.rendering.coverage.mutation import Score, by_kind, by_table, joined, scores
from mlcheck.rendering.coverage.view import (
    VERDICTS,
    Blind,
    FigureRow,
    Tally,
    blind_spots,
    locator,
    tallies,
    total,
    unchecked,
)
from mlcheck.rendering.json import SCHEMA_VERSION, WHOLE_UNITS
from mlcheck.rendering.numbers import plain_spaces
from mlcheck.rendering.places import location
from mlcheck.rendering.summary import CHECKED
from mlcheck.rendering.view import View

if TYPE_CHECKING:
    import polars as pl


def json(report: Report, mutations: pl.DataFrame | None, view: View) -> Iterator[str]:
    """Return one JSON object: the tallies, all that is unchecked, all blind places, and the typing errors if any."""
    found = tallies(report)
    counted = total(found)
    written: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        "source": report.source,
        "year": report.year,
        "profile": report.profile,
        "prior": report.prior,
        "summary": {"figures": counted.total(), "checked": sum(counted[verdict] for verdict in CHECKED)}
        | {verdict: counted[verdict] for verdict in VERDICTS},
        "tables": [_tally(one) for one in found],
        "unchecked": [_figure(row, report) for row in unchecked(report)],
        "blind_spots": [_blind(one, report) for one in blind_spots(report)],
    }
    if mutations is not None:
        written["mutations"] = _mutations(report, joined(report, mutations))
    yield writer.dumps(written, ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def _tally(one: Tally) -> dict[str, Any]:
    """Write a tally; the sentences of a chapter have no table."""
    shown = {"chapter": one.chapter, "table": one.table, "title": one.title, "location": location(one.place)}
    counts = {"figures": one.figures, "checked": one.checked}
    return shown | counts | {verdict: one.verdicts[verdict] for verdict in VERDICTS}


def _figure(row: FigureRow, report: Report) -> dict[str, Any]:
    return {
        "location": location(locator(report, row)),
        "section": row["section"],
        "table": row["table"],
        "row": row["row"],
        "column": row["column"],
        "label": row["label"],
        "stated": plain_spaces(row["printed"]),
    }


def _blind(one: Blind, report: Report) -> dict[str, Any]:
    """Write a figure with how much too low and too high it could be printed; null is by any amount."""
    errors = {"too_low": _exact(one.below, one.row["unit"]), "too_high": _exact(one.above, one.row["unit"])}
    return _figure(one.row, report) | {"unit": one.row["unit"], "verdict": one.row["coverage"]} | errors


def _exact(value: Fraction | None, unit: str) -> int | float | None:
    if value is None:
        return None
    return int(value) if value.denominator == 1 and unit in WHOLE_UNITS else float(value)


def _mutations(report: Report, found: list[dict[str, Any]]) -> dict[str, Any]:
    whole = next(iter(scores(found, lambda _: None).values()), Score())
    kinds = [{"kind": kind} | _score(score) for kind, score in by_kind(found).items()]
    tables = [
        {"chapter": one.chapter, "table": one.table, "title": one.title} | _score(score)
        for one, score in by_table(report, found)
    ]
    return _score(whole) | {"kinds": kinds, "tables": tables}


def _score(score: Score) -> dict[str, Any]:
    """Write a score; `first_right` and `right_among_three` are shares of what was noticed, null where nothing was."""
    first, three = (
        round(part / score.caught, 4) if score.caught else None for part in (score.first, score.three)
    )
    return {"made": score.made, "noticed": score.caught, "first_right": first, "right_among_three": three}
