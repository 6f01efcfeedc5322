"""What looks like a table and is none: a list of pages, the scale of a chart."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from mlcheck.extraction.flattened.figures import Tail
from mlcheck.extraction.flattened.lines import Parsed
from mlcheck.extraction.flattened.rows import Row, Run
from mlcheck.extraction.flattened.tokens import LEADER, printed
from mlcheck.extraction.flattened.wording import folded
from mlcheck.extraction.flattened.zones import Zone
from mlcheck.words import fold

FEWEST = 3  # entries
LAST_PAGE = 2_000


def is_contents(lines: Sequence[Parsed], run: Run, zone: Zone) -> bool:
    """Tell whether rows list headings with their pages: rising numbers after dots, or under "Sommaire"."""
    tails = [row.tail for row in run.rows if row.tail is not None]
    if len(tails) < FEWEST or not all(tail.most == 1 and tail.chunks[0].text.isdigit() for tail in tails):
        return False
    pages = [int(tail.chunks[0].text) for tail in tails]
    if pages[-1] > LAST_PAGE or not all(a <= b for a, b in pairwise(pages)):
        return False
    titled = any(fold(printed(text)) in folded("pages") for text in zone.texts)
    dotted = sum(bool(LEADER.search(lines[row.lines[-1]].strip.text)) for row in run.rows)
    return titled or dotted * 2 > len(run.rows)


def is_scale(rows: Sequence[Row]) -> bool:
    """Tell whether rows without labels print the marks of an axis: each of its figures as far from the next."""
    found = [row.tail for row in rows if row.tail is not None]
    return not any(row.label for row in rows) and all(_is_even(tail) for tail in found)


def _is_even(tail: Tail) -> bool:
    marks = [chunk.text for chunk in tail.chunks]
    if len(marks) < FEWEST or not all(mark.isascii() and mark.isdigit() for mark in marks):
        return False
    steps = {int(b) - int(a) for a, b in pairwise(marks)}
    return len(steps) == 1 and steps != {0}
