"""Read the rows of a body: by place where gaps part its cells, else by what rows and boxhead dictate."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from mlcheck.extraction.flattened.additions import is_borne_out
from mlcheck.extraction.flattened.choice import choose
from mlcheck.extraction.flattened.clusters import gathered
from mlcheck.extraction.flattened.columns import decide, placed_columns
from mlcheck.extraction.flattened.fits import Columns
from mlcheck.extraction.flattened.placed_heads import stub_span
from mlcheck.extraction.flattened.placing import Span, has_gaps, place, widest
from mlcheck.extraction.flattened.readings import Reading
from mlcheck.extraction.flattened.rows import Row
from mlcheck.extraction.flattened.zones import Zone


def arrange(rows: Sequence[Row], zone: Zone) -> tuple[Columns | None, list[Reading | None]]:
    """Return the columns of a body and the reading of each row, None where it stays open."""
    if not has_gaps(rows):
        return _chosen(rows, decide(rows, zone))
    placing = place(rows)
    straight, over = _straightened(rows, zone, placing.spans if placing is not None else widest(rows))
    tight = any(map(_is_loose, rows))  # a single space may part two columns
    if placing is not None and not (tight and over > len(placing.spans)):
        return placed_columns(rows, zone, straight, placing), list(placing.readings)
    columns = decide(rows, straight)
    if columns is not None and columns.heads is not None:
        columns = replace(columns, heads=replace(columns.heads, lines=straight.height))
    return _chosen(rows, columns)


def _straightened(rows: Sequence[Row], zone: Zone, spans: Sequence[Span]) -> tuple[Zone, int]:
    """Return the words over a body one label after another, and how many labels stand over its figures."""
    stub = stub_span([row.label for row in rows])
    clusters, taken, _ = gathered(zone, spans, stub)
    words = tuple(token for cluster in clusters for token in cluster.tokens)
    over_stub = stub is not None and any((c.left + c.right) / 2 < stub[1] for c in clusters)
    line = Zone((words,), (False,), zone.indexes[-1:], taken) if words else Zone((), (), ())
    return line, len(clusters) - over_stub


def _chosen(rows: Sequence[Row], columns: Columns | None) -> tuple[Columns | None, list[Reading | None]]:
    if columns is None:
        return None, []
    chosen = choose(
        rows, columns.count, columns.takings, last_is_total=columns.last_is_total, sure=not columns.irregular
    )  # fmt: skip
    if columns.irregular:
        ranked = choose(rows, columns.count, columns.takings, last_is_total=columns.last_is_total)
        if is_borne_out(rows, ranked):
            return columns, ranked
        chosen = [None if _is_loose(row) else reading for row, reading in zip(rows, chosen, strict=True)]
    return columns, chosen


def _is_loose(row: Row) -> bool:
    """Tell whether a row may have several numbers of cells."""
    return row.tail is not None and row.tail.fewest < row.tail.most
