"""How many of the figures that follow a label may belong to it: "Licence 3", "QPV 2", "Janvier 2023"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from mlcheck.extraction.flattened.figures import Chunk, Tail
from mlcheck.extraction.flattened.rows import Row
from mlcheck.extraction.flattened.wording import is_year, takes_number
from mlcheck.words import fold

LONGEST_ACRONYM = 4


def takings_of(rows: Sequence[Row]) -> tuple[tuple[int, ...], ...]:
    """Return, for each row, how many chunks of its figures its label may take: (0, 1) leaves it open."""
    if _all_years(rows):
        return tuple((1,) if row.tail is not None else (0,) for row in rows)
    ranked = _ranked(rows)
    return tuple((1,) if i in ranked else _takings(row) for i, row in enumerate(rows))


def _all_years(rows: Sequence[Row]) -> bool:
    """Tell whether each row starts with a year and goes on with figures: "2022 1 234", "Mai 2023 12"."""
    tails = [row.tail for row in rows if row.tail is not None]
    if len(tails) < 2 or not all(tail.most > 1 and is_year(tail.chunks[0].text) for tail in tails):
        return False
    named = [f"{row.text} {row.tail.chunks[0].text}" for row in rows if row.tail is not None]
    return len(set(named)) == len(named)


def _ranked(rows: Sequence[Row]) -> set[int]:
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


def _takings(row: Row) -> tuple[int, ...]:
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
    return chunk.text.isascii() and chunk.text.isdigit()
