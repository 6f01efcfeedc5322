"""A report turned into the profile that holds next year's report to its shape."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from mlcheck.drafting.bindings import Bound, bindings
from mlcheck.drafting.declaring import Declared
from mlcheck.drafting.holding import holding
from mlcheck.drafting.rules import Drafted, rules
from mlcheck.drafting.shape import shape_of
from mlcheck.drafting.spots import named_facts, spots
from mlcheck.model.facts import Facts
from mlcheck.model.profile import Profile
from mlcheck.rendering.wording import Wording


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

    `heads` are the heads of stubs, by the name of their table; `say` is the language of what the rules say.
    """
    shape = shape_of(facts, heads, parent)
    named = named_facts(facts, shape.profile)
    found = rules(spots(named, shape.tables), shape.profile, parent, say)
    held = holding(named, tuple(one.rule for one in found))
    found = tuple(one for one in found if one.rule.name in held)
    profile = replace(shape.profile, rules=(*(parent.rules if parent else ()), *(one.rule for one in found)))
    return Draft(facts, profile, shape.tables, found, tuple(bindings(named)), parent, extends)
