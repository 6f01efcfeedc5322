"""What was read in a report as one JSON object: its tables with their figures, and its claims."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from mlcheck.model.document import Grid
from mlcheck.model.facts import Facts
from mlcheck.model.table import Line
from mlcheck.rendering.extraction.records import (
    PLACE,
    Record,
    claim_records,
    table_records,
    unclear_records,
    written,
)
from mlcheck.rendering.json import SCHEMA_VERSION
from mlcheck.rendering.places import location
from mlcheck.rendering.wording import Wording

ABOVE = ("report", "year", "section", "table", "identity", "title")  # said once of a whole table


def json_object(facts: Facts, _sheets: Sequence[Grid], wording: Wording) -> dict[str, bytes]:
    """Return one JSON object in UTF-8; docs/extract.md tells its keys. Values are exact decimal strings."""
    whole = {
        "schema_version": SCHEMA_VERSION,
        "source": facts.source,
        "year": facts.year,
        "profile": facts.profile.name if facts.profile else None,
        "tables": list(_tables(facts)),
        "claims": [_object(record, ("report", "year")) for record in claim_records(facts)],
        "not_understood": [_object(record, ("report",)) for record in unclear_records(facts, wording)],
    }
    return {"": (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")}


def _tables(facts: Facts) -> Iterator[Record]:
    for table in facts.tables:
        yield {
            "table": table.name,
            "identity": table.identity,
            "section": list(table.sections),
            "title": table.title,
            "headnote": table.headnote,
            "hidden": table.hidden,
            "location": location(table.locator),
            "rows": [_line(line) for line in table.rows],
            "columns": [_line(line) for line in table.columns],
            "figures": [_object(record, ABOVE) for record in table_records(facts, table)],
        }


def _line(line: Line) -> Record:
    return {
        "label": line.label,
        "path": list(line.path),
        "role": line.role,
        "unit": line.unit,
        "dimension": line.dimension,
        "member": line.member,
        "measure": line.measure,
        "counts": line.counts,
        "year": line.year,
        "hidden": line.hidden,
    }


def _object(record: Record, without: Sequence[str]) -> Record:
    """Return a record for JSON, its place as one object like everywhere else."""
    shown: Record = {k: _value(v) for k, v in record.items() if k not in without and k not in PLACE}
    return shown | {"location": {key: record[key] for key in PLACE}}


def _value(value: object) -> Any:
    return written(value) if isinstance(value, Decimal) else value
