"""How a whole is divided, as one bar: the coverage of figures, the verdicts on claims."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from msgspec import Struct

from mlcheck.rendering.numbers import number


class Part(Struct, frozen=True):
    """One part of a bar: its kind, what is told of it, and in hundredths of the bar where it starts and its length."""

    kind: str
    mark: str
    told: str
    start: str
    length: str


class Division(Struct, frozen=True):
    """A whole with its parts, told in one sentence."""

    told: str
    head: str
    parts: tuple[Part, ...]


def division(told: str, head: str, parts: Sequence[tuple[str, str, str, int]]) -> Division:
    """Return a bar of parts: the kind, the sign and the words of each, and how many things it counts."""
    whole = sum(count for *_, count in parts) or 1
    start = Fraction(0)
    made = []
    for kind, mark, words, count in parts:
        length = Fraction(100 * count, whole)
        made.append(Part(kind, mark, words, number(start, "en", 3), number(length, "en", 3)))
        start += length
    return Division(told, head, tuple(made))
