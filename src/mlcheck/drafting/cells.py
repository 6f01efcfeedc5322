"""Figures of the drafted tables that rules may compare: totals, and members one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from mlcheck.drafting.declaring import Declared
from mlcheck.drafting.outline import DEPTH, heading_path
from mlcheck.language.lexicon import lexicon
from mlcheck.language.words import fold, stem, stems
from mlcheck.model.facts import Facts
from mlcheck.model.profile import ColumnDeclaration, Profile, Reference, TableDeclaration
from mlcheck.model.table import Entry, Table
from mlcheck.profile.headings import key
from mlcheck.profile.resolve import TOTAL, figures_of
from mlcheck.tables.naming import name_table

UNITS = ("count", "€")  # what is added up


class NamedCell(Struct, frozen=True):
    """The figures that a reference names, with their sum, and the words that say what they count.

    `measure` are the stems of the head that names the measure, none where no head does; `context` those of
    the headings and the title; `counts` the noun that is counted, where a head says it. `dimension` is that of
    the member it is the figure of, None for a total. `part` are the keys of the first two headings, the chapter first.
    """

    table: Table
    declaration: TableDeclaration
    reference: Reference
    dimension: str | None
    value: Fraction
    printed: str | None
    unit: str
    counts: str | None
    measure: frozenset[str]
    context: frozenset[str]
    part: tuple[tuple[str, ...], ...]


def named_facts(facts: Facts, profile: Profile) -> Facts:
    """Return the facts of a report with its tables and their lines named by a profile."""
    return replace(facts, profile=profile, tables=tuple(name_table(table, profile) for table in facts.tables))


def named_cells(named: Facts, declared: Sequence[Declared]) -> list[NamedCell]:
    """Return what the tables print exactly, in full and in a unit that is added up, in the order of the report."""
    tables = {table.identity: table for table in named.tables if table.identity}
    found = []
    for declaration in (one.declaration for one in declared if one.reason is None):
        table = tables.get(declaration.name)
        if table is None:
            continue
        entries = {entry.figure: entry for entry in table.entries.values()}
        for column, dimension, reference in _references(table, declaration):
            own = [entries[figure] for figure in figures_of(table, reference, None) or ()]
            if own and (value := exact(own)) is not None:
                found.append(_named_cell(table, declaration, column, dimension, reference, value, own))
    return found


def exact(entries: Sequence[Entry]) -> Fraction | None:
    """Return the sum of entries, nil and blank ones zero; None where one is unknown or rounded."""
    total = Fraction(0)
    for entry in entries:
        if entry.state in ("unknown", "error") or (entry.quantity is not None and entry.quantity.half):
            return None
        if entry.quantity is not None:
            total += entry.quantity.value
    return total


def _references(
    table: Table, declaration: TableDeclaration
) -> Iterator[tuple[ColumnDeclaration | None, str | None, Reference]]:
    rows: dict[str, str | None] = {TOTAL: None}
    for line in (*table.rows, *table.columns):
        if line.member and line.role != "total":
            rows.setdefault(line.member, line.dimension)
    for column in declaration.columns or (None,):
        if column is None or column.unit in UNITS:
            for row, dimension in rows.items():
                yield column, dimension, Reference(declaration.name, column.name if column else None, row)


def _named_cell(
    table: Table,
    declaration: TableDeclaration,
    column: ColumnDeclaration | None,
    dimension: str | None,
    reference: Reference,
    value: Fraction,
    entries: Sequence[Entry],
) -> NamedCell:
    path = heading_path(table)
    head = column.labels[0] if column and column.labels else _measure_in(table.title)
    units = {entry.quantity.unit for entry in entries if entry.quantity} or {"count"}
    return NamedCell(
        table,
        declaration,
        reference,
        dimension,
        value,
        entries[0].printed if len(entries) == 1 else None,
        "+".join(sorted(units)),
        column.counts if column else declaration.counts,
        stems(head) - _head_words(),
        frozenset[str]().union(*(stems(text) for text in (*path, table.title))),
        tuple(key(heading) for heading in path[:DEPTH]),
    )


def _measure_in(title: str) -> str:
    """Return a title that names a measure ("Nombre de jeunes par commune"), "" for another."""
    return title if any(stem(word) in _head_words() for word in fold(title).split()[:1]) else ""


@cache
def _head_words() -> frozenset[str]:
    """The stems of words that open a measure and name none."""
    words = (*lexicon().drafting.measures.heads, *lexicon().binding.head)
    return frozenset(stem(word) for text in words for word in fold(text).split())
