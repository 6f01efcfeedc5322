"""Tables that nothing else in the report leans on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mlcheck.model.constraints import Constraint, Remark
from mlcheck.model.facts import Facts
from mlcheck.model.finding import Severity
from mlcheck.model.table import Table
from mlcheck.translation import N_


def table_stands_alone(facts: Facts, constraints: Iterable[Constraint]) -> Iterator[Remark]:
    """A table that no total, no other table and no sentence refers to.

    None of its figures is checked: a chart left over, or a table whose total is not printed. A warning in
    a report whose tables a profile knows for the most part, else an information.
    """
    used: set[int] = {figure for one in constraints for side in one.sides for figure, _ in side.terms}
    known = sum(table.identity is not None for table in facts.tables)
    severity: Severity = "warning" if known > 2 and known * 2 > len(facts.tables) else "info"
    for table in facts.tables:
        figures = [e for e in table.entries.values() if e.state == "number"]
        if (
            len(figures) > 1
            and not table.hidden
            and not any(e.figure in used for e in table.entries.values())
        ):
            total = sum(e.quantity.value for e in figures if e.quantity is not None)
            additive = _adds_up(table)
            message = (
                N_("Nothing in the report refers to this table: its {count} figures make {total}, which is no total printed anywhere.")
                if additive else N_("Nothing in the report refers to this table.")
            )  # fmt: skip
            yield Remark(
                "ORP101",
                severity,
                message,
                {"count": len(figures), "total": total},
                (figures[0].figure,),
                table.name,
            )


def _adds_up(table: Table) -> bool:
    """Tell whether all figures of a table may be added: of one unit, none unknown, none a total or a rate."""
    states = {entry.state for entry in table.entries.values()}
    units = {entry.quantity.unit for entry in table.entries.values() if entry.quantity}
    parts = all(line.role == "part" and line.statistic is None for line in (*table.rows, *table.columns))
    return parts and len(units) == 1 and states.isdisjoint(("unknown", "error"))
