"""Tell the figures at the end of a line from the label before them, and which may belong together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Literal

from msgspec import Struct

from mlcheck.language.characters import is_digits
from mlcheck.language.lexicon import lexicon
from mlcheck.language.numeral import MINUS, mark_of, parse
from mlcheck.layout.words_of_lines import Token, printed

LONGEST_TAIL = 64  # words; a longer run of figures is no row of a table


class Chunk(Struct, frozen=True):
    """Words that stand in one cell for sure: a figure or a group of its digits, with its unit.

    `precedes` tells that a cell may start with it, `follows` that it may go on the figure before it, `opens`
    that three digits after it may go on it.
    """

    tokens: tuple[Token, ...]
    precedes: bool
    follows: bool
    opens: bool
    is_mark: bool = False

    @property
    def text(self) -> str:
        """What it prints."""
        return printed(self.tokens)


class Tail(Struct, frozen=True):
    """The figures that end a line; `may[i]` tells that chunk i + 1 may go on the cell of chunk i."""

    chunks: tuple[Chunk, ...]
    may: tuple[bool, ...]

    @property
    def fewest(self) -> int:
        """How many cells it has at least."""
        return len(self.chunks) - sum(self.may)

    @property
    def most(self) -> int:
        """How many cells it has at most."""
        return len(self.chunks)

    @property
    def has_gaps(self) -> bool:
        """Tell whether a gap between cells stands before or between its figures."""
        return any(chunk.tokens[0].wide for chunk in self.chunks)

    def after(self, count: int) -> Tail:
        """Return the tail without its first chunks."""
        return Tail(self.chunks[count:], self.may[count:])


SIGNS = frozenset(MINUS + "+")
_GROUP = re.compile(r"[0-9]{3}(?![0-9])")
_LEAD = re.compile(rf"[{MINUS}+(]?(?:0|[1-9][0-9]{{0,2}})(?![0-9])")
_OPEN = re.compile(rf"[{MINUS}+(]?[1-9][0-9]{{0,2}}|[0-9]{{3}}")
_CODE = re.compile(r"0[0-9](?![0-9](?![0-9]))")
_POSTCODE = re.compile(r"\([0-9]{5}\)")
_FOOT = re.compile(r"\([0-9a-z]\)|[*†‡]+")
Sort = Literal["number", "mark", "sign", "unit", "foot"]


def cut_line(tokens: Sequence[Token]) -> tuple[tuple[Token, ...], Tail | None]:
    """Return the label and the figures of a line; None where no figure ends it."""
    start = len(tokens)
    while start and len(tokens) - start <= LONGEST_TAIL and kind_of_token(tokens[start - 1].text):
        start -= 1
    if len(tokens) - start > LONGEST_TAIL:
        return tuple(tokens), None
    while start < len(tokens) and not _may_start(tokens, start):
        start += 1
    tail = tokens[start:]
    if not any(kind_of_token(token.text) in ("number", "mark") or _is_dash(token.text) for token in tail):
        return tuple(tokens), None
    return tuple(tokens[:start]), chunks_of(tail)


def _may_start(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether the figures of a line may start with a word; else it ends the label."""
    text = tokens[at].text
    sort = kind_of_token(text)
    if sort in ("unit", "foot") or (sort == "number" and not _precedes(text)):
        return False
    if at == 0 or tokens[at].wide:
        return True
    before = tokens[at - 1].text
    if before.lower() in lexicon().lines.open and any(token.wide for token in tokens[at + 1 :]):
        return False  # "Niveaux 5 à 7", and its figures after a gap
    if before.endswith((",", "(")) or (text == "+" and before.lower() in lexicon().lines.open):
        return False
    return not (sort == "mark" and text.isalpha() and text.isupper() and len(text) == 1)


def chunks_of(tokens: Sequence[Token]) -> Tail:
    """Join what surely stands in one cell: a figure with its unit, "+" with its number, "087" with "3"."""
    chunks: list[Chunk] = []
    may: list[bool] = []
    for token in tokens:
        chunk = _chunk(token)
        before = chunks[-1] if chunks else None
        if before is not None and (before.is_mark or not _goes_on(before, chunk)):
            before = None
        if before is not None and (not chunk.precedes or before.text == "+"):
            chunks[-1] = _joined(before, chunk)
            continue
        if chunks:
            may.append(before is not None and not token.wide)
        chunks.append(chunk)
    return Tail(tuple(chunks), tuple(may))


def _chunk(token: Token) -> Chunk:
    text, sort = token.text, kind_of_token(token.text)
    if sort in ("unit", "foot"):
        return Chunk((token,), precedes=False, follows=True, opens=False)
    if sort == "sign":
        return Chunk((token,), precedes=True, follows=False, opens=True)
    if sort == "mark":
        return Chunk((token,), precedes=True, follows=False, opens=False, is_mark=True)
    return Chunk((token,), precedes=_precedes(text), follows=_follows(text), opens=_opens(text))


def _goes_on(before: Chunk, chunk: Chunk) -> bool:
    """Tell whether a chunk may belong to the cell of the one before it."""
    last, first = before.tokens[-1].text, chunk.tokens[0].text
    if kind_of_token(first) in ("unit", "foot"):
        return kind_of_token(last) in ("number", "unit")
    if last in SIGNS:
        return len(before.tokens) == 1 and kind_of_token(first) == "number" and is_digits(first[0])
    return before.opens and chunk.follows


def _joined(before: Chunk, chunk: Chunk) -> Chunk:
    tokens = before.tokens + chunk.tokens
    return Chunk(
        tokens, before.precedes, before.follows, chunk.opens and kind_of_token(chunk.text) == "number"
    )


# What a word is among the figures at the end of a line.


@lru_cache(65_536)
def kind_of_token(text: str) -> Sort | None:
    """Return what a word is among figures, or None where it is no part of one."""
    if text in SIGNS:
        return "sign"
    if text.lower() in _units():
        return "unit"
    if mark_of(text):
        return "mark"
    if _FOOT.fullmatch(text):
        return "foot"
    if not (is_digits(text[0]) or text[0] in SIGNS or text[0] in "(€"):
        return None
    if _CODE.match(text) or _POSTCODE.fullmatch(text):
        return None
    return "number" if parse(text) or parse(text, "en") else None


@cache
def _units() -> frozenset[str]:
    """Return the units and magnitudes of one word, and what goes on them ("millions d'euros")."""
    words = lexicon()
    found = {w for unit in words.units.values() for w in unit.words}
    found |= {w for w in words.measured.words if " " not in w}
    found |= {w for m in words.magnitudes.values() for w in (*m.words, *m.euros, *m.cells) if " " not in w}
    return frozenset(found | {words.of_euros, words.of_euros.replace("'", "’")})


def _is_dash(text: str) -> bool:
    """Tell whether a word is a hyphen of some kind, which may mean nothing to report."""
    return text in SIGNS and text != "+"


def _precedes(text: str) -> bool:
    """Tell whether a number may start with a word: not with "087"."""
    return bool(_LEAD.match(text)) or not _GROUP.match(text)


def _follows(text: str) -> bool:
    """Tell whether a word starts with three digits that may go on a number."""
    return bool(_GROUP.match(text))


def _opens(text: str) -> bool:
    """Tell whether three digits after a word may go on its number: "3" or "087", not "3,5"."""
    return bool(_OPEN.fullmatch(text))
