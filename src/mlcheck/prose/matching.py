"""Match the patterns of the grammar over the words and numbers of sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct

from mlcheck.language.lexicon import lexicon
from mlcheck.model.claim import Claim
from mlcheck.model.sentence import Tags, Token
from mlcheck.prose.grammar import (
    Break,
    Choice,
    Element,
    Gap,
    Pattern,
    Phrases,
    Slot,
    Word,
    is_unit,
    unit_of,
)
from mlcheck.prose.numbers import Mention
from mlcheck.prose.passage import Statement
from mlcheck.prose.tokens import parts_of, root, words

Found = dict[str, object]
"""The numbers of roles, and the direction of the last trend."""

ENDS = (";", ".", "!", "?")
_LIST_GAP = 24
_PRESENT = ("WHOLE", "PART", "PARTS", "NEW", "TOTAL")
_CLOSES = 4  # tokens after a number that its parenthesis may still hold
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
        return _types(self.statement, self.k)


class Item(Struct, frozen=True):
    """A token of a sentence, a number with its unit and hedge as one, or the end of a sentence (no token).

    `said` are the keys that a word answers to and its tags in angles; `types` what a number can be.
    """

    token: Token | None
    number: Number | None = None
    types: frozenset[str] = frozenset()
    said: frozenset[str] = frozenset()


class Match(Struct, frozen=True):
    """The numbers of a pattern by their roles, and the direction of the trend that it names.

    `start` is its first item, `end` the one after its last.
    """

    pattern: Pattern
    slots: dict[str, tuple[Number, ...]]
    direction: str | None
    start: int
    end: int

    @property
    def numbers(self) -> frozenset[int]:
        """The numbers of the claims that it ties."""
        return frozenset(n.index for numbers in self.slots.values() for n in numbers)


def items_of(statement: Statement) -> list[Item]:
    """Return the items of one sentence."""
    sentence, at, found = statement.sentence, 0, []
    numbers = dict(sentence.at) | {
        n: len(sentence.mentions) + j
        for j, mention in enumerate(sentence.durations if statement.durations else ())
        for n in range(mention.lead, mention.last + 1)
    }
    mentions = [*sentence.mentions, *sentence.durations]
    while at < len(sentence.tokens):
        k = numbers.get(at)
        if k is None:
            token = sentence.tokens[at]
            found.append(Item(token, said=_said(token)))
            at += 1
            continue
        number = Number(statement, k)
        found.append(Item(sentence.tokens[mentions[k].first], number, number.types))
        at = max(mentions[k].last, at) + 1
    return found


def _types(statement: Statement, k: int) -> frozenset[str]:
    if k >= len(statement.claims):
        at = k - len(statement.claims)
        claim = statement.durations[at]
        if statement.sentence.durations[at].bare:
            return frozenset({"duration", "year"})
        changed = claim.direction is not None
        after = statement.sentence.token(statement.sentence.durations[at].last + 1)
        each = {"each"} if "per" in after.tags else set()
        return frozenset({"duration", "any", "change" if changed else "level", "amount", *each})
    claim, mention = statement.claims[k], statement.sentence.mentions[k]
    unit, kind = claim.quantity.unit, claim.kind
    former = {"former"} if _is_former(statement, k) else set()
    if unit == "points":
        return frozenset({"points", "change", "any"})
    if unit == "ratio":
        return frozenset({"times", "any"})
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


def _is_former(statement: Statement, k: int) -> bool:
    """Tell whether a number is what another is set against: "contre 100 en 2022"."""
    sentence = statement.sentence
    if "against" not in sentence.token(sentence.before(k)).tags:
        return False
    after = sentence.token(sentence.after(k) + (statement.noun(k) is not None))
    return sentence.periods[k].printed or "relative-year" in after.tags


class _Index:
    """Where each word, tag and type of number of some items stands."""

    def __init__(self, items: Sequence[Item]) -> None:
        self.items = items
        self.words: dict[str, list[int]] = {}
        self.types: dict[str, list[int]] = {}
        for at, item in enumerate(items):
            for word in item.said:
                self.words.setdefault(word, []).append(at)
            for type_ in item.types:
                self.types.setdefault(type_, []).append(at)
        self.numbers = sum(item.number is not None for item in items)

    def may_hold(self, pattern: Pattern) -> bool:
        """Tell whether the items have the words and the numbers that a pattern needs."""
        if any(need.isdisjoint(self.words) for need in pattern.needs):
            return False
        return all(len(self.types.get(type_, ())) >= count for type_, count in pattern.types)

    def starts(self, element: Element) -> Sequence[int]:
        """Return the items at which an element may match."""
        if isinstance(element, Slot):
            return self.types.get(element.type, ())
        if isinstance(element, Word) and not element.stems:
            return self._places([*element.keys, *(f"<{tag}>" for tag in element.tags)])
        if isinstance(element, Phrases) and not element.stems:
            return self._places(element.rest)
        return range(len(self.items))

    def _places(self, words: Iterable[str]) -> list[int]:
        return sorted({at for word in words for at in self.words.get(word, ())})


def matches(
    patterns: Sequence[Pattern], items: Sequence[Item], holds: Callable[[Match], bool], *, before: int | None = None
) -> Iterator[Match]:  # fmt: skip
    """Yield the first match of each pattern at each place of some items that `holds`; one opens `before` an item."""
    index = _Index(items)
    for pattern in patterns:
        if pattern.numbers > index.numbers or not index.may_hold(pattern):
            continue
        for start in index.starts(pattern.elements[0]):
            if before is not None and start >= before:
                break
            for end, found in _sequence(pattern.elements, 0, items, start, {}):
                match = _match(pattern, start, end, found)
                if holds(match):
                    yield match
                    break


_SAID: dict[tuple[str, int], frozenset[str]] = {}
"""What a token answers to, by its key and the tags of the lexicon that it carries: these stay where they are."""


def _said(token: Token) -> frozenset[str]:
    known = (token.key, id(token.tags)) if token.tags else (token.key, 0)
    found = _SAID.get(known)
    if found is None:
        found = frozenset((token.key, parts_of(token.key)[0], *(f"<{tag}>" for tag in _tags(token))))
        if token.form in ("word", "mark"):
            _SAID[known] = found
    return found


def _match(pattern: Pattern, start: int, end: int, found: Found) -> Match:
    slots = {role: numbers for role, numbers in found.items() if role.isupper()}
    return Match(pattern, slots, found.get("direction"), start, end)  # type: ignore[arg-type]


def _tags(token: Token) -> set[str]:
    """Return the tags of a token, and the direction of a trend as one more."""
    found = set(token.tags)
    for tag in ("trend", "more"):
        if (way := token.tags.get(tag)) is not None:
            found.add(way)
    return found


def _sequence(
    elements: Sequence[Element], n: int, items: Sequence[Item], at: int, found: Found
) -> Iterator[tuple[int, Found]]:
    """Yield each end at which elements `n` and following match from item `at`, the shortest gaps first."""
    if n == len(elements):
        yield at, found
        return
    element = elements[n]
    if isinstance(element, Gap) and n + 1 < len(elements):
        following = elements[n + 1]
        for end in _gap_ends(element, items, at):
            if _may_open(following, items, end):
                yield from _sequence(elements, n + 1, items, end, found)
        return
    for end, more in _one(element, items, at, found):
        yield from _sequence(elements, n + 1, items, end, more)


def _may_open(element: Element, items: Sequence[Item], at: int) -> bool:
    """Tell, at little cost, whether an element may match at an item."""
    if at >= len(items):
        return not isinstance(element, Slot | Word | Phrases)
    item = items[at]
    if isinstance(element, Slot):
        return element.type in item.types
    if isinstance(element, Word):
        return _says(element, item)
    if isinstance(element, Phrases) and not element.stems:
        return not item.said.isdisjoint(element.rest)
    return True


def _one(element: Element, items: Sequence[Item], at: int, found: Found) -> Iterator[tuple[int, Found]]:
    if isinstance(element, Gap):
        for end in _gap_ends(element, items, at):
            yield end, found
    elif isinstance(element, Choice):
        for way in element.ways:
            yield from _sequence(way, 0, items, at, found)
    elif isinstance(element, Break):
        for end in _break_ends(items, at):
            yield end, found
    elif at < len(items):
        if isinstance(element, Slot):
            yield from _slot(element, items, at, found)
        elif isinstance(element, Phrases):
            for end in _phrase_ends(element, items, at):
                yield end, found
        elif _says(element, items[at]):
            yield at + 1, _directed(items[at], found)


def _break_ends(items: Sequence[Item], at: int) -> Iterator[int]:
    for end in range(at, len(items)):
        token = items[end].token
        if token is not None and token.key not in ENDS:
            return
        yield end + 1


def _gap_ends(gap: Gap, items: Sequence[Item], at: int) -> Iterator[int]:
    yield at
    depth = 0
    for end in range(at, min(len(items), at + gap.most)):
        if not _passes(items[end], gap):
            return
        mark = _key(items[end])
        depth += (mark == "(") - (mark == ")")
        if depth < 0 and end - at > _CLOSES:
            return
        yield end + 1


def _key(item: Item) -> str:
    return "" if item.token is None else item.token.key


def _passes(item: Item, gap: Gap) -> bool:
    if item.token is None or (item.token.key in ENDS and not (gap.wide and item.token.key == ";")):
        return False
    return item.number is None or not gap.numbers.isdisjoint(item.types)


def _says(word: Word, item: Item) -> bool:
    if not item.said:
        return False
    return (
        not word.keys.isdisjoint(item.said)
        or any(f"<{tag}>" in item.said for tag in word.tags)
        or (bool(word.stems) and item.token is not None and item.token.key.startswith(word.stems))
    )


def _phrase_ends(element: Phrases, items: Sequence[Item], at: int) -> Iterator[int]:
    """Yield the item after each of some phrases that starts at item `at`."""
    token = items[at].token
    if token is None or items[at].number is not None:
        return
    first, *own = parts_of(token.key)
    if element.stems and first.startswith(element.stems):
        yield at + 1
    for rest in element.rest.get(first, ()):
        said, end = list(own), at + 1
        while len(said) < len(rest) and end < len(items) and items[end].token and items[end].number is None:
            said += parts_of(items[end].token.key)  # type: ignore[union-attr]
            end += 1
        if tuple(said) == rest:
            yield end


def _directed(item: Item, found: Found) -> Found:
    way = item.token.tags.get("trend") or item.token.tags.get("more") if item.token else None
    return {**found, "direction": way} if way in ("up", "down") else found


def _slot(slot: Slot, items: Sequence[Item], at: int, found: Found) -> Iterator[tuple[int, Found]]:
    number = items[at].number
    if number is None or slot.type not in items[at].types:
        return
    if slot.role in _PRESENT and "former" in items[at].types:
        return
    if not slot.many:
        yield at + 1, {**found, slot.role: (*found.get(slot.role, ()), number)}  # type: ignore[misc]
        return
    ends, numbers = [at + 1], [number]
    opened = at > 0 and _key(items[at - 1]) == "("
    while (following := _next(slot, items, ends[-1], number, depth=int(opened))) is not None:
        ends.append(following + 1)
        numbers.append(items[following].number)  # type: ignore[arg-type]
    for count in range(len(ends), 1, -1):
        yield ends[count - 1], {**found, slot.role: tuple(numbers[:count])}


def _next(slot: Slot, items: Sequence[Item], at: int, first: Number, *, depth: int) -> int | None:
    """Return the item of the number that a list goes on with from item `at`, `depth` parentheses deep: after a comma, "et" or ";"."""
    listed = False
    for end in range(at, min(len(items), at + _LIST_GAP)):
        item = items[end]
        if item.token is None or item.token.key == ".":
            return None
        if item.number is not None and slot.type in item.types:
            same = item.number.unit == first.unit
            return end if listed and same else None
        if item.number is not None and "duration" not in item.types:
            return None
        depth += (item.token.key == "(") - (item.token.key == ")")
        if depth < 0:
            return None
        listed = listed or item.token.key in (",", ";") or "joint" in item.token.tags
    return None
