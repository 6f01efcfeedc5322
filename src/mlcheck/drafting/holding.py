"""Which rules of a profile hold in a report, as the rule XTB101 compares its figures."""

from __future__ import annotations

from msgspec.structs import replace

from mlcheck.drafting.spots import exact
from mlcheck.model.constraints import Constraint
from mlcheck.model.facts import Facts
from mlcheck.model.profile import CrossRule
from mlcheck.model.table import Entry
from mlcheck.rules.cross import cross_table_relation_fails


def holding(named: Facts, rules: tuple[CrossRule, ...]) -> frozenset[str]:
    """Return the names of the rules that compare figures of a named report, all of which agree."""
    profile = replace(named.profile, rules=rules)  # type: ignore[type-var]
    entries = {entry.figure: entry for table in named.tables for entry in table.entries.values()}
    held: set[str] = set()
    broken: set[str] = set()
    for constraint in cross_table_relation_fails(replace(named, profile=profile)):
        holds = _holds(constraint, entries)
        if holds is not None:
            (held if holds else broken).add(constraint.name)
    return frozenset(held - broken)


def _holds(constraint: Constraint, entries: dict[int, Entry]) -> bool | None:
    """Tell whether a constraint holds, None where one of its figures is unknown or rounded."""
    side = constraint.sides[0]
    values = [(exact([entries[figure]]), coefficient) for figure, coefficient in side.terms]
    if any(value is None for value, _ in values):
        return None
    total = sum(value * int(coefficient) for value, coefficient in values if value is not None)
    return not ((side.lower is not None and total < 0) or (side.upper is not None and total > 0))
