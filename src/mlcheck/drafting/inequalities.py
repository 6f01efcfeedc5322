"""Parts of another table: what heads and headings themselves call a part."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import permutations

from mlcheck.drafting.agreement import telling
from mlcheck.drafting.equalities import SURE, Equal, Pair, by_place, shared
from mlcheck.drafting.outline import heading_path
from mlcheck.drafting.spots import Spot
from mlcheck.words import stems

_DONT = re.compile(r"\bdont\b(?P<part>[^()]*)", re.IGNORECASE)


def parts(spots: Sequence[Spot], equal: Equal) -> Iterator[tuple[str, list[Pair]]]:
    """Yield the pairs of measures of which the first is at most the second for each member, since words say so.

    Either a heading over the second names the first ("L'emploi (dont l'Alternance)"), or the head of the
    first is that of the second with a restriction. Both must count the same noun.
    """
    places = by_place(spots)
    any_of = {
        place: next(spot for members in found.values() for spot in members.values())
        for place, found in places.items()
    }
    for one, other in permutations(places, 2):
        if one[0] == other[0] or not _is_called_part(any_of[one], any_of[other]):
            continue
        if any(place[0] == other[0] and equal.root(place) == equal.root(one) for place in places):
            continue  # it equals a measure of that table, whose own "dont" is checked there
        for dimension, pairs in shared(places[one], places[other], _is_at_most):
            if sum(part.value > 0 for part, _ in pairs) >= SURE:
                yield dimension, pairs


def _is_called_part(one: Spot, other: Spot) -> bool:
    if one.counts is None or one.unit != other.unit or one.counts != other.counts:
        return False
    if other.measure < one.measure and telling(other.measure) and one.part[:1] == other.part[:1]:
        return True
    own = [stems(heading) for heading in heading_path(one.table)]
    named = [words for heading in heading_path(other.table) for words in _named_parts(heading)]
    return any(
        words <= heading and words <= one.measure and not words <= other.measure
        for words in named
        for heading in own
    )


@lru_cache(1_024)
def _named_parts(heading: str) -> tuple[frozenset[str], ...]:
    """Return the stems of what a heading calls a part of it."""
    found = (stems(match["part"]) for match in _DONT.finditer(heading))
    return tuple(words for words in found if telling(words))


def _is_at_most(one: Spot, other: Spot) -> bool:
    return one.value <= other.value
