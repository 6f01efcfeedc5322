"""Two files → Comparison: their tables and sentences matched by words, then compared figure by figure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec.structs import replace

from mlcheck.checking.check import Job, read_job
from mlcheck.checking.comparison import sentences, tables
from mlcheck.checking.comparison.assignment import Candidate
from mlcheck.checking.comparison.evidence import with_evidence
from mlcheck.checking.comparison.figures import Both, side_by_side, unmatched
from mlcheck.checking.comparison.told import Told, source_of, told_of
from mlcheck.checking.comparison.untold import tables_alone
from mlcheck.checking.findings import table_title
from mlcheck.model.comparison import Alone, Compared, Comparison, TablePair
from mlcheck.model.errors import MlcheckError
from mlcheck.model.facts import Facts
from mlcheck.model.profile import Profile


def compare(
    left: Path, right: Path, *, profile: Profile | None = None, year: int | None = None, assumed: bool = False
) -> Comparison:
    """Return what two files that tell the same report state alike, differently and alone; options as for `check`.

    Raises MlcheckError where one of them cannot be used.
    """
    jobs = [_usable(read_job(file, None, profile, year, assumed)) for file in (left, right)]
    ours, theirs = (job.facts for job in jobs)
    assert ours is not None and theirs is not None
    found = compare_facts(ours, theirs)
    told = with_evidence(found.compared, *jobs)
    return replace(
        found,
        compared=tuple(told),
        left=replace(found.left, crashes=tuple(jobs[0].crashes)),
        right=replace(found.right, crashes=tuple(jobs[1].crashes)),
    )


def _usable(job: Job) -> Job:
    if job.unusable is not None:
        raise MlcheckError(job.unusable, **job.values)
    return job


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
    ours, theirs = told_of(left, 0), told_of(right, shift)
    used = (ours.headings, theirs.headings)
    found = tables.match(ours.shapes, theirs.shapes, used)
    said = sentences.match(ours.prose, theirs.prose, used)
    pairs = [*_cells(found.assigned.taken, ours, theirs), *_numbers(said.taken, ours, theirs)]
    order = {
        side: {f: n for n, f in enumerate(told.places)} for side, told in (("left", ours), ("right", theirs))
    }
    pairs.sort(key=lambda pair: order["left"][pair[0].figure])
    compared, alone = side_by_side(pairs)
    alone += _unmatched(pairs, found.assigned.taken, ours, theirs)
    return Comparison(
        source_of(ours),
        source_of(theirs),
        tuple(compared),
        tuple(sorted(alone, key=lambda one: (one.side, order[one.side][one.stated.figure]))),
        tuple(_table_pairs(found.assigned.taken, compared, ours, theirs)),
        tuple(tables_alone(found, ours.shapes, theirs.shapes)),
    )


def _cells(taken: Sequence[Candidate], ours: Told, theirs: Told) -> Iterator[Both]:
    """Yield the two places of each figure of the tables that were matched."""
    for one in taken:
        left, right = ours.shapes[one.left].table, theirs.shapes[one.right].table
        for here, there in one.pairs:
            yield ours.places[left.entries[here].figure], theirs.places[right.entries[there].figure]


def _numbers(taken: Sequence[Candidate], ours: Told, theirs: Told) -> Iterator[Both]:
    """Yield the two places of each number of the sentences that were matched."""
    for one in taken:
        left, right = ours.prose.clauses[one.left].claims, theirs.prose.clauses[one.right].claims
        for (here, _), (there, _) in one.pairs:
            yield ours.places[left[here].figure], theirs.places[right[there].figure]


def _unmatched(
    pairs: Sequence[Both], taken: Sequence[Candidate], ours: Told, theirs: Told
) -> Iterator[Alone]:
    """Yield the figures of both files that stand in no pair."""
    known = {"left": {one.left for one in taken}, "right": {one.right for one in taken}}
    for number, (side, told) in enumerate((("left", ours), ("right", theirs))):
        whole = {shape.table.name for n, shape in enumerate(told.shapes) if n not in known[side]}
        matched = {pair[number].figure for pair in pairs}
        yield from unmatched(side, told.places.values(), matched, whole)  # type: ignore[arg-type]


def _table_pairs(
    taken: Sequence[Candidate], compared: Sequence[Compared], ours: Told, theirs: Told
) -> Iterator[TablePair]:
    """Yield the tables that were compared, in the order of the left file."""
    verdicts = {one.left.figure: one.agreement for one in compared}
    for one in sorted(taken, key=lambda one: (one.left, one.right)):
        left, right = ours.shapes[one.left].table, theirs.shapes[one.right].table
        told = [verdicts.get(left.entries[here].figure) for here, _ in one.pairs]
        yield TablePair(
            table_title(left),
            left.locator,
            right.locator,
            sum(verdict is not None for verdict in told),
            told.count("different"),
            one.transposed,
        )
