"""The names of a rule looked up among what the profile declares."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from msgspec import Struct

from mlcheck.model.errors import MlcheckError
from mlcheck.model.profile import Dimension, Reference, TableDeclaration
from mlcheck.model.table import Line, Table
from mlcheck.profile import messages
from mlcheck.profile.members import derived, member
from mlcheck.profile.messages import nearest
from mlcheck.profile.parse import EXACT, Name

TOTAL = "total"


class Names(Struct, frozen=True):
    """What a rule may name, the dimension it is repeated for, and where its relation stands."""

    tables: Mapping[str, TableDeclaration]
    dimensions: Mapping[str, Dimension]
    per: str | None
    rule: str
    file: str
    line: int

    def unknown(self, template: str, name: str, names: Iterable[str], **values: object) -> MlcheckError:
        """Return the error of a name that is not one of `names`, with the nearest that is."""
        known = tuple(names)
        listed = ", ".join(known[:12]) + (", …" if len(known) > 12 else "")
        return MlcheckError(
            template,
            file=self.file,
            line=self.line,
            rule=self.rule,
            name=name,
            nearest=nearest(name, known),
            known=listed or "—",
            **values,
        )


def references(name: Name, names: Names) -> tuple[Reference, ...]:
    """Return the figures that a reference names; a derived member names several, to be added.

    Raises MlcheckError at a table, column or row that is not declared.
    """
    table = names.tables.get(name.table)
    if table is None:
        raise names.unknown(messages.UNKNOWN_TABLE, name.table, names.tables)
    axes = [names.dimensions[axis] for axis in (table.dimension, table.across) if axis]
    if len(name.labels) > max(len(axes), 1) or (len(name.labels) == 2 and name.column):
        raise names.unknown(
            messages.TOO_MANY_LABELS, name.table, [axis.name for axis in axes], table=table.name
        )
    if len(name.labels) == 2:
        return _cells(name, table, axes, names)
    column = _column(name, table, names)
    label = name.labels[0] if name.labels else names.per
    return tuple(Reference(table.name, column, row) for row in _members(label, axes, table, names))


def combined(terms: Iterable[tuple[Decimal, Reference]]) -> tuple[tuple[Decimal, Reference], ...]:
    """Return the terms with each reference once and none whose coefficient is zero."""
    total: dict[Reference, Decimal] = {}
    for coefficient, reference in terms:
        total[reference] = EXACT.add(total.get(reference, Decimal(0)), coefficient)
    return tuple((coefficient, reference) for reference, coefficient in total.items() if coefficient)


def _cells(name: Name, table: TableDeclaration, axes: list[Dimension], names: Names) -> tuple[Reference, ...]:
    rows = _members(name.labels[0], axes[:1], table, names)
    columns = _members(name.labels[1], axes[1:], table, names)
    if columns == (None,):
        raise names.unknown(messages.PER_IN_COLUMNS, axes[1].name, (), table=table.name)
    return tuple(Reference(table.name, column, row) for row in rows for column in columns)


def _column(name: Name, table: TableDeclaration, names: Names) -> str | None:
    declared = [column.name for column in table.columns]
    if name.column in declared:
        return name.column
    if name.column is not None:
        raise names.unknown(messages.UNKNOWN_COLUMN, name.column, declared, table=table.name)
    if len(declared) > 1:
        raise names.unknown(messages.NO_COLUMN, declared[0], declared, table=table.name)
    return declared[0] if declared else None


def _members(
    label: str | None, axes: list[Dimension], table: TableDeclaration, names: Names
) -> tuple[str | None, ...]:
    """Return the canonical members that a label names; (None,) is each member of `per`."""
    if label is None:
        raise names.unknown(messages.NO_ROW, table.dimension or "", [a.name for a in axes], table=table.name)
    if label.casefold() == TOTAL:
        return (TOTAL,)
    if label == names.per and any(axis.name == label for axis in axes):
        return (None,)
    for axis in axes:
        if found := member(label, axis):
            return (found[0],)
        if parts := derived(label, axis):
            return parts
    spellings = [spelling for axis in axes for others in axis.members.values() for spelling in others]
    known = [*(one for axis in axes for one in (*axis.members, *axis.derived)), *spellings, TOTAL]
    raise names.unknown(
        messages.UNKNOWN_ROW,
        label,
        known,
        table=table.name,
        axes=" × ".join(axis.name for axis in axes) or "—",
    )


# The figures of a table that a reference of the profile names.


def figures_of(table: Table, reference: Reference, member: str | None) -> list[int] | None:
    """Return the figures that a reference names in a table: one cell, or the parts of an unprinted total.

    `member` stands for the row that a reference leaves open; None where one of them is not printed.
    """
    row = reference.row or member
    by_rows = _has(table.rows, row) or (row == TOTAL and not any(c.dimension for c in table.columns))
    lines, across = (table.rows, table.columns) if by_rows else (table.columns, table.rows)
    first = _lines(lines, row)
    second = _across(across, reference.column)
    if not first or not second:
        return None
    cells = [table.entries.get((i, j) if by_rows else (j, i)) for i in first for j in second]
    if any(c is None or c.state == "error" for c in cells) or all(c and c.state == "blank" for c in cells):
        return None
    return [c.figure for c in cells if c is not None]


def _has(lines: tuple[Line, ...], row: str | None) -> bool:
    return any(line.member == row for line in lines)


def _lines(lines: tuple[Line, ...], row: str | None) -> list[int]:
    """Return the line of a member; for the total the printed one, else all the parts it would sum."""
    if row != TOTAL:
        return [i for i, line in enumerate(lines) if line.member == row][:1]
    totals = [i for i, line in enumerate(lines) if line.role == "total"]
    return totals[-1:] or [i for i, line in enumerate(lines) if line.role == "part"]


def _across(lines: tuple[Line, ...], column: str | None) -> list[int]:
    """Return the line of a measure, or without one the margin of a cross table, else its parts.

    The only line of a table is taken for the measure unless the profile knows it for another.
    """
    if column is not None:
        named = [i for i, line in enumerate(lines) if column in (line.measure, line.member)]
        return named[:1] or ([0] if len(lines) == 1 and lines[0].measure is None else [])
    return _lines(lines, TOTAL)
