"""Headings, told by their size: larger than the text of the page, on few lines, without columns."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence

from mlcheck.reading.pdf_lines import FIGURE, Row
from mlcheck.reading.pdf_page import PageContent

LARGER = 1.12  # size of a heading over that of the text; and
LARGER_BOLD = 1.04  # of a bold one
BODY = 0.2  # share of the characters of a page that its largest text has at least
ENOUGH = 80  # characters that tell the size of the text of one page
COMMON = 0.15  # share of the characters of a page that have the size of the text of the whole document
LONGEST = 200  # characters of a heading
LEVELS = 3
SAME_SCALE = 0.06  # difference of two sizes of one level, over the size of the text
OPENING_FIGURE = re.compile(
    r"(?!\d{1,2}\s+[A-ZÀ-Ý])(?:[\d\s.,]*\d\s*[%€‰]|\d[\d\s]*[^\W\d]{2}|.*%|.*(?:\.\s?){4})"
)
"""A sentence in large type that starts with its figure, or a line of contents: "679 jeunes accueillis" is
no heading, "2 Le public" is one."""

Levels = Callable[[int, Row], int | None]


def levels_of(pages: Sequence[PageContent]) -> Levels:
    """Return the function that gives the level of a line on a page, None where it is no heading.

    Levels go by size over that of the text; what only the first page has, as its cover, is outermost.
    """
    whole = _body(sum((page.sizes for page in pages), Counter()))
    bodies = {page.number: _body_of(page, whole) for page in pages}
    standing: dict[float, set[int]] = defaultdict(set)
    for page in pages:
        for row in page.rows:
            if _is_heading(row, bodies[page.number]):
                standing[row.size / bodies[page.number]].add(page.number)
    first = pages[0].number if pages else 0
    floors: list[float] = []
    for scale in sorted(
        (s for s, on in standing.items() if on != {first} or len(pages) < LEVELS), reverse=True
    ):
        if not floors or scale < floors[-1] - SAME_SCALE:
            floors.append(scale - SAME_SCALE)

    def level(page: int, row: Row) -> int | None:
        if not _is_heading(row, bodies[page]):
            return None
        rank = sum(row.size / bodies[page] < floor for floor in floors[: LEVELS - 1])
        return rank + 1

    return level


def _body_of(page: PageContent, whole: float) -> float:
    """Return the size of the text of a page: that of the document, unless the page is on another scale."""
    sizes = page.sizes
    common = sum(count for size, count in sizes.items() if abs(size - whole) <= SAME_SCALE * whole)
    return whole if sizes.total() < ENOUGH or common >= COMMON * sizes.total() else _body(sizes)


def _body(sizes: Counter[float]) -> float:
    """Return the size of the text: the largest that a fair share of the characters has."""
    total = sizes.total()
    return max((size for size, count in sizes.items() if count >= BODY * total), default=0.0)


def _is_heading(line: Row, body: float) -> bool:
    if line.angle or line.size < LARGER_BOLD * body or (line.size < LARGER * body and not line.bold):
        return False
    text = line.text
    if len(text) > LONGEST or sum(map(str.isalpha, text)) < 3 or OPENING_FIGURE.match(text):
        return False
    groups = line.groups
    titles = sum(sum(map(str.isalpha, group)) >= 3 for group in groups)
    return titles == 1 and not any(FIGURE.fullmatch(group) for group in groups[1:])
