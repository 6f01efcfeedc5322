"""The ways in which the figures at the end of a row may fall into a given number of cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import combinations, islice
from math import comb
from typing import Literal

from msgspec import Struct

from mlcheck.extraction.flattened.figures import Tail
from mlcheck.extraction.flattened.tokens import Token, printed
from mlcheck.numeral import mark_of, parse

MOST_READINGS = 100  # of one row; with more it is left undecided
LONGEST_FIGURE = 4  # groups of digits in one figure, up to hundreds of milliards
Printed = tuple[Token, ...]


class Reading(Struct, frozen=True):
    """One way to read a row: the first `taken` chunks end its label, the others make its cells.

    `cells` has an entry for each column, empty where the row prints nothing in it.
    """

    taken: int
    cells: tuple[Printed, ...]


def readings(tail: Tail, columns: int, takings: Sequence[int] = (0,)) -> list[Reading] | None:
    """Return the readings of a row in `columns` cells, or None where there are too many to weigh."""
    found: list[Reading] = []
    for taken in takings:
        rest = tail.after(taken)
        joins = rest.most - columns
        spots = [i for i, may in enumerate(rest.may) if may]
        if joins < 0 or joins > len(spots) or not rest.chunks:
            continue
        if comb(len(spots), joins) > MOST_READINGS:
            return None
        found += (Reading(taken, cells) for cells in _joined(rest, spots, joins))
    return found


def _joined(tail: Tail, spots: Sequence[int], joins: int) -> Iterator[tuple[Printed, ...]]:
    for chosen in islice(combinations(spots, joins), MOST_READINGS):
        kept = set(chosen)
        cells: list[Printed] = []
        for index, chunk in enumerate(tail.chunks):
            if index - 1 in kept:
                cells[-1] += chunk.tokens
            else:
                cells.append(chunk.tokens)
        if all(is_cell(cell) for cell in cells):
            yield tuple(cells)


def is_cell(cell: Printed) -> bool:
    """Tell whether some words print one figure or one mark."""
    value, unit = _measure(printed(cell))
    return value is not None and (not unit or len(cell) <= LONGEST_FIGURE + 2)


def value_of(cell: Printed) -> Fraction | None:
    """Return the value that a cell prints, nothing for "/" or an empty cell, None where it is unknown."""
    if not cell:
        return Fraction(0)
    value = _measure(printed(cell))[0]
    return value if isinstance(value, Fraction) else None


def unit_of(cell: Printed) -> str:
    """Return the unit that a cell prints; "" for a mark or an empty cell, which fit any."""
    return _measure(printed(cell))[1] if cell else ""


@lru_cache(65_536)
def _measure(text: str) -> tuple[Fraction | Literal["unknown"] | None, str]:
    """Return the value and the unit that a text prints; "unknown" for "nd" and its like, None for other words."""
    mark = mark_of(text)
    if mark:
        return Fraction(0) if mark == "nil" else "unknown", ""
    found = parse(text) or parse(text, "en")
    return (found.value, found.unit) if found else (None, "")


def is_additive(unit: str) -> bool:
    """Tell whether figures of a unit add up to totals."""
    return unit in ("count", "€", "")
