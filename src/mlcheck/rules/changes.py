"""Growth rates and differences printed in a table beside the figures they compare."""

from __future__ import annotations

from collections.abc import Iterator

from mlcheck.model.constraints import Constraint
from mlcheck.model.facts import Facts
from mlcheck.rules.build import balance, variation
from mlcheck.rules.relations import crossed, is_firm, relations, siblings


def table_growth_is_wrong(facts: Facts) -> Iterator[Constraint]:
    """A growth rate of a table does not tie the two figures it compares.

    These are its two years, or this year and the one before, by their words and their place. A figure that is
    not known leaves it unverifiable, and so does a base that is a dash.
    """
    for table, relation in relations(facts, "variation"):
        for x, rate, present, former in crossed(table, relation):
            assert rate.quantity is not None
            yield variation(
                "VAR101", rate.figure, rate.quantity, [present.figure], [former.figure],
                evidence=relation.evidence, siblings=siblings(table, relation), firm=is_firm(relation, x),
            )  # fmt: skip


def difference_is_wrong(facts: Facts) -> Iterator[Constraint]:
    """A balance or a change printed in a table is not the difference of the two figures it compares.

    These are what comes in and what goes out, two years, or a target and what was done, by their words. A figure
    that is not known leaves it unverifiable, and so does a dash.
    """
    for table, relation in relations(facts, "difference"):
        for x, gap, one, two in crossed(table, relation):
            unit = gap.quantity.unit if gap.quantity else "count"
            yield balance(
                "TOT104", gap.figure, [(one.figure, 1), (two.figure, -1)], group=f"{table.name}|{unit}",
                evidence=relation.evidence, siblings=siblings(table, relation), firm=is_firm(relation, x),
            )  # fmt: skip
