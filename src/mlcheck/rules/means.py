"""Means, prices and other statistics of a table, held against what they are of and against each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from mlcheck.model.constraints import Constraint, Side
from mlcheck.model.facts import Facts
from mlcheck.model.table import Entry, Relation, Table
from mlcheck.rules.build import at_most, mean
from mlcheck.rules.relations import cell, divided, is_firm, relations, siblings


def table_mean_is_wrong(facts: Facts) -> Iterator[Constraint]:
    """A mean, a ratio or a price of a table is not the amount divided by the number beside it.

    Its words name both. A mean printed without decimals is rounded to a whole, a price is exact. An amount or a
    number that is not known leaves it unverifiable.
    """
    for table, relation in relations(facts, "mean", "product"):
        for x, value, total, number in divided(table, relation):
            assert value.quantity is not None
            yield mean(
                "MEA102", value.figure, value.quantity, [total.figure], number,
                exact=relation.kind == "product", evidence=relation.evidence, siblings=siblings(table, relation), firm=is_firm(relation, x),
            )  # fmt: skip


def average_is_wrong(facts: Facts) -> Iterator[Constraint]:
    """A column headed "Moyenne" is not the mean of the columns before it.

    Only where it ends figures of one measure. One that is not known or a dash leaves it unverifiable, since it is
    not told by how many the sum was divided.
    """
    for table, relation in relations(facts, "average"):
        for x in relation.crossings:
            value = cell(table, relation.axis, relation.target, x)
            cells = _printed(table, relation, x)
            if value is None or value.quantity is None or cells is None:
                continue
            count = len(cells)
            whole = not value.quantity.half and value.quantity.scale == 0
            slack = Decimal(count) / 2 if whole else Decimal(0)
            terms = (*((c.figure, 1) for c in cells), (value.figure, -count))
            yield Constraint(
                "MEA105", "sum", (Side(terms, -slack, slack),), value.figure,
                evidence=relation.evidence, siblings=siblings(table, relation), firm=is_firm(relation, x),
            )  # fmt: skip


def mean_is_outside_its_parts(facts: Facts) -> Iterator[Constraint]:
    """A mean or a rate of a whole is below the least or above the greatest of its parts.

    A total of means, rates or prices lies between those of the lines that make the total up, and so does a row
    called "Moyenne". One that is not known leaves it unverifiable.
    """
    for table, relation in relations(facts, "within"):
        for x in relation.crossings:
            value = cell(table, relation.axis, relation.target, x)
            cells = _printed(table, relation, x, skip=True)
            if value is None or value.quantity is None or not cells:
                continue
            least, most = (_extreme(cells, sign) for sign in (-1, 1))
            own, name = relation.evidence, siblings(table, relation)
            for part, whole in ((value, most), (least, value)):
                yield at_most(
                    "MEA104",
                    [part.figure],
                    [whole.figure],
                    stated=value.figure,
                    evidence=own,
                    siblings=name,
                    kind="within",
                )


def order_is_broken(facts: Facts) -> Iterator[Constraint]:
    """A minimum, a quantile, a median or a mean is above what it cannot exceed.

    A minimum is at most the quartiles, the median and the mean, and these at most the maximum. One that is not
    known leaves it unverifiable.
    """
    for table, relation in relations(facts, "ordered"):
        for x in relation.crossings:
            low = cell(table, relation.axis, relation.sources[0][0], x)
            high = cell(table, relation.axis, relation.target, x)
            if low and high and {low.state, high.state} <= {"number", "unknown"}:
                yield at_most(
                    "MEA106", [low.figure], [high.figure],
                    evidence=relation.evidence, siblings=siblings(table, relation), firm=is_firm(relation, x),
                )  # fmt: skip


def _printed(table: Table, relation: Relation, x: int, *, skip: bool = False) -> list[Entry] | None:
    """Return the cells of the sources at a crossing; None where one is no number, unless it is nil and left out."""
    cells = [cell(table, relation.axis, source, x) for source, _ in relation.sources]
    kept = [c for c in cells if c is not None and c.quantity is not None]
    nil = sum(c is not None and c.state in ("nil", "blank") for c in cells)
    return kept if len(kept) + (nil if skip else 0) == len(cells) and len(kept) > 1 else None


def _extreme(cells: Sequence[Entry], sign: int) -> Entry:
    return max(cells, key=lambda c: sign * c.quantity.value if c.quantity else 0)
