"""Flattened texts, and what is recovered of them."""

from __future__ import annotations

from mlcheck.layout.recover import recover
from mlcheck.model.document import Grid, Lines, Locator, Paragraph, TextLine, Word

SOURCE = "rapport.txt"


def lines(text: str) -> Lines:
    return Lines(
        tuple(TextLine(line, Locator(SOURCE, line=n)) for n, line in enumerate(text.split("\n"), start=1))
    )


def placed(rows: list[list[tuple[str, float, float]]]) -> Lines:
    """Return printed lines of a page: each row has words with their left and right edges."""
    found = []
    for number, row in enumerate(rows):
        top = 100.0 + 14 * number
        words = tuple(Word(text, (left, top, right, top + 10)) for text, left, right in row)
        box = (words[0].box[0], top, words[-1].box[2], top + 10)
        found.append(TextLine(" ".join(w.text for w in words), Locator("r.pdf", page=1, box=box), words))
    return Lines(tuple(found))


def table(grid: Grid) -> list[list[str]]:
    """Return the rows of a grid, "" where a cell is empty."""
    height, width = (1 + max(at[axis] for at in grid.cells) for axis in (0, 1))
    return [
        [grid.cells[r, c].text if (r, c) in grid.cells else "" for c in range(width)] for r in range(height)
    ]


def tables(text: str | Lines) -> list[list[list[str]]]:
    blocks, _ = recover(lines(text) if isinstance(text, str) else text)
    return [table(block) for block in blocks if isinstance(block, Grid)]


def prose(text: str) -> list[str]:
    blocks, _ = recover(lines(text))
    return [block.text for block in blocks if isinstance(block, Paragraph)]
