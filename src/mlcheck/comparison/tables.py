"""The tables that two files have in common, matched by the words of headings, titles and labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import partial

from msgspec import Struct

from mlcheck.comparison.assignment import Assigned, Candidate, Pairs, Spot, assign
from mlcheck.comparison.headings import Context, Headings
from mlcheck.comparison.lines import Key, Match, Words, key_of, matched
from mlcheck.language.words import content_words
from mlcheck.model.table import Table

LEAST = Fraction(1, 2)  # of the smaller table that both must have
PECULIAR = 3  # words of labels that no other table has, and that name a table whatever stands over it


class Shape(Struct, frozen=True):
    """A table by the words that it is compared by."""

    table: Table
    rows: tuple[Key, ...]
    columns: tuple[Key, ...]
    context: Context

    @property
    def labels(self) -> set[Words]:
        """The folded labels of its lines."""
        return {key.words for key in (*self.rows, *self.columns)}


class Matched(Struct, frozen=True):
    """What was found: candidates that were taken or undecided, and those whose headings speak against them."""

    assigned: Assigned
    doubtful: tuple[Candidate, ...]


def shape_of(table: Table, context: Context, shift: int) -> Shape:
    """Return the shape of a table; `shift` is taken from the years in its labels."""
    rows = tuple(key_of(line, shift) for line in table.rows)
    columns = tuple(key_of(line, shift) for line in table.columns)
    return Shape(table, rows, columns, context)


def match(ours: Sequence[Shape], theirs: Sequence[Shape], used: tuple[Context, Context]) -> Matched:
    """Return the pairs of tables that are the same, and of their figures."""
    headings = Headings([shape.context for shape in ours], [shape.context for shape in theirs], used)
    counts = [Counter(label for shape in side for label in shape.labels) for side in (ours, theirs)]
    peculiar = {label for label in counts[0] if counts[0][label] == 1 == counts[1][label]}
    sure: list[Candidate] = []
    doubtful: list[Candidate] = []
    for left, our in enumerate(ours):
        for right, their in enumerate(theirs):
            found = _candidate(left, our, right, their, headings, peculiar)
            if found is not None:
                (sure if found[1] else doubtful).append(found[0])
    assigned = assign(sure, partial(_enough, left=ours, right=theirs))
    return Matched(assigned, tuple(doubtful))


def _candidate(
    left: int, one: Shape, right: int, other: Shape, headings: Headings, peculiar: set[Words]
) -> tuple[Candidate, bool] | None:
    """Return the candidate of two tables, and whether their words decide that they can be the same.

    None where they are not: the profile knows them as two, or they have too few labels in common.
    """
    known, others = one.table.identity, other.table.identity
    if known and others and known != others:
        return None
    ways = [(_crossings(one, other, turned), turned) for turned in (False, True)]
    (pairs, rows, columns), turned = max(ways, key=lambda way: (len(way[0][0]), not way[1]))
    smaller = min(len(one.table.entries), len(other.table.entries))
    if not pairs or len(pairs) < LEAST * smaller or not _any_part(one, other, pairs):
        return None
    exact = [one.rows[a].words for a, (_, same) in rows.items() if same]
    exact += [one.columns[a].words for a, (_, same) in columns.items() if same]
    score = Fraction(2 * len(pairs), len(one.table.entries) + len(other.table.entries))
    score += Fraction(len(exact), 2 * (len(rows) + len(columns)))
    alike = headings.likeness(one.context, other.context)
    score += (alike.score if alike else 0) + (4 if known and known == others else 0)
    named = bool(known and known == others)
    telling = _telling(label for label in exact if label in peculiar)
    weak = not named and not telling and (alike is None or not alike.strong)
    candidate = Candidate(left, right, score, pairs, (_prints(one.table), _prints(other.table)), turned, weak)
    return candidate, named or alike is None or alike.enough or (telling and not alike.contrary)


def _crossings(
    one: Shape, other: Shape, turned: bool
) -> tuple[Pairs, Mapping[int, Match], Mapping[int, Match]]:
    """Return the entries that both tables have, and the lines of ours in theirs; `turned` swaps their axes."""
    rows = matched(one.rows, other.columns if turned else other.rows)
    columns = matched(one.columns, other.rows if turned else other.columns) if rows else {}
    pairs: list[tuple[Spot, Spot]] = []
    for at in sorted(one.table.entries):
        if at[0] in rows and at[1] in columns:
            row, column = rows[at[0]][0], columns[at[1]][0]
            there = (column, row) if turned else (row, column)
            if there in other.table.entries:
                pairs.append((at, there))
    return tuple(pairs), rows, columns


def _any_part(one: Shape, other: Shape, pairs: Pairs) -> bool:
    """Tell whether something else than totals is in both tables, where there is anything else."""
    return any(not _total(one, a) and not _total(other, b) for a, b in pairs) or all(
        _total(shape, at) for shape in (one, other) for at in shape.table.entries
    )


def _total(shape: Shape, at: Spot) -> bool:
    return shape.rows[at[0]].total or shape.columns[at[1]].total


def _telling(labels: Iterable[Words]) -> bool:
    words = {word for label in labels for word in content_words(" ".join(label)) if word.isalpha()}
    return len(words) >= PECULIAR


def _prints(table: Table) -> tuple[str, ...]:
    return tuple(table.entries[at].printed for at in sorted(table.entries))


def _enough(
    one: Candidate, ours: set[Spot], theirs: set[Spot], *, left: Sequence[Shape], right: Sequence[Shape]
) -> bool:
    """Tell whether the rest of a candidate is half of what is left of the smaller table, and not of totals only."""
    mine, other = left[one.left], right[one.right]
    smaller = min(len(mine.table.entries) - len(ours), len(other.table.entries) - len(theirs))
    return len(one.pairs) >= LEAST * smaller and _any_part(mine, other, one.pairs)
