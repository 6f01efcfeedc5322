"""Plain text: paragraphs between blank lines."""

from __future__ import annotations

import re
from pathlib import Path

from mlcheck.model.document import Document, Locator, Paragraph
from mlcheck.reading.encoding import read_lines

# A hyphen needs a blank or a letter after it: "-12 %" is a number that starts a line.
BULLET = re.compile(r"\s*(?:[•●○▪▫■□◆◇◦‣⁃·▶►➢➤→✓✔*](?!\d)|[-–—](?=\s|[^\W\d])|\(?\d{1,2}\)\s|[a-zA-Z]\)\s)")


def read_plain(path: Path) -> Document:
    """Return the paragraphs of a text: a blank line or a bullet starts one, wrapped lines are joined."""
    source = path.as_posix()
    blocks: list[Paragraph] = []
    lines: list[str] = []
    first = 0

    def close() -> None:
        if lines:
            blocks.append(Paragraph(" ".join(lines), Locator(source, line=first)))
            lines.clear()

    for number, line in enumerate(read_lines(path), start=1):
        if not line.strip():
            close()
            continue
        if BULLET.match(line):
            close()
        if not lines:
            first = number
        lines.append(line.strip())
    close()
    return Document(source, tuple(blocks))
