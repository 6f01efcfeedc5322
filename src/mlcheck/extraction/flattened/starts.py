"""How sure a label of a column starts with a word, where nothing but words tells labels apart."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mlcheck.extraction.flattened.tokens import Token
from mlcheck.extraction.flattened.wording import hangs, is_open, is_opener, is_year, takes_number, words
from mlcheck.extraction.tables.roles import is_bare_total
from mlcheck.numeral import MINUS

SURE, LIKELY, POSSIBLE, NEVER = 3, 2, 1, 0


def starts(tokens: Sequence[Token]) -> list[int]:
    """Return for each word how sure it is that a label starts with it."""
    found: list[int] = []
    depth = 0
    again = _repeated(tokens)
    for at, token in enumerate(tokens):
        inside = depth > 0
        depth = max(0, depth + hangs(token.text))
        before, after = tokens[at - 1] if at else None, tokens[at + 1] if at + 1 < len(tokens) else None
        start = _start(token, before, after)
        if before is not None and inside:
            start = NEVER
        found.append(SURE if start and token.text in again else start)
    return found


def _repeated(tokens: Sequence[Token]) -> set[str]:
    """Return the words with a capital that stand several times after different ones, and never after "de"."""
    places: dict[str, list[str]] = {}
    for before, token in zip(["", *(t.text for t in tokens)], tokens, strict=False):
        if token.text[:1].isupper():
            places.setdefault(token.text, []).append(before)
    closed = {token.text for token in tokens if is_open(token)}
    return {word for word, after in places.items() if len(set(after)) > 1 and closed.isdisjoint(after)}


def _start(token: Token, before: Token | None, after: Token | None) -> int:
    text = token.text
    if before is None:
        return SURE if not text[:1].islower() or is_opener(token) else NEVER
    if is_year(text) and after is not None and is_year(after.text):
        return SURE
    if not re.search(r"[\w%€‰]", text) or (is_open(before) and not before.text.endswith(":")):
        return NEVER
    if text[:1].isdigit():
        return _start_with_number(token, before, after)
    if text in ("%", "€", "‰"):
        return NEVER if before.text[-1:].isdigit() else SURE
    if text[0] in "(+":
        return NEVER
    if text.casefold() == before.text.casefold():
        return SURE
    if is_opener(token):
        return SURE if text[:1].isupper() or text == "dont" else POSSIBLE * (text in words("small_openers"))
    if not text[:1].isupper():
        return NEVER
    if is_bare_total(text) or before.text == ":":
        return SURE
    if before.text.isupper() and len(before.text) > 1:
        return LIKELY
    return _start_with_capital(text, before)


def _start_with_capital(text: str, before: Token) -> int:
    if before.text[:1].isupper() or (text.isupper() and len(text) > 1):
        return POSSIBLE
    return LIKELY


def _start_with_number(token: Token, before: Token, after: Token | None) -> int:
    """Tell how sure a label starts with a number: a year beside another, a class after a class."""
    if is_year(token.text):
        return SURE if is_year(before.text) else NEVER
    if before.text.lower() in words("classes"):
        return LIKELY
    if before.text.isupper() or takes_number(before):
        return NEVER  # "GIR 1-2", "Niveau 3"
    opens = after is not None and (after.text.lower() in words("classes") or after.text in MINUS)
    return POSSIBLE if opens or re.fullmatch(r"\d+[-–]\d+", token.text) else NEVER
