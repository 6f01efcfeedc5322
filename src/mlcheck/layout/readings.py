"""The ways in which the figures at the end of a row may fall into a given number of cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import combinations, islice, pairwise
from math import comb
from typing import Literal

from msgspec import Struct

from mlcheck.language.characters import is_digits
from mlcheck.language.numeral import mark_of, parse
from mlcheck.language.words import fold
from mlcheck.layout.candidates.rows import BodyRow
from mlcheck.layout.figures import Chunk, Tail
from mlcheck.layout.wording import is_year, takes_number
from mlcheck.layout.words_of_lines import Token, printed

MOST_READINGS = 100  # of one row; with more it is left undecided
LONGEST_FIGURE = 4  # groups of digits in one figure, up to hundreds of milliards
Printed = tuple[Token, ...]


class Reading(Struct, frozen=True):
    """One way to read a row: the first `taken` chunks end its label, the others make its cells.

    `cells` has an entry for each column, empty where the row prints nothing in it.
    """

    taken: int
    cells: tuple[Printed, ...]


LONGEST_ACRONYM = 4


def readings(tail: Tail, columns: int, label_digits: Sequence[int] = (0,)) -> list[Reading] | None:
    """Return the readings of a row in `columns` cells, or None where there are too many to weigh."""
    found: list[Reading] = []
    for taken in label_digits:
        rest = tail.after(taken)
        joins = rest.most - columns
        places = [i for i, may in enumerate(rest.may) if may]
        if joins < 0 or joins > len(places) or not rest.chunks:
            continue
        if comb(len(places), joins) > MOST_READINGS:
            return None
        found += (Reading(taken, cells) for cells in _joined(rest, places, joins))
    return found


def _joined(tail: Tail, places: Sequence[int], joins: int) -> Iterator[tuple[Printed, ...]]:
    for chosen in islice(combinations(places, joins), MOST_READINGS):
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


# How many of the figures that follow a label may belong to it: "Licence 3", "QPV 2", "Janvier 2023".


def label_digits_of(rows: Sequence[BodyRow]) -> tuple[tuple[int, ...], ...]:
    """Return, for each row, how many chunks of its figures its label may take: (0, 1) leaves it open."""
    if _all_years(rows):
        return tuple((1,) if row.tail is not None else (0,) for row in rows)
    ranked = _ranked(rows)
    return tuple((1,) if i in ranked else _label_digits(row) for i, row in enumerate(rows))


def _all_years(rows: Sequence[BodyRow]) -> bool:
    """Tell whether each row starts with a year and goes on with figures: "2022 1 234", "Mai 2023 12"."""
    tails = [row.tail for row in rows if row.tail is not None]
    if len(tails) < 2 or not all(tail.most > 1 and is_year(tail.chunks[0].text) for tail in tails):
        return False
    named = [f"{row.text} {row.tail.chunks[0].text}" for row in rows if row.tail is not None]
    return len(set(named)) == len(named)


def _ranked(rows: Sequence[BodyRow]) -> set[int]:
    """Return the rows whose labels differ from the next one's by a number only: "RD 12", "RD 940"."""
    found: set[int] = set()
    for i, (one, other) in enumerate(pairwise(rows)):
        first, second = _rank(one.tail), _rank(other.tail)
        if one.label and first and second and fold(one.text) == fold(other.text) and first != second:
            found |= {i, i + 1}
    return found


def _rank(tail: Tail | None) -> str:
    """Return the number that a tail starts with; none where nothing would be left."""
    return tail.chunks[0].text if tail is not None and tail.most > 1 and _is_whole(tail.chunks[0]) else ""


def _label_digits(row: BodyRow) -> tuple[int, ...]:
    if row.tail is None or not row.label or row.tail.most < 2 or not _is_whole(row.tail.chunks[0]):
        return (0,)
    first, second = row.tail.chunks[0], row.tail.chunks[1]
    named = takes_number(row.label[-1])
    if not first.tokens[0].wide and second.tokens[0].wide:
        return (1,) if named else (0,)
    return (0, 1) if named or (_is_acronym(row.label[-1].text) and not row.tail.may[0]) else (0,)


def _is_acronym(text: str) -> bool:
    return text.isalpha() and text.isupper() and len(text) <= LONGEST_ACRONYM


def _is_whole(chunk: Chunk) -> bool:
    return is_digits(chunk.text)
