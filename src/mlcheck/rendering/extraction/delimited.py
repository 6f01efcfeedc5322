"""A folder of csv files: the figures, the claims, and what was not understood."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from mlcheck.model.document import Grid
from mlcheck.model.facts import Facts
from mlcheck.rendering.csv import lines
from mlcheck.rendering.extraction.records import (
    CLAIM,
    FIGURE,
    UNCLEAR,
    Record,
    claim_records,
    figure_records,
    unclear_records,
    written,
)
from mlcheck.rendering.unseen import plain
from mlcheck.rendering.wording import Wording


def csv_files(facts: Facts, _sheets: Sequence[Grid], wording: Wording) -> dict[str, bytes]:
    """Return the csv files of a report by their names; a text that a spreadsheet would run is made inert."""
    return {
        "figures.csv": _file(FIGURE, figure_records(facts)),
        "claims.csv": _file(CLAIM, claim_records(facts)),
        "not_understood.csv": _file(UNCLEAR, unclear_records(facts, wording)),
    }


def _file(keys: Sequence[str], records: Iterable[Record]) -> bytes:
    rows = ([_cell(value) for value in record.values()] for record in records)
    return (lines([keys]) + lines(rows)).encode("utf-8", "replace")


def _cell(value: object) -> object:
    """Return a value as csv holds it: exact digits, true or false, text on one line, a box as four numbers."""
    if isinstance(value, Decimal):
        return written(value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, list):
        return " ".join(map(str, value))
    return value
