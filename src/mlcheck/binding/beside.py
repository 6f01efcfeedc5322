"""Bind a number by another of its sentence that a table prints: the same line in another year, or another head of one line.

The words of a sentence often name no table; a number that a table near it prints then shows which line it speaks of. The
number that is judged is never looked at.
"""

from __future__ import annotations

from collections.abc import Iterator

from mlcheck.binding.former import alike, period_of
from mlcheck.binding.places import Index
from mlcheck.binding.vocabulary import neutral
from mlcheck.language.words import stem, stems
from mlcheck.model.claim import Binding, Claim
from mlcheck.model.facts import Facts
from mlcheck.model.table import Line, Table

At = tuple[int, int]
SURE = 1000  # a number at least as large shows its line by itself
SOME = 100  # one of a total, or of a line that is named
RINGS = 2  # of tables around a heading in which a number is looked for
LEVELS = ("count", "part", "sum")


def bind_beside(facts: Facts, candidates: Index, claim: Claim) -> Binding | None:
    """Return the figure of a level that stands beside another of its sentence, or None where none or several answer."""
    if claim.hedge or claim.kind not in LEVELS:
        return None
    places = {}
    others = candidates.levels(facts, claim)
    alone = all(other.quantity.unit != claim.quantity.unit for other in others)
    for other in others:
        for table, at in _printing(facts, candidates, other):
            for place in _answering(facts, table, at, other, claim, alone=alone):
                places[table.entries[place].figure] = table
    earlier = claim.period is not None and facts.year is not None and claim.period < facts.year
    if len(places) != 1:
        return None
    return Binding("former count" if earlier else "count", ((next(iter(places)),),), claim.subject)


def former_beside(facts: Facts, candidates: Index, level: Claim, year: int) -> tuple[int, ...] | None:
    """Return the figure of a year in the one line that prints a level this year."""
    found = {
        table.entries[place].figure
        for table, at in _printing(facts, candidates, level)
        for place in _of_year(facts, table, at, year)
        if _shows_line(table, at, level, SURE)
    }
    return (next(iter(found)),) if len(found) == 1 else None


def _printing(facts: Facts, candidates: Index, level: Claim) -> Iterator[tuple[Table, At]]:
    """Yield the figures of tables near a level that print it, of its unit and its year."""
    for table, at in candidates.printing(facts, level, RINGS):
        row, column = table.rows[at[0]], table.columns[at[1]]
        years = {period_of(line, facts.year) for line in (row, column)} - {None}
        aimed = "target" in (row.scenario, column.scenario)
        if not aimed and years <= {level.period}:
            yield table, at


def _answering(
    facts: Facts, table: Table, at: At, other: Claim, claim: Claim, *, alone: bool
) -> Iterator[At]:
    """Yield what answers to a claim, `alone` of its unit, where a table prints another number of its sentence at a place."""
    same = claim.subject == other.subject or not (claim.subject and other.subject)
    if same and claim.period is not None and claim.period != other.period:
        if _shows_line(table, at, other, SURE):
            yield from _of_year(facts, table, at, claim.period)
    elif claim.quantity.unit != other.quantity.unit:
        if alone and claim.period == other.period and _shows_line(table, at, other, SURE):
            yield from _of_unit(table, at, claim)
    elif claim.period == other.period and _shows_line(table, at, other, SOME):
        yield from _of_label(table, at, other, claim)


def _of_year(facts: Facts, table: Table, at: At, year: int) -> Iterator[At]:
    """Yield the figures of another year in the line of a place."""
    for axis, lines in ((1, table.columns), (0, table.rows)):
        own = lines[at[axis]]
        if period_of(own, facts.year) is None:
            continue
        for index, line in enumerate(lines):
            place = (at[0], index) if axis else (index, at[1])
            dated = period_of(line, facts.year) == year and alike(own, line)
            if dated and place in table.entries and table.entries[place].state in ("number", "nil"):
                yield place


def _of_unit(table: Table, at: At, claim: Claim) -> Iterator[At]:
    """Yield the one figure of the unit of a claim in the row of a total, where its head or a title names what is counted."""
    unit, counted = claim.quantity.unit, stem(claim.subject[0]) if claim.subject else ""
    if table.rows[at[0]].role != "total":
        return
    own = [
        (at[0], column)
        for column, line in enumerate(table.columns)
        if line.unit == unit
        and line.year is None
        and line.statistic is None
        and (at[0], column) in table.entries
    ]
    if len(own) != 1 or table.entries[own[0]].state != "number":
        return
    said = (table.columns[own[0][1]].label, table.title, *table.sections[-1:])
    if counted in stems(" ".join(said)):
        yield own[0]


def _of_label(table: Table, at: At, other: Claim, claim: Claim) -> Iterator[At]:
    """Yield the figures of the line of a place under the head that names a claim, where the own head names the other number."""
    for axis, lines in ((1, table.columns), (0, table.rows)):
        if not _names(lines[at[axis]], other) or not _is_whole(
            (table.rows, table.columns)[1 - axis], at[1 - axis]
        ):
            continue
        for index, line in enumerate(lines):
            place = (at[0], index) if axis else (index, at[1])
            known = table.entries[place].state if place in table.entries else "blank"
            if index != at[axis] and known in ("number", "nil") and _names(line, claim):
                yield place


def _names(line: Line, claim: Claim) -> bool:
    """Tell whether the label of a line is what a claim counts, no word more or less."""
    counted = frozenset(stem(word) for word in claim.subject) - neutral()
    return line.statistic is None and bool(counted) and stems(line.label) - neutral() == counted


def _is_whole(lines: tuple[Line, ...], index: int) -> bool:
    return len(lines) == 1 or lines[index].role == "total"


def _shows_line(table: Table, at: At, level: Claim, least: int) -> bool:
    """Tell whether a number shows by itself which line is meant, or is that of a total or of a line that is named."""
    value = abs(level.quantity.value)
    if value >= SURE:
        return True
    said = stems(level.text)
    row, column = table.rows[at[0]], table.columns[at[1]]
    named = any(line.year is None and line.label and stems(line.label) <= said for line in (row, column))
    total = any(line.role == "total" for line in (row, column))
    return (named and least == SURE) or (total and value >= SOME)
