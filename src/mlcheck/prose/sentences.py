"""Cut a paragraph into its sentences and list items."""

from __future__ import annotations

import re
from functools import cache

from msgspec import Struct

from mlcheck.language.characters import BIDIRECTIONAL, INVISIBLE, is_digits
from mlcheck.language.lexicon import lexicon
from mlcheck.prose.tokens import key_of, tokens


class Stretch(Struct, frozen=True, gc=False):
    """One sentence: its text on one line, the lines before it in its paragraph, whether a list mark opens it.

    A row is a line of a table that was flattened into text: it states nothing in words.
    """

    text: str
    line: int
    item: bool
    row: bool = False


BULLET = "•"
"""What every list mark of a line becomes."""
_LIST_MARKS = "•◦▪■□●○‣⁃∙·►▶➢➤✓✔❖*"
_PRIVATE = re.compile(r"[\ue000-\uf8ff] *")  # what symbol fonts print their marks with

_SAME = {
    **dict.fromkeys("\u00a0\u202f\u2009\u2007\u2008\u200a\u2002\u2003\u205f\u3000\t\r\f\v", " "),
    **dict.fromkeys("\u2028\u2029\x85", "\n"),
    **dict.fromkeys("’‘‛ʼ´`", "'"),
    **dict.fromkeys("“”„‟", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d", "-"),
    **dict.fromkeys("→➔⇒", ":"),
    **dict.fromkeys(INVISIBLE - frozenset(BIDIRECTIONAL), ""),
    "ﬁ": "fi",
    "ﬂ": "fl",
    "ﬀ": "ff",
    "ﬃ": "ffi",
    "ﬄ": "ffl",
    "ﬅ": "st",
    "ﬆ": "st",
    "％": "%",
    "﹪": "%",
    **dict.fromkeys("¹²³⁰⁴⁵⁶⁷⁸⁹†‡", ""),
}
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


def stretches(paragraph: str) -> list[Stretch]:
    """Return the sentences of a paragraph in order, after `_normalise`; a line with a list mark opens one."""
    text = _normalise(paragraph)
    found: list[Stretch] = []
    rows = _is_row_of(text)
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
    marks, every = _boundaries()
    for match in (every if "\n" in text or BULLET in text else marks).finditer(text):
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
    known = lexicon().sentences
    return word in known.abbreviations and not (
        word in known.closing and text[at + 1 : at + 3].strip()[:1].isupper()
    )


@cache
def _boundaries() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what ends a sentence within a line, and what ends one where there are several lines or list marks."""
    after = r"(?=\s++[\"«(\[]?+\s?+[A-ZÀ-ÖØ-ÞŒ0-9+])"
    mark = rf"(?P<mark>[.!?…])(?P<close>(?: ?»|[\")\]])?+){after}"
    breaks = rf"\n[ ]*+\n|\n(?={BULLET})|(?<=\S) (?={BULLET} )|;(?=\s*\n)"
    return re.compile(mark), re.compile(rf"{mark}|{breaks}")


# Make the text of extracted documents plain before it is read: one character for what print varies.

_TURNS = re.compile(rf"[{BIDIRECTIONAL}]")
_TURNING_FIGURE = re.compile(rf"[{BIDIRECTIONAL}]+(?=[0-9])|(?<=[0-9])[{BIDIRECTIONAL}]+")


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    plain = re.compile(r"[^ -~\nÀ-ÿœŒ«»€…]|[*·]|  |\.\.\.")
    mark = re.compile(rf"(?:^|(?<=\n)) *(?:[{re.escape(_LIST_MARKS)}\ue000-\uf8ff]|[o-](?= )|-(?=[^\W\d])) *")
    return (
        plain,
        mark,
        re.compile(r"(?<=\S)[*](?!\*)"),
        re.compile(r"(?<=[^\W\d_]-)\n(?=[^\W\d_])"),
        re.compile(r" {2,}"),
        re.compile(r"\.{3,}"),
    )


_WORKED = ("=", "×")  # of arithmetic that is written out
_PARTED = re.compile(r"(?<=\d) ,(?=\d+ ?%)|(?<=\d), (?=\d ?%)")  # "49 ,2 %", "49, 2 %"


def _normalise(text: str) -> str:
    """Return `text` with plain spaces, quotes, hyphens and letters, footnote marks left out.

    Line breaks stay, so that the line of a sentence can be known; every list mark at the start of a line
    or from a symbol font becomes `BULLET`.
    """
    plain, mark, star, broken, spaces, dots = _patterns()
    if plain.search(text):
        text = text.translate(_table())
        if _TURNS.search(text):
            text = _TURNING_FIGURE.sub("", text)
        if "*" in text:
            text = star.sub("", text)
        text = _PRIVATE.sub(f"\n{BULLET} ", text)
    if "\n" in text or not text[:1].isalnum():
        text = broken.sub("", mark.sub(f"{BULLET} ", text))
    if "%" in text:
        text = _PARTED.sub(",", text)
    if "  " in text:
        text = spaces.sub(" ", text)
    return dots.sub("…", text) if "..." in text else text


@cache
def _table() -> dict[int, str]:
    return {ord(char): plain for char, plain in _SAME.items()}


# Tell the lines of a paragraph that are rows of a flattened table: they state nothing in words.


def _is_row_of(text: str) -> dict[int, int]:
    """Map the start of each line that is a row of a flattened table to the start of the next line."""
    rows: dict[int, int] = {}
    start = 0
    lines = text.split("\n")
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        end = start + len(line) + 1
        if line and _is_row(line.strip()) and not following.lstrip()[:1].islower():
            rows[start] = min(end, len(text))
        start = end
    return rows


def _is_row(line: str) -> bool:
    """Return whether a line is a label and bare numbers: "Lambersart 132 15", "Lompret 9 /", "66 224 48 341"."""
    if any(mark in line for mark in _WORKED):
        return False
    label = line.rstrip(_CELLS)
    cells = line[len(label) :].split()
    figures = [c for c in cells if is_digits(c[0])]
    if not figures or ("%" in line[len(label) :] and line.count("%") < 2):
        return False
    if not label and "€" in line:
        return line.count("€") > 1
    if "%" in label:
        return False
    label = label.rstrip(" :")
    ended = line[len(label) :].lstrip(" ").startswith(":")
    if label and not ended and not line[0].isupper():
        return False
    found = tokens(label) if len(label) <= _LONGEST_LABEL else ()
    if len(label) > _LONGEST_LABEL or any(
        "verb" in t.tags or (t.form == "number" and len(cells) < 2) for t in found
    ):
        return False
    if not found:
        return not ended
    if ended:
        return all("total" in t.tags or t.key in _general() for t in found)
    return not found[-1].tags.keys() & _OPENS and found[-1].key not in (",", "(", ".") and line[0].isupper()


@cache
def _general() -> frozenset[str]:
    """Return the keys of what the label of a total may say besides."""
    return frozenset(map(key_of, lexicon().sentences.general))
