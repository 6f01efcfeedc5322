"""Lines and tables in reading order become the blocks of a document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from mlcheck.model.document import Block, Box, Cell, Grid, Lines, Locator, Paragraph, TextLine
from mlcheck.reading.pdf_headings import Levels
from mlcheck.reading.pdf_layout import around
from mlcheck.reading.pdf_lines import Row
from mlcheck.reading.pdf_order import in_order
from mlcheck.reading.pdf_page import PageContent
from mlcheck.reading.pdf_tables import PdfTable

BLANK = 1.4  # distance between two lines that a blank parts, over that of the lines around; and
BLANK_ALONE = 2.0  # over the size, where no other line tells
BLANK_ROWS = 1.3  # the same for rows of a table, over the larger of those around
HEADING_LINES = 1.7  # distance between two lines of one heading, over its size
MOST_HEADING_LINES = 3
SAME_LEFT = 2.0  # points between the starts of two lines of one text
ENDS = (".", "!", "?", ":", ";", "…")


class Placed(Struct, frozen=True):
    """A line on its page."""

    page: int
    row: Row
    level: int | None


def blocks_of(pages: Sequence[PageContent], source: str, levels: Levels) -> Iterator[Block | Lines]:
    """Yield the blocks of some pages in reading order; lines go on from page to page."""
    lines: list[Placed] = []
    for page in pages:
        for item in in_order(page.rows, page.tables):
            if isinstance(item, Row):
                lines.append(Placed(page.number, item, levels(page.number, item)))
                continue
            yield from _texts(lines, source)
            lines = []
            yield _grid(item, source)
        page.rows = []
    yield from _texts(lines, source)


def _grid(table: PdfTable, source: str) -> Grid:
    cells = {place: Cell(text) for place, text in sorted(table.texts.items())}
    places = {at: Locator(source, page=page, box=box) for at, (page, box) in table.places.items()}
    box = around([table.box])
    return Grid(Locator(source, page=table.page, box=box), cells, tuple(table.merges), places=places)


def _texts(lines: list[Placed], source: str) -> Iterator[Paragraph | Lines]:
    """Yield the headings and the stretches of lines between them."""
    start = 0
    while start < len(lines):
        end = start + 1
        if lines[start].level is None:
            while end < len(lines) and lines[end].level is None:
                end += 1
            yield _lines(lines[start:end], source)
        else:
            while end < len(lines) and _is_same_heading(lines[end - 1], lines[end]):
                end += 1
            if end - start > MOST_HEADING_LINES:
                yield _lines(lines[start:end], source)
            else:
                rows = [placed.row for placed in lines[start:end]]
                place = _place(source, lines[start].page, around(row.box for row in rows))
                yield Paragraph(" ".join(row.text for row in rows), place, lines[start].level)
        start = end


def _is_same_heading(one: Placed, two: Placed) -> bool:
    first, second = one.row, two.row
    return (
        (one.page, one.level, first.size, first.bold) == (two.page, two.level, second.size, second.bold)
        and 0 < second.base - first.base <= HEADING_LINES * first.size
    )  # fmt: skip


def _lines(lines: list[Placed], source: str) -> Lines:
    """Return lines with a blank one wherever white space, a column or a page parts them."""
    steps = [_step(one, two) for one, two in pairwise(lines)]
    found: list[TextLine] = []
    for index, placed in enumerate(lines):
        place = _place(source, placed.page, placed.row.box)
        if index and _is_blank(lines, steps, index):
            found.append(TextLine("", place))
        found.append(TextLine(placed.row.text, place, tuple(printed.word for printed in placed.row.words)))
    return Lines(tuple(found))


def _step(one: Placed, two: Placed) -> float | None:
    """Return how far down the next line stands; None where it is on another page or in another column."""
    first, second = one.row.box, two.row.box
    down = two.row.base - one.row.base
    beside = first[0] >= second[2] or second[0] >= first[2]
    return None if one.page != two.page or down <= 0 or (beside and down < 0.5) else down


def _is_blank(lines: list[Placed], steps: list[float | None], index: int) -> bool:
    """Tell whether a blank parts a line from the one before."""
    one, two = lines[index - 1], lines[index]
    step = steps[index - 1]
    if step is None:
        return one.page == two.page or not _goes_on(one.row, two.row)
    size = max(one.row.size, two.row.size)
    around_it = [
        other
        for other in (steps[index - 2] if index > 1 else None, steps[index] if index < len(steps) else None)
        if other is not None
    ]
    if not around_it:
        return step > BLANK_ALONE * size
    if len(one.row.groups) > 1 and len(two.row.groups) > 1:
        return step > BLANK_ROWS * max(*around_it, size)
    return step > BLANK * max(min(around_it), size)


def _goes_on(before: Row, after: Row) -> bool:
    """Tell whether a line at the end of a page and the first of the next are of one text.

    A sentence goes on, an item follows an item, or a sentence of the same look one that has ended.
    """
    ended, start = before.text.endswith(ENDS), after.text[:1]
    if start.islower():
        return not ended
    if not start.isalnum() and start == before.text[:1]:
        return True
    alike = (before.size, before.bold) == (after.size, after.bold)
    return ended and alike and abs(before.box[0] - after.box[0]) <= SAME_LEFT


def _place(source: str, page: int, box: Box) -> Locator:
    return Locator(source, page=page, box=box)
