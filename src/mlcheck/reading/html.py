"""Web pages (html): the text and the tables that a browser shows without running scripts.

The page is read in one pass of our own, after the parsing rules of the HTML standard: the parser of
libxml2 drops what stands deeper than 256 elements and knows no line past 65 535, and sloppy pages have both.

Left out: what the page hides by itself (hidden, style, aria-hidden), navigation, choices in lists, struck
text. Not handled: what style sheets hide, show or put apart; tables made of other elements than table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from msgspec.structs import replace

from mlcheck.model.document import Block, Document, Grid, Lines, Locator, NotUnderstood
from mlcheck.model.errors import MlcheckError
from mlcheck.reading.html_blocks import blocks_of
from mlcheck.reading.html_encoding import read_page
from mlcheck.reading.html_page import Page
from mlcheck.reading.html_tokens import Token, tokens
from mlcheck.reading.html_writing import Writing
from mlcheck.translation import N_

_DIGIT = re.compile(r"\d")
CUT_SHORT = N_("the page stops before its last tag: it may be cut short")


def read_html(path: Path) -> Document:
    """Return what a page shows: its paragraphs and tables, each with the line of the source it starts on.

    Nothing that it links to is opened. Raises MlcheckError where its scripts or frames would make it.
    """
    text = read_page(path)
    document = document_of(tokens(text), path)
    written = text.lower()
    if "<html" not in written or "</html" in written:
        return document
    end = Locator(document.source, line=text.count("\n") + 1)
    return replace(document, not_understood=(*document.not_understood, NotUnderstood(end, CUT_SHORT)))


def document_of(content: Iterable[Token], path: Path) -> Document:
    """Return the document that the tags and texts of a page make."""
    source = path.as_posix()
    page = Page(source, Writing())
    for token in content:
        page.take(token)
    blocks = tuple(blocks_of(page.finish(), path))
    if not any(map(_has_figures, blocks)):
        _refuse_empty(page, source)
    return Document(source, blocks, tuple(page.notes))


def _refuse_empty(page: Page, source: str) -> None:
    """Raise MlcheckError where a page without figures shows more in a browser."""
    if page.frames:
        raise MlcheckError(
            "{file} only shows other pages in frames ({page}): name those pages.",
            file=source,
            page=page.frames[0],
        )
    if page.scripted:
        raise MlcheckError(
            "{file} shows no figure without its scripts: save the page as displayed (web page, complete), or as a PDF.",
            file=source,
        )


def _has_figures(block: Block | Lines) -> bool:
    if isinstance(block, Grid):
        return any(_DIGIT.search(cell.text) for cell in block.cells.values())
    if isinstance(block, Lines):
        return any(_DIGIT.search(line.text) for line in block.lines)
    return bool(_DIGIT.search(block.text))
