"""What a sheet prints and nothing took: it is listed or read as prose, never dropped."""

from __future__ import annotations

from collections.abc import Iterable

from mlcheck.extraction.tables.sheet import At, Sheet
from mlcheck.model.document import Locator
from mlcheck.model.table import Table


def leftovers(sheet: Sheet, tables: Iterable[Table], taken: Iterable[At]) -> list[At]:
    """Return the filled cells of a sheet that are no entry, label, title or corner of its tables.

    `taken` are the cells of its passages and of what was not understood. Titles, spanners and outer
    labels are known by their words, since tables keep those and not their places.
    """
    where = {sheet.grid.locate(*at): at for at in sheet.grid.cells}
    places = set(taken)
    words: set[str] = set()
    for table in tables:
        places |= {where[e.locator] for e in table.entries.values() if e.locator in where}
        places |= _labels(table, where)
        for line in (*table.rows, *table.columns):
            words |= {_plain(text) for text in (*line.path, line.label)}
        words |= {_plain(part) for text in (table.title, *table.sections) for part in text.split(" · ")}
    return [
        at
        for at, cell in sorted(sheet.grid.cells.items())
        if cell.text.strip() and at not in places and _plain(cell.text) not in words
    ]


def _labels(table: Table, where: dict[Locator, At]) -> set[At]:
    """Return the cells of the labels of a table, and the heads of its stub where those two cross."""
    rows = {where[line.locator] for line in table.rows if line.locator in where}
    columns = {where[line.locator] for line in table.columns if line.locator in where}
    return rows | columns | {(row, column) for row, _ in columns for _, column in rows}


def _plain(text: str) -> str:
    return " ".join(text.split())
