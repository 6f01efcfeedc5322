"""Percentages of a table: of the figures that they are shares of, and together the whole of which they are parts."""

from __future__ import annotations

from collections.abc import Iterator

from mlcheck.model.constraints import Constraint
from mlcheck.model.facts import Facts
from mlcheck.model.table import Entry, Relation, Table
from mlcheck.rules.build import hundred, share
from mlcheck.rules.relations import cell, divided, is_firm, relations, siblings


def table_share_is_wrong(facts: Facts) -> Iterator[Constraint]:
    """A percentage of a table is not the share it stands for.

    Its part and its whole are told by its words and its place, whether the numbers fit or not; where nothing but
    numbers tells them, a percentage is held to what the other lines bear out. A part or a whole that is not known
    leaves it unverifiable.
    """
    for table, relation in relations(facts, "share"):
        for x, rate, part, whole in _of_all(table, relation) if relation.wholes else divided(table, relation):
            assert rate.quantity is not None
            yield share(
                "SHR101", rate.figure, rate.quantity, [part.figure], whole,
                evidence=relation.evidence, siblings=siblings(table, relation), firm=is_firm(relation, x),
            )  # fmt: skip


def _of_all(table: Table, relation: Relation) -> Iterator[tuple[int, Entry, Entry, list[int]]]:
    """Yield each crossing with a percentage, its part, and the figures that make its whole together."""
    own = relation.sources[0][0]
    makes = [cell(table, relation.axis, own, x) for x in relation.wholes]
    whole = [one.figure for one in makes if one is not None]
    for x in relation.crossings:
        rate, part = (cell(table, relation.axis, line, x) for line in (relation.target, own))
        if rate is not None and rate.quantity is not None and part is not None:
            yield x, rate, part, whole


def distribution_is_not_100(facts: Facts) -> Iterator[Constraint]:
    """Percentages that are all there is of a whole do not make 100.

    Each is rounded, so m of them may miss 100 by m half-units. Held only against the lines of a total that prints
    100, or where a title or labels that exclude each other say so: answers that may overlap make anything.
    """
    for table, relation in relations(facts, "distribution"):
        for x in relation.crossings:
            cells = [cell(table, relation.axis, source, x) for source, _ in relation.sources]
            figures = [c.figure for c in cells if c is not None and c.state != "blank"]
            if len(figures) > 1 and not any(c is not None and c.state == "error" for c in cells):
                yield hundred(
                    "TOT103",
                    figures,
                    evidence=relation.evidence,
                    siblings=siblings(table, relation),
                    firm=is_firm(relation, x),
                )
