"""Printed tables and columns matched with what the profile declares."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from mlcheck.model.profile import ColumnDeclaration, Profile, SectionDeclaration, TableDeclaration
from mlcheck.profile.headings import best, key
from mlcheck.profile.members import matches, member

_ENOUGH = 2.5  # what a heading of its section, its title or its columns give alone
_CLEAR = 0.05  # by how much the best declaration must lead the next


class _Printed(Struct, frozen=True):
    """A printed table: its headings and title, its labels, and the dimensions its axes may be."""

    headings: tuple[str, ...]
    title: str
    row_labels: tuple[str, ...]
    column_labels: tuple[str, ...]
    rows: dict[str, int]
    columns: dict[str, int]


def identify(
    sections: Sequence[str],
    title: str,
    row_labels: Sequence[str],
    column_labels: Sequence[str],
    profile: Profile,
) -> TableDeclaration | None:
    """Return the declaration that a printed table answers to, or None where the words do not decide.

    `sections` are the headings above it, outermost first. The section they name and what the rows and
    columns are members of must be those declared, and of the measures one at least; then headings,
    title, column labels and required rows are weighed, and the best is taken if it leads the next.
    """
    printed = _Printed(
        (*sections, title),
        title,
        tuple(row_labels),
        tuple(column_labels),
        matches(row_labels, profile),
        matches(column_labels, profile),
    )
    by_name = {section.name: section for section in profile.sections}
    possible = _near(_fitting(printed.headings, profile), profile)
    scores = []
    for table in profile.tables:
        if table.section in possible:
            measures = _measure_labels(table, printed, profile)
            if measures is not None:
                scores.append((_score(table, printed, measures, by_name[table.section], profile), table))
    scores.sort(key=lambda scored: -scored[0])
    if not scores or scores[0][0] < _ENOUGH or (len(scores) > 1 and scores[0][0] - scores[1][0] < _CLEAR):
        return None
    return scores[0][1]


def _near(found: Sequence[SectionDeclaration], profile: Profile) -> set[str]:
    """Return the sections found, those around them and those within; all where none is found."""
    names = {one.name for one in found or profile.sections}
    around = {one.name for section in found for one in _above(section, profile)}
    within = {one.name for one in profile.sections if any(up.name in names for up in _above(one, profile))}
    return names | around | within


def measure(label: str, table: TableDeclaration) -> ColumnDeclaration | None:
    """Return the declared measure that a printed column label names, None where none or several fit.

    The only measure of a table also answers to a blank label.
    """
    if not key(label) and len(table.columns) == 1:
        return table.columns[0]
    scores = sorted(((best(c.labels, (label,)), -at) for at, c in enumerate(table.columns)), reverse=True)
    if not scores or scores[0][0] == 0 or (len(scores) > 1 and scores[0][0] == scores[1][0]):
        return None
    return table.columns[-scores[0][1]]


def _measure_labels(table: TableDeclaration, printed: _Printed, profile: Profile) -> tuple[str, ...] | None:
    """Return the labels along the axis that is no dimension, None where the axes are not those declared.

    An open dimension (one without members, such as the communes of no particular agency) is taken to be
    that of rows that no other dimension explains.
    """
    rows, columns, dimension, across = printed.rows, printed.columns, table.dimension, table.across
    if across is not None:
        crossed = (dimension in rows and across in columns) or (dimension in columns and across in rows)
        return () if crossed else None
    if dimension is None:
        return None if rows else printed.column_labels
    if dimension in rows or (not rows and any(printed.row_labels) and _is_open(dimension, profile)):
        return None if any(count > 1 for count in columns.values()) else printed.column_labels
    return printed.row_labels if dimension in columns and not rows else None


def _score(
    table: TableDeclaration,
    printed: _Printed,
    labels: tuple[str, ...],
    section: SectionDeclaration,
    profile: Profile,
) -> float:
    fits = [best(column.labels, labels) for column in table.columns if column.labels]
    if fits and not any(fits) and any(len(key(label)) > 1 for label in labels):
        return 0.0  # it measures something else; a single word ("Nombre", "2023", "%") tells nothing
    names = {found[0] for found in _members(table, printed, profile)} if table.rows else set()
    return (
        4 * best(section.titles, printed.headings)
        + sum(best(one.titles, printed.headings) for one in _above(section, profile))
        + 3 * max(best(table.titles, (printed.title,)), 0.8 * best(table.titles, printed.headings))
        + 3 * (sum(fits) / len(fits) if fits else 0)
        + (len(names & set(table.rows)) / len(table.rows) if table.rows else 0)
    )


def _members(table: TableDeclaration, printed: _Printed, profile: Profile) -> list[tuple[str, bool]]:
    dimension = next(one for one in profile.dimensions if one.name == table.dimension)
    labels = (*printed.row_labels, *printed.column_labels)
    return [found for label in labels if (found := member(label, dimension))]


def _is_open(name: str, profile: Profile) -> bool:
    return any(one.name == name and not one.members for one in profile.dimensions)


# Headings matched with the declared sections.


def section_of(headings: Sequence[str], profile: Profile) -> SectionDeclaration | None:
    """Return the declared section that headings, outermost first, lie in; None where they do not decide."""
    found = _fitting(headings, profile)
    return found[0] if len(found) == 1 else None


def _fitting(headings: Sequence[str], profile: Profile) -> tuple[SectionDeclaration, ...]:
    """Return the sections that the innermost heading that fits any of them fits best.

    Of several, those that lie within a section of the headings around come before the others.
    """
    headings = tuple(headings)
    for heading in reversed(headings):
        scores = [(best(section.titles, (heading,)), section) for section in profile.sections]
        top = max((score for score, _ in scores), default=0.0)
        if top > 0:
            found = tuple(section for score, section in scores if score == top)
            within = tuple(
                one for one in found if any(_fits(above, headings) for above in _above(one, profile))
            )
            return (within or found) if len(found) > 1 else found
    return ()


def _above(section: SectionDeclaration, profile: Profile) -> tuple[SectionDeclaration, ...]:
    """Return the sections that a section lies within, the innermost first."""
    found: list[SectionDeclaration] = []
    while section.within is not None:
        section = next(one for one in profile.sections if one.name == section.within)
        found.append(section)
    return tuple(found)


def _fits(section: SectionDeclaration, headings: tuple[str, ...]) -> bool:
    return best(section.titles, headings) > 0
