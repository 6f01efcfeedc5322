"""Columns set with tabs and no table: lines whose figures a blank would join."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from msgspec.structs import replace

from mlcheck.model.document import Block, Lines, Paragraph, TextLine

LOOSE = re.compile(r"(?<![0-9\t])\t+|\t+(?![0-9\t])")
FIGURE_LAST = re.compile(r"\t+\s*[+\-\u2212(]?[0-9][0-9\s.,]*\)?\s?(?:%|€|‰)?\s*$")
BETWEEN_FIGURES = re.compile(r"[0-9]\t+[0-9]")


def untabbed(text: str) -> str:
    """Return a text with blanks for tabs, except between two digits: "12⇥345" is not 12 345."""
    return LOOSE.sub(" ", text) if "\t" in text else text


def with_columns(blocks: Iterable[Block]) -> Iterator[Block | Lines]:
    """Yield blocks; paragraphs with tabs that follow one another and set figures apart become lines."""
    for tabbed, run in groupby(blocks, _has_tabs):
        members = list(run)
        paragraphs = [block for block in members if isinstance(block, Paragraph)] if tabbed else []
        figures_last = sum(bool(FIGURE_LAST.search(paragraph.text)) for paragraph in paragraphs)
        if figures_last > 1 or any(BETWEEN_FIGURES.search(paragraph.text) for paragraph in paragraphs):
            yield Lines(tuple(TextLine(one.text, one.locator) for one in paragraphs))
        elif tabbed:
            yield from (replace(one, text=untabbed(one.text)) for one in paragraphs)
        else:
            yield from members


def _has_tabs(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.level is None and "\t" in block.text
