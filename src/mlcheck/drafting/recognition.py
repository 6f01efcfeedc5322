"""Whether each table of a report is known again as itself by the profile drafted from it."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from mlcheck.drafting.declaring import Declared
from mlcheck.model.profile import Profile
from mlcheck.profile.matching import identify
from mlcheck.translation import N_

ALIKE = N_("its words do not tell it from another table of the report")
WORDLESS = N_("it has no heading or title, and too few labels that stay the same from year to year")


class Confusion(Struct, frozen=True):
    """Indexes of tables that are not known as themselves, and of those that others are taken for."""

    unknown: frozenset[int]
    taken_for: frozenset[int]

    def __bool__(self) -> bool:
        return bool(self.unknown or self.taken_for)


def confusion(declared: Sequence[Declared], profile: Profile) -> Confusion:
    """Return which tables `profile` confuses; those that have a reason not to be declared are not unknown."""
    names = [identity(one, profile) for one in declared]
    own = {one.declaration.name: index for index, one in enumerate(declared) if one.reason is None}
    taken = {own[name] for index, name in enumerate(names) if name in own and own[name] != index}
    unknown = {own[name] for name in own if names[own[name]] != name}
    return Confusion(frozenset(unknown), frozenset(taken))


def identity(one: Declared, profile: Profile) -> str | None:
    """Return the name by which a profile knows a printed table."""
    table = one.table
    rows, columns = [line.label for line in table.rows], [line.label for line in table.columns]
    found = identify(table.sections, table.title, rows, columns, profile)
    return found.name if found else None


def recognisable(declared: Sequence[Declared], profile: Profile) -> tuple[Declared, ...]:
    """Return the tables, with a reason at each that next year's report could not be searched for."""
    kept = tuple(declared)
    while found := confusion(kept, with_tables(profile, kept)):
        doubtful = found.unknown or found.taken_for
        kept = tuple(
            replace(one, reason=_reason(one)) if index in doubtful else one for index, one in enumerate(kept)
        )
    return kept


def with_tables(profile: Profile, declared: Sequence[Declared]) -> Profile:
    """Return the profile with the declarations that are kept, in place of those it has of the same names."""
    own = {one.declaration.name: one.declaration for one in declared if one.reason is None}
    inherited = tuple(own.pop(table.name, table) for table in profile.tables)
    return replace(profile, tables=(*inherited, *own.values()))


def _reason(one: Declared) -> str:
    table = one.table
    labelled = any(column.labels for column in one.declaration.columns)
    return ALIKE if labelled or table.title or table.sections else WORDLESS
