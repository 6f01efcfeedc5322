"""Gather the words over a body into labels by place: those one below another are one label."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from msgspec import Struct
from msgspec.structs import replace

from mlcheck.layout.boxhead import Heads, Label, Zone, times_repeated
from mlcheck.layout.columns_by_place import NEAR, Span
from mlcheck.layout.wording import is_open, is_stub_head, starts_low
from mlcheck.layout.words_of_lines import Token, segments


class Cluster(Struct):
    """Words one below another."""

    left: float
    right: float
    tokens: Label

    def meets(self, segment: Label) -> bool:
        """Tell whether words stand over these."""
        return self.left < segment[-1].right and segment[0].left < self.right

    def is_aligned(self, segment: Label) -> bool:
        """Tell whether words have an edge or their middle in common with those below."""
        left, right = segment[0].left, segment[-1].right
        near = NEAR * (self.tokens[0].right - self.tokens[0].left) / len(self.tokens[0].text)
        gaps = left - self.left, right - self.right, (left + right - self.left - self.right) / 2
        return min(map(abs, gaps)) <= near

    def add(self, segment: Label) -> None:
        """Put words over these."""
        self.left, self.right = min(self.left, segment[0].left), max(self.right, segment[-1].right)
        self.tokens = segment + self.tokens


MOST_COLUMNS = 12
MOST_SPANNERS = 4
ASKEW = 0.25  # of the width of its columns, by which the middle of a spanner may be off theirs
Spanners = tuple[tuple[Label, int, int], ...]


def gathered(zone: Zone, spans: Sequence[Span], stub: Span | None) -> tuple[list[Cluster], int, Spanners]:
    """Return the words over a body, one label a cluster, how many lines they take, and the spanners over them.

    Lines are taken from the body upwards until one is a title: it stands over several columns, or over none
    once all of them have a label. Several texts that each stand over columns are spanners.
    """
    clusters: list[Cluster] = []
    taken = 0
    for at in range(len(zone.texts) - 1, -1, -1):
        parts = segments(zone.texts[at])
        labelled = len(clusters) >= len(spans)
        if labelled and zone.gaps[at]:
            break
        if labelled and (spanners := _over_repeated(parts, clusters, len(spans))):
            return sorted(clusters, key=_left), taken + 1, spanners
        meeting = [[c for c in clusters if c.meets(part)] for part in parts]
        between = [
            not found and part[0].left > spans[0][0] for part, found in zip(parts, meeting, strict=True)
        ]
        if any(len(found) > 1 for found in meeting) or (labelled and len(parts) > 1 and any(between)):
            spanners = _spanned(parts, _over_figures(clusters, spans)) if labelled else ()
            return sorted(clusters, key=_left), taken + bool(spanners), spanners
        title = len(parts) == 1 and _is_title(parts[0], meeting[0], clusters, spans, stub)
        if title and not _is_between(zone, at, meeting[0], clusters):
            break
        for part, found in zip(parts, meeting, strict=True):
            if found:
                found[0].add(part)
            else:
                clusters.append(Cluster(part[0].left, part[-1].right, part))
        taken += 1
    return sorted(clusters, key=_left), taken, ()


def _is_between(zone: Zone, at: int, own: Sequence[Cluster], clusters: Sequence[Cluster]) -> bool:
    """Tell whether a text is the line of one label beside those of another, which stand half a line higher."""
    if not at or zone.gaps[at - 1] or len(own) != 1 or not own[0].is_aligned(zone.texts[at]):
        return False
    above = segments(zone.texts[at - 1])
    if any(own[0].meets(part) for part in above):
        return False
    return any(c.meets(part) and c.is_aligned(part) for c in clusters for part in above)


def _left(cluster: Cluster) -> float:
    return cluster.left


def _over_figures(clusters: Sequence[Cluster], spans: Sequence[Span]) -> list[Span]:
    """Return where the labels of the columns stand, that of the stub left out."""
    ordered = sorted((c.left, c.right) for c in clusters)
    return ordered[len(ordered) - len(spans) :]


def _is_title(
    part: Label, meeting: Sequence[Cluster], clusters: Sequence[Cluster], spans: Sequence[Span], stub: Span | None
) -> bool:  # fmt: skip
    """Tell whether a text alone on its line stands over the whole table, or beside its columns."""
    left, right = part[0].left, part[-1].right
    if sum(a < right and left < b for a, b in spans) > 1:
        return True
    if len(clusters) < len(spans):
        return False
    if not meeting:
        heads_stub = stub is not None and is_stub_head(part) and not any(c.left < stub[1] for c in clusters)
        return not heads_stub
    if stub is not None and left <= stub[0] and right < spans[0][0]:
        return True
    if not meeting[0].is_aligned(part):
        return True
    goes_on = len(spans) == 1 or starts_low(meeting[0].tokens) or is_open(part[-1])
    over = _reaches(part, meeting[0], clusters) or _is_over_all(part, meeting[0], clusters, stub)
    return over and not goes_on


def _is_over_all(part: Label, own: Cluster, clusters: Sequence[Cluster], stub: Span | None) -> bool:
    """Tell whether words stand over the middle of all columns, or over the first of a table without row labels."""
    first, last = min(c.left for c in clusters), max(c.right for c in clusters)
    middle = (part[0].left + part[-1].right) / 2
    near = NEAR * (part[0].right - part[0].left) / len(part[0].text)
    whole = [(first + last) / 2] + ([(stub[0] + last) / 2] if stub is not None else [])
    return any(abs(middle - x) <= near for x in whole) or (stub is None and own.left == first)


def _reaches(part: Label, own: Cluster, clusters: Sequence[Cluster]) -> bool:
    """Tell whether words reach over half the way to the label beside the one they stand over."""
    left, right = part[0].left, part[-1].right
    before = [c.right for c in clusters if c.right <= own.left]
    after = [c.left for c in clusters if c.left >= own.right]
    return (bool(before) and left < (max(before) + own.left) / 2) or (
        bool(after) and right > (min(after) + own.right) / 2
    )


# Labels over several columns at once.


def _over_repeated(parts: Sequence[Label], clusters: Sequence[Cluster], columns: int) -> Spanners:
    """Return which columns each text stands over where the same labels come again under each: "2022", "2023"."""
    labels = [c.tokens for c in sorted(clusters, key=_left)][-columns:]
    times = times_repeated(labels)
    if times < 2 or len(parts) != times:
        return ()
    size = columns // times
    return tuple((part, n * size, n * size + size - 1) for n, part in enumerate(parts))


def _spanned(parts: Sequence[Label], labels: Sequence[Span]) -> Spanners:
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


# Give the words over a body to the columns they stand over.


def placed_heads(zone: Zone, spans: Sequence[Span], stub: Span | None) -> Heads | None:
    """Return the labels over columns by place; None where they cannot be parted."""
    clusters, taken, spanners = gathered(zone, spans, stub)
    heads = _matched(clusters, spans, stub, taken)
    return replace(heads, spanners=spanners) if heads is not None else None


def _matched(
    clusters: Sequence[Cluster], spans: Sequence[Span], stub: Span | None, taken: int
) -> Heads | None:
    """Give clusters to columns: in order where there are as many, else each to the only one it is near."""
    head: Label = ()
    rest = list(clusters)
    while stub is not None and len(rest) > len(spans) + 1 and rest[1].right <= spans[0][0]:
        head, rest = head + rest[0].tokens, rest[1:]  # "Rang", "Commune"
    over_stub = bool(rest) and (rest[0].left + rest[0].right) / 2 < spans[0][0]
    may_head = stub is not None and (len(rest) == len(spans) + 1 or (over_stub and len(rest) <= len(spans)))
    if stub is not None and rest and may_head and not _nearer_first(rest, spans, stub):
        head, rest = head + rest[0].tokens, rest[1:]
    if len(rest) == len(spans):
        return Heads(tuple(c.tokens for c in rest), head, taken)
    labels: dict[int, Label] = {}
    for cluster in rest:
        at = _nearest(cluster, spans)
        if at in labels:
            return None
        labels[at] = cluster.tokens
    if not labels:
        return None
    return Heads(tuple(labels.get(at, ()) for at in range(len(spans))), head, taken)


def _nearer_first(rest: Sequence[Cluster], spans: Sequence[Span], stub: Span) -> bool:
    """Tell whether the first words over a body stand over its figures and not over its labels."""
    if len(rest) > len(spans):
        return False
    first = rest[0]
    return first.left >= stub[1] or (first.right > spans[0][0] and first.left > stub[0])


def _nearest(cluster: Cluster, spans: Sequence[Span]) -> int:
    middle = (cluster.left + cluster.right) / 2
    return min(range(len(spans)), key=lambda at: _distance(middle, spans[at]))


def _distance(x: float, span: Span) -> float:
    return max(span[0] - x, x - span[1], 0.0) + abs(x - (span[0] + span[1]) / 2) / 1000


def stub_span(labels: Sequence[tuple[Token, ...]]) -> Span | None:
    """Return where the labels of rows stand, None where there are none."""
    filled = [label for label in labels if label]
    if not filled:
        return None
    return min(t.left for label in filled for t in label), max(t.right for label in filled for t in label)
