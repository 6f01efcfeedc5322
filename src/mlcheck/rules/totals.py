"""Totals and margins of one table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mlcheck.model.constraints import Constraint
from mlcheck.model.facts import Facts
from mlcheck.model.table import Entry, Note, Relation, Table
from mlcheck.rules.build import balance
from mlcheck.rules.relations import cell, is_firm, relations, siblings


def total_differs_from_parts(facts: Facts) -> Iterator[Constraint]:
    """A printed total is not the sum of its lines.

    Lines marked "/" and blanks count as zero; an unknown line ("nd", "s") leaves the total unverifiable.
    A note under the total that counts what is no line ("dont 29 € de frais") is one part more where the
    lines alone do not make the total. Counts are exact unless the table's other sums show rounding.
    """
    for table, relation in relations(facts, "sum"):
        if relation.axis == "row":
            yield from _sums("TOT101", table, relation)


def margin_differs_from_parts(facts: Facts) -> Iterator[Constraint]:
    """A total printed at the end of a row is not the sum of the row.

    Read like a column's total: "/" and blanks count as zero, an unknown cell leaves it unverifiable.
    """
    for table, relation in relations(facts, "sum"):
        if relation.axis == "column":
            yield from _sums("TOT102", table, relation)


def _sums(rule: str, table: Table, relation: Relation) -> Iterator[Constraint]:
    """Yield one balance for each crossing where a total is printed."""
    for crossing in relation.crossings:
        target = cell(table, relation.axis, relation.target, crossing)
        if target is None or target.state in ("blank", "error"):
            continue
        cells = [(cell(table, relation.axis, line, crossing), sign) for line, sign in relation.sources]
        parts = [(entry.figure, sign) for entry, sign in cells if entry is not None]
        note = _missing_part(table, target, [entry for entry, _ in cells if entry is not None])
        if note is not None:
            parts.append((note.figure, 1))
        unit = target.quantity.unit if target.quantity else "count"
        yield balance(
            rule, target.figure, parts, group=f"{table.name}|{unit}", evidence=relation.evidence,
            siblings=siblings(table, relation), firm=is_firm(relation, crossing),
        )  # fmt: skip


def _missing_part(table: Table, total: Entry, parts: Sequence[Entry]) -> Note | None:
    """Return the note under a total that counts a part no line shows, unless the lines make the total."""
    note = next((n for n in table.notes if n.target and table.entries[n.target] is total), None)
    if note is None or total.quantity is None:
        return None
    made = sum(entry.quantity.value for entry in parts if entry.quantity is not None)
    return None if made == total.quantity.value else note
