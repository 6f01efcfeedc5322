"""Totals that run from line to line, and stocks that run from the start of a period to its end."""

from __future__ import annotations

from collections.abc import Iterator

from mlcheck.model.constraints import Constraint
from mlcheck.model.facts import Facts
from mlcheck.model.table import Entry, Relation, Table
from mlcheck.rules.build import balance
from mlcheck.rules.relations import cell, relations, siblings, steps


def running_total_is_wrong(facts: Facts) -> Iterator[Constraint]:
    """A running total is not the one before it and what was added since.

    The last of them is its total. It may have begun before the table, so the first is held against nothing. A
    figure that is not known leaves it unverifiable.
    """
    for table, relation in relations(facts, "running"):
        source = relation.sources[0][0]
        for before, x in steps(relation):
            former, now = (_number(table, relation, relation.target, at) for at in (before, x))
            added = cell(table, relation.axis, source, x)
            if former and now and added and added.state not in ("blank", "error"):
                yield _balance(table, relation, "TOT105", now, ((former, 1), (added, 1)))
        yield from _last(table, relation, source)


def _last(table: Table, relation: Relation, source: int) -> Iterator[Constraint]:
    """Yield that the last of a running total is its total, and that of what it adds up where it starts with it."""
    across = table.columns if relation.axis == "row" else table.rows
    last = relation.crossings[-1]
    end = last + 1
    if end >= len(across) or across[end].role != "total":
        return
    own, total = (_number(table, relation, relation.target, x) for x in (last, end))
    if own and total:
        yield _balance(table, relation, "TOT105", total, ((own, 1),))
    starts = [_number(table, relation, line, relation.crossings[0]) for line in (relation.target, source)]
    summed = _number(table, relation, source, end)
    from_zero = starts[0] and starts[1] and starts[0].quantity == starts[1].quantity
    if own and summed and from_zero:
        yield _balance(table, relation, "TOT105", own, ((summed, 1),))


def stock_is_not_carried(facts: Facts) -> Iterator[Constraint]:
    """A stock at the end of a period is not the one at its start with what came and less what left.

    A line between the two that is neither leaves nothing to hold. Where years stand side by side, one starts
    where the one before it ended. Dashes and blanks count as zero, an unknown figure leaves it unverifiable.
    """
    for table, relation in relations(facts, "stock"):
        opening = relation.sources[0][0]
        for x in relation.crossings:
            end, start = (_number(table, relation, line, x) for line in (relation.target, opening))
            flows = [(c, sign) for s, sign in relation.sources[1:] if (c := cell(table, relation.axis, s, x))]
            if end and start and flows:
                yield _balance(table, relation, "TOT106", end, ((start, 1), *flows))
        yield from _carried(table, relation, opening)


def _carried(table: Table, relation: Relation, opening: int) -> Iterator[Constraint]:
    across = table.columns if relation.axis == "row" else table.rows
    for before, x in steps(relation):
        one, other = across[before].year, across[x].year
        if one is None or other is None or abs(other - one) != 1 or across[before].path != across[x].path:
            continue
        earlier, later = (before, x) if one < other else (x, before)
        end, start = (
            _number(table, relation, relation.target, earlier),
            _number(table, relation, opening, later),
        )
        if end and start:
            yield _balance(table, relation, "TOT106", start, ((end, 1),))


def _number(table: Table, relation: Relation, line: int, crossing: int) -> Entry | None:
    """Return a cell that prints a number or that it is unknown."""
    entry = cell(table, relation.axis, line, crossing)
    return entry if entry is not None and entry.state in ("number", "unknown") else None


def _balance(
    table: Table, relation: Relation, rule: str, stated: Entry, parts: tuple[tuple[Entry, int], ...]
) -> Constraint:
    unit = stated.quantity.unit if stated.quantity else "count"
    return balance(
        rule, stated.figure, [(c.figure, sign) for c, sign in parts], group=f"{table.name}|{unit}",
        evidence=relation.evidence, siblings=siblings(table, relation),
    )  # fmt: skip
