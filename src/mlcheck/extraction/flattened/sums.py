"""Whether the rows of a body add up to its total, in one reading of its figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from typing import Literal

from mlcheck.extraction.flattened.readings import Printed, is_additive, unit_of, value_of
from mlcheck.extraction.flattened.rows import Row
from mlcheck.extraction.tables.roles import is_bare_total, is_dont, is_total

Closeness = Literal["exact", "near", "far", "open"]
NEAR = Fraction(1, 5)  # of the total: a printing error changes it by less, a wrong grouping by more


def sums_of(rows: Sequence[Row]) -> list[tuple[int, list[int]]]:
    """Return each total of a body with the rows that it sums, by index.

    A total sums the rows since the total or title before it; a first row sums all that follow. A bare total
    after others ("Total général") sums those.
    """
    found: list[tuple[int, list[int]]] = []
    since: list[int] = []
    opened = False
    for i, row in enumerate(rows):
        if row.tail is None:
            since, opened = [], True
        elif not is_total(row.text):
            since += [] if is_dont(row.text) else [i]
        elif i == 0:
            parts = parts_of(rows, i)
            return [(i, parts)] if len(parts) > 1 and is_bare_total(row.text) else []
        else:
            parts = since if len(since) > 1 else [t for t, _ in found]
            if len(parts) > 1 and not (opened and is_bare_total(row.text) and i == len(rows) - 1):
                found.append((i, parts))
            since = []
    return found


def parts_of(rows: Sequence[Row], total: int) -> list[int]:
    """Return the rows of a body that are no total and no part of another."""
    return [
        i for i, row in enumerate(rows)
        if i != total and row.tail is not None and not is_total(row.text) and not is_dont(row.text)
    ]  # fmt: skip


def column_closeness(cells: Sequence[tuple[Printed, ...]], total: tuple[Printed, ...], at: int) -> Closeness:
    """Tell how near the total of one column is to the sum of its parts."""
    column = [row[at] for row in cells if len(row) > at]
    if len(column) < 2 or not all(is_additive(unit_of(cell)) for cell in (*column, total[at])):
        return "open"
    values = [value_of(cell) for cell in column]
    whole = value_of(total[at])
    if whole is None or any(v is None for v in values):
        return "open"
    gap = abs(sum((v for v in values if v is not None), Fraction(0)) - whole)
    if gap == 0:
        return "exact" if whole else "open"
    if any(value is not None and value.denominator > 1 for value in values):
        return "open"  # a mean, which no total sums
    return "near" if gap <= abs(whole) * NEAR else "far"


def is_mixed(cells: Sequence[tuple[Printed, ...]]) -> bool:
    """Tell whether rows of several units each have them in different columns: then these are none."""
    patterns: list[tuple[str, ...]] = []
    for row in cells:
        units = tuple(unit_of(cell) for cell in row)
        if len({unit for unit in units if unit}) > 1:
            patterns.append(units)
    for at in range(max(map(len, patterns), default=0)):
        if len({units[at] for units in patterns if len(units) > at and units[at]}) > 1:
            return True
    return False


def row_closeness(cells: tuple[Printed, ...]) -> Closeness:
    """Tell how near the last cell of a row is to the sum of the others."""
    return column_closeness([(cell,) for cell in cells[:-1]], cells[-1:], 0)


def closeness(
    rows: Sequence[Row], cells: Sequence[tuple[Printed, ...]], *, last_is_total: bool
) -> Counter[Closeness]:
    """Count how near the totals of a body are to their sums, in its columns and where asked in its rows."""
    found: Counter[Closeness] = Counter()
    for total, parts in sums_of(rows):
        whole = cells[total]
        found.update(column_closeness([cells[i] for i in parts], whole, at) for at in range(len(whole)))
    if last_is_total:
        found.update(row_closeness(row) for row in cells if len(row) > 2)
    return found
