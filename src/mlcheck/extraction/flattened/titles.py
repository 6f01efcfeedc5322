"""Labels without figures between a boxhead and the first row that has some."""

from __future__ import annotations

from collections.abc import Sequence

from mlcheck.extraction.flattened.lines import Parsed
from mlcheck.extraction.flattened.rows import Row, Run
from mlcheck.extraction.flattened.wording import is_stub_head
from mlcheck.extraction.flattened.zones import Zone

MOST_TITLES = 2


def with_titles(lines: Sequence[Parsed], zone: Zone, run: Run) -> tuple[Zone, Run]:
    """Return the boxhead and the rows of a body: labels without figures under the boxhead are rows."""
    if not run.rows[0].label:
        return zone, run
    years = max((at for at, i in enumerate(zone.indexes) if lines[i].tail is not None), default=None)
    below = len(zone.indexes) - 1 - years if years is not None else _labels_below(zone, run)
    if not 0 < below <= MOST_TITLES:
        return zone, run
    titles = [Row((i,), lines[i].label, None) for i in zone.indexes[-below:]]
    return zone.until(len(zone.indexes) - below), Run([*titles, *run.rows])


def _labels_below(zone: Zone, run: Run) -> int:
    """Return how many texts right above the rows start where their labels do, under words over the figures."""
    first = run.rows[0]
    if first.tail is None or not first.tail.has_gaps:
        return 0
    left, figures = first.label[0].left, first.tail.chunks[0].tokens[0].left
    count = 0
    for text in reversed(zone.texts):
        if text[0].left != left or text[-1].right >= figures or is_stub_head(text):
            break
        count += 1
    above = zone.texts[: len(zone.texts) - count]
    right = max(token.right for row in run.rows for token in row.label)
    return count if any(text[-1].right > right for text in above) else 0
