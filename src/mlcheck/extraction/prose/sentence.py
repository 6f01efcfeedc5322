"""A sentence laid out for the patterns: its tokens, its numbers, its parentheses and periods."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from mlcheck.extraction.prose.dates import ages_at, is_year
from mlcheck.extraction.prose.in_words import in_words
from mlcheck.extraction.prose.mentions import Mention, in_digits, with_measure_of
from mlcheck.extraction.prose.periods import Period, assign
from mlcheck.extraction.prose.tokens import Token, tokens
from mlcheck.extraction.prose.uncounted import asserts

_OPENS_NUMBER = frozenset({"number", "definite", "fraction", "multiple"})
_NAMES_NUMBER = frozenset({"number", "fraction"})
_NOWHERE = Token("", 0, 0, "mark", {})


class Sentence(Struct, frozen=True):
    """One sentence; `opened` gives for each token the innermost parenthesis it stands in (-1: none).

    `at` maps a token that belongs to a number to the index of that mention; `ages` are the tokens of ages, `year` is that of the report.
    """

    text: str
    tokens: Sequence[Token]
    mentions: Sequence[Mention]
    periods: Sequence[Period]
    opened: Sequence[int]
    at: dict[int, int]
    ages: frozenset[int] = frozenset()
    year: int | None = None

    def token(self, index: int) -> Token:
        """Return a token, or an empty one beyond the ends."""
        return self.tokens[index] if 0 <= index < len(self.tokens) else _NOWHERE

    def before(self, k: int) -> int:
        """Return the token that introduces mention `k`: the one left of its hedge and adverbs."""
        index = self.mentions[k].lead - 1
        while index >= 0 and "adverb" in self.tokens[index].tags:
            index -= 1
        return index

    def after(self, k: int) -> int:
        """Return the token that follows mention `k`."""
        return self.mentions[k].last + 1

    def tail(self, k: int, limit: int = 40) -> range:
        """Return the tokens after mention `k` up to the next one."""
        end = self.mentions[k + 1].lead if k + 1 < len(self.mentions) else len(self.tokens)
        return range(self.mentions[k].last + 1, min(end, self.mentions[k].last + 1 + limit))

    def gap(self, j: int, k: int, limit: int = 40) -> Sequence[Token]:
        """Return the tokens between two mentions, the last `limit` of them."""
        start, end = self.mentions[j].last + 1, self.mentions[k].lead
        return self.tokens[max(start, end - limit) : end]

    def enclosure(self, k: int) -> int:
        """Return the parenthesis that mention `k` stands in, -1 if none."""
        return self.opened[self.mentions[k].first]


def parse(text: str, report: int | None) -> Sentence | None:
    """Return a normalised sentence laid out, or None where it asserts no number; `report` is the report's year."""
    found = tokens(text)
    raw = _numbers(text, found)
    if not raw:
        return None
    mentions = [m for m in _shared_measures(found, raw) if asserts(text, found, m)]
    if not mentions:
        return None
    at = {index: k for k, m in enumerate(mentions) for index in range(m.lead, m.last + 1)}
    ages = frozenset(index for m in raw if m.bare for index in ages_at(found, m))
    return Sentence(
        text, found, mentions, assign(found, mentions, report), _parentheses(found), at, ages, report
    )


def _numbers(text: str, found: Sequence[Token]) -> list[Mention]:
    mentions: list[Mention] = []
    at, count = 0, len(found)
    while at < count:
        token = found[at]
        mention = None
        opens = token.form == "number" or not _OPENS_NUMBER.isdisjoint(token.tags)
        if (
            opens
            and "definite" in token.tags
            and (at + 1 >= count or _NAMES_NUMBER.isdisjoint(found[at + 1].tags))
        ):
            opens = False
        if opens:
            mention = in_words(text, found, at)
            if mention is None and token.form == "number":
                mention = in_digits(text, found, at)
        if mention is None:
            at += 1
            continue
        mentions.append(mention)
        at = max(mention.last, at) + 1
    return mentions


def _shared_measures(found: Sequence[Token], mentions: list[Mention]) -> list[Mention]:
    """Return the mentions, each bare one of "120, 80 et 45 euros" with the unit that the last one prints."""
    for k in range(len(mentions) - 2, -1, -1):
        mention, following = mentions[k], mentions[k + 1]
        if (
            not mention.bare
            or following.bare
            or mention.notation != "digits"
            or following.notation != "digits"
        ):
            continue
        if is_year(found, mention.first) or mention.sign:
            continue
        between = found[mention.last + 1 : following.first]
        joiner = [t for t in between if "adverb" not in t.tags and "hedge" not in t.tags]
        if len(joiner) != 1 or not (joiner[0].key in (",", "-") or joiner[0].tags.keys() & {"to", "joint"}):
            continue
        ranged = "to" in joiner[0].tags
        if following.quantity.unit in ("%", "points") and abs(mention.quantity.value) > 100:
            continue
        if ranged or following.quantity.unit != "count" or following.magnitude > 1:
            mentions[k] = with_measure_of(mention, following)
    return mentions


def _parentheses(found: Sequence[Token]) -> list[int]:
    opened: list[int] = []
    stack: list[int] = []
    for at, token in enumerate(found):
        if token.key == ")" and stack:
            stack.pop()
        opened.append(stack[-1] if stack else -1)
        if token.key == "(":
            stack.append(at)
    return opened
