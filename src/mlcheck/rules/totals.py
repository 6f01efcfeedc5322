"""Totals, margins, differences and distributions of one table."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from mlcheck.model.constraints import Constraint
from mlcheck.model.facts import Facts
from mlcheck.model.finding import Severity
from mlcheck.model.table import Note, Relation, Table
from mlcheck.rules.build import balance, hundred


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


def distribution_is_not_100(facts: Facts) -> Iterator[Constraint]:
    """Percentages that are all there is of a whole do not make 100.

    Each is rounded, so m of them may miss 100 by m half-units. A list whose sum is nowhere near 100
    gives answers that overlap, and is not a distribution.
    """
    for table in facts.tables:
        for relation in table.relations:
            if relation.kind == "distribution":
                figures = [table.entries[at].figure for at in _places(relation, relation.crossings[0])]
                yield hundred("TOT103", figures, severity=_severity(table, relation))


def difference_is_wrong(facts: Facts) -> Iterator[Constraint]:
    """A balance or a change printed in a table is not the difference of the two figures it compares.

    Bound only where the difference holds in most lines of the table.
    """
    for table in facts.tables:
        for relation in table.relations:
            if relation.kind == "difference":
                yield from _sums("TOT104", table, relation)


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


def _severity(table: Table, relation: Relation) -> Severity:
    """Return how grave a distribution is that misses 100: an error near it, or of a known dimension."""
    lines = table.rows if relation.axis == "row" else table.columns
    known = all(lines[s].member for s, _ in relation.sources)
    places = _places(relation, relation.crossings[0])
    total = sum((q.value for at in places if (q := table.entries[at].quantity)), Fraction(0))
    return "error" if known or abs(total - 100) <= 25 else "warning"
