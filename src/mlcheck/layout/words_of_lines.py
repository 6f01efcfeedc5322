"""The words of a printed line, with what parts them: a space within a cell, or the gap between two."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct

from mlcheck.language.characters import visible
from mlcheck.model.document import Box, Locator, TextLine, Word

LONGEST_CELL = 40  # characters of a text that may be one of several cells of a line
TAB = 1_000.0  # characters from one tab stop to the next, so that no cell reaches into its neighbour
WIDE = 1.1  # width of a figure: a narrower gap between two boxes is a space within a cell
_RULE = re.compile(r"[|│┃¦]|[-_=─━+|┼]{3,}")
LEADER = re.compile(r"\.{4,}|…{2,}|_{3,}|(?:\s\.){3,}|·{3,}")
_SPACE = re.compile(r"[ \t\n\f\r\v\u3000]+")
_LOOSE = re.compile(r"\s+")
_GLUE = re.compile(r"(?<=[0-9])[\u00a0\u202f\u2009\u2007](?=[0-9]{3}(?![0-9])|[%‰€])")
_NO_BREAK = re.compile(r"[\u00a0\u202f\u2009\u2007]")


class Token(Struct, frozen=True):
    """A printed word; `column` is its 1-based character, `wide` tells of a gap between cells before it.

    `left` and `right` are in points where the word has a box, in characters where it has none.
    """

    text: str
    left: float
    right: float
    column: int
    wide: bool = False
    box: Box | None = None


class Strip(Struct, frozen=True):
    """A printed line, or its part on one side of a gutter; `at` is its index among the lines.

    `turns` tells that a page starts with it, `apart` that white space as high as a line is above it; one that
    `parts` is no line but the end of what stands on one side of a gutter.
    """

    at: int
    text: str
    locator: Locator
    tokens: tuple[Token, ...]
    turns: bool = False
    apart: bool = False
    parts: bool = False


def strips_of(lines: Sequence[TextLine]) -> list[Strip]:
    """Return the printed lines with their words."""
    strips: list[Strip] = []
    before: TextLine | None = None
    for at, line in enumerate(lines):
        tokens = _boxed(line.words) if line.words else _spaced(line.text)
        turns = "\f" in line.text or _page(before) != _page(line)
        strips.append(Strip(at, line.text, line.locator, tokens, turns, _is_apart(before, line)))
        before = line
    return strips


def _page(line: TextLine | None) -> int | None:
    return line.locator.page if line is not None else None


def _is_apart(before: TextLine | None, line: TextLine) -> bool:
    """Tell whether a line stands lower than the next line of a paragraph would."""
    if before is None or not before.words or not line.words:
        return False
    bottom = max(word.box[3] for word in before.words)
    tops, heights = zip(*((w.box[1], w.box[3] - w.box[1]) for w in line.words), strict=True)
    return min(tops) - bottom > 0.8 * max(heights)


def _spaced(text: str) -> tuple[Token, ...]:
    """Return the words of a text without boxes; two spaces, a tab or a ruled bar part two cells."""
    plain = LEADER.sub(lambda m: " " * len(m[0]), text)
    spaces = _SPACE if " " in plain.strip() or not _NO_BREAK.search(plain) else _LOOSE
    if spaces is _SPACE:
        plain = _NO_BREAK.sub(" ", _GLUE.sub("\uf8ff", plain)).replace("\uf8ff", "\u00a0")
    tokens: list[Token] = []
    start, stops, origin, wide = 0, 0, 0, False
    for match in _between(spaces, plain):
        gap, first, last = plain[start : match[0]], match[0], match[1]
        start = last
        if "\t" in gap:
            stops, origin = stops + gap.count("\t"), first
        wide = wide or "\t" in gap or len(gap) > 1
        word = visible(text[first:last])
        if not word:
            continue
        if _RULE.fullmatch(word):
            wide = True
            continue
        left = stops * TAB + first - origin
        tokens.append(Token(word, left, left + last - first, first + 1, wide and bool(tokens)))
        wide = False
    return tuple(tokens)


def _between(spaces: re.Pattern[str], text: str) -> Iterable[tuple[int, int]]:
    """Yield the start and end of each run of characters that are no space."""
    start = 0
    for match in spaces.finditer(text):
        if match.start() > start:
            yield start, match.start()
        start = match.end()
    if start < len(text):
        yield start, len(text)


def _boxed(words: Sequence[Word]) -> tuple[Token, ...]:
    """Return the words of a line with boxes; a gap as wide as a figure parts two cells."""
    ordered = sorted(words, key=lambda word: word.box[0])
    widths = sorted((w.box[2] - w.box[0]) / len(w.text) for w in ordered if w.text)
    figure = widths[len(widths) // 2] if widths else 0.0
    tokens: list[Token] = []
    column = 1
    for word in ordered:
        left, _, right, _ = word.box
        wide = bool(tokens) and left - tokens[-1].right > WIDE * figure
        tokens.append(Token(word.text, left, right, column, wide, word.box))
        column += len(word.text) + 1
    return tuple(tokens)


def printed(tokens: Iterable[Token]) -> str:
    """Return the text that some words of a line print, one space between them."""
    return " ".join([token.text for token in tokens])


def segments(tokens: Sequence[Token]) -> list[tuple[Token, ...]]:
    """Cut the words of a line at its gaps."""
    found: list[list[Token]] = []
    for token in tokens:
        if found and not token.wide:
            found[-1].append(token)
        else:
            found.append([token])
    return [tuple(segment) for segment in found]
