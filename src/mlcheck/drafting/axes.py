"""Which lines of a table are members of a list (communes, ages) rather than measures."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from msgspec import Struct

from mlcheck.drafting.labels import dated, tidy
from mlcheck.lexicon import lexicon
from mlcheck.model.table import Axis, Line, Table
from mlcheck.words import fold


class Listing(Struct, frozen=True):
    """The labels along one axis of a table that may be members of a dimension.

    `table` is the index of the table in its report. A `firm` listing is a dimension by itself; another
    one only where its labels stand in other tables too.
    """

    table: int
    axis: Axis
    labels: tuple[str, ...]
    firm: bool


def listings(tables: Sequence[Table]) -> list[Listing]:
    """Return the listings of tables, in the order of the report, the rows of each before its columns."""
    found = []
    for index, table in enumerate(tables):
        rows, columns = member_labels(table.rows), member_labels(table.columns)
        listed = _is_list(rows, table.rows)
        if listed:
            found.append(Listing(index, "row", rows, firm=True))
        if _is_list(columns, table.columns):
            alone = sum(row.role != "total" for row in table.rows) < 2
            summed = any(
                r.kind == "sum" and r.axis == "column" and r.belief != "arithmetic" for r in table.relations
            )
            firm = (alone or (summed and listed)) and not _are_measures(table.columns)
            found.append(Listing(index, "column", columns, firm))
    return found


def member_labels(lines: Sequence[Line]) -> tuple[str, ...]:
    """Return the labels of lines that can be members: no totals, and none that names a year."""
    return tuple(tidy(line.label) for line in lines if line.role != "total" and can_be_member(line.label))


def can_be_member(label: str) -> bool:
    """Tell whether a label has words to be compared by, and the same ones next year."""
    return bool(fold(label)) and not dated(label)


def repeats(lines: Sequence[Line]) -> bool:
    """Tell whether a label stands twice along an axis, so that it names no line."""
    folded = [fold(label) for label in member_labels(lines)]
    return len(set(folded)) < len(folded)


def _is_list(labels: tuple[str, ...], lines: Sequence[Line]) -> bool:
    others = [line for line in lines if line.role != "total" and fold(line.label)]
    return len(labels) > 1 and 2 * len(labels) > len(others) and not repeats(lines)


def _are_measures(lines: Sequence[Line]) -> bool:
    """Tell whether lines count different things: of several units or roles, or headed "nombre", "montant"."""
    own = [line for line in lines if line.role != "total"]
    if len({line.unit for line in own}) > 1 or len({line.role for line in own}) > 1:
        return True
    headed = [line for line in own if any(word in _heads() for word in fold(line.label).split()[:1])]
    return 2 * len(headed) >= len(own)


@cache
def _heads() -> frozenset[str]:
    return frozenset(fold(word) for word in lexicon("fr-drafting")["measures"]["heads"])
