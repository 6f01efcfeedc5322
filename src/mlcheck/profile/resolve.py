"""The names of a rule looked up among what the profile declares."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from msgspec import Struct

from mlcheck.model.errors import MlcheckError
from mlcheck.model.profile import Dimension, Reference, TableDeclaration
from mlcheck.profile import messages
from mlcheck.profile.members import derived, member
from mlcheck.profile.nearest import nearest
from mlcheck.profile.relation import EXACT, Name

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
