"""What sums say of the readings chosen for rows: that they hold, or that a number ends a label."""

from __future__ import annotations

from collections.abc import Sequence

from mlcheck.extraction.flattened.figures import Tail
from mlcheck.extraction.flattened.readings import Reading, readings
from mlcheck.extraction.flattened.rows import Row
from mlcheck.extraction.flattened.sums import closeness

MOST_ROWS = 100  # of a body whose labels are tried with a number more


def adds_up(rows: Sequence[Row], combination: Sequence[Reading]) -> bool:
    """Tell whether every column that may be summed adds up, and one at least does."""
    found = closeness(rows, [reading.cells for reading in combination], last_is_total=False)
    return bool(found["exact"]) and not found["near"] and not found["far"]


def is_borne_out(rows: Sequence[Row], chosen: Sequence[Reading | None]) -> bool:
    """Tell whether every total of a body, two at least, is the sum of its parts."""
    cells = [reading.cells for reading in chosen if reading is not None]
    if len(cells) < len(chosen):
        return False
    found = closeness(rows, cells, last_is_total=False)
    return found["exact"] > 1 and not found["near"] and not found["far"]


def unless_labels(
    rows: Sequence[Row], columns: int, chosen: list[Reading | None], totals: set[int]
) -> list[Reading | None]:
    """Leave a row open whose label, did it end with a number, would make totals add up that do not: "Infra 3 128"."""
    whole = [reading for reading in chosen if reading is not None]
    if len(rows) > MOST_ROWS or not totals or len(whole) < len(chosen) or adds_up(rows, whole):
        return chosen
    for at, (row, reading) in enumerate(zip(rows, whole, strict=True)):
        if at in totals or row.tail is None or reading.taken or not _may_end_label(row, row.tail):
            continue
        others = readings(row.tail, columns, (1,)) or []
        if any(adds_up(rows, [*whole[:at], other, *whole[at + 1 :]]) for other in others):
            chosen[at] = None
    return chosen


def _may_end_label(row: Row, tail: Tail) -> bool:
    first = tail.chunks[0]
    return bool(row.label) and len(first.text) < 3 and first.text.isdigit() and not first.tokens[0].wide
