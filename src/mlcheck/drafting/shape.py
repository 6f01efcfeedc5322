"""The sections, dimensions and tables of a report, as the profile declares them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from mlcheck.drafting.declaring import Declared, declare
from mlcheck.drafting.dimensions import complete, dimensions
from mlcheck.drafting.ids import Taken
from mlcheck.drafting.labels import dated, tidy
from mlcheck.drafting.outline import heading_path, outline
from mlcheck.language.words import fold
from mlcheck.model.facts import Facts
from mlcheck.model.profile import Profile
from mlcheck.model.table import Table
from mlcheck.profile.matching import identify
from mlcheck.translation import N_


class Shape(Struct, frozen=True):
    """The shape of a report: the profile that states it, and its tables in order with their declarations."""

    profile: Profile
    tables: tuple[Declared, ...]


ALIKE = N_("its words do not tell it from another table of the report")
WORDLESS = N_("it has no heading or title, and too few labels that stay the same from year to year")


class Confusion(Struct, frozen=True):
    """Indexes of tables that are not known as themselves, and of those that others are taken for."""

    unknown: frozenset[int]
    taken_for: frozenset[int]

    def __bool__(self) -> bool:
        return bool(self.unknown or self.taken_for)


def shape_of(facts: Facts, heads: Mapping[str, str], parent: Profile | None) -> Shape:
    """Return the sections, dimensions and tables of a report, beyond those of the profile it extends.

    `heads` are the heads of row labels, by the name of their table. Headings below the second level become
    sections only in the chapters where tables would else be confused.
    """
    tables = _once([table for table in facts.tables if not table.hidden])
    counts = _counts(tables)
    base = replace(
        parent or Profile("", facts.language),
        dimensions=dimensions(tables, heads, parent),
        total_labels=_totals(tables, parent),
        non_negative=(parent is None or parent.non_negative) and all(mantissa >= 0 for mantissa, _ in counts),
        integral=(parent is None or parent.integral) and all(whole for _, whole in counts),
    )
    found = _declared(tables, base, parent, ())
    if doubtful := _confusion(found.tables, found.profile):
        parts = {heading_path(tables[index])[:2] for index in doubtful.unknown | doubtful.taken_for}
        deep = [index for index, table in enumerate(tables) if heading_path(table)[:2] in parts]
        found = _declared(tables, base, parent, deep)
    kept = _recognisable(found.tables, found.profile)
    return Shape(_in_use(_with_tables(_without_tables(found.profile, parent), kept), kept, parent), kept)


def _declared(tables: Sequence[Table], base: Profile, parent: Profile | None, deep: Collection[int]) -> Shape:
    """Return the declarations of tables, those of `deep` standing in sections of all their headings."""
    outlined = outline(tables, parent, deep)
    profile = replace(
        base,
        sections=(*(parent.sections if parent else ()), *outlined.sections),
        tables=parent.tables if parent else (),
    )
    taken = Taken(table.name for table in profile.tables)
    found = [
        declare(table, section, profile, taken, parent)
        for table, section in zip(tables, outlined.of_table, strict=True)
    ]
    uses = {one.table.name: one.declaration.dimension or "" for one in found}
    profile = replace(profile, dimensions=complete(profile.dimensions, tables, uses))
    whole = {dimension.name for dimension in profile.dimensions if dimension.complete}
    known = {table.name: table.rows for table in profile.tables}
    declared = tuple(
        replace(one, declaration=replace(one.declaration, rows=known.get(one.declaration.name, ())))
        if one.declaration.dimension in whole
        else one
        for one in found
    )
    return Shape(_with_tables(profile, declared), declared)


def _without_tables(profile: Profile, parent: Profile | None) -> Profile:
    return replace(profile, tables=parent.tables if parent else ())


def _in_use(profile: Profile, declared: Sequence[Declared], parent: Profile | None) -> Profile:
    """Return the profile without new dimensions, or a section without heading, of tables left out only."""
    kept = [one.declaration for one in declared if one.reason is None]
    used = {name for one in kept for name in (one.dimension, one.across)}
    within = {one.section for one in kept}
    if parent is not None:
        used |= {one.name for one in parent.dimensions}
        within |= {one.name for one in parent.sections}
    return replace(
        profile,
        dimensions=tuple(one for one in profile.dimensions if one.name in used),
        sections=tuple(one for one in profile.sections if one.titles or one.name in within),
    )


def _once(tables: Sequence[Table]) -> list[Table]:
    """Return tables of which no two have the same identity: the first keeps it."""
    seen: set[str] = set()
    kept = []
    for table in tables:
        kept.append(replace(table, identity=None) if table.identity in seen else table)
        seen.add(table.identity or "")
    return kept


def _totals(tables: Sequence[Table], parent: Profile | None) -> tuple[str, ...]:
    """Return the labels of totals that the report prints, after those of the parent; a year makes none."""
    inherited = parent.total_labels if parent else ()
    known = {fold(label) for label in inherited}
    found: dict[str, str] = {}
    for table in tables:
        for line in (*table.rows, *table.columns):
            if line.role == "total" and fold(line.label) and not dated(line.label):
                found.setdefault(fold(line.label), tidy(line.label))
    return (*inherited, *(label for folded, label in found.items() if folded not in known))


def _counts(tables: Sequence[Table]) -> list[tuple[int, bool]]:
    """Return the sign-bearing mantissa of each count in the tables, and whether it is a whole number."""
    skipped = ("variation", "share", "mean")
    return [
        (entry.quantity.mantissa, entry.quantity.mantissa % 10**entry.quantity.scale == 0)
        for table in tables
        for (row, column), entry in table.entries.items()
        if entry.quantity is not None
        and entry.quantity.unit == "count"
        and table.rows[row].role not in skipped
        and table.columns[column].role not in skipped
    ]


# Whether each table of a report is known again as itself by the profile drafted from it.


def _confusion(declared: Sequence[Declared], profile: Profile) -> Confusion:
    """Return which tables `profile` confuses; those that have a reason not to be declared are not unknown."""
    names = [_identity(one, profile) for one in declared]
    own = {one.declaration.name: index for index, one in enumerate(declared) if one.reason is None}
    taken = {own[name] for index, name in enumerate(names) if name in own and own[name] != index}
    unknown = {own[name] for name in own if names[own[name]] != name}
    return Confusion(frozenset(unknown), frozenset(taken))


def _identity(one: Declared, profile: Profile) -> str | None:
    """Return the name by which a profile knows a printed table."""
    table = one.table
    rows, columns = [line.label for line in table.rows], [line.label for line in table.columns]
    found = identify(table.sections, table.title, rows, columns, profile)
    return found.name if found else None


def _recognisable(declared: Sequence[Declared], profile: Profile) -> tuple[Declared, ...]:
    """Return the tables, with a reason at each that next year's report could not be searched for."""
    kept = tuple(declared)
    while found := _confusion(kept, _with_tables(profile, kept)):
        doubtful = found.unknown or found.taken_for
        kept = tuple(
            replace(one, reason=_reason(one)) if index in doubtful else one for index, one in enumerate(kept)
        )
    return kept


def _with_tables(profile: Profile, declared: Sequence[Declared]) -> Profile:
    """Return the profile with the declarations that are kept, in place of those it has of the same names."""
    own = {one.declaration.name: one.declaration for one in declared if one.reason is None}
    inherited = tuple(own.pop(table.name, table) for table in profile.tables)
    return replace(profile, tables=(*inherited, *own.values()))


def _reason(one: Declared) -> str:
    table = one.table
    labelled = any(column.labels for column in one.declaration.columns)
    return ALIKE if labelled or table.title or table.sections else WORDLESS
