"""Which number of columns makes the totals of a body the sums of their parts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from mlcheck.extraction.flattened.boxhead import Heads
from mlcheck.extraction.flattened.choice import choose, may_add_up
from mlcheck.extraction.flattened.rows import Row
from mlcheck.extraction.flattened.sums import Closeness, closeness
from mlcheck.extraction.flattened.tokens import printed
from mlcheck.extraction.tables.roles import is_total

MOST_TRIED = 4  # numbers of columns that are weighed by their sums
MOST_ROWS = 2_000  # of a body that is weighed so


class Columns(Struct, frozen=True):
    """How many columns a body has, what labels them, and how many words of each row may end its label.

    `irregular` tells that rows of one reading differ in their number and that no boxhead says which is right.
    """

    count: int
    heads: Heads | None
    takings: tuple[tuple[int, ...], ...]
    irregular: bool = False

    @property
    def last_is_total(self) -> bool:
        """Tell whether the last column totals the others."""
        return self.heads is not None and is_total(printed(self.heads.labels[-1]))


def fitting(rows: Sequence[Row], candidates: Sequence[Columns], told: Sequence[int]) -> Columns | None:
    """Return the columns that the words over a body tell of, or that make its totals the sums of their parts.

    Where sums bear out others than the words, or leave several, it stays open. Sums alone decide only where
    they hold under one number of columns, and no reading of an undecided row can make them hold under another.
    """
    weighable = len(candidates) <= MOST_TRIED and len(rows) <= MOST_ROWS
    levels = [_levels(rows, c) if weighable else Counter[Closeness]() for c in candidates]
    pairs = list(zip(candidates, levels, strict=True))
    for is_fit in (_is_exact, _is_mostly_exact):
        exact = [c for c, found in pairs if is_fit(found)]
        if exact:
            break
    if len(told) == 1 and all(c.count == told[0] for c in exact[:1]) and len(exact) < 2:
        return next(c for c in candidates if c.count == told[0])
    if len(exact) > 1 and len(told) == 1:
        exact = [c for c in exact if c.count == told[0]]
    if len(exact) != 1 or (told and exact[0].count not in told):
        return None
    rivals = [c for c, found in pairs if not found and (c.count in told or not told)]
    return None if any(may_add_up(rows, c.count, c.takings) for c in rivals) else exact[0]


def _is_exact(found: Counter[Closeness]) -> bool:
    return bool(found["exact"]) and not found["near"] and not found["far"]


def _is_mostly_exact(found: Counter[Closeness]) -> bool:
    return found["exact"] > found["near"] + found["far"]


def _levels(rows: Sequence[Row], columns: Columns) -> Counter[Closeness]:
    """Count how near the totals are to their sums where every row has one reading in these columns."""
    chosen = choose(rows, columns.count, columns.takings, last_is_total=columns.last_is_total)
    cells = [reading.cells for reading in chosen if reading is not None]
    if len(cells) < len(chosen):
        return Counter()
    return closeness(rows, cells, last_is_total=columns.last_is_total)
