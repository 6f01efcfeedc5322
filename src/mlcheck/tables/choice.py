"""Choose what a line was computed from, where several lines may be it: by words, by the other crossings, by place.

No crossing has a say in the choice that judges it: at each the choice is made again without it, and where it
comes out otherwise nothing is held against the figure there.
"""

from __future__ import annotations

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
    """Return the likeliest alternative for a line with the crossings at which it is so without them.

    One number may be wrong, so what only all others bear out is bound as well.
    """
    odds = _odds(crossed, target)
    if len(alternatives) == 1 and alternatives[0].tier < FITTING:
        return alternatives[0].relation
    judged = dict.fromkeys(x for one in alternatives for x in one.judged)
    without = {x: _best(alternatives, odds, x) for x in judged}
    chosen = _best(alternatives, odds, None) or next((one for one in without.values() if one), None)
    if chosen is None:
        return None
    firm = tuple(x for x in chosen.judged if without[x] is chosen)
    return chosen.relation if len(firm) == len(chosen.judged) else replace(chosen.relation, firm=firm)


def _best(alternatives: Sequence[Alternative], odds: Fraction, without: int | None) -> Alternative | None:
    """Return the best alternative when one crossing is left out; None where only numbers speak and too few do."""
    keys: list[tuple[tuple[int, ...], Alternative]] = []
    for one in alternatives:
        fitting = len(one.fit) - (without in one.fit)
        others = len(one.judged) - (without in one.judged)
        tried = len(alternatives) * odds ** min(fitting, ENOUGH)
        sure = fitting >= 2 and 4 * fitting >= 3 * others and tried < CHANCE
        if one.tier < FITTING or sure:
            keys.append(((sure, -one.tier, fitting, *(-p for p in one.place)), one))
    if not keys:
        return None
    key, best = max(keys, key=lambda k: k[0])
    level = [one for other, one in keys if other[:3] == key[:3]]
    open_kind = not key[2] and any(one.relation.kind != best.relation.kind for one in level)
    return None if open_kind else best


def _odds(crossed: Crossed, target: int) -> Fraction:
    """Return how likely a number that is printed in a line fits by accident: its width among those printed."""
    values = [q for x in range(len(crossed.across)) if (q := crossed.quantity(target, x)) is not None]
    if not values:
        return Fraction(1)
    width = max(max(2 * q.half_unit, Fraction(1, 10**q.scale)) for q in values)
    return width / (max(abs(q.value) for q in values) + width)
