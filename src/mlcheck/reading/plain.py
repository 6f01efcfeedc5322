"""Plain text: its lines as they are; what of them is table or prose is decided by the layout."""

from __future__ import annotations

from pathlib import Path

from mlcheck.model.document import Document, Lines, Locator, TextLine
from mlcheck.reading.container.encoding import read_lines


def read_plain(path: Path) -> Document:
    """Return the lines of a text, blank ones included."""
    source = path.as_posix()
    lines = enumerate(read_lines(path), start=1)
    block = Lines(tuple(TextLine(line, Locator(source, line=number)) for number, line in lines))
    return Document(source, (block,))
