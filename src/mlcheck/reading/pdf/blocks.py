"""Lines and tables in reading order become the blocks of a document."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from mlcheck.model.document import Block, Box, Cell, Grid, Lines, Locator, NotUnderstood, Paragraph, TextLine
from mlcheck.reading.pdf.lines import FIGURE, LineRow
from mlcheck.reading.pdf.order import in_order
from mlcheck.reading.pdf.page import PageContent
from mlcheck.reading.pdf.places import around
from mlcheck.reading.pdf.tables import PdfTable
from mlcheck.translation import N_

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
    row: LineRow
    level: int | None


SCANNED = N_("page {page} is a picture without text: run OCR on it to have its figures read")
OUTLINED = N_("page {page} is drawn without text: its figures are not read")
PICTURE = N_("page {page} holds a picture: its figures are not read")
UNKNOWN = N_("page {page} prints characters that its font does not name ({count}): they are read as “�”")
CUT = N_("page {page} holds more text than a page of a report: the end of it is not read")
ANNOTATED = N_("page {page} holds form fields or notes that nothing draws ({count}): they are not read")
LARGE = 0.08  # share of a page that its pictures cover; logos take less
DECOR = 3  # pages that show the same picture in the same place: a background or a logo
DRAWN = 40  # drawn things on a page without text: letters made curves, not a frame
LARGER = 1.12  # size of a heading over that of the text; and
LARGER_BOLD = 1.04  # of a bold one
BODY = 0.2  # share of the characters of a page that its largest text has at least
ENOUGH = 80  # characters that tell the size of the text of one page
COMMON = 0.15  # share of the characters of a page that have the size of the text of the whole document
LONGEST = 200  # characters of a heading
LEVELS = 3
SAME_SCALE = 0.06  # difference of two sizes of one level, over the size of the text

OPENING_FIGURE = re.compile(
    r"(?![0-9]{1,2}\s+[A-ZÀ-Ý])(?:[0-9\s.,]*[0-9]\s*[%€‰]|[0-9][0-9\s]*[^\W\d]{2}|.*%|.*(?:\.\s?){4})"
)
"""A sentence in large type that starts with its figure, or a line of contents: "679 jeunes accueillis" is
no heading, "2 Le public" is one."""
Levels = Callable[[int, LineRow], int | None]


def blocks_of(pages: Sequence[PageContent], source: str, levels: Levels) -> Iterator[Block | Lines]:
    """Yield the blocks of some pages in reading order; lines go on from page to page."""
    lines: list[Placed] = []
    for page in pages:
        for item in in_order(page.rows, page.tables):
            if isinstance(item, LineRow):
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


def _goes_on(before: LineRow, after: LineRow) -> bool:
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


# What of a document was seen and could not be read: pictures, glyphs without a letter, notes.


def notes_of(pages: Sequence[PageContent], source: str) -> Iterator[NotUnderstood]:
    """Yield what was not understood of the pages, in order."""
    decor = _decor(pages)
    for page in pages:
        place = Locator(source, page=page.number)
        pictures = [box for box in page.pictures if box not in decor]
        covered = _covered(page, pictures)
        boxed = Locator(source, page=page.number, box=around(pictures)) if pictures else place
        if page.is_blank and covered >= LARGE:
            yield NotUnderstood(boxed, SCANNED, {"page": page.number})
        elif page.is_blank and page.drawn >= DRAWN:
            yield NotUnderstood(place, OUTLINED, {"page": page.number})
        elif covered >= LARGE and not page.recognised:
            yield NotUnderstood(boxed, PICTURE, {"page": page.number})
        if page.unknown:
            yield NotUnderstood(place, UNKNOWN, {"page": page.number, "count": page.unknown})
        if page.cut:
            yield NotUnderstood(place, CUT, {"page": page.number})
        if page.unread:
            yield NotUnderstood(place, ANNOTATED, {"page": page.number, "count": page.unread})


def _decor(pages: Sequence[PageContent]) -> set[Box]:
    """Return the pictures that stand in the same place on many pages that have text."""
    places = Counter(box for page in pages if not page.is_blank for box in set(page.pictures))
    return {box for box, count in places.items() if count >= DECOR and count * 2 >= len(pages)}


def _covered(page: PageContent, pictures: Sequence[Box]) -> float:
    """Return the share of a page that pictures cover, counted twice where they overlap."""
    area = sum((right - left) * (bottom - top) for left, top, right, bottom in pictures)
    return area / (page.width * page.height or 1)


# Headings, known by their size: larger than the text of the page, on few lines, without columns.


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

    def level(page: int, row: LineRow) -> int | None:
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


def _is_heading(line: LineRow, body: float) -> bool:
    if line.angle or line.size < LARGER_BOLD * body or (line.size < LARGER * body and not line.bold):
        return False
    text = line.text
    if len(text) > LONGEST or sum(map(str.isalpha, text)) < 3 or OPENING_FIGURE.match(text):
        return False
    groups = line.groups
    titles = sum(sum(map(str.isalpha, group)) >= 3 for group in groups)
    return titles == 1 and not any(FIGURE.fullmatch(group) for group in groups[1:])
