"""Cut a paragraph into its sentences and list items."""

from __future__ import annotations

import re
from functools import cache

from msgspec import Struct

from mlcheck.extraction.prose.normalise import BULLET, normalise
from mlcheck.extraction.prose.rows import is_row_of

_ABBREVIATIONS = frozenset(
    [
        "m",
        "mm",
        "mme",
        "mmes",
        "mlle",
        "dr",
        "pr",
        "st",
        "ste",
        "n.d",
        "n.c",
        "n.s",
        "etc",
        "cf",
        "p",
        "pp",
        "art",
        "no",
        "fig",
        "vol",
        "ex",
        "env",
        "av",
        "bd",
        "tel",
        "tél",
        "max",
        "min",
        "hab",
        "réf",
        "ref",
        "dép",
    ]
)


class Stretch(Struct, frozen=True):
    """One sentence: its text on one line, the lines before it in its paragraph, whether a list mark opens it.

    A row is a line of a table that was flattened into text: it states nothing in words.
    """

    text: str
    line: int
    item: bool
    row: bool = False


def stretches(paragraph: str) -> list[Stretch]:
    """Return the sentences of a paragraph in order, after `normalise`; a line with a list mark opens one."""
    text = normalise(paragraph)
    found: list[Stretch] = []
    rows = is_row_of(text)
    start = line = counted = 0
    for end in [*sorted({*_ends(text), *rows, *rows.values()}), len(text)]:
        piece = text[start:end]
        first = start + len(piece) - len(piece.lstrip())
        line += text.count("\n", counted, first)
        counted = first
        stripped = piece.strip()
        item = stripped.startswith(BULLET)
        stripped = stripped.lstrip(BULLET).strip() if item else stripped
        if stripped:
            row = not item and start in rows
            found.append(Stretch(stripped.replace("\n", " "), line, item, row))
        start = end
    return found


def _ends(text: str) -> list[int]:
    """Return the offsets where a sentence ends and another begins."""
    ends = []
    for match in _boundary().finditer(text):
        mark = match.group("mark")
        if mark == "." and _abbreviates(text, match.start()):
            continue
        ends.append(match.end("close") if mark else match.start())
    return ends


def _abbreviates(text: str, at: int) -> bool:
    """Return whether the period at `at` belongs to the word before it."""
    start = max(text.rfind(" ", max(0, at - 12), at), text.rfind("\n", max(0, at - 12), at)) + 1
    word = text[start:at].lstrip("('\"«[").lower()
    if len(word) == 1:  # an initial or a list number: "M. Durand", "I. Service civique"
        return word.isalpha()
    return word in _ABBREVIATIONS and not (word == "etc" and text[at + 1 : at + 3].strip()[:1].isupper())


@cache
def _boundary() -> re.Pattern[str]:
    after = r"(?=\s++[\"«(\[]?+\s?+[A-ZÀ-ÖØ-ÞŒ0-9+])"
    return re.compile(
        rf"(?P<mark>[.!?…])(?P<close>(?: ?»|[\")\]])?+){after}|\n[ ]*+\n|\n(?={BULLET})|(?<=\S) (?={BULLET} )|;(?=\s*\n)"
    )
