"""Tell the numbers that count nothing: ages, dates, durations, references, addresses, list marks."""

from __future__ import annotations

from collections.abc import Sequence

from mlcheck.extraction.prose.mentions import Mention
from mlcheck.extraction.prose.tokens import Token

_RANGE = ("-", "/", "à", "et", "a", "ou")


def asserts(text: str, tokens: Sequence[Token], mention: Mention) -> bool:
    """Return whether a number asserts something of the world that a table could hold."""
    if mention.notation == "multiple" or (mention.notation == "fraction" and not _timed(tokens, mention)):
        return True
    if not mention.bare and mention.quantity.unit in ("%", "‰", "points"):
        return True
    return not any(reject(tokens, mention) for reject in _REJECTIONS) and not _between_labels(
        text, tokens, mention
    )


def _timed(tokens: Sequence[Token], mention: Mention) -> bool:
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


def _dated(tokens: Sequence[Token], mention: Mention) -> bool:
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


def _numbered(tokens: Sequence[Token], mention: Mention) -> bool:
    """The number of a page, an article, a module, a list item, an address, a telephone, a postal code."""
    first, last = mention.first, mention.last
    before = tokens[first - 1] if first else None
    after = tokens[last + 1] if last + 1 < len(tokens) else None
    if before is not None and (
        "numbered" in before.tags or before.key in ("°", "n") or before.tags.get("cap")
    ):
        return mention.bare or bool(before.tags.get("cap"))
    if not mention.bare:
        return False
    if before is not None and before.key == "+" and first > 1 and "numbered" in tokens[first - 2].tags:
        return True
    if after is not None and "address" in after.tags:
        return True
    if before is not None and before.form == "code" and before.end == tokens[first].start:
        return True  # "9h30"
    if before is None and after is not None and after.key in (")", ".", "-", "°", "/"):
        return True
    return _telephone(tokens, first) or _postal(tokens, first)


def _telephone(tokens: Sequence[Token], at: int) -> bool:
    pairs = 0
    for step in (1, -1):
        index = at
        while (
            0 <= index < len(tokens)
            and pairs < 6
            and len(tokens[index].key) == 2
            and tokens[index].form == "number"
        ):
            pairs += 1
            index += step
    return pairs - 1 >= 4


def _postal(tokens: Sequence[Token], at: int) -> bool:
    key = tokens[at].key
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    plain = len(key) == 5 and key.isascii() and key.isdigit()
    return (
        plain
        and after is not None
        and after.form == "word"
        and not after.tags
        and not after.key.endswith(("s", "x"))
    )


def _adrift(tokens: Sequence[Token], mention: Mention) -> bool:
    """A bare number that nothing introduces: a page number, a line of a flattened table, a footnote call."""
    if not mention.bare:
        return False
    first, last = mention.first, mention.last
    before = tokens[mention.lead - 1] if mention.lead else None
    after = tokens[last + 1] if last + 1 < len(tokens) else None
    if mention.sign or mention.hedge:
        return False
    if before is not None and before.key == "(" and after is not None and after.key == ")":
        return (first > 1 and tokens[first - 2].form == "number") or "unit" in tokens[first - 2].tags
    if after is not None and after.form == "word" and "to" not in after.tags:
        return before is not None and before.form == "number" and not before.tags
    if before is None or before.tags.keys() & _INTRODUCING or before.key in (":", "(", "="):
        return before is None and (after is None or after.form != "mark")
    return not (before.key == "," or "joint" in before.tags or "to" in (after.tags if after else ()))


def _between_labels(text: str, tokens: Sequence[Token], mention: Mention) -> bool:
    """A bare number between two capitalised words: the cell of a table that lost its lines."""
    if not mention.bare or not mention.first or mention.last + 1 >= len(tokens):
        return False
    before, after = tokens[mention.first - 1], tokens[mention.last + 1]
    capital = (
        before.form == after.form == "word" and text[before.start].isupper() and text[after.start].isupper()
    )
    return capital and not before.tags.keys() & _INTRODUCING


_INTRODUCING = {
    "of",
    "to",
    "against",
    "verb",
    "reach",
    "that-is",
    "joint",
    "since",
    "trend",
    "part",
    "among",
    "share-verb",
    "factor",
    "pass",
    "total",
}
_REJECTIONS = (_timed, _dated, _numbered, _adrift)
