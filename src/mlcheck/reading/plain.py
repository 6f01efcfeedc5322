"""Plain text: its lines as they are, tables where tabs part their cells; what else is table or prose the layout decides."""

from __future__ import annotations

from pathlib import Path

from mlcheck.model.document import Document, Locator, TextLine
from mlcheck.reading.container.encoding import read_lines
from mlcheck.reading.tabs import with_tables


def read_plain(path: Path) -> Document:
    """Return the lines of a text, blank ones included."""
    source = path.as_posix()
    numbered = enumerate(read_lines(path), start=1)
    lines = [TextLine(line, Locator(source, line=number)) for number, line in numbered]
    return Document(source, tuple(with_tables(lines)))
