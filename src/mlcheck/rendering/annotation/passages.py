"""Where a number stands among the characters of a paragraph, as its sentence was read."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache

AROUND = 24  # letters and digits before and after a number by which it is found again
AFTER = "%‰€"
BEFORE = "+-−–"
BLANKS = " \u00a0\u202f\u2009"

Span = tuple[int, int]


def find_number(characters: Sequence[str], sentence: str, start: int, end: int, near: int = 0) -> Span | None:
    """Return where the number `sentence[start:end]` stands among characters, None where its words do not.

    Blanks, marks and raised digits may be written in other ways than they were read. Of sentences that stand
    there several times, the first that starts at `near` or after it is taken.
    """
    folded, places = _folded(characters)
    before, number, after = (
        "".join(map(_fold, text)) for text in (sentence[:start], sentence[start:end], sentence[end:])
    )
    if not number:
        return None
    first = bisect_left(places, near)
    for left, right in ((before, after), (before[-AROUND:], after[:AROUND])):
        at = _first(folded, left, number, right, first)
        if at is not None:
            return _signed(characters, places[at], places[at + len(number) - 1] + 1, sentence[start:end])
    return None


def _first(folded: str, left: str, number: str, right: str, near: int) -> int | None:
    """Return where a number starts in the first of its places, None where words around it are not there."""
    at = folded.find(left + number + right, near)
    if at < 0:
        at = folded.find(left + number + right)
    return None if at < 0 else at + len(left)


def find_alone(characters: Sequence[str], printed: str) -> Span | None:
    """Return where a number is printed, None where it is not, or more than once.

    It must not be a part of a longer number.
    """
    text = "".join(one if len(one) == 1 and one not in BLANKS else " " for one in characters)
    wanted = "".join(" " if one in BLANKS else one for one in printed.strip())
    found: list[Span] = []
    at = text.find(wanted) if wanted else -1
    while at >= 0:
        end = at + len(wanted)
        if not (_digit(text, at - 1) and _digit(text, at)) and not (
            _digit(text, end - 1) and _digit(text, end)
        ):
            found.append((at, end))
        at = text.find(wanted, at + 1)
    return found[0] if len(found) == 1 else None


def _digit(text: str, at: int) -> bool:
    return 0 <= at < len(text) and text[at].isdigit()


def _signed(characters: Sequence[str], start: int, end: int, printed: str) -> Span:
    """Return a number with the sign before it and the unit after it, where they belong to what is printed."""
    if start and characters[start - 1] in BEFORE and printed.strip()[:1] in BEFORE:
        start -= 1
    ahead = end
    while ahead < len(characters) and characters[ahead] in BLANKS:
        ahead += 1
    if ahead < len(characters) and characters[ahead] in AFTER and characters[ahead] in printed:
        end = ahead + 1
    return start, end


def _folded(characters: Sequence[str]) -> tuple[str, list[int]]:
    """Return the letters and digits of characters, and the index of the one that each comes from."""
    text, places = [], []
    for place, character in enumerate(characters):
        for one in _fold(character):
            text.append(one)
            places.append(place)
    return "".join(text), places


@lru_cache(4096)
def _fold(character: str) -> str:
    return "".join(one for one in unicodedata.normalize("NFKC", character).casefold() if one.isalnum())
