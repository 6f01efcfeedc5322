"""Choose what a line was computed from, where several lines may be it: by words, by the other crossings, by place.

No crossing has a say in the choice that judges it: at each the choice is made again without it, and where it
comes out otherwise nothing is held against the figure there. Where nothing but numbers would speak for it any more, it
proves nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

from msgspec import Struct
from msgspec.structs import replace

from mlcheck.model.table import Belief, Relation
from mlcheck.tables.crossed import Crossed

NAMED, PLACED, FITTING = 0, 1, 2
"""Words name all operands; place and layout do; nothing but the numbers speaks for it."""
BELIEFS: tuple[Belief, ...] = ("words", "layout", "arithmetic")
CHANCE = Fraction(1, 100)  # how likely numbers that alone prove a relation may fit by accident
ENOUGH = 6  # crossings that fit; more prove nothing more


class Alternative(Struct, frozen=True):
    """A relation that may hold, how it is known, where it can be judged, and where its numbers `fit`."""

    relation: Relation
    tier: int
    judged: tuple[int, ...]
    fit: frozenset[int]
    place: tuple[int, ...] = ()


def choose(crossed: Crossed, target: int, alternatives: Sequence[Alternative]) -> Relation | None:
    """Return the alternative for a line that is the likeliest without most of its crossings, and without which.

    One number may be wrong: what all others bear out is bound, and what only a number itself bears out is not.
    """
    if len(alternatives) == 1 and alternatives[0].tier < FITTING:
        return alternatives[0].relation
    without = _without_each(crossed, target, alternatives)
    counts = Counter(i for i in without.values() if i is not None)
    if not counts:
        return None
    best = max(counts, key=lambda i: (counts[i], -i))
    chosen = alternatives[best]
    firm = tuple(x for x in chosen.judged if without[x] == best)
    if len(firm) == len(chosen.judged):
        return chosen.relation
    runs = len(chosen.relation.sources) == 1 and chosen.relation.base < 0  # from each crossing to the next
    kept = tuple(x for x in chosen.relation.crossings if runs or without.get(x) in (best, None))
    return replace(chosen.relation, crossings=kept, firm=None if firm is None else frozenset(firm))


def _without_each(
    crossed: Crossed, target: int, alternatives: Sequence[Alternative]
) -> dict[int, int | None]:
    """Return the best alternative when each crossing is left out; crossings that tell the same are taken together."""
    odds, judged = _odds(crossed, target), [frozenset(one.judged) for one in alternatives]
    known: dict[tuple[tuple[bool, bool], ...], int | None] = {}
    found: dict[int, int | None] = {}
    for x in sorted(frozenset().union(*judged)):
        told = tuple((x in own, x in one.fit) for own, one in zip(judged, alternatives, strict=True))
        if told not in known:
            known[told] = _best(alternatives, odds, told)
        found[x] = known[told]
    return found


def _best(
    alternatives: Sequence[Alternative], odds: Fraction, told: Sequence[tuple[bool, bool]]
) -> int | None:
    """Return the best alternative without a crossing that each of them is judged and fits at, as `told`.

    None where only numbers speak and too few do, or where no number says which of two kinds it is.
    """
    keys: list[tuple[tuple[int, ...], int]] = []
    for index, (one, (judged, fits)) in enumerate(zip(alternatives, told, strict=True)):
        fitting, others = len(one.fit) - fits, len(one.judged) - judged
        tried = len(alternatives) * odds ** min(fitting, ENOUGH)
        sure = fitting >= 2 and 4 * fitting >= 3 * others and tried < CHANCE
        if one.tier < FITTING or sure:
            keys.append(((sure, -one.tier, fitting, *(-p for p in one.place)), index))
    if not keys:
        return None
    key, best = max(keys, key=lambda k: k[0])
    kinds = {alternatives[i].relation.kind for other, i in keys if other[:3] == key[:3]}
    return best if key[2] or len(kinds) == 1 else None


def _odds(crossed: Crossed, target: int) -> Fraction:
    """Return how likely a number that is printed in a line fits by accident: its width among those printed."""
    values = [q for x in range(len(crossed.across)) if (q := crossed.quantity(target, x)) is not None]
    if not values:
        return Fraction(1)
    width = max(max(2 * q.half_unit, Fraction(1, 10**q.scale)) for q in values)
    return width / (max(abs(q.value) for q in values) + width)
