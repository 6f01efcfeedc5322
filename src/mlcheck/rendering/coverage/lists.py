"""The coverage of a report as Markdown and as comma-separated values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mlcheck.model.finding import Report
from mlcheck.rendering import closing
from mlcheck.rendering.coverage.mutation import joined, listings, summary
from mlcheck.rendering.coverage.terminal import NAMES, passing, percent
from mlcheck.rendering.coverage.view import (
    VERDICTS,
    FigureRow,
    Tally,
    blind_spots,
    locator,
    rows,
    tallies,
    unchecked,
)
from mlcheck.rendering.csv import LOCATION, lines
from mlcheck.rendering.listing import Listing, escaped
from mlcheck.rendering.listing import markdown as listed
from mlcheck.rendering.numbers import number, plain_spaces
from mlcheck.rendering.places import location, place
from mlcheck.rendering.terminal import heading
from mlcheck.rendering.view import View
from mlcheck.rendering.wording import Wording

if TYPE_CHECKING:
    import polars as pl

FIGURE = ("chapter", "section", "table", "title", "row", "column", "label", *LOCATION, "stated", "unit")
COVERED = (*FIGURE, "verdict", "constraints", "too_low", "too_high")
MUTATED = (*FIGURE, "kind", "mistyped", "noticed", "first_right", "right_among_three")


def markdown(report: Report, mutations: pl.DataFrame | None, view: View) -> Iterator[str]:
    """Return the coverage as tables: by table, what is unchecked, the blind places, and the typing errors if any."""
    wording = view.wording(report.language)
    yield "\n\n".join(_blocks(report, mutations, wording)) + "\n"


def _blocks(report: Report, mutations: pl.DataFrame | None, wording: Wording) -> Iterator[str]:
    yield f"# {escaped(' · '.join(heading(report, wording)))}"
    yield escaped(closing.figures(report, wording))
    names = (wording.say(NAMES[verdict]) for verdict in VERDICTS)
    head = (
        wording.say("Chapter"),
        wording.say("Table"),
        wording.say("Place"),
        *names,
        wording.say("checked"),
    )
    found = tuple(_tally(one, wording) for one in tallies(report))
    yield listed(Listing(head, found, frozenset(range(3, 8))))
    head = (wording.say("Place"), wording.say("Figure"), wording.say("Printed"))
    if left := unchecked(report):
        yield f"## {wording.say('Without any check')}"
        yield listed(Listing(head, tuple(_figure(row, report, wording) for row in left), frozenset({2})))
    if blind := blind_spots(report):
        yield f"## {wording.say('Errors that would pass unnoticed, the largest first')}"
        shown = tuple((*_figure(one.row, report, wording), passing(one, wording)) for one in blind)
        yield listed(Listing((*head, ""), shown, frozenset({2})))
    if mutations is not None:
        made = joined(report, mutations)
        yield f"## {wording.say('Typing errors')}"
        yield escaped(summary(made, wording))
        yield from (listed(listing) for listing in listings(report, made, wording))


def _tally(one: Tally, wording: Wording) -> tuple[str, ...]:
    name = one.title if one.table else wording.say("sentences")
    counts = (number(one.verdicts[verdict], wording.language) for verdict in VERDICTS)
    where = place(one.place, wording) if one.table else ""
    return one.chapter, name, where, *counts, percent(one.verdicts, wording)


def _figure(row: FigureRow, report: Report, wording: Wording) -> tuple[str, ...]:
    return place(locator(report, row), wording), row["label"], row["printed"]


def csv(report: Report, mutations: pl.DataFrame | None, view: View) -> Iterator[str]:
    """Return a line a figure with its verdict and blind spot; where typing errors were made, a line each instead.

    An error is empty where the figure is not checked, and "any" where it has no limit.
    """
    if mutations is None:
        yield lines([COVERED])
        yield lines((*_cells(row, report), *_verdict(row)) for row in rows(report))
        return
    yield lines([MUTATED])
    made = ("kind", "mistyped", "caught", "first", "three")
    yield lines((*_cells(row, report), *(row[key] for key in made)) for row in joined(report, mutations))


def _cells(row: FigureRow, report: Report) -> list[object]:
    where = location(locator(report, row)) | {"stated": plain_spaces(row["printed"])}
    return [where[key] if key in where else row[key] for key in FIGURE]


def _verdict(row: FigureRow) -> list[object]:
    checked = row["coverage"] in ("proven", "bounded")
    errors = ["" if not checked else "any" if row[end] is None else row[end] for end in ("below", "above")]
    return [row["coverage"], row["constraints"], *errors]
