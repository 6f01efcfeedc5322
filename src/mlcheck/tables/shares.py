"""Find which lines of a table are percentages, growth rates or differences of which others.

A percentage is bound to a numerator and a base that give it in at least three quarters of the places,
and in two at least; otherwise it stays unbound, since its base may be printed nowhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import permutations

from mlcheck.language.lexicon import lexicon
from mlcheck.language.roles import is_of_which
from mlcheck.language.words import fold, stems
from mlcheck.model.quantity import Quantity
from mlcheck.model.table import Axis, Entry, Line, Relation, RelationKind

At = tuple[int, int]
Get = Callable[[int, int], Entry | None]
NEAR = 6  # how many lines away a numerator or a base is looked for


def find_shares(
    entries: Mapping[At, Entry], lines: Sequence[Line], across: Sequence[Line], axis: Axis
) -> list[Relation]:
    """Return the share, variation, mean and difference relations whose target is a line of this axis."""

    def get(line: int, crossing: int) -> Entry | None:
        return entries.get((line, crossing) if axis == "row" else (crossing, line))

    found: list[Relation] = []
    for target, line in enumerate(lines):
        if line.role == "share":
            relation = _share(get, lines, across, target, axis)
        elif line.role == "variation" and line.unit == "%":
            relation = _best("variation", get, lines, across, target, axis)
        elif line.role == "mean":
            relation = _best("mean", get, lines, across, target, axis)
        elif _is_difference(line):
            relation = _best("difference", get, lines, across, target, axis)
        else:
            continue
        if relation is not None:
            found.append(relation)
    return found


def _share(
    get: Get, lines: Sequence[Line], across: Sequence[Line], target: int, axis: Axis
) -> Relation | None:
    """Return the share a line prints: of what its words say, of the total of a neighbour, of two neighbours."""
    if worded := _share_of_which(get, lines, across, target, axis):
        return worded
    totals = [x for x, line in enumerate(across) if line.role == "total"]
    for source in _near(lines, target):
        for base in totals[::-1]:
            places = [
                x for x in range(len(across)) if _is_share(get(target, x), get(source, x), get(source, base))
            ]
            decidable = [
                x for x in range(len(across)) if _decidable(get(target, x), get(source, x), get(source, base))
            ]
            if _enough(len([x for x in places if x != base]), len([x for x in decidable if x != base])):
                return Relation("share", axis, target, ((source, 1),), tuple(decidable), "arithmetic", base)
    return _best("share", get, lines, across, target, axis)


def _share_of_which(
    get: Get, lines: Sequence[Line], across: Sequence[Line], target: int, axis: Axis
) -> Relation | None:
    """Return the share that words alone name: a percentage right after a "dont", of what that is part of."""
    part = target - 1
    if part < 1 or not is_of_which(lines[part].label):
        return None
    said, named = stems(lines[target].label) - {"part", "%"}, stems(lines[part].label)
    if not said or len(said & named) * 2 < len(said):
        return None
    whole = next((i for i in range(part - 1, -1, -1) if lines[i].role in ("part", "total")), None)
    if whole is None:
        return None
    decidable = tuple(
        x for x in range(len(across)) if _decidable(get(target, x), get(part, x), get(whole, x))
    )
    return (
        Relation("share", axis, target, ((part, 1), (whole, 1)), decidable, "layout") if decidable else None
    )


def _best(
    kind: RelationKind, get: Get, lines: Sequence[Line], across: Sequence[Line], target: int, axis: Axis
) -> Relation | None:
    """Return the relation of this kind with the pair of near lines that holds in most places."""
    holds = {
        "share": _is_share,
        "variation": _is_variation,
        "difference": _is_difference_of,
        "mean": _is_mean,
    }[kind]
    best: tuple[int, Relation] | None = None
    for first, second in permutations(_near(lines, target), 2):
        decidable = [
            x for x in range(len(across)) if _decidable(get(target, x), get(first, x), get(second, x))
        ]
        places = [x for x in decidable if holds(get(target, x), get(first, x), get(second, x))]
        if _enough(len(places), len(decidable)) and (best is None or len(places) > best[0]):
            pair = ((first, 1), (second, -1 if kind == "difference" else 1))
            best = len(places), Relation(kind, axis, target, pair, tuple(decidable), "arithmetic")
    return best[1] if best else None


def _near(lines: Sequence[Line], target: int) -> list[int]:
    """Return the lines that may be counted in a ratio, nearest first, those before it preferred."""
    counts = [i for i, line in enumerate(lines) if line.role in ("part", "total", "of_which") and i != target]
    return sorted(counts, key=lambda i: (abs(i - target), i > target))[:NEAR]


def _enough(holding: int, decidable: int) -> bool:
    return holding >= 2 and holding * 4 >= decidable * 3


def _decidable(*entries: Entry | None) -> bool:
    return all(e is not None and (e.quantity is not None or e.state == "nil") for e in entries) and any(
        e is not None and e.quantity is not None and e.quantity.mantissa for e in entries
    )


def _numbers(*entries: Entry | None) -> Iterator[tuple[int, int, int]]:
    """Yield mantissas and half-units of entries at a common scale; "/" counts as 0."""
    quantities: list[Quantity | None] = [e.quantity if e else None for e in entries]
    scale = max((q.scale for q in quantities if q), default=0)
    for q in quantities:
        yield (
            (q.mantissa * 10 ** (scale - q.scale), q.half * 10 ** (scale - q.scale), 10**scale)
            if q
            else (0, 0, 10**scale)
        )


def _is_share(rate: Entry | None, part: Entry | None, whole: Entry | None) -> bool:
    if not _decidable(rate, part, whole):
        return False
    (p, ph, _), (a, ah, _), (b, bh, one) = _numbers(rate, part, whole)
    if b <= 0:
        return False
    return abs(100 * one * a - p * b) <= ph * b + 100 * one * ah + abs(p) * bh


def _is_variation(rate: Entry | None, present: Entry | None, former: Entry | None) -> bool:
    if not _decidable(rate, present, former):
        return False
    (p, ph, _), (c, ch, _), (f, fh, one) = _numbers(rate, present, former)
    if f <= 0:
        return False
    return abs(100 * one * (c - f) - p * f) <= ph * f + 100 * one * (ch + fh) + abs(p) * fh


def _is_mean(mean: Entry | None, total: Entry | None, number: Entry | None) -> bool:
    if not _decidable(mean, total, number):
        return False
    (m, mh, _), (a, ah, _), (b, bh, one) = _numbers(mean, total, number)
    if b <= 0:
        return False
    return 2 * abs(one * a - m * b) <= (2 * mh or one) * b + 2 * (one * ah + abs(m) * bh)


def _is_difference_of(gap: Entry | None, first: Entry | None, second: Entry | None) -> bool:
    if not _decidable(gap, first, second):
        return False
    (d, dh, _), (a, ah, _), (b, bh, _) = _numbers(gap, first, second)
    return abs(a - b - d) <= dh + ah + bh


def _is_difference(line: Line) -> bool:
    if line.unit == "%":
        return False
    return not _difference_words().isdisjoint(fold(" ".join((*line.path, line.label))).split())


@cache
def _difference_words() -> frozenset[str]:
    measures = lexicon().measures
    return frozenset(fold(w) for w in (*measures.difference, *measures.variation))
