"""The tables of one file that were compared with none of the other, and why where there is something to say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mlcheck.checking.comparison.assignment import Candidate
from mlcheck.checking.comparison.tables import Matched, Shape
from mlcheck.checking.findings import table_title
from mlcheck.model.comparison import Side, TableAlone
from mlcheck.model.document import Locator
from mlcheck.translation import N_

SEVERAL = N_("the words do not tell which table of the other file it is")
HEADINGS = N_("the other file has a table of the same labels, under other headings")


def tables_alone(found: Matched, ours: Sequence[Shape], theirs: Sequence[Shape]) -> Iterator[TableAlone]:
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
