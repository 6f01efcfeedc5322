"""Where the words and numbers that patterns ask for stand among the items of sentences: a place is a bit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from msgspec import Struct

from mlcheck.model.sentence import Tags, Token
from mlcheck.prose.grammar import END, Choice, Element, Gap, Need, Pattern, Phrases, Slot, Word
from mlcheck.prose.items import Item, Number
from mlcheck.prose.tokens import parts_of

ENDS = (";", ".", "!", "?")
_PRESENT = ("WHOLE", "PART", "PARTS", "NEW", "TOTAL")
_BRACKETS = ("(", ")")
_LIST_GAP = 24
_CLOSES = 4  # tokens after a number that its parenthesis may still hold
Continued = dict[str, list[tuple[tuple[str, ...], str]]]
"""The phrases that a word opens, by their next word: the words after that, and the name of the phrases."""


class Answer(Struct, frozen=True):
    """What a token of some `tags` answers to: the `names` that patterns give it, the needs that are `met` so, the phrases that it opens."""

    tags: Tags
    names: tuple[str, ...]
    met: int
    opens: Continued


class Needs:
    """What some patterns need of a text: each need is a bit, so that what a text holds is one number.

    `answers` are those of the words and marks that were read, by their keys.
    """

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self._bits: dict[Need, int] = {}
        self._types: dict[str, list[tuple[int, int]]] = {}
        self._phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self.answers: dict[str, Answer] = {}
        elements = {id(e): e for one in patterns for e in _all(one.elements)}.values()
        self.met_by = {name: 0 for e in elements if isinstance(e, Word) for name in e.names}
        for one in elements:
            if isinstance(one, Phrases):
                self.met_by[one.name] = 0
                for first, *rest in one.said:
                    self._phrases.setdefault(first, []).append((tuple(rest), one.name))
        for need in dict.fromkeys(need for one in patterns for need in (*one.needs, *one.then, *one.either)):
            bit = self._bits[need] = 1 << len(self._bits)
            if isinstance(need, tuple):
                self._types.setdefault(need[0], []).append((need[1], bit))
            else:
                self.met_by |= {name: self.met_by.get(name, 0) | bit for name in need}
        self.met_by |= {name: self.met_by.get(name, 0) for name in (*ENDS, END, *_BRACKETS)}
        self._stems = tuple(name[:-1] for name in self.met_by if name[1:].endswith("*"))

    def bit(self, need: Need) -> int:
        """Return the bit of a need."""
        return self._bits[need]

    def answer(self, token: Token) -> Answer:
        """Return what a token answers to, by its key and the tags of the lexicon that it carries: these stay where they are."""
        known = self.answers.get(token.key)
        if known is None or known.tags is not token.tags:
            known = self._answer(token)
            if token.form in ("word", "mark"):
                self.answers[token.key] = known
        return known

    def _answer(self, token: Token) -> Answer:
        first, *own = parts_of(token.key)
        said = {token.key, first, *(f"<{tag}>" for tag in _tags(token))}
        said |= {f"{stem}*" for stem in self._stems if token.key.startswith(stem)}
        opens: Continued = {}
        for rest, name in self._phrases.get(first, ()):
            if rest == tuple(own):
                said.add(name)
            elif rest[: len(own)] == tuple(own):
                following, *others = rest[len(own) :]
                opens.setdefault(following, []).append((tuple(others), name))
        names = tuple(name for name in said if name in self.met_by)
        return Answer(token.tags, names, union(self.met_by[name] for name in names), opens)

    def counted(self, types: dict[str, int]) -> int:
        """Return the needs that numbers meet by their types, each with its places."""
        found = 0
        for type_, own in types.items():
            count = own.bit_count()
            for least, bit in self._types.get(type_, ()):
                if count >= least:
                    found |= bit
        return found


def _all(elements: Iterable[Element]) -> Iterator[Element]:
    for one in elements:
        if isinstance(one, Choice):
            for way in one.ways:
                yield from _all(way)
        else:
            yield one


def _tags(token: Token) -> set[str]:
    """Return the tags of a token, and the direction of a trend as one more."""
    found = set(token.tags)
    for tag in ("trend", "more"):
        if (way := token.tags.get(tag)) is not None and "better" not in token.tags:
            found.add(way)
    return found


class _Starts(dict[Element, int]):
    """The places at which each element may match, found where it is asked for first."""

    def __init__(self, text: Places) -> None:
        self._text = text

    def __missing__(self, element: Element) -> int:
        found = self[element] = self._text.starts_of(element)
        return found


class _Spans(dict[int, int]):
    """The places that a gap leads to from each place: not beyond its length, a number, a clause, a parenthesis."""

    def __init__(self, gap: Gap, text: Places) -> None:
        self._most, self._closes = gap.most, text.closes
        numbers = ends = (text.all + 1) >> 1  # the place after the last item
        for own in text.types.values():
            numbers |= own
        for type_ in gap.numbers:
            numbers &= ~text.types.get(type_, 0)
        for mark in (*ENDS[gap.wide :], END):
            ends |= text.names.get(mark, 0)
        self._blocks = ends | numbers

    def __missing__(self, at: int) -> int:
        ahead, last = self._blocks >> at, at + self._most
        if ahead:
            last = min(last, at + (ahead & -ahead).bit_length() - 1)
        if self._closes is not None and self._closes[at] < last:
            last = min(last, max(self._closes[at], at + _CLOSES + 1))
        found = self[at] = (2 << last) - (1 << at)
        return found


class _SpansOfGaps(dict[Gap, _Spans]):
    """The spans of each gap, made where they are asked for first."""

    def __init__(self, text: Places) -> None:
        self._text = text

    def __missing__(self, gap: Gap) -> _Spans:
        found = self[gap] = _Spans(gap, self._text)
        return found


class Places:
    """Some items, and the places of each name and type of number among them; `held` are the needs that they meet.

    `longer` are the places after phrases of several tokens, by their name and where they start; `starts` the places at
    which an element may match, the one after the last item where it may match nothing; `spans` those that a gap leads to.
    """

    def __init__(self, items: Sequence[Item]) -> None:
        self.items = items
        self.names: dict[str, int] = {}
        self.types: dict[str, int] = {}
        self.longer: dict[str, dict[int, int]] = {}
        self.held = 0
        self.all = (2 << len(items)) - 1
        self.starts = _Starts(self)
        self.spans = _SpansOfGaps(self)
        self._lists: dict[tuple[str, int], tuple[Sequence[int], Sequence[Number]]] = {}

    def starts_of(self, element: Element) -> int:
        """Return the places at which an element may match."""
        if isinstance(element, Word):
            found = 0
            for name in element.names:
                found |= self.names.get(name, 0)
            return found
        if isinstance(element, Slot):
            former = self.types.get("former", 0) if element.role in _PRESENT else 0
            return self.types.get(element.type, 0) & ~former
        if isinstance(element, Phrases):
            found = self.names.get(element.name, 0)
            for at in self.longer.get(element.name, ()):
                found |= 1 << at
            return found
        if isinstance(element, Choice) and all(element.ways):
            found = 0
            for way in element.ways:
                found |= self.starts[way[0]]
            return found
        return self.all

    def phrases(self, element: Phrases, at: int) -> int:
        """Return the places after the phrases that start at a place."""
        longer = self.longer.get(element.name)
        own = self.names.get(element.name, 0) & 1 << at
        return own << 1 | (longer.get(at, 0) if longer else 0)

    def breaks(self, at: int) -> int:
        """Return the places after each mark that ends a sentence from a place on."""
        found = 0
        for end in range(at, len(self.items)):
            token = self.items[end].token
            if token is not None and token.key not in ENDS:
                break
            found |= 2 << end
        return found

    def listed(self, slot: Slot, at: int) -> tuple[Sequence[int], Sequence[Number]]:
        """Return the numbers of the list that starts at a place, and the place after each of them."""
        known = self._lists.get((slot.type, at))
        if known is None:
            known = self._lists[slot.type, at] = _listed(slot, self.items, at)
        return known

    @cached_property
    def closes(self) -> Sequence[int] | None:
        """For each item the one at or after it that closes its parenthesis, None where there is no parenthesis."""
        return _closes(self.items) if ")" in self.names else None

    @property
    def inner_end(self) -> bool:
        """Whether something follows a mark that ends a sentence."""
        names = self.names.get
        ends = 0
        for mark in ENDS:
            ends |= names(mark, 0)
        return bool(ends) and (ends & -ends) << 1 < self.names.get(END, 0)


def places_of(items: Sequence[Item], needs: Needs) -> Places:
    """Return the places of the words and numbers of some items."""
    found = Places(items)
    names, types, held, answers, bit = found.names, found.types, 0, needs.answers, 1
    for at, item in enumerate(items):
        token = item.token
        if item.number is not None:
            for type_ in item.types:
                types[type_] = types.get(type_, 0) | bit
        elif token is not None:
            answer = answers.get(token.key)
            if answer is None or answer.tags is not token.tags:
                answer = needs.answer(token)
            if answer.names:
                held |= answer.met
                for name in answer.names:
                    names[name] = names.get(name, 0) | bit
            if answer.opens and at + 1 < len(items):
                for name, end in _longer(answer.opens, items, at + 1):
                    own = found.longer.setdefault(name, {})
                    own[at] = own.get(at, 0) | 1 << end
                    held |= needs.met_by[name]
        else:
            held |= needs.met_by[END]
            names[END] = bit
        bit <<= 1
    found.held = held | needs.counted(types)
    return found


def _longer(opens: Continued, items: Sequence[Item], at: int) -> Iterator[tuple[str, int]]:
    """Yield the name of each phrase that goes on at a place, and the place after it."""
    if items[at].token is None or items[at].number is not None:
        return
    following, *own = parts_of(items[at].token.key)  # type: ignore[union-attr]
    for rest, name in opens.get(following, ()):
        said, end = list(own), at + 1
        while len(said) < len(rest) and end < len(items) and items[end].token and items[end].number is None:
            said += parts_of(items[end].token.key)  # type: ignore[union-attr]
            end += 1
        if tuple(said) == rest:
            yield name, end


def joined(parts: Sequence[Places]) -> Places:
    """Return the places of the items of several sentences, one after the other."""
    found = Places([item for part in parts for item in part.items])
    length = 0
    for part in parts:
        for own, whole in ((part.names, found.names), (part.types, found.types)):
            for name, at in own.items():
                whole[name] = whole.get(name, 0) | at << length
        for name, ends in part.longer.items():
            moved = {at + length: end << length for at, end in ends.items()}
            found.longer[name] = found.longer.get(name, {}) | moved
        length += len(part.items)
    return found


def places(bits: int) -> Iterator[int]:
    """Yield the places that some bits stand for, in order."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


def union(bits: Iterable[int]) -> int:
    """Return all bits of some numbers as one."""
    found = 0
    for one in bits:
        found |= one
    return found


def _closes(items: Sequence[Item]) -> list[int]:
    """Return for each item the one at or after it that closes its parenthesis, the end where there is none."""
    found = [len(items)] * (len(items) + 1)
    open_: list[int] = []
    for at in range(len(items) - 1, -1, -1):
        key = _key(items[at])
        if key == ")":
            open_.append(at)
        elif key == "(" and open_:
            open_.pop()
        found[at] = open_[-1] if open_ else len(items)
    return found


def _key(item: Item) -> str:
    return "" if item.token is None else item.token.key


def _listed(slot: Slot, items: Sequence[Item], at: int) -> tuple[Sequence[int], Sequence[Number]]:
    number = items[at].number
    assert number is not None
    ends, numbers = [at + 1], [number]
    opened = at > 0 and _key(items[at - 1]) == "("
    while (following := _next(slot, items, ends[-1], number, depth=int(opened))) is not None:
        ends.append(following + 1)
        numbers.append(items[following].number)  # type: ignore[arg-type]
    return ends, numbers


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
