"""Labels over several columns at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from mlcheck.extraction.flattened.placing import Span
from mlcheck.extraction.flattened.tokens import Token

MOST_COLUMNS = 12
MOST_SPANNERS = 4
ASKEW = 0.25  # of the width of its columns, by which the middle of a spanner may be off theirs
Label = tuple[Token, ...]
Spanners = tuple[tuple[Label, int, int], ...]


def spanned(parts: Sequence[Label], labels: Sequence[Span]) -> Spanners:
    """Return which columns each text stands over: side by side, all columns among them; none if unclear."""
    if not 2 <= len(parts) <= MOST_SPANNERS or not len(parts) < len(labels) <= MOST_COLUMNS:
        return ()
    best = min(_groupings(len(labels), len(parts)), key=lambda groups: sum(_offs(parts, labels, groups)))
    if max(_offs(parts, labels, best)) > ASKEW:
        return ()
    return tuple((part, first, last) for part, (first, last) in zip(parts, best, strict=True))


def _groupings(columns: int, count: int) -> Iterator[list[tuple[int, int]]]:
    for cuts in combinations(range(1, columns), count - 1):
        bounds = [0, *cuts, columns]
        yield [(a, b - 1) for a, b in pairwise(bounds)]


def _offs(parts: Sequence[Label], labels: Sequence[Span], groups: Sequence[tuple[int, int]]) -> list[float]:
    """Return how far each text is off the middle or the left edge of its columns, in widths of these."""
    found = []
    for part, (first, last) in zip(parts, groups, strict=True):
        left, right = labels[first][0], labels[last][1]
        middle = abs(part[0].left + part[-1].right - left - right) / 2
        found.append(min(middle, abs(part[0].left - left)) / (right - left))
    return found
