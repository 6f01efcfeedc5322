"""Columns set with tabs: a table where every tab ends a cell, lines set apart by their place where several do."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from msgspec.structs import replace

from mlcheck.model.document import Block, Cell, Grid, Lines, Locator, Paragraph, TextLine

LOOSE = re.compile(r"(?<![0-9\t])\t+|\t+(?![0-9\t])")
FIGURE_LAST = re.compile(r"\t+\s*[+\-\u2212(]?[0-9][0-9\s.,]*\)?\s?(?:%|€|‰)?\s*$")
BETWEEN_FIGURES = re.compile(r"[0-9]\t+[0-9]")
FIGURE = re.compile(r"\t[ \u00a0\u202f]*[+\-\u2212(]?[0-9]")
LONGEST_LABEL = 60  # characters of a line without a tab that heads those below it in a table
SENTENCE = re.compile(r"[.!?:;]\s*$")


def untabbed(text: str) -> str:
    """Return a text with blanks for tabs, except between two digits: "12⇥345" is not 12 345."""
    return LOOSE.sub(" ", text) if "\t" in text else text


def with_columns(blocks: Iterable[Block]) -> Iterator[Block | Lines]:
    """Yield blocks; paragraphs with tabs that follow one another and set figures apart become a table, or lines."""
    for tabbed, run in groupby(blocks, _has_tabs):
        members = list(run)
        paragraphs = [block for block in members if isinstance(block, Paragraph)] if tabbed else []
        figures_last = sum(bool(FIGURE_LAST.search(paragraph.text)) for paragraph in paragraphs)
        if figures_last > 1 or any(BETWEEN_FIGURES.search(paragraph.text) for paragraph in paragraphs):
            yield from with_tables([TextLine(one.text, one.locator) for one in paragraphs])
        elif tabbed:
            yield from (replace(one, text=untabbed(one.text)) for one in paragraphs)
        else:
            yield from members


def _has_tabs(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.level is None and "\t" in block.text


def with_tables(lines: Sequence[TextLine]) -> Iterator[Grid | Lines]:
    """Yield lines, and as tables those that follow one another and have their cells between tabs, as a sheet is pasted."""
    left: list[TextLine] = []
    at = 0
    while at < len(lines):
        end = _end_of_run(lines, at)
        if end > at and _is_table(lines[at:end]):
            if left:
                yield Lines(tuple(left))
                left = []
            yield _grid(lines[at:end])
        else:
            end = max(end, at + 1)
            left += lines[at:end]
        at = end
    if left:
        yield Lines(tuple(left))


def _end_of_run(lines: Sequence[TextLine], start: int) -> int:
    """Return where lines with tabs end that start somewhere; one heads those below it that has none and follows others."""
    end = at = start
    while at < len(lines) and lines[at].text.strip():
        if "\t" in lines[at].text:
            end = at + 1
        elif at == start or at > end or not _may_head(lines[at].text):
            break
        at += 1
    return end


def _may_head(text: str) -> bool:
    return len(text.strip()) <= LONGEST_LABEL and not SENTENCE.search(text)


def _is_table(lines: Sequence[TextLine]) -> bool:
    """Tell whether most lines have the same number of tabs, none has more, and two set a figure apart."""
    counts = Counter(line.text.rstrip("\t ").count("\t") for line in lines if "\t" in line.text)
    usual, often = counts.most_common(1)[0] if counts else (0, 0)
    whole = usual > 0 and usual == max(counts) and 3 * often >= 2 * counts.total()
    return whole and sum(bool(FIGURE.search(line.text)) for line in lines) > 1


def _grid(lines: Sequence[TextLine]) -> Grid:
    cells: dict[tuple[int, int], Cell] = {}
    places: dict[tuple[int, int], Locator] = {}
    for row, line in enumerate(lines):
        start = 1
        for column, text in enumerate(line.text.split("\t")):
            if text.strip():
                cells[row, column] = Cell(text.rstrip())
                places[row, column] = replace(line.locator, column=start + len(text) - len(text.lstrip()))
            start += len(text) + 1
    return Grid(lines[0].locator, cells, places=places)
