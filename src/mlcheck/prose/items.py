"""The words and numbers of a sentence as patterns see them: what each word answers to, what each number can be."""

from __future__ import annotations

from functools import cache

from msgspec import Struct

from mlcheck.language.lexicon import lexicon
from mlcheck.model.claim import Claim
from mlcheck.model.sentence import Tags, Token
from mlcheck.prose.grammar import is_unit, unit_of
from mlcheck.prose.numbers import Mention
from mlcheck.prose.passage import Statement
from mlcheck.prose.periods import Period
from mlcheck.prose.tokens import root, words

COUNTED = ("count", "sum", "part")


class Number(Struct, frozen=True, eq=False, gc=False):
    """A number of a sentence: claim `k` of its statement, `index` its number in the report, `mention` its place.

    `noun` is the stem of the noun right after it, `unit` its unit, of a duration its noun.
    """

    statement: Statement
    k: int
    index: int
    claim: Claim
    mention: Mention
    noun: str | None
    unit: str

    @property
    def dated(self) -> bool:
        """Whether its sentence says of what year it is."""
        return _period(self).printed

    @property
    def enclosure(self) -> int:
        """The parenthesis that it stands in, -1 if none."""
        return self.statement.sentence.opened[self.mention.lead]

    @property
    def noun_tags(self) -> Tags:
        """What the lexicon says of the noun of a length of time."""
        return words().tags(self.mention.noun)

    @property
    def lead(self) -> int:
        """The first of its tokens, with its hedge."""
        return self.mention.lead

    @property
    def last(self) -> int:
        """The last of its tokens."""
        return self.mention.last

    @property
    def is_worded(self) -> bool:
        """Whether it is written in words."""
        return self.mention.notation == "words"

    @property
    def unit_noun(self) -> str:
        """The noun that it counts where it is a unit of something: "tonne", "jour"."""
        return self.unit if self.claim.kind == "duration" else (self.noun or "")

    @property
    def types(self) -> frozenset[str]:
        """What it can be in a pattern."""
        found = _types(self)
        return found | {"unit"} if "any" in found and is_unit(self.unit_noun) else found


def number_of(statement: Statement, k: int) -> Number:
    """Return the number of claim `k` of a statement; those of its durations come after the others."""
    at = k - len(statement.claims)
    index = statement.first + k
    if at >= 0:
        mention = statement.sentence.durations[at]
        unit = unit_of(root(mention.noun or lexicon().sentences.cues.age[0]))
        return Number(statement, k, index, statement.durations[at], mention, None, unit)
    claim, noun = statement.claims[k], statement.noun(k)
    unit = claim.quantity.unit
    if unit == "count" and noun is not None and is_unit(noun):
        unit = noun
    return Number(statement, k, index, claim, statement.sentence.mentions[k], noun, unit)


def _period(number: Number) -> Period:
    sentence, at = number.statement.sentence, number.k - len(number.statement.claims)
    return sentence.periods[number.k] if at < 0 else sentence.spans[at]


class Item(Struct, frozen=True, gc=False):
    """A token of a sentence, a number with its unit and hedge as one, or the end of a sentence (no token).

    `types` are what a number can be.
    """

    token: Token | None
    number: Number | None = None
    types: frozenset[str] = frozenset()


def items_of(statement: Statement, *, lengths: bool = False) -> list[Item]:
    """Return the items of one sentence and its end; its ages and durations are numbers where `lengths` are asked for."""
    sentence, at, found = statement.sentence, 0, list[Item]()
    tokens = sentence.tokens
    spans = [*enumerate(sentence.mentions)]
    if lengths:
        spans += enumerate(sentence.durations, len(spans))
        spans.sort(key=_lead)
    for k, mention in spans:
        if mention.last >= at:
            found += map(Item, tokens[at : mention.lead])
            number = number_of(statement, k)
            found.append(Item(tokens[mention.first], number, number.types))
            at = mention.last + 1
    found += map(Item, tokens[at:])
    found.append(Item(None))
    return found


def _lead(span: tuple[int, Mention]) -> int:
    return span[1].lead


def _types(number: Number) -> frozenset[str]:
    if number.claim.kind == "duration":
        return _types_of_length(number)
    claim, mention, sentence = number.claim, number.mention, number.statement.sentence
    before = sentence.token(sentence.before(number.k)).tags
    return _types_of(
        claim.quantity.unit,
        claim.kind,
        mention.notation == "fraction",
        bool(mention.sign),
        mention.bare and number.noun is None,
        "out-of" in before,
        _is_dated(sentence.periods[number.k], sentence.year),
        "against" in before and _is_former(number),
    )


def _types_of_length(number: Number) -> frozenset[str]:
    if number.mention.bare:
        return frozenset({"duration", "year"})
    sentence = number.statement.sentence
    found = {"duration", "lasting", "any", "level" if number.claim.direction is None else "change", "amount"}
    if "per" in sentence.token(number.mention.last + 1).tags:
        found.add("each")
    if _is_dated(_period(number), sentence.year):
        found.add("dated")
    return frozenset(found)


@cache
def _types_of(
    unit: str, kind: str, fraction: bool, signed: bool, bare: bool, base: bool, dated: bool, former: bool
) -> frozenset[str]:  # fmt: skip
    own = {"dated"} if dated else set()
    own |= {"former"} if former else set()
    if unit == "points":
        return frozenset({"points", "change", "any", *own})
    if unit == "ratio":
        return frozenset({"times", "any", *own})
    if not base:
        own.add("any")
    if unit in ("%", "‰"):
        own |= {"percent", "fraction" if fraction else "digits"}
        own |= {"rate"} if kind in ("variation", "multiple") or signed else {"level", "share"}
    elif kind == "variation" or signed:
        own.add("change")
    elif kind in COUNTED:
        own |= {"count", "level", "amount"} | ({"number"} if unit == "count" else set())
        own |= {"bare"} if bare else set()
    else:
        own |= {"amount", "level", "each"}
    return frozenset(own)


def _is_dated(period: Period, report: int | None) -> bool:
    """Tell whether a sentence says of what year a number is, or that it is none of the report's."""
    return period.printed or period.year != report


def _is_former(number: Number) -> bool:
    """Tell whether a number that is set against another is dated: "contre 100 en 2022"."""
    sentence = number.statement.sentence
    after = sentence.token(number.mention.last + 1 + (number.noun is not None))
    return sentence.periods[number.k].printed or "relative-year" in after.tags
