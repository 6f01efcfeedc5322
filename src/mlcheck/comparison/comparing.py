"""Two files → Comparison: their tables and sentences matched by words, then compared figure by figure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from mlcheck.checking.check import read_job
from mlcheck.checking.findings import table_title
from mlcheck.checking.job import facts_of
from mlcheck.comparison import sentences, tables
from mlcheck.comparison.assignment import Candidate
from mlcheck.comparison.clauses import Prose, prose_of
from mlcheck.comparison.figures import Both, side_by_side, unmatched, with_evidence
from mlcheck.comparison.headings import Context, context_of
from mlcheck.comparison.tables import Matched, Shape, shape_of
from mlcheck.model.comparison import Alone, Compared, Comparison, Side, Source, TableAlone, TablePair
from mlcheck.model.document import Locator
from mlcheck.model.facts import Facts
from mlcheck.model.figure import Place, places_of
from mlcheck.model.profile import Profile
from mlcheck.translation import N_


class Contents(Struct, frozen=True):
    """One of the files by what it is compared by: its figures, tables and sentences, and the words of its headings."""

    facts: Facts
    places: dict[int, Place]
    shapes: tuple[Shape, ...]
    prose: Prose
    headings: Context


SEVERAL = N_("the words do not tell which table of the other file it is")
HEADINGS = N_("the other file has a table of the same labels, under other headings")


def compare(
    left: Path, right: Path, *, profile: Profile | None = None, year: int | None = None, assumed: bool = False
) -> Comparison:
    """Return what two files that tell the same report state alike, differently and alone; options as for `check`.

    Raises MlcheckError where one of them cannot be used.
    """
    jobs = [read_job(file, None, profile, year, assumed) for file in (left, right)]
    found = compare_facts(*map(facts_of, jobs))
    compared = with_evidence(found.compared, *jobs)
    return replace(
        found,
        compared=tuple(compared),
        left=replace(found.left, crashes=tuple(jobs[0].crashes)),
        right=replace(found.right, crashes=tuple(jobs[1].crashes)),
    )


def compare_facts(left: Facts, right: Facts) -> Comparison:
    """Return the comparison of two files that were read, without what their own checks say of it.

    Years in words are taken as they stand, or by their distance from the year of each report, whichever lets
    more be compared: the name of a file may tell the year it was published in.
    """
    shifts = {0, right.year - left.year if left.year is not None and right.year is not None else 0}
    return max((_compared(left, right, shift) for shift in sorted(shifts, key=abs)), key=_size)


def _size(found: Comparison) -> int:
    return len(found.figures)


def _compared(left: Facts, right: Facts, shift: int) -> Comparison:
    ours, theirs = _contents_of(left, 0), _contents_of(right, shift)
    used = (ours.headings, theirs.headings)
    found = tables.match(ours.shapes, theirs.shapes, used)
    said = sentences.match(ours.prose, theirs.prose, used)
    pairs = [*_cells(found.assigned.taken, ours, theirs), *_numbers(said.taken, ours, theirs)]
    order = {
        side: {f: n for n, f in enumerate(own.places)} for side, own in (("left", ours), ("right", theirs))
    }
    pairs.sort(key=lambda pair: order["left"][pair[0].figure])
    compared, alone = side_by_side(pairs)
    alone += _unmatched(pairs, found.assigned.taken, ours, theirs)
    return Comparison(
        _source_of(ours),
        _source_of(theirs),
        tuple(compared),
        tuple(sorted(alone, key=lambda one: (one.side, order[one.side][one.stated.figure]))),
        tuple(_table_pairs(found.assigned.taken, compared, ours, theirs)),
        tuple(_tables_alone(found, ours.shapes, theirs.shapes)),
    )


def _cells(taken: Sequence[Candidate], ours: Contents, theirs: Contents) -> Iterator[Both]:
    """Yield the two places of each figure of the tables that were matched."""
    for one in taken:
        left, right = ours.shapes[one.left].table, theirs.shapes[one.right].table
        for here, there in one.pairs:
            yield ours.places[left.entries[here].figure], theirs.places[right.entries[there].figure]


def _numbers(taken: Sequence[Candidate], ours: Contents, theirs: Contents) -> Iterator[Both]:
    """Yield the two places of each number of the sentences that were matched."""
    for one in taken:
        left, right = ours.prose.clauses[one.left].claims, theirs.prose.clauses[one.right].claims
        for (here, _), (there, _) in one.pairs:
            yield ours.places[left[here].figure], theirs.places[right[there].figure]


def _unmatched(
    pairs: Sequence[Both], taken: Sequence[Candidate], ours: Contents, theirs: Contents
) -> Iterator[Alone]:
    """Yield the figures of both files that stand in no pair."""
    known = {"left": {one.left for one in taken}, "right": {one.right for one in taken}}
    for number, (side, own) in enumerate((("left", ours), ("right", theirs))):
        whole = {shape.table.name for n, shape in enumerate(own.shapes) if n not in known[side]}
        matched = {pair[number].figure for pair in pairs}
        yield from unmatched(side, own.places.values(), matched, whole)  # type: ignore[arg-type]


def _table_pairs(
    taken: Sequence[Candidate], compared: Sequence[Compared], ours: Contents, theirs: Contents
) -> Iterator[TablePair]:
    """Yield the tables that were compared, in the order of the left file."""
    verdicts = {one.left.figure: one.agreement for one in compared}
    for one in sorted(taken, key=lambda one: (one.left, one.right)):
        left, right = ours.shapes[one.left].table, theirs.shapes[one.right].table
        found = [verdicts.get(left.entries[here].figure) for here, _ in one.pairs]
        yield TablePair(
            table_title(left),
            left.locator,
            right.locator,
            sum(verdict is not None for verdict in found),
            found.count("different"),
            one.transposed,
        )


# One of two files by what it is compared by.


def _contents_of(facts: Facts, shift: int) -> Contents:
    """Return what a file is compared by, its years less `shift`."""
    shapes = tuple(
        shape_of(table, context_of((*table.sections, table.title), shift), shift) for table in facts.tables
    )
    contexts = {sections: context_of(sections, shift) for sections in {c.sections for c in facts.claims}}
    prose = prose_of(facts.claims, contexts, shift)
    headings = frozenset().union(*(shape.context for shape in shapes), *contexts.values())
    return Contents(facts, places_of(facts), shapes, prose, headings)


def _source_of(own: Contents) -> Source:
    """Return what is said of a file."""
    facts = own.facts
    figures = sum(place.quantity is not None for place in own.places.values())
    return Source(
        facts.source, facts.year, facts.profile.name if facts.profile else None, facts.language, figures,
        len(facts.tables), facts.not_understood,
    )  # fmt: skip


# The tables of one file that were compared with none of the other, and why where there is something to say.


def _tables_alone(found: Matched, ours: Sequence[Shape], theirs: Sequence[Shape]) -> Iterator[TableAlone]:
    """Yield the tables that only one file has, those of the left one first; one without a number is none."""
    yield from _alone("left", found, ours, theirs)
    yield from _alone("right", found, theirs, ours)


def _alone(side: Side, found: Matched, own: Sequence[Shape], other: Sequence[Shape]) -> Iterator[TableAlone]:
    taken = {_ends(one, side)[0] for one in found.assigned.taken}
    partners = {_ends(one, side)[1] for one in found.assigned.taken}
    for index, shape in enumerate(own):
        table = shape.table
        figures = sum(entry.quantity is not None and not entry.hidden for entry in table.entries.values())
        if index in taken or table.hidden or not figures:
            continue
        reason, may_be = "", _rivals(found.assigned.undecided, side, index)
        if may_be:
            reason = SEVERAL
        elif may_be := _rivals(found.doubtful, side, index) - partners:
            reason = HEADINGS
        candidates: tuple[Locator, ...] = tuple(other[rival].table.locator for rival in sorted(may_be))
        yield TableAlone(
            side, " / ".join(table.sections), table_title(table), table.locator, figures, reason, candidates
        )


def _rivals(candidates: Sequence[Candidate], side: Side, index: int) -> set[int]:
    return {other for own, other in (_ends(one, side) for one in candidates) if own == index}


def _ends(one: Candidate, side: Side) -> tuple[int, int]:
    """Return the table of `side` and that of the other."""
    return (one.left, one.right) if side == "left" else (one.right, one.left)
