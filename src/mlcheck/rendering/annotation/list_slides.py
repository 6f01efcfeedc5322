"""The rows of the list of findings shared out over slides: how wide, how high, how many on each. Lengths are in EMU."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap

from mlcheck.model.document import Box
from mlcheck.rendering.annotation.beside import BOTTOM, RIGHT
from mlcheck.rendering.annotation.listing import Row
from mlcheck.rendering.annotation.spots import Spot

SHARES = (13, 23, 36, 28)  # of the width, in percent
EDGE, TOP, LINE = 380_000, 900_000, 152_400  # EMU: around the list, above its table, of a line of 10 points
CHARACTER = 68_000  # EMU of a character of 10 points, on average


def shared_out(rows: Sequence[Row[Spot]], size: Box, lost: int) -> Iterator[Sequence[Row[Spot]]]:
    """Yield the rows of each slide, at least one, and once none where there are none."""
    across = widths(size)
    start, left = 0, size[BOTTOM] - TOP - EDGE - LINE * (3 + lost)
    room = left
    for at, row in enumerate(rows):
        own = height(row, across)
        if at > start and own > room:
            yield rows[start:at]
            start, room = at, left
        room -= own
    yield rows[start:]


def widths(size: Box) -> list[int]:
    """Return how wide the columns are on a slide of a size."""
    return [int(size[RIGHT] - 2 * EDGE) * share // 100 for share in SHARES]


def height(row: Row[Spot], widths: Sequence[int]) -> int:
    """Return how high a row is, as far as its characters are as wide as most are."""
    texts = (row.severity + " 00 ·", f"{row.place}\n{row.about}", row.message, row.correction)
    lines = (
        sum(len(wrap(line, max((width - 180_000) // CHARACTER, 5))) or 1 for line in text.split("\n"))
        for text, width in zip(texts, widths, strict=True)
    )
    return LINE * max(lines) + 60_000
