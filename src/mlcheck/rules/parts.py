"""Parts that may not exceed their whole."""

from __future__ import annotations

from collections.abc import Iterator

from mlcheck.model.constraints import Constraint
from mlcheck.model.facts import Facts
from mlcheck.rules.build import at_most


def part_exceeds_whole(facts: Facts) -> Iterator[Constraint]:
    """A "dont" is larger than what it is a part of.

    Checked cell by cell and in total; where either is unknown or not printed it is unverifiable.
    """
    for table in facts.tables:
        for relation in table.relations:
            if relation.kind != "dont":
                continue
            for crossing in relation.crossings:
                cells = [
                    table.entries.get((line, crossing) if relation.axis == "row" else (crossing, line))
                    for line in (relation.sources[0][0], relation.target)
                ]
                part, whole = cells
                if part and whole and part.state not in ("blank", "nil") and whole.state != "blank":
                    yield at_most("PRT101", [part.figure], [whole.figure])
