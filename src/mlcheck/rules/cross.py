"""Relations that the profile states between tables."""

from __future__ import annotations

from collections.abc import Iterator

from mlcheck.model.constraints import Constraint, Number, Remark, Side
from mlcheck.model.facts import Facts
from mlcheck.model.profile import CrossRule, Reference
from mlcheck.model.table import Line, Table

TOTAL = "total"
Terms = list[tuple[int, Number]]


def cross_table_relation_fails(facts: Facts) -> Iterator[Constraint]:
    """A relation that must hold between two tables does not.

    The profile states it, in total or for each member of a dimension. Where a table, a row or a column it
    names is not in the report, nothing is compared: RUL101 tells it.
    """
    for rule in facts.profile.rules if facts.profile else ():
        tables = {t.identity: t for t in facts.tables if t.identity}
        for member in _members(facts, rule, tables):
            terms = _terms(rule, tables, member)
            if terms is not None:
                yield _constraint(rule, terms)


def relation_cannot_be_checked(facts: Facts) -> Iterator[Remark]:
    """A relation between tables cannot be checked, since a table, row or column it names is not there."""
    for rule in facts.profile.rules if facts.profile else ():
        tables = {t.identity: t for t in facts.tables if t.identity}
        missing = [r for _, r in rule.terms if r.table not in tables]
        members = list(_members(facts, rule, tables))
        if not missing and members and any(_terms(rule, tables, m) is not None for m in members):
            continue
        name = missing[0].table if missing else _absent(rule, tables)
        yield Remark(
            "RUL101", "info", 'The rule "{rule}" is not checked: the report has no "{missing}".',
            {"rule": rule.what, "missing": name},
        )  # fmt: skip


def _absent(rule: CrossRule, tables: dict[str, Table]) -> str:
    for _, reference in rule.terms:
        if reference.row and _figures(tables[reference.table], reference, None) is None:
            return f"{reference.table}[{reference.row}]"
    return ", ".join(r.table for _, r in rule.terms)


def _members(facts: Facts, rule: CrossRule, tables: dict[str, Table]) -> Iterator[str | None]:
    """Yield the members a rule is repeated for, None once for a rule in total."""
    if rule.per is None:
        yield None
        return
    seen: dict[str, None] = {}
    for _, reference in rule.terms:
        table = tables.get(reference.table)
        for line in (*table.rows, *table.columns) if table else ():
            if line.dimension == rule.per and line.member:
                seen.setdefault(line.member)
    yield from seen


def _terms(rule: CrossRule, tables: dict[str, Table], member: str | None) -> Terms | None:
    """Return the terms of a rule for one member, None where one of its figures is not printed."""
    terms: Terms = []
    for coefficient, reference in rule.terms:
        table = tables.get(reference.table)
        figures = _figures(table, reference, member) if table else None
        if not figures:
            return None
        whole = int(coefficient) if coefficient == int(coefficient) else coefficient
        terms += [(figure, whole) for figure in figures]
    return terms


def _constraint(rule: CrossRule, terms: Terms) -> Constraint:
    bound: Number = -rule.constant if rule.constant else 0
    lower = bound if rule.operator in ("=", ">=") else None
    upper = bound if rule.operator in ("=", "<=") else None
    stated = terms[0][0]
    return Constraint(
        "XTB101", "relation", (Side(tuple(terms), lower, upper),), stated, None, rule.severity, name=rule.name
    )


def _figures(table: Table, reference: Reference, member: str | None) -> list[int] | None:
    """Return the figures that a reference names in a table: one cell, or the parts of an unprinted total."""
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
    """Return the line of a measure, or without one the margin of a cross table, else its parts."""
    if column is not None:
        named = [i for i, line in enumerate(lines) if column in (line.measure, line.member)]
        return named[:1] or ([0] if len(lines) == 1 else [])
    return _lines(lines, TOTAL)
