"""Give a table and its lines the names that the profile knows them by."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from mlcheck.language.words import fold
from mlcheck.model.profile import Dimension, Profile, TableDeclaration
from mlcheck.model.table import Line, Table
from mlcheck.profile.matching import identify, measure
from mlcheck.profile.members import dimension_of, member
from mlcheck.tables.build import relations_of


def name_table(table: Table, profile: Profile | None) -> Table:
    """Return the table with its identity, and its lines with their member or their measure.

    A table that no declaration fits keeps its lines' members where the profile knows the dimension.
    """
    if profile is None:
        return table
    table = _with_totals(table, frozenset(fold(label) for label in profile.total_labels))
    rows = [r.label for r in table.rows if r.role != "total"]
    columns = [c.label for c in table.columns if c.role != "total"]
    declared = identify(table.sections, table.title, rows, columns, profile)
    dimensions = {d.name: d for d in profile.dimensions}
    named = (
        [dimensions[n] for n in (declared.dimension, declared.across) if n] if declared else
        [d for d in (dimension_of(rows, profile), dimension_of(columns, profile)) if d]
    )  # fmt: skip
    by_rows = _named(table.rows, named, declared)
    by_columns = _named(table.columns, named, declared)
    return replace(table, identity=declared.name if declared else None, rows=by_rows, columns=by_columns)


def _with_totals(table: Table, labels: frozenset[str]) -> Table:
    """Return the table with the lines that the profile names totals as totals, and its sums found anew."""
    lines = (*table.rows, *table.columns)
    if not any(line.role == "part" and fold(line.label) in labels for line in lines):
        return table
    rows, columns = (
        tuple(
            replace(line, role="total", declared=True)
            if line.role == "part" and fold(line.label) in labels
            else line
            for line in axis
        )
        for axis in (table.rows, table.columns)
    )
    relations = tuple(relations_of(list(rows), list(columns), table.entries, table.title))
    return replace(table, rows=rows, columns=columns, relations=relations)


def _named(
    lines: Sequence[Line], dimensions: list[Dimension], declared: TableDeclaration | None
) -> tuple[Line, ...]:
    axis = _axis(lines, dimensions)
    return tuple(_line(line, axis, declared) for line in lines)


def _axis(lines: Sequence[Line], dimensions: list[Dimension]) -> Dimension | None:
    """Return the dimension that these lines are members of: that of most of them."""
    counts = [
        (sum(member(line.label, d) is not None for line in lines), -i, d) for i, d in enumerate(dimensions)
    ]
    best = max(counts, default=None, key=lambda c: c[:2])
    return best[2] if best and best[0] * 2 >= len([li for li in lines if li.role != "total"]) > 0 else None


def _line(line: Line, axis: Dimension | None, declared: TableDeclaration | None) -> Line:
    if axis is not None:
        found = member(line.label, axis)
        counts = declared.counts if declared else None
        return replace(line, dimension=axis.name, member=found[0] if found else None, counts=counts)
    column = measure(line.label, declared) if declared else None
    if column is None:
        return replace(line, counts=declared.counts) if declared and declared.counts else line
    return replace(line, measure=column.name, counts=column.counts)
