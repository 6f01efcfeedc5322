"""Decide how many columns of figures a body has, from its rows first, then from the words over it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from mlcheck.extraction.flattened.boxhead import Heads, best_heads
from mlcheck.extraction.flattened.fits import Columns, fitting
from mlcheck.extraction.flattened.placed_heads import placed_heads, stub_span
from mlcheck.extraction.flattened.placing import Placing
from mlcheck.extraction.flattened.rows import Row
from mlcheck.extraction.flattened.spoken import spoken
from mlcheck.extraction.flattened.starts import NEVER, starts
from mlcheck.extraction.flattened.takings import takings_of
from mlcheck.extraction.flattened.wording import is_stub_head
from mlcheck.extraction.flattened.zones import Zone

MOST_COLUMNS = 24
LIST_ROWS = 4  # rows of a list without a boxhead
MOST_EMPTY = 4  # columns that no row fills
FEW = 4  # one row in so many may print more figures than the columns are


def decide(rows: Sequence[Row], zone: Zone) -> Columns | None:
    """Return the columns of a body, or None where its rows and its boxhead leave their number open.

    Rows that can be read in one way only say how many there are; then the words over them, then the only
    number under which the totals are the sums of their parts.
    """
    takings = takings_of(rows)
    spans = [_span(row, taken) for row, taken in zip(rows, takings, strict=True) if row.tail is not None]
    labelled = any(row.label for row in rows) or all(taken == (1,) for taken in takings)

    def under(counts: Sequence[int]) -> Heads | None:
        heads = best_heads(zone.texts, counts, zone.gaps, labelled=labelled)
        return heads if heads is not None and _is_all(heads, zone, labelled) else None

    votes = Counter(low for low, high in spans if low == high)
    words = spoken(zone, labelled=labelled)
    if votes:
        count, sure = _dictated(votes, spans, words)
        return Columns(count, under([count]), takings, irregular=not sure)
    common = _common(spans)
    told = [n for n in common if n in words]
    if len(common) > 1:
        weighed = fitting(rows, [Columns(n, under([n]), takings) for n in common], told)
        if weighed is not None:
            return weighed
        common = [1] if common[:1] == [1] and _is_list(rows) and labelled and not _may_head(zone) else []
    return Columns(common[0], under(common), takings) if len(common) == 1 else None


def _is_all(heads: Heads, zone: Zone, labelled: bool) -> bool:
    """Tell whether the lines over a boxhead are titles, and hold no further labels of it."""
    if is_stub_head(heads.stub):
        return True
    above = zone.texts[: len(zone.texts) - heads.lines]
    stub = labelled and bool(above) and not zone.gaps[len(above) - 1] and len(above[-1]) == 1
    return not any(any(starts(text)[1:]) for text in above) and not (stub and is_stub_head(above[-1]))


def placed_columns(rows: Sequence[Row], zone: Zone, straight: Zone, placing: Placing) -> Columns:
    """Return the columns of a body whose cells are told by place, with the labels that stand over them.

    `straight` has the words over it one label after another, should these not stand over as many columns.
    """
    labels = [row.label for row in rows]
    count = len(placing.spans)
    heads = placed_heads(zone, placing.spans, stub_span(labels))
    if heads is None or (count > 1 and not all(heads.labels)):
        split = best_heads(straight.texts, [count], straight.gaps, labelled=any(labels))
        heads = replace(split, lines=straight.height) if split is not None else heads
    return Columns(count, heads, tuple((0,) for _ in rows))


def _span(row: Row, takings: tuple[int, ...]) -> tuple[int, int]:
    """Return the fewest and the most cells that a row may have."""
    assert row.tail is not None
    tails = [row.tail.after(taken) for taken in takings]
    return min(t.fewest for t in tails), max(t.most for t in tails)


def _dictated(
    votes: Counter[int], spans: Sequence[tuple[int, int]], words: frozenset[int]
) -> tuple[int, bool]:
    """Return the number of columns that the rows of one reading bear out, and whether nothing speaks against it.

    Where these differ, some leave cells empty, or print a number in their label: the words over them say which,
    else the largest number that a quarter of the rows bear out, where few rows have to print more.
    """
    first = next(iter(votes))
    if len(votes) == 1 and all(low <= first <= high for low, high in spans):
        return first, True
    told = [n for n in words if n in votes or max(votes) < n <= max(votes) + MOST_EMPTY]
    if len(told) == 1:
        return told[0], True
    likely = [n for n in votes if sum(low > n for low, _ in spans) * FEW <= len(spans)] or list(votes)
    strong = [n for n in likely if votes[n] > 1 and votes[n] * FEW >= len(spans)]
    return (max(strong) if strong else max(likely, key=lambda n: (votes[n], n))), False


def _common(spans: Sequence[tuple[int, int]]) -> list[int]:
    """Return the numbers of columns that every row may have."""
    low, high = max(low for low, _ in spans), min(high for _, high in spans)
    return list(range(low, min(high, MOST_COLUMNS) + 1))


def _is_list(rows: Sequence[Row]) -> bool:
    """Tell whether rows are a label and one figure, of thousands at most: no reader could tell two columns apart."""
    tails = [row.tail for row in rows if row.tail is not None]
    whole = all(chunk.text.isdigit() for tail in tails for chunk in tail.chunks)
    return len(tails) >= LIST_ROWS and whole and all(tail.most <= 2 for tail in tails)


def _may_head(zone: Zone) -> bool:
    """Tell whether the words over a body may be a boxhead that could not be split, and no mere title."""
    if not zone.texts:
        return False
    strength = starts(zone.texts[-1])
    return len(zone.texts) > 1 or strength[0] == NEVER or any(strength[1:])
