"""The cells that a relation of a table ties, crossing by crossing, and the name that its siblings share."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from mlcheck.model.facts import Facts
from mlcheck.model.table import Axis, Entry, Relation, RelationKind, Table


def relations(facts: Facts, *kinds: RelationKind) -> Iterator[tuple[Table, Relation]]:
    """Yield the relations of some kinds with their tables."""
    for table in facts.tables:
        for relation in table.relations:
            if relation.kind in kinds:
                yield table, relation


def siblings(table: Table, relation: Relation) -> str:
    """Return what names one relation in all its crossings."""
    lines = table.rows if relation.axis == "row" else table.columns
    target = lines[relation.target].position if relation.target >= 0 else relation.sources[0][0]
    return f"{table.name}|{relation.axis}|{relation.kind}|{target}"


def cell(table: Table, axis: Axis, line: int, crossing: int) -> Entry | None:
    """Return the cell of a line of an axis at a crossing."""
    return table.entries.get((line, crossing) if axis == "row" else (crossing, line))


def is_firm(relation: Relation, crossing: int) -> bool:
    """Tell whether a relation would be held against a crossing whatever stood there."""
    return relation.firm is None or crossing in relation.firm


def crossed(table: Table, relation: Relation) -> Iterator[tuple[int, Entry, Entry, Entry]]:
    """Yield each crossing with the target, where it prints a number, and its two operands, which do or are unknown."""
    former = dict(zip(relation.crossings[1:], relation.crossings, strict=False))
    first = relation.sources[0][0]
    for x in relation.crossings:
        second, at = relation.sources[1][0] if len(relation.sources) > 1 else first, x
        if len(relation.sources) == 1:
            at = relation.base if relation.base >= 0 else former.get(x, -1)
        places = ((relation.target, x), (first, x), (second, at))
        target, one, two = (cell(table, relation.axis, *place) for place in places)
        known = target and one and two and target.quantity is not None
        if known and target and one and two and {one.state, two.state} <= {"number", "unknown"}:
            yield x, target, one, two


def _of_several(table: Table, relation: Relation) -> Iterator[tuple[int, Entry, Entry, list[Entry]]]:
    """Yield each crossing with a rate that prints a number, its part, and the cells that make its whole together."""
    (part, _), *whole = relation.sources
    for x in relation.crossings:
        rate, own = (cell(table, relation.axis, line, x) for line in (relation.target, part))
        cells = [one for line, _ in whole if (one := cell(table, relation.axis, line, x)) is not None]
        if rate is not None and rate.quantity is not None and own is not None and len(cells) == len(whole):
            yield x, rate, own, cells


def steps(relation: Relation) -> Iterator[tuple[int, int]]:
    """Yield each crossing with the one after it."""
    return pairwise(relation.crossings)


def divided(table: Table, relation: Relation) -> Iterator[tuple[int, Entry, Entry, list[int]]]:
    """Yield each crossing of a quotient, what is divided, and the figures that it is divided by: one, or several together."""
    if len(relation.sources) > 2:
        for x, value, part, cells in _of_several(table, relation):
            yield x, value, part, [one.figure for one in cells]
        return
    for x, value, part, whole in crossed(table, relation):
        yield x, value, part, [whole.figure]
