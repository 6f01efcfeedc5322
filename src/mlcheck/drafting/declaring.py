"""A printed table turned into the declaration by which next year's will be known."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from mlcheck.drafting.axes import member_labels
from mlcheck.drafting.ids import Taken, joined, slug
from mlcheck.drafting.labels import without_years
from mlcheck.drafting.measures import counted_by, measures
from mlcheck.drafting.outline import heading_path
from mlcheck.model.profile import Dimension, Profile, TableDeclaration
from mlcheck.model.table import Axis, Line, Table
from mlcheck.profile.matching import member
from mlcheck.profile.members import matches


class Declared(Struct, frozen=True):
    """A table of the report with its declaration, and the labels of lines that could not be declared.

    `inherited` says that the extended profile declares it; `reason` why it cannot be known again, else None:
    a template of `mlcheck.drafting.wording`.
    """

    table: Table
    declaration: TableDeclaration
    unnamed: tuple[str, ...] = ()
    inherited: bool = False
    reason: str | None = None


def declare(table: Table, section: str, profile: Profile, taken: Taken, parent: Profile | None) -> Declared:
    """Return the declaration of a table that stands in `section`; one that the parent has is made required."""
    known = next((one for one in parent.tables if one.name == table.identity), None) if parent else None
    if known is not None:
        return Declared(table, _required(known, table, profile), inherited=True)
    rows, columns = _dimension(table.rows, profile), _dimension(table.columns, profile, most=1)
    dimension = rows or columns
    across = columns if rows and columns else None
    if columns and not rows and len(table.rows) > 1 and not measures(table, "row")[0]:
        dimension = columns = None  # rows without names, such as years, under columns that have them
    axis: Axis = "row" if columns and not rows else "column"
    headings = heading_path(table)
    title = without_years(table.title) or without_years(headings[-1] if headings else "")
    found, unnamed = ((), ()) if across else measures(table, axis)
    declaration = TableDeclaration(
        taken.first(*_ids(table, section, dimension, across, title)),
        section,
        (title,) if title else (),
        dimension.name if dimension else None,
        across.name if across else None,
        found,
        required=True,
        rows=_rows(table.columns if dimension is columns else table.rows, dimension),
        counts=None if found or not _counts(table) else counted_by((*headings[-2:], title)),
    )
    return Declared(table, declaration, unnamed)


def _dimension(lines: Sequence[Line], profile: Profile, most: int = 0) -> Dimension | None:
    """Return the dimension that lines are members of; `most` labels may be members by chance."""
    counts = {
        name: count
        for name, count in matches([line.label for line in lines], profile).items()
        if count > most
    }
    best = max(counts, key=lambda name: counts[name], default=None)
    return next((one for one in profile.dimensions if one.name == best), None)


def _required(known: TableDeclaration, table: Table, profile: Profile) -> TableDeclaration:
    """Return the declaration of the parent with what this report shows: that it is printed, and its rows."""
    dimension = next((one for one in profile.dimensions if one.name == known.dimension), None)
    rows = _rows((*table.rows, *table.columns), dimension)
    return replace(known, required=True, rows=known.rows if set(rows) <= set(known.rows) else rows)


def _rows(lines: Sequence[Line], dimension: Dimension | None) -> tuple[str, ...]:
    """Return the members that lines have."""
    if dimension is None:
        return ()
    found = [member(label, dimension) for label in member_labels(lines)]
    return tuple(dict.fromkeys(one[0] for one in found if one))


def _counts(table: Table) -> bool:
    return all(line.unit == "count" for line in (*table.rows, *table.columns))


def _ids(
    table: Table, section: str, dimension: Dimension | None, across: Dimension | None, title: str
) -> list[str]:
    """Return the ids that a table may have, the shortest first."""
    axes = joined(*(one.name for one in (dimension, across) if one))
    own = slug(table.title)
    return [
        joined(section, axes) if axes else "",
        joined(section, own) if own else "",
        joined(section, axes, own),
        joined(section, axes, slug(title)) or "table",
    ]
