"""Markdown (md): read as the page it makes, since that is what is published."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from mlcheck.model.document import Document, Locator, NotUnderstood
from mlcheck.reading.encoding import read_lines
from mlcheck.reading.html import document_of
from mlcheck.reading.markdown_rules import parser_of
from mlcheck.reading.markdown_tokens import page_tokens

if TYPE_CHECKING:
    from markdown_it.token import Token

_FENCE = "---"
_ENDS = (_FENCE, "...")
_KEY = re.compile(r"\s|#|- |[\w\"'.-]+:(?:\s|$)|[\]}]|$")  # French prose has a space before its colons
_ROW_START = re.compile(r"[\s>]*\|?")
_PIPE = re.compile(r"(?<!\\)\|")
_MOST_MATTER = 1000  # lines


def read_markdown(path: Path) -> Document:
    """Return the paragraphs and tables of a text, each with its line; flattened rows of figures stay lines.

    Raises MlcheckError where the file is no text, or nests absurdly.
    """
    lines = [line.replace("\x00", "\ufffd") for line in read_lines(path)]
    lines[0] = lines[0].removeprefix("\ufeff")
    matter = front_matter(lines)
    lines[:matter] = [""] * matter
    blocks = parser_of(path).parse("\n".join(lines))
    document = document_of(page_tokens(blocks), path)
    return replace(document, not_understood=document.not_understood + tuple(_left_out(blocks, lines, path)))


def _left_out(blocks: Sequence[Token], lines: list[str], path: Path) -> Iterator[NotUnderstood]:
    """Yield the rows that have more cells than the first row of their table: no page shows the others."""
    columns = 0
    for token in blocks:
        if token.type == "table_open":
            columns = 0
        if token.type == "tr_open" and token.map:
            row = _ROW_START.sub("", lines[token.map[0]], count=1).rstrip()
            count = len(_PIPE.findall(row.removesuffix("|"))) + 1
            columns = columns or count
            if count > columns:
                place = Locator(path.as_posix(), line=token.map[0] + 1)
                yield NotUnderstood(
                    place, "a row has more cells than its table has columns; the last are not read"
                )


def front_matter(lines: list[str]) -> int:
    """Return how many lines the settings at the top take, between two "---"; 0 where they are no settings."""
    if lines[0].rstrip() != _FENCE or not "".join(lines[1:2]).strip():
        return 0
    for number, line in enumerate(lines[1:_MOST_MATTER], start=1):
        if line.rstrip() in _ENDS:
            return number + 1
        if not _KEY.match(line):
            return 0
    return 0
