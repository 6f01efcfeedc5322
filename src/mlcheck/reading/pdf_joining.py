"""Tables cut by a page break are put together again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from mlcheck.model.document import Merge
from mlcheck.reading.pdf_lines import FIGURE, Row
from mlcheck.reading.pdf_page import PageContent
from mlcheck.reading.pdf_tables import PdfTable

SAME_EDGE = 2.0  # points
LOW = 0.5  # share of the height of a page below which a table that goes on ends
YEAR = re.compile(r"(?:19|20)\d\d(?:\D.*)?")


def join_over_pages(pages: Sequence[PageContent]) -> None:
    """Join each table that ends a page with the one of the same columns that starts the next.

    A boxhead repeated on the next page is dropped, and a last row that both pages repeat, as browsers print
    it; running heads must have been left out. A single row that nothing goes on with is no table: its lines
    go back to its page.
    """
    whole: dict[int, PdfTable] = {}
    for before, page in pairwise(pages):
        for low in before.tables if page.number == before.number + 1 else ():
            if low.box[3] < LOW * before.height or not _is_at_edge(low, before, down=True):
                continue
            table = whole.get(id(low), low)
            rest = next((t for t in page.tables if _goes_on(table, low, t, page)), None)
            if rest is not None:
                _append(table, rest)
                whole[id(rest)] = table
    for page in pages:
        page.tables = [table for table in page.tables if id(table) not in whole]
        page.rows += (row for table in page.tables if table.height == 1 for row in table.loose)
        page.tables = [table for table in page.tables if table.height > 1]


def _is_at_edge(table: PdfTable, page: PageContent, down: bool) -> bool:
    """Tell whether nothing stands below a table, or above it, within its width."""
    left, top, right, bottom = table.box
    for item in page.items:
        if item is table or (isinstance(item, Row) and item.angle):
            continue
        box = item.box
        if box[0] < right and box[2] > left and (box[1] >= bottom - 1 if down else box[3] <= top + 1):
            return False
    return True


def _goes_on(table: PdfTable, low: PdfTable, rest: PdfTable, page: PageContent) -> bool:
    if len(low.columns) != len(rest.columns) or not _is_at_edge(rest, page, down=False):
        return False
    if any(abs(one - two) > SAME_EDGE for one, two in zip(low.columns, rest.columns, strict=True)):
        return False
    repeated = _repeated(table, rest)
    if repeated == rest.height:
        return False
    new_head = _is_head(rest.row(0)) and not repeated
    return not (new_head and _is_head(table.row(0)) and not _is_head(table.row(table.height - 1)))


def _is_head(texts: dict[int, str]) -> bool:
    """Tell whether a row labels columns: texts or years beside its first cell."""
    return any(column and text.strip() for column, text in texts.items()) and not _has_figures(texts)


def _has_figures(texts: dict[int, str]) -> bool:
    beside = (text for column, text in texts.items() if column)
    return any(FIGURE.fullmatch(text) and not YEAR.fullmatch(text) for text in beside)


def _repeated(table: PdfTable, rest: PdfTable) -> int:
    """Return how many rows without figures at the start of the rest repeat those of the table."""
    count = 0
    while count < rest.height:
        texts = rest.row(count)
        if not texts or texts != table.row(count) or _has_figures(texts):
            break
        count += 1
    return count


def _append(table: PdfTable, rest: PdfTable) -> None:
    repeated = _repeated(table, rest)
    last = table.height - 1
    if last and table.row(last) and table.row(last) == rest.row(rest.height - 1):
        table.height -= 1
    kept = table.height
    table.texts = {at: text for at, text in table.texts.items() if at[0] < kept}
    table.places = {at: place for at, place in table.places.items() if at[0] < kept}
    table.merges = [merge for merge in table.merges if merge.bottom < kept]
    down = kept - repeated
    for (row, column), text in rest.texts.items():
        if row >= repeated:
            table.texts[row + down, column] = text
    for (row, column), place in rest.places.items():
        if row >= repeated:
            table.places[row + down, column] = place
    table.merges += (
        Merge(merge.top + down, merge.left, merge.bottom + down, merge.right)
        for merge in rest.merges
        if merge.top >= repeated
    )
    table.height += rest.height - repeated
