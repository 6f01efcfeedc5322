"""Groups of labels turned into declared dimensions, together with those of the extended profile."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from mlcheck.drafting.groups import Group, canonical, grouped, listings, repeats
from mlcheck.drafting.ids import Taken, joined, slug
from mlcheck.drafting.naming import Name, names_of
from mlcheck.language.lexicon import lexicon
from mlcheck.language.words import fold
from mlcheck.model.profile import Dimension, Profile
from mlcheck.model.table import Axis, Line, Table
from mlcheck.profile.members import dimension_of, member


def dimensions(
    tables: Sequence[Table], heads: Mapping[str, str], parent: Profile | None
) -> tuple[Dimension, ...]:
    """Return the dimensions of the parent, with the members that the tables add, and then the new ones.

    `heads` are the heads of row labels, by the name of their table.
    """
    known = {dimension.name: dimension for dimension in (parent.dimensions if parent else ())}
    groups = grouped(listings(tables), tuple(known.values()), _settled(tables, parent))
    taken = Taken(known)
    for group, name in zip(groups, _called(groups, tables, heads), strict=True):
        open_one = known.get(name.id)
        if group.declared is None and open_one is not None and not open_one.members:
            group.declared = open_one
        if group.declared is not None:
            known[group.declared.name] = _extended(known[group.declared.name], group)
        else:
            id = taken.first(name.id, joined(name.id, _place(group, tables)), lexicon().drafting.naming.list)
            known[id] = _new(id, name, group)
    return _without_repeated(tuple(known.values()), tables, parent)


def complete(
    found: Sequence[Dimension], tables: Sequence[Table], uses: Mapping[str, str]
) -> tuple[Dimension, ...]:
    """Return the dimensions, complete where each of two tables or more has every member, and no other line.

    `uses` maps the name of a table to the dimension that it is declared by.
    """
    lines: dict[str, list[tuple[Table, Sequence[Line]]]] = {}
    for table in tables:
        for axis in (table.rows, table.columns):
            if (named := _naming(axis, tuple(found))) is not None:
                lines.setdefault(named.name, []).append((table, axis))
    return tuple(
        replace(one, complete=True) if _is_complete(one, lines.get(one.name, ()), uses) else one
        for one in found
    )


def _is_complete(
    dimension: Dimension, lines: Sequence[tuple[Table, Sequence[Line]]], uses: Mapping[str, str]
) -> bool:
    members: dict[str, set[str]] = {}
    for table, axis in lines:
        names = [(line, member(line.label, dimension)) for line in axis]
        if any(name is None and line.role == "part" and line.label for line, name in names):
            return False
        members.setdefault(table.name, set()).update(name[0] for _, name in names if name)
    declared = [found for table, found in members.items() if uses.get(table) == dimension.name]
    return len(declared) > 1 and all(found == set(dimension.members) for found in declared)


def _settled(tables: Sequence[Table], parent: Profile | None) -> dict[tuple[int, Axis], str]:
    """Return the dimension of the rows of tables that the parent knows, where its members are not listed."""
    declared = {table.name: table for table in parent.tables} if parent else {}
    is_open = {one.name for one in parent.dimensions if not one.members} if parent else set()
    return {
        (index, "row"): known.dimension
        for index, table in enumerate(tables)
        if (known := declared.get(table.identity or "")) and known.dimension in is_open
    }


def _new(id: str, name: Name, group: Group) -> Dimension:
    return Dimension(id, _spellings(group), labels=name.labels, geographic=name.geographic)


def _extended(known: Dimension, group: Group) -> Dimension:
    found = _spellings(group)
    members = {
        name: tuple(dict.fromkeys([*others, *found.get(name, ())])) for name, others in known.members.items()
    }
    return replace(
        known, members={**members, **{name: o for name, o in found.items() if name not in members}}
    )


def _spellings(group: Group) -> dict[str, tuple[str, ...]]:
    """Return each member with the spellings that differ in their words; of those that do not, one is enough."""
    members: dict[str, tuple[str, ...]] = {}
    for printed in group.members:
        name = canonical(printed, group.declared)
        others = {
            fold(spelling): spelling for spelling in reversed(list(printed)) if fold(spelling) != fold(name)
        }
        members[name] = tuple(reversed(others.values()))
    return members


def _place(group: Group, tables: Sequence[Table]) -> str:
    """Return the id of the heading over the first table of a group."""
    sections = tables[group.uses[0].table].sections
    return slug(sections[-1], most=2) if sections else ""


def _without_repeated(
    found: tuple[Dimension, ...], tables: Sequence[Table], parent: Profile | None
) -> tuple[Dimension, ...]:
    """Leave out a new dimension whose members stand twice in the rows of a table, which is an error elsewhere."""
    kept = {dimension.name for dimension in (parent.dimensions if parent else ())}
    for table in tables:
        if repeats(table.rows):
            while (dimension := _naming(table.rows, found)) is not None and dimension.name not in kept:
                found = tuple(one for one in found if one is not dimension)
    return found


def _naming(lines: Sequence[Line], found: tuple[Dimension, ...]) -> Dimension | None:
    totals = tuple(line.label for line in lines if line.role == "total")
    return dimension_of([line.label for line in lines], Profile("", dimensions=found, total_labels=totals))


# One name for each list of a report: no two lists of one table are called the same.


def _called(groups: Sequence[Group], tables: Sequence[Table], heads: Mapping[str, str]) -> list[Name]:
    """Return the name of each group; its id is "" where nothing says what it is, and may be that of another group.

    `heads` are the heads of row labels, by the name of their table. Groups over which a head stands choose first.
    """
    row_heads = _row_heads(groups, tables, heads)
    names: list[Name] = [Name("")] * len(groups)
    given: dict[int, set[str]] = {}
    for index in sorted(range(len(groups)), key=lambda at: not row_heads[at]):
        within = {use.table for use in groups[index].uses}
        used = {name for table in within for name in given.get(table, ())}
        wanted = names_of(groups[index], tables, row_heads[index])
        names[index] = next((name for name in wanted if name.id not in used), Name(""))
        for table in within:
            given.setdefault(table, set()).add(names[index].id)
    return names


def _row_heads(groups: Sequence[Group], tables: Sequence[Table], heads: Mapping[str, str]) -> list[list[str]]:
    """Return the heads of row labels that name each group.

    The head of a stub may name the columns: it does where they stand under it more often than the rows do.
    """
    places = {(use.table, use.axis): at for at, group in enumerate(groups) for use in group.uses}
    texts = {at: heads[table.name] for at, table in enumerate(tables) if table.name in heads}
    often = Counter((group, fold(texts[table])) for (table, _), group in places.items() if table in texts)
    found: list[list[str]] = [[] for _ in groups]
    for table, text in texts.items():
        own = [places[table, axis] for axis in ("row", "column") if (table, axis) in places]
        if own and (len(own) > 1 or (table, "row") in places):
            found[max(own, key=lambda group: often[group, fold(text)])].append(text)
    return found
