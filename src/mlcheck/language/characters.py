"""Characters that print nothing, small digits, and what counts as a digit: the ten of ASCII and no other."""

from __future__ import annotations

SOFT_HYPHEN = "\u00ad"
BIDIRECTIONAL = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
ZERO_WIDTH = (
    "\u180e\u200b\u200c\u200d\u2060\u2061\u2062\u2063\u2064\u2065\u206a\u206b\u206c\u206d\u206e\u206f\ufeff"
)
INVISIBLE = frozenset(SOFT_HYPHEN + BIDIRECTIONAL + ZERO_WIDTH)
"""Nobody sees them: pasted with a figure or a label, they make no other of it."""

RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
"""Digits printed small: 12 and a raised 1 are a figure and its note, and must not make 121."""

_NOTHING = dict.fromkeys(map(ord, INVISIBLE))


def visible(text: str) -> str:
    """Return a text without the characters that print nothing."""
    return text if text.isascii() else text.translate(_NOTHING)


def is_digits(text: str) -> bool:
    """Tell whether a text is digits that `int` reads: `str.isdigit` is also true of "²" and "①"."""
    return text.isascii() and text.isdigit()
