"""Tables in csv and tsv files: text cells, whatever the separator."""

from __future__ import annotations

import csv
import os
from collections import Counter
from io import StringIO
from itertools import islice
from pathlib import Path

from mlcheck.model.document import Cell, Document, Grid, Locator
from mlcheck.model.errors import MlcheckError
from mlcheck.reading.container.encoding import read_characters
from mlcheck.reading.container.refusals import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, too_large

SEPARATORS = ";\t|,"  # the comma last: it is also the decimal sign
SAMPLE = 200  # records looked at to find the separator
HINT = "sep="  # Excel's own first line, which it does not show


def read_delimited(path: Path) -> Document:
    """Return the records of a file as one grid, named by the stem of the file; the cells are text.

    A cell's row is that of its record, as a spreadsheet program would show it.
    """
    source = path.as_posix()
    name = os.fsencode(path.stem).decode("utf-8", "backslashreplace")  # it becomes a text of the report
    lines = list(StringIO(read_characters(path), newline=""))
    if lines and lines[0].lower().startswith(HINT) and len(lines[0].strip("\r\n")) == len(HINT) + 1:
        separator = lines.pop(0)[len(HINT)]
    else:
        separator = find_separator(lines, path.suffix.lower())
    cells: dict[tuple[int, int], Cell] = {}
    try:
        for row, record in enumerate(csv.reader(lines, delimiter=separator)):
            for column, text in enumerate(record):
                if text.strip():
                    cells[row, column] = Cell(text)
            if row >= MAX_ROWS or len(record) > MAX_COLUMNS or len(cells) > MAX_CELLS:
                raise too_large(path, name)
    except csv.Error as error:
        raise MlcheckError(
            "{file} is not a table of separated values ({reason}): export it again as csv.",
            file=source,
            reason=str(error),
        ) from error
    return Document(source, (Grid(Locator(source, sheet=name), cells),))


def find_separator(lines: list[str], suffix: str = ".csv") -> str:
    """Return the separator that cuts most records of a file into the same number of fields."""
    candidates = "\t;|," if suffix == ".tsv" else SEPARATORS
    best, most = candidates[0], 0
    for separator in candidates:
        try:
            records = list(islice(csv.reader(lines, delimiter=separator), SAMPLE))
        except csv.Error:
            continue
        widths = Counter(len(record) for record in records if len(record) > 1)
        alike = max(widths.values(), default=0)
        if alike > most:
            best, most = separator, alike
    return best
