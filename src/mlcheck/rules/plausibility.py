"""Figures that are possible, but hardly: a factor of ten against last year, or a change like no other."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from statistics import median_low

from mlcheck.model.constraints import Remark
from mlcheck.model.facts import Facts
from mlcheck.model.table import Entry, Table
from mlcheck.translation import N_

_SIGNS = ("+", "-", "\u2013", "\u2212")
FACTORS = (10, 100, 1000)
NEAR = 4  # within a quarter of the factor, on either side
SMALLEST = 8  # below it a figure may well grow tenfold
FEWEST = 5  # figures of a table that have a change, before one of them can be like no other
MOST = 2  # figures of a table that are like no other: of more, it is the table that has changed
LARGEST = 3  # times, or a third of, the usual change of the table
CHANCE = 36  # a gap of six standard deviations of a count, squared


def figure_is_off_by_a_factor(facts: Facts) -> Iterator[Remark]:
    """A figure is about ten, a hundred or a thousand times last year's of the same place, or a tenth of it.

    A zero too many is likelier. Needs last year's report; small figures are left out, and amounts of as few.
    """
    if facts.prior is None:
        return
    then = {e.figure: e for t in facts.prior.tables for e in t.entries.values()}
    for table in facts.tables:
        off = list(_off(table, facts, then))
        for entry, before, factor in off if len(off) <= MOST else ():
            yield Remark(
                "PLA101", "warning", N_("{now} printed, about {factor} times or a {factor}th of last year's {past}."),
                {"now": entry.printed, "past": before.printed, "factor": factor}, (entry.figure, before.figure),
            )  # fmt: skip


def _off(table: Table, facts: Facts, then: dict[int, Entry]) -> Iterator[tuple[Entry, Entry, int]]:
    """Yield the figures that are about a factor off last year's, with those and the factor."""
    few = _amounts_of_few(table, facts, then)
    for entry in _levels(table):
        before = then.get(facts.former.get(entry.figure, -1))
        if before is None or before.quantity is None or entry.quantity is None:
            continue
        now, past = abs(entry.quantity.value), abs(before.quantity.value)
        if min(now, past) < SMALLEST or entry.quantity.unit not in ("count", "€") or entry.figure in few:
            continue
        ratio = max(now, past) / min(now, past)
        for factor in FACTORS:
            if factor * (NEAR - 1) <= ratio * NEAR <= factor * (NEAR + 1):
                yield entry, before, factor


def _amounts_of_few(table: Table, facts: Facts, then: dict[int, Entry]) -> frozenset[int]:
    """Return the figures of the amounts beside a small number of things, this year's or last year's."""
    few: set[int] = set()
    for (row, _), entry in table.entries.items():
        for one in (entry, then.get(facts.former.get(entry.figure, -1))):
            if one is not None and one.quantity is not None and one.quantity.unit == "count":
                few |= {row} if abs(one.quantity.value) < SMALLEST else set()
    return frozenset(
        e.figure
        for (row, _), e in table.entries.items()
        if row in few and e.quantity is not None and e.quantity.unit == "€"
    )


def change_is_like_no_other(facts: Facts) -> Iterator[Remark]:
    """A figure has tripled since last year, or is a third of it, beside the change usual in its table.

    The usual change is the median of the table; the gap must be one that chance would hardly give to a count
    (six standard deviations). Needs last year's report, and five figures at least that it printed too.
    """
    if facts.prior is None:
        return
    then = {e.figure: e for t in facts.prior.tables for e in t.entries.values()}
    for table in facts.tables:
        changes = list(_changes(table, facts, then))
        if len(changes) < FEWEST:
            continue
        usual = median_low(now / past for _, _, now, past in changes)
        unlike = []
        for entry, before, now, past in changes:
            expected = past * usual
            ratio = max(now, expected) / min(now, expected)
            factor = any(f * (NEAR - 1) <= ratio * NEAR <= f * (NEAR + 1) for f in FACTORS)
            if ratio >= LARGEST and not factor and (now - expected) ** 2 >= CHANCE * expected * (1 + usual):
                unlike.append((entry, before, expected))
        for entry, before, expected in unlike if len(unlike) <= MOST else ():
            yield Remark(
                "PLA102", "warning", N_("{now} printed, for {past} last year; at the change usual in this table it would be about {usual}."),
                {"now": entry.printed, "past": before.printed, "usual": round(expected)}, (entry.figure, before.figure), doubts=True,
            )  # fmt: skip


def _changes(
    table: Table, facts: Facts, then: dict[int, Entry]
) -> Iterator[tuple[Entry, Entry, Fraction, Fraction]]:
    """Yield the counts of a table that last year's report printed too: entries and values, now and then."""
    for entry in _levels(table):
        before = then.get(facts.former.get(entry.figure, -1))
        if before is None or before.quantity is None or entry.quantity is None:
            continue
        now, past = Fraction(entry.quantity.value), Fraction(before.quantity.value)
        counted = entry.quantity.unit == "count" and now.denominator == past.denominator == 1
        if counted and min(now, past) > 0:  # amounts vary more than chance says
            yield entry, before, now, past


def _levels(table: Table) -> Iterator[Entry]:
    """Yield the cells of a table that count or amount to something: no change, share or mean of it, and none with a sign."""
    for (row, column), entry in table.entries.items():
        lines = (table.rows[row], table.columns[column])
        if not entry.printed.lstrip().startswith(_SIGNS) and all(
            line.statistic is None and line.role not in ("variation", "share", "mean") for line in lines
        ):
            yield entry
