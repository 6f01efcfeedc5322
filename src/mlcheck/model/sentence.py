"""A sentence of a report: its words, and where it stands."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from msgspec import Struct

from mlcheck.model.document import Locator

Tags = Mapping[str, Any]
"""What the lexicon says of a word: each tag with its value."""
Form = Literal["number", "code", "word", "mark"]


class Token(Struct, frozen=True, gc=False):
    """A piece of a sentence, or a phrase of the lexicon as one piece.

    `key` is its folded text, `start` and `end` its span; a code is a number grown together with
    letters ("2ème", "24h"), which counts nothing.
    """

    key: str
    start: int
    end: int
    form: Form
    tags: Tags


class Sentence(Struct, frozen=True, eq=False):
    """One sentence or list item that asserts a number, known by its `id` in its report.

    `sections` are the headings above it, outermost first; `block` numbers the paragraph or list it stands in.
    Two sentences of the same words are two sentences: they are compared as objects.
    """

    id: int
    text: str
    tokens: Sequence[Token]
    locator: Locator
    sections: tuple[str, ...] = ()
    block: int = 0

    def token_at(self, offset: int) -> int:
        """Return the index of the first token that starts at a place of the text or after it."""
        return bisect_left(self.tokens, offset, key=_start)


def _start(token: Token) -> int:
    return token.start
