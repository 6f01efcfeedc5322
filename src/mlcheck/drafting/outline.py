"""The headings over the tables of a report, as sections that lie within one another."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from msgspec import Struct, field

from mlcheck.drafting.ids import Taken, joined, slug
from mlcheck.drafting.labels import without_years
from mlcheck.model.profile import Profile, SectionDeclaration
from mlcheck.model.table import Table
from mlcheck.profile.headings import best, key
from mlcheck.profile.matching import section_of

DEPTH = (
    2  # headings deeper than these are titles of their tables, unless they are needed to tell tables apart
)
NO_HEADING = "report"

Path = tuple[tuple[str, ...], ...]


class Outline(Struct):
    """The sections to declare, and the id of the section of each table; those of the parent are not declared."""

    sections: list[SectionDeclaration] = field(default_factory=list)
    of_table: list[str] = field(default_factory=list)
    nodes: dict[Path, str] = field(default_factory=dict)


def outline(tables: Sequence[Table], parent: Profile | None, deep: Collection[int]) -> Outline:
    """Return the sections of the headings over `tables`; for those of `deep`, of all their headings."""
    found = Outline()
    taken = Taken(section.name for section in parent.sections) if parent else Taken()
    paths = [heading_path(table) for table in tables]
    for headings, depth in zip(paths, _depths(paths, deep), strict=True):
        section = _enter(headings[:depth], found, parent, taken)
        found.of_table.append(section or _without_heading(found, taken))
    return found


def _depths(paths: Sequence[tuple[str, ...]], deep: Collection[int]) -> list[int]:
    """Return how many headings of each path are sections.

    The first two are, but for one that heads parts of several sections ("Répartition par commune"). A
    heading that is a section somewhere is one wherever it stands, or its tables would be looked for there.
    """
    keys = [tuple(key(heading) for heading in path) for path in paths]
    above: dict[tuple[str, ...], set[Path]] = {}
    for path in keys:
        for at, heading in enumerate(path):
            above.setdefault(heading, set()).add(path[:at])
    depths = [
        len(path)
        if index in deep
        else sum(not at or len(above[path[at]]) == 1 for at in range(min(len(path), DEPTH)))
        for index, path in enumerate(keys)
    ]
    while True:
        sections = {heading for path, depth in zip(keys, depths, strict=True) for heading in path[:depth]}
        deeper = [max((at + 1 for at, one in enumerate(path) if one in sections), default=0) for path in keys]
        if deeper == depths:
            return depths
        depths = deeper


def heading_path(table: Table) -> tuple[str, ...]:
    """Return the headings over a table that have words, one that repeats the one above it left out."""
    path: list[str] = []
    for heading in table.sections:
        if key(heading) and (not path or key(path[-1]) != key(heading)):
            path.append(" ".join(heading.split()))
    return tuple(path)


def _enter(headings: tuple[str, ...], found: Outline, parent: Profile | None, taken: Taken) -> str | None:
    """Return the section of a path of headings, and declare what of it is new."""
    above: str | None = None
    path: Path = ()
    for depth, heading in enumerate(headings, start=1):
        path = (*path, key(heading))
        if path not in found.nodes:
            known = _declared_section(headings[:depth], parent)
            name = known or taken.first(_id(heading), joined(above or "", _id(heading)))
            if known is None:
                found.sections.append(SectionDeclaration(name, (without_years(heading),), above))
            found.nodes[path] = name
        above = found.nodes[path]
    return above


def _declared_section(headings: tuple[str, ...], parent: Profile | None) -> str | None:
    """Return the section of the parent that the innermost of `headings` is the heading of."""
    section = section_of(headings, parent) if parent else None
    return section.name if section and best(section.titles, headings[-1:]) > 0 else None


def _without_heading(found: Outline, taken: Taken) -> str:
    """Return the section of tables over which no heading stands; it has no title either."""
    if () not in found.nodes:
        found.nodes[()] = taken.first(NO_HEADING)
        found.sections.append(SectionDeclaration(found.nodes[()], ()))
    return found.nodes[()]


def _id(heading: str) -> str:
    return slug(heading) or "section"
