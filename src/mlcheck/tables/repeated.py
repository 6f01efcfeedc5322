"""Carry the sums of a table over to those of the same lines: the same list for each year, commune or class.

Where two tables of the same lines make a line the sum of others, it is that sum in the others too, whether their
numbers hold or not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from mlcheck.language.words import fold
from mlcheck.model.relation import Evidence
from mlcheck.model.table import Axis, Line, Relation, Table
from mlcheck.tables.matrix import Matrix, matrix_of

FEWEST = 2  # tables that bear out a sum
SHORTEST = 3  # lines of a list that may come again

ELSEWHERE = Evidence((), ("the same lines of another table",))

Sum = tuple[int, tuple[tuple[int, int], ...]]


def with_repeated_sums(tables: Sequence[Table]) -> list[Table]:
    """Return the tables with the sums that those of the same lines bear out added."""
    found = list(tables)
    for axis in ("row", "column"):
        alike: dict[tuple[object, ...], list[int]] = {}
        for n, table in enumerate(tables):
            if key := _names(_lines(table, axis)):
                alike.setdefault(key, []).append(n)
        for own in alike.values():
            if len(own) > FEWEST:
                sums = {n: _sums(tables[n], axis) for n in own}
                counts = Counter(one for n in own for one in sums[n])
                for n in own:
                    others = {s: count - (s in sums[n]) for s, count in counts.items()}
                    borne_out = [
                        s for s, count in others.items() if count >= FEWEST and count * 2 >= len(own) - 1
                    ]
                    added = tuple(_missing(borne_out, found[n], axis))
                    known = tuple(_known(r, axis, borne_out) for r in found[n].relations)
                    found[n] = replace(found[n], relations=(*known, *added))
    return found


def _lines(table: Table, axis: Axis) -> tuple[Line, ...]:
    return table.rows if axis == "row" else table.columns


def _names(lines: Sequence[Line]) -> tuple[object, ...]:
    """Return what tells a list of lines: their labels and units; nothing where it is short or some have no label."""
    labels = [fold(line.label) for line in lines]
    if len(labels) < SHORTEST or not all(labels) or len(set(labels)) == 1:
        return ()
    return tuple((label, line.unit, line.role) for label, line in zip(labels, lines, strict=True))


def _known(relation: Relation, axis: Axis, borne_out: Sequence[Sum]) -> Relation:
    """Return a sum that its numbers alone showed as known from the other tables."""
    if relation.belief != "arithmetic" or relation.kind != "sum" or relation.axis != axis:
        return relation
    if (relation.target, relation.sources) not in borne_out:
        return relation
    return replace(relation, evidence=ELSEWHERE, belief="layout", firm=None)


def _missing(borne_out: Sequence[Sum], table: Table, axis: Axis) -> Iterator[Relation]:
    """Yield the sums that enough other tables have and a table has not, unless most of its numbers say otherwise."""
    bound = {target for target, _ in _sums(table, axis)}
    lines, across = _lines(table, axis), _lines(table, "column" if axis == "row" else "row")
    for target, sources in borne_out:
        if target in bound:
            continue
        matrix = matrix_of(table.entries, lines, across, transposed=axis == "column")
        crossings = matrix.crossings(target, [s for s, _ in sources])
        if crossings and _may_hold(matrix, target, [s for s, _ in sources]):
            yield Relation("sum", axis, target, sources, crossings, "layout", evidence=ELSEWHERE)
            bound.add(target)


def _sums(table: Table, axis: Axis) -> set[Sum]:
    return {(r.target, r.sources) for r in table.relations if r.kind == "sum" and r.axis == axis}


def _may_hold(matrix: Matrix, target: int, sources: Sequence[int]) -> bool:
    """Tell whether a sum breaks at one crossing of a table at most, or at as many as it holds."""
    fit = matrix.fit(target, sources)
    return fit.decidable > 0 and len(fit.failing) <= max(1, fit.holding)
