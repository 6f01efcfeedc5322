"""Tables of a slide: the printed text of their cells, and what is merged."""

from __future__ import annotations

from mlcheck.model.document import Cell, Grid, Locator, Merge
from mlcheck.reading.cells import INDENT, in_order
from mlcheck.reading.pptx_terms import A, Element, whole
from mlcheck.reading.pptx_text import lines_of

TRUE = ("1", "true")
LEVEL = 91_440  # EMU of a margin that set a row label back, a tenth of an inch
MOST_LEVELS = 8  # of indent, as in PowerPoint


def table_grid(table: Element, locator: Locator, hidden: bool) -> Grid:
    """Return the cells of a table; what a merged cell covers is left out, indents are two spaces a level."""
    cells: dict[tuple[int, int], Cell] = {}
    merges: list[Merge] = []
    lines = [line.findall(f"{A}tc") for line in table.iterfind(f"{A}tr")]
    for row, line in enumerate(lines):
        for column, cell in enumerate(line):
            if cell.get("hMerge") in TRUE or cell.get("vMerge") in TRUE:
                continue
            bottom = min(row + max(whole(cell, "rowSpan", 1), 1), len(lines)) - 1
            right = min(column + max(whole(cell, "gridSpan", 1), 1), len(line)) - 1
            if bottom > row or right > column:
                merges.append(Merge(row, column, bottom, right))
            body = cell.find(f"{A}txBody")
            text = "" if body is None else lines_of(body)
            if body is not None and text.strip():
                cells[row, column] = Cell(INDENT * _level(body, text) + text)
    return Grid(locator, cells, in_order(merges), hidden)


def _level(body: Element, text: str) -> int:
    """Return how far a label is set back: by its level in a list, else by its margin."""
    settings = body.find(f"{A}p/{A}pPr")
    if settings is None or not any(letter.isalpha() for letter in text):
        return 0
    level = whole(settings, "lvl") or (whole(settings, "marL") + whole(settings, "indent") >= LEVEL)
    return max(0, min(int(level), MOST_LEVELS))
