"""All that the printed figures of a report say of one another, found from what they mean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, islice, product

from simulated.figures import BOUNDLESS, Figure, Interval
from simulated.meaning import (
    Difference,
    Growth,
    Mean,
    Meaning,
    Members,
    Points,
    Share,
    Total,
    among,
    operands,
    without,
)

Universe = dict[str, tuple[str, ...]]
MOST = 4  # places of one operand that are tried with all of the other
KINDS: dict[type, str] = {
    Share: "share",
    Mean: "mean",
    Growth: "growth",
    Difference: "difference",
    Points: "points",
}
HUNDRED: Interval = (Fraction(100), Fraction(100))


@dataclass(frozen=True)
class Relation:
    """What figures must satisfy: a target, and what it is made of, each operand a sum of figures."""

    kind: str
    target: Figure | None
    operands: tuple[tuple[Figure, ...], ...]

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Return all figures that take part."""
        held = tuple(figure for operand in self.operands for figure in operand)
        return held if self.target is None else (self.target, *held)

    def holds(self, changed: Figure | None = None, value: Fraction | None = None) -> bool:
        """Tell whether the figures agree within their rounding, one of them with another value perhaps."""

        def interval(figure: Figure) -> Interval:
            return figure.interval(value if figure is changed else None)

        sides = [_sum([interval(figure) for figure in operand]) for operand in self.operands]
        made = _made(self.kind, sides)
        target = HUNDRED if self.target is None else interval(self.target)
        if self.kind == "part":
            return made[0] <= target[1]
        return made[0] <= target[1] and target[0] <= made[1]


def _sum(intervals: Sequence[Interval]) -> Interval:
    return sum((low for low, _ in intervals), Fraction(0)), sum((high for _, high in intervals), Fraction(0))


def _made(kind: str, sides: Sequence[Interval]) -> Interval:
    """Return what the operands make of the target."""
    if kind in ("difference", "points"):
        return sides[0][0] - sides[1][1], sides[0][1] - sides[1][0]
    if kind not in ("share", "mean", "growth"):
        return sides[0]
    (low, high), (least, most) = sides
    if least <= 0:
        return -BOUNDLESS, BOUNDLESS
    factor = 1 if kind == "mean" else 100
    ends = [factor * one / other for one in (low, high) for other in (least, most)]
    shift = 100 if kind == "growth" else 0
    return min(ends) - shift, max(ends) - shift


Bucket = tuple[int, str, int, str, Members]


@dataclass
class Printed:
    """The figures of a report and of the one before, by what they mean and by what they may be added to."""

    universe: Universe
    places: dict[Meaning, list[Figure]]
    buckets: dict[Bucket, dict[frozenset[str], Figure]]
    blocks: dict[tuple[str, int, str, Members], list[Bucket]]

    @classmethod
    def of(cls, figures: Sequence[Figure], universe: Universe) -> Printed:
        """Sort the figures."""
        made = cls(universe, defaultdict(list), defaultdict(dict), defaultdict(list))
        for figure in figures:
            made.places[figure.meaning].append(figure)
            if isinstance(figure.meaning, Total) and not figure.hedge:
                made._sort(figure, figure.meaning)
        return made

    def _sort(self, figure: Figure, total: Total) -> None:
        for dimension, names in total.members:
            rest = without(total.members, dimension)
            bucket = (figure.block, total.measure, total.year, dimension, rest)
            if not self.buckets[bucket]:
                self.blocks[total.measure, total.year, dimension, rest].append(bucket)
            self.buckets[bucket].setdefault(names, figure)

    def covers(self, total: Total) -> Iterator[tuple[Figure, ...]]:
        """Yield the sets of figures of one block that make up a total."""
        dimensions = {key[2] for key in self.blocks if key[0] == total.measure}
        for dimension in sorted(dimensions):
            rest = without(total.members, dimension)
            whole = among(total.members, dimension) or frozenset(self.universe[dimension])
            for bucket in self.blocks.get((total.measure, total.year, dimension, rest), ()):
                yield from _covers(self.buckets[bucket], whole)

    def ways(self, meaning: Meaning) -> list[tuple[Figure, ...]]:
        """Return the figures that print an operand, or else those that add up to it."""
        printed = [(figure,) for figure in self.places.get(meaning, ())]
        if printed or not isinstance(meaning, Total):
            return list(printed)
        return list(islice(self.covers(meaning), MOST))


def _covers(held: dict[frozenset[str], Figure], whole: frozenset[str]) -> Iterator[tuple[Figure, ...]]:
    """Yield at most two partitions of a whole: into single members, and into the largest groups."""
    parts = [(names, figure) for names, figure in held.items() if names < whole]
    singles = [pair for pair in parts if len(pair[0]) == 1]
    if len(singles) == len(whole):
        yield tuple(figure for _, figure in singles)
    left, taken = set(whole), []
    for names, figure in sorted(parts, key=lambda pair: (-len(pair[0]), sorted(pair[0]))):
        if names <= left:
            left -= names
            taken.append((names, figure))
    if not left and len(taken) > 1 and any(len(names) > 1 for names, _ in taken):
        yield tuple(figure for _, figure in taken)


def relations(figures: Sequence[Figure], universe: Universe) -> list[Relation]:
    """Return what the figures of a report, and of the one before, say of one another."""
    printed = Printed.of(figures, universe)
    found = [Relation("repeat", one, ((other,),)) for one, other in _repeats(printed)]
    for meaning, targets in printed.places.items():
        if isinstance(meaning, Total):
            found += [
                Relation("sum", target, (parts,)) for parts in printed.covers(meaning) for target in targets
            ]
        elif type(meaning) in KINDS:
            found += _computed(printed, KINDS[type(meaning)], targets, operands(meaning))
    return [*found, *_parts(printed), *_distributions(printed)]


def _repeats(printed: Printed) -> Iterator[tuple[Figure, Figure]]:
    for places in printed.places.values():
        yield from combinations(places, 2)


def _computed(
    printed: Printed, kind: str, targets: Sequence[Figure], made_of: Sequence[Meaning]
) -> Iterator[Relation]:
    first, second = (printed.ways(one) for one in made_of)
    pairs = {*product(first[:1], second), *product(first, second[:1])}
    for one, other in sorted(pairs, key=lambda pair: (first.index(pair[0]), second.index(pair[1]))):
        for target in targets:
            if not (kind == "share" and one == other):
                yield Relation(kind, target, (one, other))


def _parts(printed: Printed) -> Iterator[Relation]:
    """Yield that a part is at most its whole, where both stand in one block."""
    for bucket, held in printed.buckets.items():
        block, measure, year, _, rest = bucket
        for whole in printed.places.get(Total(measure, rest, year), ()):
            if whole.block == block:
                yield from (Relation("part", whole, ((part,),)) for part in held.values())


def _distributions(printed: Printed) -> Iterator[Relation]:
    """Yield that the percentages of a whole make 100."""
    held: dict[tuple[int, Total, str, Members], dict[frozenset[str], Figure]] = defaultdict(dict)
    for meaning, places in printed.places.items():
        if not isinstance(meaning, Share) or meaning.part.measure != meaning.whole.measure:
            continue
        for dimension, names in meaning.part.members - meaning.whole.members:
            rest = without(meaning.part.members, dimension)
            if rest == without(meaning.whole.members, dimension):
                for figure in places:
                    held[figure.block, meaning.whole, dimension, rest].setdefault(names, figure)
    for (_, whole, dimension, _), parts in held.items():
        members = among(whole.members, dimension) or frozenset(printed.universe[dimension])
        yield from (Relation("distribution", None, (cover,)) for cover in _covers(parts, members))
