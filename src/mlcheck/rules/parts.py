"""Parts that may not exceed their whole."""

from __future__ import annotations

from collections.abc import Iterator

from mlcheck.model.constraints import Constraint
from mlcheck.model.facts import Facts
from mlcheck.model.profile import Profile
from mlcheck.model.table import Table
from mlcheck.rules.build import at_most


def part_exceeds_whole(facts: Facts) -> Iterator[Constraint]:
    """A "dont" is larger than what it is a part of.

    Checked cell by cell and in total; where either is unknown or not printed it is unverifiable. A column
    that the profile declares part of another is held to it as well.
    """
    for table in facts.tables:
        yield from _declared(table, facts.profile)
        for relation in table.relations:
            if relation.kind != "of_which":
                continue
            for crossing in relation.crossings:
                cells = [
                    table.entries.get((line, crossing) if relation.axis == "row" else (crossing, line))
                    for line in (relation.sources[0][0], relation.target)
                ]
                part, whole = cells
                if part and whole and part.state not in ("blank", "nil") and whole.state != "blank":
                    yield at_most("PRT101", [part.figure], [whole.figure])


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
