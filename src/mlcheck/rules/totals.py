"""Totals and margins of one table."""

from __future__ import annotations

from collections.abc import Iterator

from mlcheck.model.constraints import Constraint
from mlcheck.model.facts import Facts
from mlcheck.model.table import Note, Relation, Table
from mlcheck.rules.build import balance


def total_differs_from_parts(facts: Facts) -> Iterator[Constraint]:
    """A printed total is not the sum of its lines.

    Lines marked "/" and blanks count as zero; an unknown line ("nd", "s") leaves the total unverifiable.
    A note under the total that counts what is no line ("dont 29 € de frais") is one part more where the
    lines alone do not make the total. Counts are exact unless the table's other sums show rounding.
    """
    for table in facts.tables:
        for relation in _relations(table, "sum", "row"):
            yield from _sums("TOT101", table, relation)


def margin_differs_from_parts(facts: Facts) -> Iterator[Constraint]:
    """A total printed at the end of a row is not the sum of the row.

    Read like a column's total: "/" and blanks count as zero, an unknown cell leaves it unverifiable.
    """
    for table in facts.tables:
        for relation in _relations(table, "sum", "column"):
            yield from _sums("TOT102", table, relation)


def _relations(table: Table, kind: str, axis: str) -> Iterator[Relation]:
    return (r for r in table.relations if r.kind == kind and r.axis == axis)


def _places(relation: Relation, crossing: int) -> Iterator[tuple[int, int]]:
    for source, _ in relation.sources:
        yield _at(relation, source, crossing)


def _at(relation: Relation, line: int, crossing: int) -> tuple[int, int]:
    return (line, crossing) if relation.axis == "row" else (crossing, line)


def _sums(rule: str, table: Table, relation: Relation) -> Iterator[Constraint]:
    """Yield one balance for each crossing where a total is printed."""
    for crossing in relation.crossings:
        target = table.entries.get(_at(relation, relation.target, crossing))
        if target is None or target.state in ("blank", "error"):
            continue
        parts = [
            (entry.figure, coefficient)
            for source, coefficient in relation.sources
            if (entry := table.entries.get(_at(relation, source, crossing))) is not None
        ]
        note = _missing_part(table, relation, crossing)
        if note is not None:
            parts.append((note.figure, 1))
        unit = target.quantity.unit if target.quantity else "count"
        yield balance(
            rule, target.figure, parts, group=f"{table.name}|{unit}", evidence=relation.evidence,
            siblings=f"{table.name}|{relation.axis}|{relation.kind}|{relation.target}",
            firm=relation.firm is None or crossing in relation.firm,
        )  # fmt: skip


def _missing_part(table: Table, relation: Relation, crossing: int) -> Note | None:
    """Return the note under a total that counts a part no line shows, unless the lines make the total."""
    at = _at(relation, relation.target, crossing)
    note = next((n for n in table.notes if n.target == at), None)
    total = table.entries[at].quantity
    if note is None or total is None:
        return None
    parts = [table.entries[p].quantity for p in _places(relation, crossing) if p in table.entries]
    return None if sum(q.value for q in parts if q is not None) == total.value else note
