"""Sentences cut into the clauses that two files may have in common, with a mark in the place of each number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from msgspec import Struct

from mlcheck.comparison.headings import Context
from mlcheck.comparison.lines import Words, words_of
from mlcheck.model.claim import Claim

NUMBER = "‹n›"
_COLON = re.compile(r"[:;]")


class Clause(Struct, frozen=True):
    """What a sentence says outside its parentheses, or in one of them.

    In a parenthesis, the words of the sentence around it stand before its own.
    """

    words: Words
    claims: tuple[Claim, ...]
    context: Context


class Sentence(Struct, frozen=True):
    """A sentence that states figures: its words outside parentheses, and its clauses by their indexes.

    `breaks` are the places of words that follow a colon or a semicolon; `own` is None where it has no figure
    outside its parentheses, `asides` are the parentheses that have one.
    """

    words: Words
    breaks: frozenset[int]
    own: int | None
    asides: tuple[int, ...]


class Prose(Struct, frozen=True):
    """The sentences of a file that state figures, in order, and their clauses."""

    sentences: tuple[Sentence, ...]
    clauses: tuple[Clause, ...]


class _Part(Struct, frozen=True):
    """A stretch of a sentence inside or outside its parentheses, with the claims that it makes."""

    words: Words
    breaks: frozenset[int]
    claims: tuple[Claim, ...]
    inside: bool


def prose_of(claims: Sequence[Claim], contexts: Mapping[tuple[str, ...], Context], shift: int) -> Prose:
    """Return the sentences of some claims; `contexts` are those of their headings."""
    sentences: list[Sentence] = []
    clauses: list[Clause] = []
    for _, group in groupby(claims, key=lambda claim: claim.sentence.id):
        own = list(group)
        parts = list(_parts(own[0].text, own, shift))
        outside = [part for part in parts if not part.inside]
        words, breaks = _joined(outside)
        context = contexts[own[0].sections]
        said = tuple(claim for part in outside for claim in part.claims)
        first = len(clauses)
        clauses += [Clause(words, said, context)] if said else []
        asides = [part for part in parts if part.inside and part.claims]
        clauses += [Clause((*words, "(", *part.words), part.claims, context) for part in asides]
        sentences.append(
            Sentence(
                words, breaks, first if said else None, tuple(range(first + bool(said), len(clauses)))
            )
        )  # fmt: skip
    return Prose(tuple(sentences), tuple(clauses))


def _joined(parts: Sequence[_Part]) -> tuple[Words, frozenset[int]]:
    """Return the words of several stretches in a row, and their breaks."""
    words: list[str] = []
    breaks: set[int] = set()
    for part in parts:
        breaks |= {len(words) + at for at in part.breaks}
        words += part.words
    return tuple(words), frozenset(breaks)


def _parts(text: str, claims: Sequence[Claim], shift: int) -> Iterator[_Part]:
    """Yield the stretches of a sentence in order."""
    start, depth = 0, 0
    for at, letter in enumerate((*text, "\0")):
        ends = (letter == "(" and not depth) or (letter == ")" and depth == 1) or letter == "\0"
        if ends and text[start:at].strip():
            yield _part(
                text, start, at, [claim for claim in claims if start <= claim.start < at], shift, depth > 0
            )
        depth += (letter == "(") - (letter == ")" and depth > 0)
        start = at + 1 if ends else start


def _part(text: str, start: int, end: int, claims: Sequence[Claim], shift: int, inside: bool) -> _Part:
    words: list[str] = []
    breaks: set[int] = set()

    def read(stretch: str) -> None:
        for number, piece in enumerate(_COLON.split(stretch)):
            if number:
                breaks.add(len(words))
            words.extend(words_of(piece, shift))

    for claim in sorted(claims, key=lambda claim: claim.start):
        read(text[start : max(claim.start, start)])
        words.append(NUMBER)
        start = max(claim.end, start)
    read(text[start:end])
    return _Part(tuple(words), frozenset(breaks), tuple(claims), inside)
