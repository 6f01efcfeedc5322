"""The table of a report that a person means by a section and a dimension."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Literal

from mlcheck.language.words import fold
from mlcheck.model.errors import MlcheckError
from mlcheck.model.facts import Facts
from mlcheck.model.table import Line, Table

Axis = Literal["row", "column"]


def in_section(facts: Facts, section: str) -> list[Table]:
    """Return the tables of a section named by its id in the profile or by words of its heading.

    Raises MlcheckError, with the sections that exist and the nearest, where there is none.
    """
    wanted = fold(section)
    chosen = [table for table in facts.tables if wanted in map(fold, section_ids(facts, table))]
    if not chosen:
        chosen = [
            table for table in facts.tables if has_words(wanted, " ".join((*table.sections, table.title)))
        ]
    if not chosen:
        raise unknown(section, sections(facts), facts.source)
    return chosen


def along(tables: list[Table], dimension: str | None, source: str) -> tuple[Table, Axis, list[Table]]:
    """Return the first of `tables` whose rows, or else columns, are members of `dimension`, and the others.

    Raises MlcheckError, with the dimensions that exist and the nearest, where there is none.
    """
    if dimension is None:
        return tables[0], "row", tables[1:]
    wanted = fold(dimension)
    for axis, found in (("row", _by_rows), ("column", _by_columns), ("row", _by_title)):
        for table in tables:
            if found(table, wanted):
                return table, axis, [other for other in tables if other is not table]  # type: ignore[return-value]
    raise unknown_dimension(dimension, dimensions(tables), source)


def sections(facts: Facts) -> list[str]:
    """Return the names by which the sections of a report can be asked for, in the order of the document."""
    names: dict[str, None] = {}
    for table in facts.tables:
        ids = section_ids(facts, table)
        for name in ids or table.sections[-1:]:
            names.setdefault(name)
    return list(names)


def dimensions(tables: Iterable[Table]) -> list[str]:
    """Return the dimensions of the rows and columns of `tables`, in their order."""
    lines = (line for table in tables for line in (*table.rows, *table.columns))
    return list(dict.fromkeys(line.dimension for line in lines if line.dimension))


def section_ids(facts: Facts, table: Table) -> list[str]:
    """Return the sections of the profile that a table stands in, outermost first."""
    if facts.profile is None:
        return []
    declared = {section.name: section for section in facts.profile.sections}
    identified = next((known.section for known in facts.profile.tables if known.name == table.identity), None)
    if identified is None:
        headings = {fold(heading) for heading in table.sections}
        titled = [s.name for s in declared.values() if any(fold(title) in headings for title in s.titles)]
        identified = titled[-1] if titled else None
    names: list[str] = []
    while identified in declared and identified not in names:
        names.append(identified)
        identified = declared[identified].within
    return names[::-1]


def has_words(wanted: str, text: str) -> bool:
    """Tell whether each of the folded words `wanted` starts a word of a text."""
    words = fold(text).split()
    return all(any(word.startswith(part) for word in words) for part in wanted.split())


def _by_rows(table: Table, wanted: str) -> bool:
    return _is_of(table.rows, wanted)


def _by_columns(table: Table, wanted: str) -> bool:
    return _is_of(table.columns, wanted)


def _by_title(table: Table, wanted: str) -> bool:
    return has_words(wanted, " ".join((*table.sections[-1:], table.title, table.headnote)))


def _is_of(lines: tuple[Line, ...], wanted: str) -> bool:
    return any(line.dimension and fold(line.dimension) == wanted for line in lines)


def _nearest(name: str, known: list[str]) -> str | None:
    folded = {fold(other): other for other in known}
    close = get_close_matches(fold(name), folded, 1, 0.5)
    return folded[close[0]] if close else None


def unknown(section: str, known: list[str], source: str) -> MlcheckError:
    """Return the trouble of a section that is not there, with the nearest."""
    nearest = _nearest(section, known)
    listed = ", ".join(known)
    if nearest is None:
        return MlcheckError(
            "{file} has no section “{name}”; its sections are: {known}.",
            file=source,
            name=section,
            known=listed,
        )
    return MlcheckError(
        "{file} has no section “{name}”; did you mean “{nearest}”? Its sections are: {known}.",
        file=source,
        name=section,
        nearest=nearest,
        known=listed,
    )


def unknown_dimension(dimension: str, known: list[str], source: str) -> MlcheckError:
    """Return the trouble of a dimension that is not there, with the nearest."""
    nearest = _nearest(dimension, known)
    listed = ", ".join(known)
    if not known:
        return MlcheckError(
            "{file}: no table of this section has a known dimension such as “{name}”; leave --by out.",
            file=source,
            name=dimension,
        )
    if nearest is None:
        return MlcheckError(
            "{file}: no table of this section is by “{name}”; there are tables by {known}.",
            file=source,
            name=dimension,
            known=listed,
        )
    return MlcheckError(
        "{file}: no table of this section is by “{name}”; did you mean “{nearest}”? There are: {known}.",
        file=source,
        name=dimension,
        nearest=nearest,
        known=listed,
    )
