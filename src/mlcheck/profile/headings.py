"""Headings and labels compared as a reader compares them: without numbering, articles or years."""

from __future__ import annotations

from functools import lru_cache

from mlcheck.language.characters import is_digits
from mlcheck.language.lexicon import lexicon
from mlcheck.language.words import fold

_NUMBERING = {"i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"}


@lru_cache(65_536)
def key(text: str) -> tuple[str, ...]:
    """Return the folded words of a heading or label that tell it from others.

    "II.  Les jeunes en contact" gives (jeunes, en, contact), "Nombre de PEC signés en 2023" gives
    (nombre, de, pec, signes): leading numbers, articles and "dont" go, and years with the "en" before them.
    """
    words, known = fold(text).split(), lexicon().headings
    while len(words) > 1 and (words[0] in _NUMBERING or words[0] in known.small or _is_mark(words[0])):
        words = words[1:]
    kept: list[str] = []
    for word in words:
        if len(word) == 4 and is_digits(word) and word[:2] in ("19", "20"):
            if kept and kept[-1] in known.dated:
                kept.pop()
        else:
            kept.append(word)
    return tuple(kept)


def likeness(declared: str, printed: str) -> float:
    """Return how well a printed heading or label fits a declared one: 1 the same, 0 not at all.

    A declared text of two words or more may also stand whole inside a longer printed one; the more
    of it it makes up, the better.
    """
    wanted, given = key(declared), key(printed)
    if not wanted or not given:
        return 0.0
    if wanted == given:
        return 1.0
    size = len(wanted)
    if size < 2 or size > len(given) or wanted[0] not in given:
        return 0.0
    inside = any(given[at : at + size] == wanted for at in range(len(given) - size + 1))
    return 0.4 + 0.5 * size / len(given) if inside else 0.0


@lru_cache(16_384)
def best(declared: tuple[str, ...], printed: tuple[str, ...]) -> float:
    """Return the greatest likeness of any declared text to any printed one."""
    return max((likeness(one, other) for one in declared for other in printed), default=0.0)


def _is_mark(word: str) -> bool:
    return (is_digits(word) and len(word) < 3) or (len(word) == 1 and word.isalpha())
