"""What a sheet prints and nothing took: it is listed or read as prose, never dropped."""

from __future__ import annotations

from collections.abc import Iterable

from mlcheck.extraction.tables.sheet import At, Sheet
from mlcheck.model.document import Locator
from mlcheck.model.table import Table


def leftovers(sheet: Sheet, tables: Iterable[Table], taken: Iterable[Locator]) -> list[At]:
    """Return the filled cells of a sheet that are no entry, label, title or corner of its tables.

    `taken` are the places of its passages and of what was not understood. Titles, spanners and outer
    labels are known by their words, since tables keep those and not their places.
    """
    places = {locator.cell for locator in taken}
    words: set[str] = set()
    for table in tables:
        places |= {entry.locator.cell for entry in table.entries.values()} | _corners(table)
        for line in (*table.rows, *table.columns):
            if line.locator is not None:
                places.add(line.locator.cell)
            words |= {_plain(text) for text in (*line.path, line.label)}
        words |= {_plain(part) for text in (table.title, *table.sections) for part in text.split(" · ")}
    return [
        at
        for at, cell in sorted(sheet.grid.cells.items())
        if cell.text.strip() and sheet.grid.locate(*at).cell not in places and _plain(cell.text) not in words
    ]


def _corners(table: Table) -> set[str | None]:
    """Return the heads of the stub: on the rows of the column labels, over the row labels."""
    rows = {_cut(line.locator.cell)[1] for line in table.columns if line.locator}
    columns = {_cut(line.locator.cell)[0] for line in table.rows if line.locator}
    return {f"{column}{row}" for row in rows for column in columns}


def _cut(cell: str | None) -> tuple[str, str]:
    """Return the letters and the digits of an A1 address."""
    letters = (cell or "").rstrip("0123456789")
    return letters, (cell or "")[len(letters) :]


def _plain(text: str) -> str:
    return " ".join(text.split())
