"""Claims bound again after one portion of a report has changed, and only those that may bind otherwise.

The words of tables and sentences say what a claim may mean, their values only which of several meanings holds.
So where a portion keeps its words, the claims that its values can decide are those of its own chapters, and
those that name one of its figures when no two figures of the report are alike: then a claim that could mean
several names them all. Each chapter's claims are bound without those of the others, which is verified once.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import count

from msgspec import Struct
from msgspec.structs import replace

from mlcheck.checking.portions import Portion
from mlcheck.extraction.binding import bind, former_figures
from mlcheck.model.claim import Binding, Claim
from mlcheck.model.facts import Facts
from mlcheck.model.table import Entry, Table

Chapter = tuple[str, ...]
UNLIKE = 10**12  # where the values of figures that are all unlike start


class Bindings(Struct, frozen=True):
    """The bindings of a whole report, portion by portion, and the chapters that each portion can decide.

    `chapters` is None where chapters cannot be bound by themselves; `former` maps figures to last year's.
    """

    own: tuple[tuple[Binding, ...], ...]
    chapters: tuple[frozenset[Chapter], ...] | None
    former: dict[int, int]


def bindings_of(portions: Sequence[Portion], facts: Facts) -> Bindings:
    """Return the bindings of `facts`, which the portions say together."""
    bound = bind(facts)
    apart: dict[int, Binding] = {}
    for chapter in dict.fromkeys(_chapter(claim) for claim in facts.claims):
        apart |= _bound(facts, {chapter})
    own, start = [], 0
    for portion in portions:
        end = start + len(portion.facts.claims)
        own.append(tuple(bound[i] for i in range(start, end)))
        start = end
    decided = _decided(portions, facts) if apart == bound else None
    return Bindings(tuple(own), decided, former_figures(facts))


def rebound(base: Bindings, before: Sequence[Portion], at: int, after: Portion, facts: Facts) -> Facts:
    """Return `facts` bound, in which the portion `at` has become `after`."""
    if base.chapters is None or _words(before[at].facts) != _words(after.facts):
        return replace(facts, bindings=bind(facts), former=former_figures(facts))
    chapters = base.chapters[at] | {_chapter(claim) for claim in after.facts.claims}
    bindings: dict[int, Binding] = {}
    start = 0
    for number, (portion, own) in enumerate(zip(before, base.own, strict=True)):
        if number != at:
            bindings |= zip(count(start), own, strict=False)
        start += len((after if number == at else portion).facts.claims)
    return replace(facts, bindings=bindings | _bound(facts, chapters), former=base.former)


def _chapter(item: Claim | Table) -> Chapter:
    return item.sections[:1]


def _bound(facts: Facts, chapters: Collection[Chapter]) -> dict[int, Binding]:
    """Return the bindings of the claims of some chapters, all tables at hand."""
    wanted = [i for i, claim in enumerate(facts.claims) if _chapter(claim) in chapters]
    number = {i: n for n, i in enumerate(wanted)}
    claims = (facts.claims[i] for i in wanted)
    own = tuple(claim if claim.of is None else replace(claim, of=number.get(claim.of)) for claim in claims)
    return {wanted[n]: binding for n, binding in bind(replace(facts, claims=own)).items()}


def _decided(portions: Sequence[Portion], facts: Facts) -> tuple[frozenset[Chapter], ...]:
    """Return for each portion its own chapters and those with a claim that its figures can decide."""
    values = count(UNLIKE)
    bindings = bind(replace(facts, tables=tuple(_unlike(table, values) for table in facts.tables)))
    named = [(_chapter(facts.claims[i]), _named(binding)) for i, binding in bindings.items()]
    found = []
    for portion in portions:
        figures = {e.figure for table in portion.facts.tables for e in table.entries.values()}
        own = {_chapter(table) for table in portion.facts.tables}
        own |= {_chapter(claim) for claim in portion.facts.claims}
        found.append(frozenset(own | {chapter for chapter, names in named if names & figures}))
    return tuple(found)


def _named(binding: Binding) -> set[int]:
    return {figure for figures in binding.operands for figure in figures} | set(binding.candidates)


def _unlike(table: Table, values: count[int]) -> Table:
    """Return a table whose figures print numbers that no others do, nor their sums."""

    def unlike(entry: Entry) -> Entry:
        if entry.quantity is None:
            return entry
        return replace(entry, quantity=replace(entry.quantity, mantissa=next(values) ** 3))

    return replace(table, entries={at: unlike(entry) for at, entry in table.entries.items()})


def _words(facts: Facts) -> list[tuple[object, ...]]:
    """Return all that the binding of claims may read of tables but their values."""
    return [
        (
            *(
                table.name,
                table.title,
                table.sections,
                table.identity,
                table.rows,
                table.columns,
                table.hidden,
            ),
            {
                at: (e.figure, e.state, e.quantity.unit if e.quantity else None)
                for at, e in table.entries.items()
            },
        )
        for table in facts.tables
    ]
