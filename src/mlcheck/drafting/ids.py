"""Ids that can be typed on a command line, made of the words of headings and labels."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mlcheck.language.words import content_words, fold

_YEAR = re.compile(r"(?:19|20)[0-9][0-9]")
_PARENTHESES = re.compile(r"\([^()]*\)")
_MOST = 3  # words of an id; more are tiresome to type
_LONGEST = 40  # letters


def slug(text: str, *, without: Iterable[str] = (), most: int = _MOST) -> str:
    """Return the first words of `text` that carry meaning, joined by hyphens; "" where it has none in a-z.

    What stands in parentheses, years and the folded words of `without` are left out.
    """
    outside = _PARENTHESES.sub(" ", text)
    words = content_words(outside) or content_words(text) or tuple(fold(text).split())
    left_out = set(without)
    kept = [re.sub(r"[^a-z0-9]", "", word) for word in words if word not in left_out]
    kept = [word for word in kept if word and not _YEAR.fullmatch(word)]
    while kept and not kept[0][0].isalpha():
        kept = kept[1:]
    return _cut(kept[:most])


def joined(*parts: str) -> str:
    """Return ids joined into one, words that repeat those just before them left out."""
    words: list[str] = []
    for part in parts:
        words += [word for word in part.split("-") if word and word not in words]
    return "-".join(words)


class Taken:
    """The ids in use under one heading of a profile."""

    __slots__ = ("names",)

    def __init__(self, names: Iterable[str] = ()) -> None:
        self.names = set(names)

    def first(self, *wanted: str) -> str:
        """Return the first of `wanted` that is free, else the last with a number, and take it."""
        candidates = [one for one in wanted if one]
        name = next((one for one in candidates if one not in self.names), None)
        number = 2
        while name is None or name in self.names:
            name = f"{candidates[-1]}-{number}"
            number += 1
        self.names.add(name)
        return name


def _cut(words: list[str]) -> str:
    while len(words) > 1 and len("-".join(words)) > _LONGEST:
        words = words[:-1]
    return "-".join(words)[:_LONGEST]
