"""One parquet file: every printed number of the tables and of the sentences, one a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any

from mlcheck.model.document import Grid, Locator
from mlcheck.model.errors import MlcheckError
from mlcheck.model.facts import Facts
from mlcheck.rendering.extraction.records import CLAIM, FIGURE, Record, claim_records, figure_records
from mlcheck.rendering.places import place
from mlcheck.rendering.wording import Wording
from mlcheck.translation import N_

DIGITS, DECIMALS = 38, 18  # of a parquet decimal; numbers are read up to 18 digits
TOO_FINE = N_(
    "{file} prints more than 18 decimals at {place}, which parquet does not hold: extract to .json."
)
COLUMNS = (*FIGURE, *(key for key in CLAIM if key not in FIGURE))
WHOLE = ("id", "year", "period", "reference", "of", "start", "end", "page", "slide", "line")
EXACT = ("value", "half_unit")


def parquet(facts: Facts, _sheets: Sequence[Grid], wording: Wording) -> dict[str, bytes]:
    """Return the figures and the claims as one frame; `kind` is null of those that no sentence asserts.

    A figure of a note under a table is asserted by a sentence too, and has one row with the keys of both.
    Raises MlcheckError for a number with more decimals than fit.
    """
    import polars as pl

    records = list(_records(facts))
    for record in records:
        _require_decimals(record, wording)
    schema = {key: _type(key) for key in COLUMNS}
    columns = {key: [_storable(record.get(key)) for record in records] for key in COLUMNS}
    stream = BytesIO()
    pl.DataFrame(columns, schema=schema).write_parquet(stream)
    return {"": stream.getvalue()}


def _records(facts: Facts) -> Iterator[Record]:
    claims = {record["id"]: record for record in claim_records(facts)}
    for record in figure_records(facts):
        yield claims.pop(record["id"], {}) | {k: v for k, v in record.items() if v is not None}
    for record in claims.values():
        yield record | {"role": "claim", "state": "number", "hidden": False}


def _require_decimals(record: Record, wording: Wording) -> None:
    for number in (record.get(key) for key in EXACT):
        if isinstance(number, Decimal) and -int(number.as_tuple().exponent) > DECIMALS:
            keys: Record = {key: record.get(key) for key in Locator.__struct_fields__}
            where = Locator(**keys)
            raise MlcheckError(TOO_FINE, file=record["file"], place=place(where, wording))


def _storable(value: Any) -> Any:
    """Return a value as UTF-8 can hold it."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


def _type(key: str) -> Any:
    import polars as pl

    if key in EXACT:
        return pl.Decimal(DIGITS, DECIMALS)
    if key in WHOLE:
        return pl.Int64
    if key == "box":
        return pl.List(pl.Float64)
    return pl.Boolean if key == "hidden" else pl.String
