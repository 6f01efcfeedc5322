"""Numbers in words: fractions, "1 jeune sur 4", "doublé", "une centaine", "deux ateliers"."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from mlcheck.extraction.prose.fractions import fraction, mention_of, over, slashed
from mlcheck.extraction.prose.mentions import Mention, measure
from mlcheck.extraction.prose.tokens import Token

_MULTIPLE_HALF = {2: Fraction(1, 4)}


def in_words(text: str, tokens: Sequence[Token], at: int) -> Mention | None:
    """Return the number in words (or "1 sur 4") that starts at token `at`, or None."""
    digits = tokens[at].form == "number"
    for reading in _OF_DIGITS if digits else _OF_WORDS:
        found = reading(text, tokens, at)
        if found:
            return found
    return None


def _times(text: str, tokens: Sequence[Token], at: int) -> Mention | None:
    """Read "trois fois plus", "2,5 fois supérieur"."""
    if (
        at + 2 >= len(tokens)
        or "times" not in tokens[at + 1].tags
        or "after-times" not in tokens[at + 2].tags
    ):
        return None
    plain = (
        tokens[at].key.replace(",", ".")
        if tokens[at].form == "number"
        else str(tokens[at].tags.get("number", ""))
    )
    if not plain.replace(".", "", 1).isdigit() or len(plain) > 6:
        return None
    decimals = len(plain.partition(".")[2])
    return mention_of(
        text, tokens, at, at + 1, Fraction(plain), Fraction(1, 2 * 10**decimals), "ratio", "multiple"
    )


def _multiple(text: str, tokens: Sequence[Token], at: int) -> Mention | None:
    """Read "a doublé" as 2 ± 1/4, "triplé" as 3 ± 1/2."""
    value = tokens[at].tags.get("multiple")
    if not value:
        return None
    return mention_of(
        text, tokens, at, at, Fraction(value), _MULTIPLE_HALF.get(value, Fraction(1, 2)), "ratio", "multiple"
    )


def _count(text: str, tokens: Sequence[Token], at: int) -> Mention | None:
    """Read "une centaine", "un million de", "deux ateliers", "un point"; "les deux ateliers" counts nothing new."""
    value = tokens[at].tags.get("number")
    if not value or at + 1 >= len(tokens):
        return None
    after = tokens[at + 1]
    if at and "definite" in tokens[at - 1].tags and not after.tags.keys() & {"magnitude", "unit"}:
        return None
    if "approximate" in after.tags:
        base = after.tags["approximate"]
        return mention_of(
            text, tokens, at, at + 1, Fraction(value * base), Fraction(base, 2), "count", "words"
        )
    magnitude, unit, last = measure(tokens, at + 1)
    if last > at:
        rounded = magnitude > 1 or unit in ("%", "points")
        return mention_of(
            text, tokens, at, last, Fraction(value * magnitude), Fraction(magnitude, 2) if rounded else Fraction(0), unit, "words"
        )  # fmt: skip
    if at and "factor" in tokens[at - 1].tags:
        return mention_of(text, tokens, at, at, Fraction(value), Fraction(1, 2), "ratio", "multiple")
    noun = after.form == "word" and not after.tags and len(after.key) > 3 and after.key.endswith(("s", "x"))
    return (
        mention_of(text, tokens, at, at, Fraction(value), Fraction(0), "count", "words")
        if noun and value > 1
        else None
    )


_OF_DIGITS = (over, slashed, fraction, _times)
_OF_WORDS = (over, fraction, _times, _multiple, _count)
