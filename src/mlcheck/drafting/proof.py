"""The proof that a written profile says what was drafted, and that the report it was drafted from keeps it."""

from __future__ import annotations

from msgspec.structs import replace

from mlcheck.drafting.draft import Draft
from mlcheck.drafting.holding import holding
from mlcheck.drafting.spots import named_facts
from mlcheck.model.profile import CrossRule, Profile, TableDeclaration


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
    failing = own - holding(named, tuple(rule for rule in loaded.rules if rule.name in own))
    if failing:
        raise ValueError(f"the rule {min(failing)} does not hold")


def _placeless(one: TableDeclaration | CrossRule) -> TableDeclaration | CrossRule:
    return replace(one, file="", line=0)
