"""Gather the words over a body into labels by place: those one below another are one label."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from mlcheck.extraction.flattened.mingled import Label
from mlcheck.extraction.flattened.placing import NEAR, Span
from mlcheck.extraction.flattened.spanners import Spanners, spanned
from mlcheck.extraction.flattened.tokens import segments
from mlcheck.extraction.flattened.wording import is_open, is_stub_head, starts_low
from mlcheck.extraction.flattened.zones import Zone


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
        meeting = [[c for c in clusters if c.meets(part)] for part in parts]
        between = [
            not found and part[0].left > spans[0][0] for part, found in zip(parts, meeting, strict=True)
        ]
        if any(len(found) > 1 for found in meeting) or (labelled and len(parts) > 1 and any(between)):
            spanners = spanned(parts, _over_figures(clusters, spans)) if labelled else ()
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
