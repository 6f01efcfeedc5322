"""Names that a workbook allows for its sheets."""

from __future__ import annotations

import re

LONGEST = 31  # UTF-16 units
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]+")
RESERVED = frozenset({"history"})
UNNAMED = "–"


def sheet_name(wanted: str, taken: set[str]) -> str:
    """Return the name nearest to `wanted` that is legal and not taken, whatever the case; it is then taken."""
    bare = _short(" ".join(_FORBIDDEN.sub(" ", wanted).split()).strip("' ")) or UNNAMED
    name, number = bare, 1
    while name.casefold() in taken or name.casefold() in RESERVED:
        number += 1
        end = f" ({number})"
        name = _cut(bare, LONGEST - len(end)) + end
    taken.add(name.casefold())
    return name


def _short(text: str) -> str:
    """Return a text that fits, cut after a whole word where there is one in its second half."""
    if len(text.encode("utf-16-le")) <= 2 * LONGEST:
        return text
    start = _cut(text, LONGEST - 1)
    words = start.rpartition(" ")[0]
    whole = text[len(start)] == " " or len(words) < LONGEST / 2
    return (start if whole else words.rstrip(" ,:;-–")) + "…"


def _cut(text: str, length: int) -> str:
    """Return the start of a text that is no longer than `length` UTF-16 units."""
    while len(text.encode("utf-16-le")) > 2 * length:
        text = text[:-1]
    return text.strip("' ")
