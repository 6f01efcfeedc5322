"""Fractions in words: "un tiers", "la moitié", "1 jeune sur 4", "le 1/5e"."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from mlcheck.extraction.prose.mentions import Mention, Notation, hedged
from mlcheck.extraction.prose.tokens import Token
from mlcheck.model.quantity import Quantity, Unit

_SCALE = 4


_ROUND_BASES = (20, 100, 1000)


def small_number(tokens: Sequence[Token], at: int) -> int | None:
    """Return the whole number below 10 000 that token `at` says in digits or in words, or None."""
    if not 0 <= at < len(tokens):
        return None
    token = tokens[at]
    if token.form == "number":
        plain = token.key.replace(" ", "")
        return int(plain) if plain.isascii() and plain.isdigit() and len(plain) <= 4 else None
    return token.tags.get("number")


def over(text: str, tokens: Sequence[Token], at: int) -> Mention | None:
    """Read "1 jeune sur 4", "six sur dix", "6 sur 25" as a fraction."""
    value = small_number(tokens, at)
    if not value or value > 99:
        return None
    for middle in range(at + 1, min(at + 5, len(tokens) - 1)):
        token = tokens[middle]
        if "over" in token.tags:
            whole, noun = small_number(tokens, middle + 1), middle > at + 1
            if (
                whole is None
                or not value < whole
                or not (whole <= 10 or whole in _ROUND_BASES or (not noun and whole <= 99))
            ):
                return None
            after = tokens[middle + 2] if middle + 2 < len(tokens) else None
            if after and (after.tags.keys() & {"unit", "duration", "magnitude"} or (noun and _plural(after))):
                return None
            return as_share(text, tokens, at, middle + 1, Fraction(value, whole))
        if token.form != "word" or token.tags.keys() & {"unit", "verb", "magnitude", "duration"}:
            return None
    return None


def _plural(token: Token) -> bool:
    return token.form == "word" and not token.tags and token.key.endswith(("s", "x"))


def slashed(text: str, tokens: Sequence[Token], at: int) -> Mention | None:
    """Read "le 1/5e", "1/3 des": a fraction after an article, before "de" or with an ordinal ending."""
    if at + 2 >= len(tokens) or tokens[at].form != "number" or tokens[at + 1].key != "/":
        return None
    digits = tokens[at + 2].key.rstrip("abcdefghijklmnopqrstuvwxyz")
    value, whole = small_number(tokens, at), int(digits) if digits.isdigit() and len(digits) < 3 else 0
    after = tokens[at + 3] if at + 3 < len(tokens) else None
    if not value or not 0 < value < whole <= 20:
        return None
    ordinal = tokens[at + 2].form == "code" and tokens[at + 2].key.endswith(("e", "es"))
    if ordinal or (after and "of" in after.tags):
        return as_share(text, tokens, at, at + 2, Fraction(value, whole))
    return None


def fraction(text: str, tokens: Sequence[Token], at: int) -> Mention | None:
    """Read "un tiers", "les trois quarts", "la moitié", "(près du) tiers", "le quart restant"."""
    start, value = at, small_number(tokens, at)
    if "definite" in tokens[at].tags and at + 1 < len(tokens):
        value, at = 1, at + 1
        if tokens[at].tags.get("number") and at + 1 < len(tokens):
            value, at = tokens[at].tags["number"], at + 1
    elif value:
        at += 1
    elif (at and "of" in tokens[at - 1].tags) or (at and tokens[at - 1].key.endswith(" de")):
        value = 1
    if not value or at >= len(tokens) or "fraction" not in tokens[at].tags:
        return None
    whole = tokens[at].tags["fraction"]
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    closes = (
        after is None
        or after.form == "mark"
        or after.tags.keys() & {"of", "verb", "rest", "joint", "that-is", "preposition"}
    )
    following = (
        tokens[at + 3].key if at + 3 < len(tokens) and after is not None and "of" in after.tags else ""
    )
    if not closes or not value < whole or following == "heure" or (after and after.tags.get("duration")):
        return None
    if at + 2 < len(tokens) and "of" in (after.tags if after else ()) and "duration" in tokens[at + 2].tags:
        return None
    return as_share(text, tokens, start, at, Fraction(value, whole))


def as_share(text: str, tokens: Sequence[Token], first: int, last: int, value: Fraction) -> Mention:
    """Return a fraction as a percentage that is known to the nearest 1/q, and to 5 points at best.

    The convention is ours: who says "un tiers" chose it among the simple fractions, half of the way to
    the next (2/5, 1/4) is about 5 points.
    """
    half = min(Fraction(5), Fraction(50, value.denominator))
    return mention_of(text, tokens, first, last, value * 100, half, "%", "fraction")


def mention_of(
    text: str, tokens: Sequence[Token], first: int, last: int, value: Fraction, half: Fraction, unit: Unit, notation: Notation
) -> Mention:  # fmt: skip
    power = 10**_SCALE
    printed = text[tokens[first].start : tokens[last].end]
    exact = value.denominator == 1 and half.denominator == 1
    scale, power = (0, 1) if exact else (_SCALE, power)
    number = Quantity(printed, round(value * power), round(half * power), scale, unit)
    hedge, lead, last_hedged = hedged(tokens, first, last)
    return Mention(
        first, last_hedged, lead, tokens[first].start, tokens[last].end, number, notation, 0, hedge, last == first and unit == "count"
    )  # fmt: skip
