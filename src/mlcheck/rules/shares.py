"""Percentages that stand beside the figures they are computed from."""

from __future__ import annotations

from collections.abc import Iterator

from mlcheck.model.constraints import Constraint
from mlcheck.model.facts import Facts
from mlcheck.model.finding import Severity
from mlcheck.model.table import Entry, Relation, Table
from mlcheck.rules.build import mean, share, variation


def table_share_is_wrong(facts: Facts) -> Iterator[Constraint]:
    """A percentage of a table is not the share it stands for.

    Bound to a numerator and a base only where most of its column agrees; where the words alone name the
    base ("dont … part de …") a misfit is a warning, since a base may be printed nowhere.
    """
    for table in facts.tables:
        for relation in table.relations:
            if relation.kind == "share":
                yield from _shares(table, relation)


def table_growth_is_wrong(facts: Facts) -> Iterator[Constraint]:
    """A growth rate of a table does not tie the two figures it compares.

    Bound only where most of its column agrees.
    """
    for table in facts.tables:
        for relation in table.relations:
            if relation.kind == "variation":
                (present, _), (former, _) = relation.sources
                for rate, one, two in _triples(table, relation, present, former):
                    if rate.quantity:
                        yield variation("VAR101", rate.figure, rate.quantity, [one.figure], [two.figure])


def table_mean_is_wrong(facts: Facts) -> Iterator[Constraint]:
    """A mean or a ratio of a table is not the total divided by the number beside it.

    Bound only where most of its column agrees; a mean printed without decimals is rounded to a whole.
    """
    for table in facts.tables:
        for relation in table.relations:
            if relation.kind == "mean":
                (total, _), (number, _) = relation.sources
                for value, one, two in _triples(table, relation, total, number):
                    if value.quantity:
                        yield mean("MEA102", value.figure, value.quantity, [one.figure], [two.figure])


def _shares(table: Table, relation: Relation) -> Iterator[Constraint]:
    severity: Severity = "warning" if relation.belief == "layout" else "error"
    source = relation.sources[0][0]
    base = relation.sources[1][0] if len(relation.sources) > 1 else None
    for rate, part, whole in _triples(table, relation, source, base):
        if rate.quantity:
            yield share(
                "SHR101", rate.figure, rate.quantity, [part.figure], [whole.figure], severity=severity
            )


def _triples(
    table: Table, relation: Relation, first: int, second: int | None
) -> Iterator[tuple[Entry, Entry, Entry]]:
    """Yield the rate and its two operands wherever all three are printed."""
    for x in relation.crossings:
        places = [(relation.target, x), (first, x), (first, relation.base) if second is None else (second, x)]
        cells = [table.entries.get(at if relation.axis == "row" else (at[1], at[0])) for at in places]
        if all(c is not None and c.state not in ("blank", "error") for c in cells):
            rate, one, two = cells
            assert rate and one and two
            yield rate, one, two
