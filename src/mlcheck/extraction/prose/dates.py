"""Tell ages, durations, days and years from numbers that count."""

from __future__ import annotations

from collections.abc import Sequence

from mlcheck.extraction.prose.mentions import Mention
from mlcheck.extraction.prose.tokens import Token

_RANGE = ("-", "/", "à", "et", "a", "ou")


def timed(tokens: Sequence[Token], mention: Mention) -> bool:
    """An age or a duration: "26 ans", "16 à 17 ans", "24 h", "26 et +"."""
    at = mention.last + 1
    for _ in range(3):
        if at >= len(tokens):
            return False
        token = tokens[at]
        if token.tags.keys() & {"duration", "age"}:
            return True
        if token.key == "+":
            return at + 1 >= len(tokens) or tokens[at + 1].form != "number"
        if token.form == "number" or (token.form == "code" and token.key[-1] == "h") or token.key in _RANGE:
            if token.form == "code":
                return True
            at += 1
            continue
        return False
    return at < len(tokens) and "duration" in tokens[at].tags


def ages_at(tokens: Sequence[Token], mention: Mention) -> Sequence[int]:
    """Return the tokens of the age that starts at a number ("16 à 17 ans"), none where it is a length of time."""
    start = mention.first
    if start and tokens[start - 1].key in ("en", "sur", "depuis"):
        return ()
    for at in range(start + 1, min(start + 4, len(tokens))):
        token = tokens[at]
        if "age" in token.tags:
            return [n for n in range(start, at + 1) if n == at or tokens[n].form == "number"]
        if token.form != "number" and token.key not in _RANGE:
            break
    return ()


def dated(tokens: Sequence[Token], mention: Mention) -> bool:
    """A day, a month in digits, or a year told as one: "20 octobre", "21/11", "20 au 26 novembre"."""
    at = mention.last + 1
    if is_year(tokens, mention.first):
        return True
    for _ in range(4):
        if at >= len(tokens):
            break
        if "month" in tokens[at].tags:
            return True
        if tokens[at].form not in ("number", "code") and tokens[at].key not in ("au", "et", "-", "à", ","):
            break
        at += 1
    return _slashed(tokens, mention)


def _slashed(tokens: Sequence[Token], mention: Mention) -> bool:
    first, last = mention.first, mention.last
    after = (
        last + 2 < len(tokens) and tokens[last + 1].key == "/" and tokens[last + 2].form in ("number", "code")
    )
    before = first > 1 and tokens[first - 1].key == "/" and tokens[first - 2].form in ("number", "code")
    return mention.bare and (after or before)


def is_year(tokens: Sequence[Token], at: int) -> bool:
    """Return whether token `at` is a year: four digits without separator that no plural noun follows."""
    key = tokens[at].key
    if len(key) != 4 or not (key.isascii() and key.isdigit()) or not "1900" <= key <= "2100":
        return False
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if after is None or after.form != "word" or after.tags:
        return not (after and after.tags.keys() & {"unit", "magnitude"})
    before = tokens[at - 1] if at else None
    told = before is not None and bool(before.tags.keys() & {"month", "calendar"})
    return told or not after.key.endswith(("s", "x")) or after.key[0].isupper()
