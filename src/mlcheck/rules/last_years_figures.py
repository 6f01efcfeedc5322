"""Columns and rows of last year, held against what last year's report printed in their place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from mlcheck.binding.candidates import key_of
from mlcheck.language.roles import scenario_of, years_back
from mlcheck.language.words import fold
from mlcheck.model.constraints import Constraint, Side
from mlcheck.model.facts import Facts
from mlcheck.model.relation import Evidence
from mlcheck.model.table import Axis, Entry, Line, Table
from mlcheck.rules.relations import cell
from mlcheck.tables.descriptors import full, without_years

SCENARIOS = ("target",)  # a budget may be voted again


def column_of_last_year_differs(facts: Facts) -> Iterator[Constraint]:
    """A column of last year prints another figure than last year's report.

    Either it was revised since, or it is wrong. Needs last year's report (--prior), with the same table and line
    under the same year; where it has several of them, or none, the column is unverifiable.
    """
    before = facts.prior
    if before is None or before.year is None or before.year == facts.year:
        return
    known: dict[tuple[str, ...], list[Table]] = {}
    for table in before.tables:
        known.setdefault(key_of(table), []).append(table)
    now = Counter(key_of(table) for table in facts.tables)
    for table in facts.tables:
        others = known.get(key_of(table), [])
        if len(others) == now[key_of(table)] == 1:
            since = facts.year - before.year if facts.year is not None else None
            yield from _compared(table, others[0], "row", before.year, since)
            yield from _compared(table, others[0], "column", before.year, since)


def _compared(table: Table, other: Table, axis: Axis, year: int, since: int | None) -> Iterator[Constraint]:
    """Yield that each figure of a line of last year is the one that its own report printed, `since` so many years."""
    lines, across = _both(table, axis)
    others, beside = _both(other, axis)
    for index, line in enumerate(lines):
        then = (
            _same_time(line, others, year) if line.year == year and line.scenario not in SCENARIOS else None
        )
        if line.year is None and since and years_back(line.scenario) == since:
            then = _repeated(line, others, year)
        if then is None:
            continue
        for x, crossing in enumerate(across):
            place = _same_line(crossing, beside)
            now = cell(table, axis, index, x)
            past = cell(other, axis, then, place) if place is not None else None
            if now and past and _comparable(now, past):
                evidence = Evidence((line.label,), ("a line of last year",))
                name = f"{table.name}|{axis}|former|{line.position}"
                side = Side(((past.figure, 1), (now.figure, -1)), 0, 0)
                yield Constraint(
                    "VAR102", "equal", (side,), now.figure, None, "warning", evidence=evidence, siblings=name
                )


def _both(table: Table, axis: Axis) -> tuple[Sequence[Line], Sequence[Line]]:
    return (table.rows, table.columns) if axis == "row" else (table.columns, table.rows)


def _comparable(now: Entry, past: Entry) -> bool:
    """Tell whether two cells print numbers of one unit."""
    return now.quantity is not None and past.quantity is not None and now.quantity.unit == past.quantity.unit


def _repeated(line: Line, others: Sequence[Line], year: int) -> int | None:
    """Return the line of last year's report that "N-1" repeats: its "N", or that of its year."""
    own = _without_time(line)
    found = [
        i for i, o in enumerate(others)
        if o.role == line.role and (o.year == year or (o.year is None and o.scenario == "now")) and _without_time(o) == own
    ]  # fmt: skip
    return found[0] if len(found) == 1 else None


def _without_time(line: Line) -> str:
    """Return the words of a line without those that say whether it is of this year or of the one before."""
    kept = (text for text in (*line.path, line.label) if years_back(scenario_of(text)) is None)
    return fold(without_years(" ".join(kept)))


def _same_time(line: Line, others: Sequence[Line], year: int) -> int | None:
    """Return the line of last year's report of the same words and year, the year of the report where it names none."""
    alike = [i for i, o in enumerate(others) if o.role == line.role and _words(o) == _words(line)]
    dated = [i for i in alike if others[i].year == year]
    found = dated or [i for i in alike if others[i].year is None]
    return found[0] if len(found) == 1 else None


def _same_line(line: Line, others: Sequence[Line]) -> int | None:
    """Return the line of last year's report with the same words, where one alone has them."""
    own = (line.member, line.year) if line.member else (_words(line), line.year)
    found = [
        i for i, o in enumerate(others) if ((o.member, o.year) if line.member else (_words(o), o.year)) == own
    ]
    return found[0] if len(found) == 1 else None


def _words(line: Line) -> str:
    return fold(without_years(full(line)))
