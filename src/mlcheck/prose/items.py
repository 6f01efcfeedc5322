"""The words and numbers of a sentence as patterns see them: what each word answers to, what each number can be."""

from __future__ import annotations

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


class Number(Struct, frozen=True, eq=False):
    """A number of a sentence: claim `k` of its statement, `index` its number in the report."""

    statement: Statement
    k: int

    @property
    def index(self) -> int:
        """The number of its claim in the report."""
        return self.statement.first + self.k

    @property
    def claim(self) -> Claim:
        """Its claim."""
        own = self.statement.claims
        return own[self.k] if self.k < len(own) else self.statement.durations[self.k - len(own)]

    @property
    def dated(self) -> bool:
        """Whether its sentence says of what year it is."""
        sentence = self.statement.sentence
        return (*sentence.periods, *sentence.spans)[self.k].printed

    @property
    def unit(self) -> str:
        """Its unit, of a duration its noun."""
        claim = self.claim
        if claim.kind == "duration":
            return unit_of(root(self._length.noun or lexicon().sentences.cues.age[0]))
        unit = claim.quantity.unit
        noun = self.noun if unit == "count" else None
        return noun if noun is not None and is_unit(noun) else unit

    @property
    def _length(self) -> Mention:
        return self.statement.sentence.durations[self.k - len(self.statement.claims)]

    @property
    def enclosure(self) -> int:
        """The parenthesis that it stands in, -1 if none."""
        return self.statement.sentence.opened[self.lead]

    @property
    def noun_tags(self) -> Tags:
        """What the lexicon says of the noun of a length of time."""
        return words().tags(self._length.noun)

    @property
    def lead(self) -> int:
        """The first of its tokens, with its hedge."""
        sentence = self.statement.sentence
        return (*sentence.mentions, *sentence.durations)[self.k].lead

    @property
    def last(self) -> int:
        """The last of its tokens."""
        sentence = self.statement.sentence
        return (*sentence.mentions, *sentence.durations)[self.k].last

    @property
    def is_worded(self) -> bool:
        """Whether it is written in words."""
        sentence = self.statement.sentence
        return self.k < len(sentence.mentions) and sentence.mentions[self.k].notation == "words"

    @property
    def unit_noun(self) -> str:
        """The noun that it counts where it is a unit of something: "tonne", "jour"."""
        return self.unit if self.claim.kind == "duration" else (self.statement.noun(self.k) or "")

    @property
    def noun(self) -> str | None:
        """The stem of the noun right after it."""
        return None if self.claim.kind == "duration" else self.statement.noun(self.k)

    @property
    def types(self) -> frozenset[str]:
        """What it can be in a pattern."""
        found = _types(self.statement, self.k)
        return found | {"unit"} if "any" in found and is_unit(self.unit_noun) else found


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
            number = Number(statement, k)
            found.append(Item(tokens[mention.first], number, number.types))
            at = mention.last + 1
    found += map(Item, tokens[at:])
    found.append(Item(None))
    return found


def _lead(span: tuple[int, Mention]) -> int:
    return span[1].lead


def _types(statement: Statement, k: int) -> frozenset[str]:
    if k >= len(statement.claims):
        at = k - len(statement.claims)
        claim = statement.durations[at]
        if statement.sentence.durations[at].bare:
            return frozenset({"duration", "year"})
        changed = claim.direction is not None
        after = statement.sentence.token(statement.sentence.durations[at].last + 1)
        each = {"each"} if "per" in after.tags else set()
        dated = {"dated"} if _is_dated(statement.sentence.spans[at], statement.sentence.year) else set()
        return frozenset(
            {"duration", "lasting", "any", "change" if changed else "level", "amount", *each, *dated}
        )
    claim, mention = statement.claims[k], statement.sentence.mentions[k]
    unit, kind = claim.quantity.unit, claim.kind
    former = {"dated"} if _is_dated(statement.sentence.periods[k], statement.sentence.year) else set()
    former |= {"former"} if _is_former(statement, k) else set()
    if unit == "points":
        return frozenset({"points", "change", "any", *former})
    if unit == "ratio":
        return frozenset({"times", "any", *former})
    found = {"any"} if "out-of" not in statement.sentence.token(statement.sentence.before(k)).tags else set()
    if unit in ("%", "‰"):
        found |= {"percent", "fraction" if mention.notation == "fraction" else "digits"}
        found |= {"rate"} if kind in ("variation", "multiple") or mention.sign else {"level", "share"}
    elif kind == "variation" or mention.sign:
        found |= {"change"}
    elif kind in COUNTED:
        found |= {"count", "level", "amount"} | ({"number"} if unit == "count" else set())
        found |= {"bare"} if mention.bare and statement.noun(k) is None else set()
    else:
        found |= {"amount", "level", "each"}
    return frozenset(found | former)


def _is_dated(period: Period, report: int | None) -> bool:
    """Tell whether a sentence says of what year a number is, or that it is none of the report's."""
    return period.printed or period.year != report


def _is_former(statement: Statement, k: int) -> bool:
    """Tell whether a number is what another is set against: "contre 100 en 2022"."""
    sentence = statement.sentence
    if "against" not in sentence.token(sentence.before(k)).tags:
        return False
    after = sentence.token(sentence.after(k) + (statement.noun(k) is not None))
    return sentence.periods[k].printed or "relative-year" in after.tags
