"""Cut a paragraph into its sentences and list items."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from mlcheck.extraction.prose.normalise import BULLET, normalise
from mlcheck.extraction.prose.tokens import tokens

_CELLS = "0123456789/ .,%€-"
_LONGEST_LABEL = 90
_OPENS = {
    "of",
    "to",
    "joint",
    "preposition",
    "definite",
    "reach",
    "against",
    "that-is",
    "trend",
    "hedge",
    "share-verb",
    "part",
    "number",
    "month",
    "since",
    "calendar",
    "numbered",
    "pass",
    "factor",
    "mean",
}
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


@dataclass(frozen=True, slots=True)
class Stretch:
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


def is_row_of(text: str) -> dict[int, int]:
    """Map the start of each line that is a row of a flattened table to the start of the next line."""
    rows: dict[int, int] = {}
    start = 0
    for line in text.split("\n"):
        end = start + len(line) + 1
        if line and is_row(line.strip()):
            rows[start] = min(end, len(text))
        start = end
    return rows


def is_row(line: str) -> bool:
    """Return whether a line is a label and bare numbers: "Lambersart 132 15", "Lompret 9 /", "66 224 48 341"."""
    label = line.rstrip(_CELLS)
    cells = line[len(label) :].split()
    figures = [c for c in cells if c[0].isdigit()]
    if not figures or ("%" in line[len(label) :] and line.count("%") < 2):
        return False
    if not label and "€" in line:
        return line.count("€") > 1
    label = label.rstrip(" :")
    ended = line[len(label) :].lstrip(" ").startswith(":")
    found = tokens(label) if len(label) <= _LONGEST_LABEL else ()
    if len(label) > _LONGEST_LABEL or any(
        "verb" in t.tags or (t.form == "number" and len(cells) < 2) for t in found
    ):
        return False
    if not found:
        return not ended
    if ended:
        return all("total" in t.tags or t.key in ("general", "generale") for t in found)
    return not found[-1].tags.keys() & _OPENS and found[-1].key not in (",", "(", ".") and line[0].isupper()


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
        rf"(?P<mark>[.!?…])(?P<close>[\"»)\]]?){after}|\n[ ]*+\n|\n(?={BULLET})|(?<=\S) (?={BULLET} )|;(?=\s*\n)"
    )
