"""Give the words over a body to the columns they stand over."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from mlcheck.extraction.flattened.boxhead import Heads
from mlcheck.extraction.flattened.clusters import Cluster, gathered
from mlcheck.extraction.flattened.mingled import Label
from mlcheck.extraction.flattened.placing import Span
from mlcheck.extraction.flattened.tokens import Token
from mlcheck.extraction.flattened.zones import Zone


def placed_heads(zone: Zone, spans: Sequence[Span], stub: Span | None) -> Heads | None:
    """Return the labels over columns by place; None where they cannot be told apart."""
    clusters, taken, spanners = gathered(zone, spans, stub)
    heads = _matched(clusters, spans, stub, taken)
    return replace(heads, spanners=spanners) if heads is not None else None


def _matched(
    clusters: Sequence[Cluster], spans: Sequence[Span], stub: Span | None, taken: int
) -> Heads | None:
    """Give clusters to columns: in order where there are as many, else each to the only one it is near."""
    head: Label = ()
    rest = list(clusters)
    over_stub = bool(rest) and (rest[0].left + rest[0].right) / 2 < spans[0][0]
    may_head = stub is not None and (len(rest) == len(spans) + 1 or (over_stub and len(rest) <= len(spans)))
    if stub is not None and rest and may_head and not _nearer_first(rest, spans, stub):
        head, rest = rest[0].tokens, rest[1:]
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
