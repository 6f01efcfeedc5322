"""Parts that may not exceed their whole."""

from __future__ import annotations

from collections.abc import Iterator

from mlcheck.model.constraints import Constraint
from mlcheck.model.facts import Facts
from mlcheck.model.profile import Profile
from mlcheck.model.table import Table
from mlcheck.rules.build import at_most
from mlcheck.rules.relations import cell, relations, siblings


def part_exceeds_whole(facts: Facts) -> Iterator[Constraint]:
    """A "dont" is larger than what it is a part of.

    Checked cell by cell and in total; where either is unknown or not printed it is unverifiable. The lines under a
    "dont :" need not be all there is: together they may be less than their whole, but no more. Balances, which may
    be split in any sign and size, are left out. A column that the profile declares part of another is held to it.
    """
    for table in facts.tables:
        yield from _declared(table, facts.profile)
    for table, relation in relations(facts, "of_which"):
        for x in relation.crossings:
            cells = [cell(table, relation.axis, source, x) for source, _ in relation.sources]
            whole = cell(table, relation.axis, relation.target, x)
            parts = [c for c in cells if c is not None and c.state not in ("blank", "nil")]
            if parts and whole and whole.state not in ("blank", "error"):
                yield at_most(
                    "PRT101", [c.figure for c in parts], [whole.figure],
                    evidence=relation.evidence, siblings=siblings(table, relation),
                )  # fmt: skip


def _declared(table: Table, profile: Profile | None) -> Iterator[Constraint]:
    """Yield what the profile says of the columns of a table, where the layout does not say it too."""
    declared = next((d for d in profile.tables if d.name == table.identity), None) if profile else None
    if declared is None:
        return
    stated = {
        (r.sources[0][0], r.target) for r in table.relations if r.kind == "of_which" and r.axis == "column"
    }
    places = {line.measure: c for c, line in enumerate(table.columns) if line.measure}
    for column in declared.columns:
        own, whole_of = places.get(column.name), places.get(column.part_of or "")
        if own is None or whole_of is None or (own, whole_of) in stated:
            continue
        for row in range(len(table.rows)):
            part, whole = table.entries.get((row, own)), table.entries.get((row, whole_of))
            if part and whole and part.state not in ("blank", "nil") and whole.state != "blank":
                yield at_most("PRT101", [part.figure], [whole.figure])
