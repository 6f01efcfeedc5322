"""A report turned into the profile that holds next year's report to its shape."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from mlcheck.drafting.bindings import Bound, bindings
from mlcheck.drafting.cells import exact, named_cells, named_facts
from mlcheck.drafting.declaring import Declared
from mlcheck.drafting.rules import Drafted, rules
from mlcheck.drafting.shape import shape_of
from mlcheck.model.constraints import Constraint
from mlcheck.model.facts import Facts
from mlcheck.model.profile import CrossRule, Profile, TableDeclaration
from mlcheck.model.table import Entry
from mlcheck.rendering.wording import Wording
from mlcheck.rules.cross import cross_table_relation_fails


class Draft(Struct, frozen=True):
    """A profile drafted from a report, with all that its file tells of it.

    `tables` are all tables of the report, with a reason at those left out; `parent` is the profile that
    is extended, `extends` its name as it is written.
    """

    facts: Facts
    profile: Profile
    tables: tuple[Declared, ...]
    rules: tuple[Drafted, ...] = ()
    claims: tuple[Bound, ...] = ()
    parent: Profile | None = None
    extends: str | None = None


def draft(
    facts: Facts,
    heads: Mapping[str, str],
    say: Wording,
    parent: Profile | None = None,
    extends: str | None = None,
) -> Draft:
    """Return the profile of a report, extracted with the profile it `extends`, and with no other.

    `heads` are the heads of row labels, by the name of their table; `say` is the language of what the rules say.
    """
    shape = shape_of(facts, heads, parent)
    named = named_facts(facts, shape.profile)
    found = rules(named_cells(named, shape.tables), shape.profile, parent, say)
    held = _holding(named, tuple(one.rule for one in found))
    found = tuple(one for one in found if one.rule.name in held)
    profile = replace(shape.profile, rules=(*(parent.rules if parent else ()), *(one.rule for one in found)))
    return Draft(facts, profile, shape.tables, found, tuple(bindings(named)), parent, extends)


# Which rules of a profile hold in a report, as the rule XTB101 compares its figures.


def _holding(named: Facts, rules: tuple[CrossRule, ...]) -> frozenset[str]:
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


# The proof that a written profile says what was drafted, and that the report it was drafted from keeps it.


def prove(loaded: Profile, draft: Draft) -> None:
    """Raise ValueError, naming what differs, unless a profile read from its file is the one that was drafted.

    Each table that it declares must be known as itself, and each drafted rule must hold, as when the report
    is checked.
    """
    wanted = draft.profile
    for part in ("language", "sections", "dimensions", "total_labels", "non_negative", "integral"):
        if getattr(loaded, part) != getattr(wanted, part):
            raise ValueError(f"the {part} of the written profile are not those drafted")
    if [_placeless(one) for one in loaded.tables] != [_placeless(one) for one in wanted.tables]:
        raise ValueError("the tables of the written profile are not those drafted")
    if [_placeless(one) for one in loaded.rules] != [_placeless(one) for one in wanted.rules]:
        raise ValueError("the rules of the written profile are not those drafted")
    named = named_facts(draft.facts, loaded)
    known = {table.name: table.identity for table in named.tables}
    for one in draft.tables:
        if one.reason is None and known[one.table.name] != one.declaration.name:
            raise ValueError(f"the table {one.table.name} is taken for {known[one.table.name]}")
    own = {one.rule.name for one in draft.rules}
    failing = own - _holding(named, tuple(rule for rule in loaded.rules if rule.name in own))
    if failing:
        raise ValueError(f"the rule {min(failing)} does not hold")


def _placeless(one: TableDeclaration | CrossRule) -> TableDeclaration | CrossRule:
    return replace(one, file="", line=0)
