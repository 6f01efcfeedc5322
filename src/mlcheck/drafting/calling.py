"""One name for each list of a report: no two lists of one table are called the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from mlcheck.drafting.groups import Group
from mlcheck.drafting.naming import Name, names_of
from mlcheck.model.table import Table
from mlcheck.words import fold


def called(groups: Sequence[Group], tables: Sequence[Table], heads: Mapping[str, str]) -> list[Name]:
    """Return the name of each group; its id is "" where nothing says what it is, and may be that of another group.

    `heads` are the heads of stubs, by the name of their table. Groups over which a head stands choose first.
    """
    stubs = _stubs(groups, tables, heads)
    names: list[Name] = [Name("")] * len(groups)
    given: dict[int, set[str]] = {}
    for index in sorted(range(len(groups)), key=lambda at: not stubs[at]):
        within = {use.table for use in groups[index].uses}
        used = {name for table in within for name in given.get(table, ())}
        wanted = names_of(groups[index], tables, stubs[index])
        names[index] = next((name for name in wanted if name.id not in used), Name(""))
        for table in within:
            given.setdefault(table, set()).add(names[index].id)
    return names


def _stubs(groups: Sequence[Group], tables: Sequence[Table], heads: Mapping[str, str]) -> list[list[str]]:
    """Return the heads of stubs that name each group.

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
