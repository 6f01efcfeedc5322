"""Where each cell of a document went: to a table, a passage, a heading, a title, or to what was not understood."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from mlcheck.layout.recover import laid_out
from mlcheck.model.document import Document, Grid
from mlcheck.model.table import Table
from mlcheck.tables.walk import walk

Place = tuple[str | None, str | None]


def unaccounted(document: Document) -> dict[Place, str]:
    """Return the printed text of each non-empty cell that left no trace.

    Titles, spanners and outer labels have no place of their own after extraction: they are known by their words.
    """
    found = walk(laid_out(document), itertools.count())
    places: set[Place] = {(p.locator.sheet, p.locator.cell) for p in (*found.passages, *found.not_understood)}
    words: set[str] = set()
    for table in found.tables:
        for entry in table.entries.values():
            places.add((entry.locator.sheet, entry.locator.cell))
        for line in (*table.rows, *table.columns):
            if line.locator is not None:
                places.add((line.locator.sheet, line.locator.cell))
            words |= {plain(text) for text in (*line.path, line.label, *line.codes)}
        places |= set(_stub_heads(table))
        words |= {
            plain(part)
            for text in (table.title, table.headnote, *table.sections)
            for part in text.split(" · ")
        }
    places |= {(locator.sheet, locator.cell) for _, locator, _ in found.notes}
    return {
        (block.locator.sheet or "", block.locate(*at).cell or ""): cell.text
        for block in document.blocks
        if isinstance(block, Grid)
        for at, cell in block.cells.items()
        if cell.text.strip()
        and (block.locator.sheet, block.locate(*at).cell) not in places
        and plain(cell.text) not in words
    }


def _stub_heads(table: Table) -> Iterator[Place]:
    """Yield the corner cells: on the rows of column labels, over the row labels."""
    rows = {_split(line.locator.cell) for line in table.columns if line.locator}
    columns = {_split(line.locator.cell) for line in table.rows if line.locator}
    for _, row in rows:
        for column, _ in columns:
            yield table.locator.sheet, f"{column}{row}"


def _split(cell: str | None) -> tuple[str, str]:
    letters = (cell or "").rstrip("0123456789")
    return letters, (cell or "")[len(letters) :]


def plain(text: str) -> str:
    return " ".join(text.split())
