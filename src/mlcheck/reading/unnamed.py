"""What a report that has no name is: one that comes on standard input, told by its content alone."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from mlcheck.reading.container.content import HEAD, kind_of

TEXT = "text"  # what `kind_of` says of a text that no suffix tells more of
PLAIN = ".txt"
LINES = 20  # of a text that are looked at
_ARCHIVED = re.compile(r"^mime-version:", re.IGNORECASE | re.MULTILINE)
_MARKDOWN = re.compile(r"^(?:\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)+\|?\s*|#{1,6} \S.*)$", re.MULTILINE)
DELIMITERS = {
    ";": 1,
    "\t": 1,
    ",": 2,
}  # how many of them a line has at the least; a comma also stands in prose


def kind_of_unnamed(path: Path) -> str:
    """Return the suffix of the format that a file without a suffix is in; a text that shows none is plain text.

    Raises MlcheckError where the file cannot be used.
    """
    kind = kind_of(path)
    if kind != TEXT:
        return kind
    with path.open("rb") as file:
        head = file.read(HEAD)
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    return _kind_of_text(head.decode("utf-16" if wide else "utf-8", "replace").lstrip("\ufeff"))


def _kind_of_text(start: str) -> str:
    if start.lstrip().startswith("<"):
        return ".html"
    lines = start.splitlines()[:-1] if len(start) >= HEAD // 4 else start.splitlines()  # the last may be cut
    if _ARCHIVED.search("\n".join(lines[:LINES])):
        return ".mht"
    if _is_delimited(lines):
        return ".csv"
    return ".md" if _MARKDOWN.search(start) else PLAIN


def _is_delimited(lines: list[str]) -> bool:
    """Tell whether most lines are cut into as many cells by one delimiter."""
    shown = [line for line in lines if line.strip()][:LINES]
    if len(shown) < 2:
        return False
    for delimiter, least in DELIMITERS.items():
        counts = Counter(line.count(delimiter) for line in shown)
        number, alike = counts.most_common(1)[0]
        if number >= least and alike * 2 > len(shown):
            return True
    return False
