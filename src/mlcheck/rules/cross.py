"""Relations that the profile states between tables."""

from __future__ import annotations

from collections.abc import Iterator

from mlcheck.model.constraints import Constraint, Number, Remark, Side
from mlcheck.model.facts import Facts
from mlcheck.model.profile import CrossRule
from mlcheck.model.table import Table
from mlcheck.profile.resolve import TOTAL, figures_of

__all__ = ["TOTAL", "cross_table_relation_fails", "relation_cannot_be_checked"]

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
    """A relation between tables cannot be checked, since a table, row or column it names is not there.

    Where the profile does not require the relation, that is told only of a table that it does require.
    """
    profile = facts.profile
    tables = {t.identity: t for t in facts.tables if t.identity}
    required = {t.name for t in profile.tables if t.required} if profile else set()
    for rule in profile.rules if profile else ():
        present = all(r.table in tables for _, r in rule.terms)
        if present and any(_terms(rule, tables, m) is not None for m in _members(facts, rule, tables)):
            continue
        name, lacking = _lacking(rule, tables, required)
        if rule.required or lacking & required:
            yield Remark(
                "RUL101", "info", 'The rule "{rule}" is not checked: the report has no "{missing}".',
                {"rule": rule.what, "missing": name},
            )  # fmt: skip


def _lacking(rule: CrossRule, tables: dict[str, Table], required: set[str]) -> tuple[str, set[str]]:
    """Return what a rule names and the report lacks, and the tables that are missing or lack it."""
    named = [r.table for _, r in rule.terms]
    if missing := [table for table in named if table not in tables]:
        return min(missing, key=lambda table: table not in required), set(missing)
    for _, reference in rule.terms:
        if reference.row and figures_of(tables[reference.table], reference, None) is None:
            return f"{reference.table}[{reference.row}]", {reference.table}
    return ", ".join(named), set(named)


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
        figures = figures_of(table, reference, member) if table else None
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
