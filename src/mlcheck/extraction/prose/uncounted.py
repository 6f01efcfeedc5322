"""Tell the numbers that count nothing: ages, dates, durations, references, addresses, list marks."""

from __future__ import annotations

from collections.abc import Sequence

from mlcheck.extraction.prose.dates import dated, timed
from mlcheck.extraction.prose.mentions import Mention
from mlcheck.extraction.prose.tokens import Token


def asserts(text: str, tokens: Sequence[Token], mention: Mention) -> bool:
    """Return whether a number asserts something of the world that a table could hold."""
    if mention.notation == "multiple" or (mention.notation == "fraction" and not timed(tokens, mention)):
        return True
    if not mention.bare and mention.quantity.unit in ("%", "‰", "points"):
        return True
    return not any(reject(tokens, mention) for reject in _REJECTIONS) and not _between_labels(
        text, tokens, mention
    )


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
    listed = after is not None and (after.key == "," or "joint" in after.tags)
    if (
        listed
        and last + 2 < len(tokens)
        and tokens[last + 2].form == "number"
        and tokens[last + 2].end - tokens[last + 2].start < 4
    ):
        return False  # "120, 80 et 45 jeunes"
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
_REJECTIONS = (timed, dated, _numbered, _adrift)
