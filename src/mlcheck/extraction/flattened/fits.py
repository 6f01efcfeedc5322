"""Which number of columns makes the totals of a body the sums of their parts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from mlcheck.extraction.flattened.boxhead import Heads
from mlcheck.extraction.flattened.choice import choose, may_add_up
from mlcheck.extraction.flattened.readings import Printed
from mlcheck.extraction.flattened.rows import Row
from mlcheck.extraction.flattened.splits import may_be_cut
from mlcheck.extraction.flattened.sums import Closeness, closeness, is_mixed
from mlcheck.extraction.flattened.tokens import printed
from mlcheck.extraction.tables.roles import is_total

MOST_TRIED = 6  # numbers of columns that are weighed by their sums
SURE_COLUMNS, SURE_ROWS = 3, 5  # totals and rows, from which on sums hold by no chance
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
    exact = [c for c, found in pairs if _is_exact(found)]
    mostly = [] if exact else [c for c, found in pairs if _is_mostly_exact(found)]
    exact = exact or mostly
    if len(told) == 1 and all(c.count == told[0] for c in exact[:1]) and len(exact) < 2:
        return next(c for c in candidates if c.count == told[0])
    if len(exact) > 1 and told:
        exact = [c for c in exact if c.count in told]
    if len(exact) != 1 or (told and exact[0].count not in told):
        return None
    likely = [(c, found) for c, found in pairs if c is not exact[0] and (c.count in told or not told)]
    held = next(found["exact"] for c, found in pairs if c is exact[0])
    rivals = [c for c, found in likely if not found]
    if (mostly and rivals) or any(found["exact"] >= held for _, found in likely):
        return None
    few = held < SURE_COLUMNS or len(rows) < SURE_ROWS
    chance = few or (bool(rivals) and may_be_cut(rows, _cells(rows, exact[0])))
    rivalled = any(
        may_add_up(rows, c.count, c.takings, last_is_total=c.last_is_total, if_many=chance) for c in rivals
    )
    return None if rivalled else exact[0]


def _cells(rows: Sequence[Row], columns: Columns) -> list[tuple[Printed, ...]]:
    """Return the cells of the rows that have one reading in these columns."""
    chosen = choose(rows, columns.count, columns.takings, last_is_total=columns.last_is_total)
    return [reading.cells for reading in chosen if reading is not None]


def _is_exact(found: Counter[Closeness]) -> bool:
    return bool(found["exact"]) and not found["near"] and not found["far"]


def _is_mostly_exact(found: Counter[Closeness]) -> bool:
    return found["exact"] > found["near"] + found["far"]


def _levels(rows: Sequence[Row], columns: Columns) -> Counter[Closeness]:
    """Count how near the totals are to their sums where every row has one reading in these columns."""
    cells = _cells(rows, columns)
    if len(cells) < len(rows):
        return Counter()
    if is_mixed(cells):
        return Counter[Closeness](["far"])
    return closeness(rows, cells, last_is_total=columns.last_is_total)
