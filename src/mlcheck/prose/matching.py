"""Match the patterns of the grammar over the words and numbers of sentences."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct

from mlcheck.prose.grammar import Break, Choice, Element, Gap, Pattern, Phrases, Slot, Word
from mlcheck.prose.items import Item, Number
from mlcheck.prose.tokens import parts_of

Found = dict[str, object]
"""The numbers of roles, and the direction of the last trend."""

ENDS = (";", ".", "!", "?")
_LIST_GAP = 24
_PRESENT = ("WHOLE", "PART", "PARTS", "NEW", "TOTAL")
_CLOSES = 4  # tokens after a number that its parenthesis may still hold
_REMEMBERED = 50_000  # words


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


class Selection:
    """Some patterns, found by the words that each of them needs: a need is a bit, what a text holds is a number."""

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        bits: dict[frozenset[str], int] = {}
        self._patterns = [
            (pattern, sum({bits.setdefault(need, 1 << len(bits)) for need in pattern.needs}))
            for pattern in patterns
        ]
        self._bits: dict[str, int] = {}
        for need, bit in bits.items():
            for word in need:
                self._bits[word] = self._bits.get(word, 0) | bit
        self._known: dict[frozenset[str], tuple[int, tuple[str, ...]]] = {}

    def held_by(self, items: Sequence[Item]) -> int:
        """Return which needs the words of some items meet."""
        held = 0
        for item in items:
            if item.said:
                held |= self._of(item.said)[0]
        return held

    def words_of(self, item: Item) -> tuple[str, ...]:
        """Return what an item says that some pattern asks for."""
        return self._of(item.said)[1]

    def among(self, held: int) -> list[Pattern]:
        """Return the patterns of which all needs are met, in their order."""
        return [pattern for pattern, needs in self._patterns if needs & held == needs]

    def _of(self, said: frozenset[str]) -> tuple[int, tuple[str, ...]]:
        known = self._known.get(said)
        if known is None:
            words = tuple(word for word in said if word in self._bits)
            held = 0
            for word in words:
                held |= self._bits[word]
            known = held, words
            if len(self._known) < _REMEMBERED:
                self._known[said] = known
        return known


class _Index:
    """Some items, and where each word, tag and type of number of them stands."""

    def __init__(self, items: Sequence[Item], known: Selection) -> None:
        self.items = items
        self.words: dict[str, list[int]] = {}
        self.types: dict[str, list[int]] = {}
        for at, item in enumerate(items):
            for word in known.words_of(item):
                self.words.setdefault(word, []).append(at)
            for type_ in item.types:
                self.types.setdefault(type_, []).append(at)
        self.numbers = sum(item.number is not None for item in items)
        self._closes = _closes(items)
        self._blocks: dict[tuple[frozenset[str], bool], list[int]] = {}
        self._starts: dict[int, Sequence[int]] = {}

    def may_hold(self, pattern: Pattern) -> bool:
        """Tell whether the items have the numbers that a pattern needs, and its words in their order."""
        if pattern.numbers > self.numbers or (pattern.dated and "dated" not in self.types):
            return False
        for type_, count in pattern.types:
            if len(self.types.get(type_, ())) < count:
                return False
        return self._in_order(pattern)

    def _in_order(self, pattern: Pattern) -> bool:
        at = -1
        for names, is_type in pattern.anchors:
            places = self.types if is_type else self.words
            following = -1
            for name in names:
                own = places.get(name)
                if own is not None and own[-1] > at:
                    first = own[bisect_right(own, at)]
                    following = first if following < 0 or first < following else following
            if following < 0:
                return False
            at = following
        return True

    def starts(self, element: Element) -> Sequence[int]:
        """Return the items at which an element may match, in order; the one after the last where it may match nothing."""
        if isinstance(element, Slot):
            return self.types.get(element.type, ())
        known = self._starts.get(id(element))
        if known is None:
            known = self._starts[id(element)] = self._starts_of(element)
        return known

    def _starts_of(self, element: Element) -> Sequence[int]:
        if isinstance(element, Word) and not element.stems:
            return self._places(element.names)
        if isinstance(element, Phrases) and not element.stems:
            return self._places(element.rest)
        if isinstance(element, Choice) and all(element.ways):
            return sorted({at for way in element.ways for at in self.starts(way[0])})
        return range(len(self.items) + 1)

    def _places(self, words: Iterable[str]) -> list[int]:
        return sorted({at for word in words for at in self.words.get(word, ())})

    def last(self, gap: Gap, at: int) -> int:
        """Return the last item that a gap from item `at` leads to: not beyond its length, a number, a clause, a parenthesis."""
        key = gap.numbers, gap.wide
        blocks = self._blocks.get(key)
        if blocks is None:
            blocks = self._blocks[key] = _blocks(self.items, gap)
        last, closed = min(at + gap.most, blocks[at]), self._closes[at]
        return last if closed >= last else min(last, max(closed, at + _CLOSES + 1))


def _blocks(items: Sequence[Item], gap: Gap) -> list[int]:
    """Return for each item the first at or after it that a gap may not pass."""
    found = [len(items)] * (len(items) + 1)
    for at in range(len(items) - 1, -1, -1):
        found[at] = found[at + 1] if _passes(items[at], gap) else at
    return found


def _passes(item: Item, gap: Gap) -> bool:
    if item.token is None or (item.token.key in ENDS and not (gap.wide and item.token.key == ";")):
        return False
    return item.number is None or not gap.numbers.isdisjoint(item.types)


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


def matches(
    known: Selection,
    items: Sequence[Item],
    holds: Callable[[Match], bool],
    *,
    before: int | None = None,
    held: int | None = None,
) -> Iterator[Match]:
    """Yield the first match of each pattern at each place of some items that `holds`; one opens `before` an item.

    `held` are the needs that the words of the items meet, where they are known.
    """
    asked = known.among(known.held_by(items) if held is None else held)
    if not asked:
        return
    index = _Index(items, known)
    for pattern in asked:
        if not index.may_hold(pattern):
            continue
        for start in index.starts(pattern.elements[0]):
            if before is not None and start >= before:
                break
            for end, found in _sequence(pattern.elements, 0, index, start, {}):
                match = _match(pattern, start, end, found)
                if holds(match):
                    yield match
                    break


def _match(pattern: Pattern, start: int, end: int, found: Found) -> Match:
    slots = {role: numbers for role, numbers in found.items() if role.isupper()}
    return Match(pattern, slots, found.get("direction"), start, end)  # type: ignore[arg-type]


def _sequence(
    elements: Sequence[Element], n: int, index: _Index, at: int, found: Found
) -> Iterator[tuple[int, Found]]:
    """Yield each end at which elements `n` and following match from item `at`, the shortest gaps first."""
    if n == len(elements):
        yield at, found
        return
    element = elements[n]
    if isinstance(element, Gap):
        last = index.last(element, at)
        if n + 1 == len(elements):
            for end in range(at, last + 1):
                yield end, found
            return
        places = index.starts(elements[n + 1])
        for end in places[bisect_left(places, at) : bisect_right(places, last)]:
            yield from _sequence(elements, n + 1, index, end, found)
        return
    for end, more in _one(element, index, at, found):
        yield from _sequence(elements, n + 1, index, end, more)


def _one(element: Element, index: _Index, at: int, found: Found) -> Iterator[tuple[int, Found]]:
    items = index.items
    if isinstance(element, Choice):
        for way in element.ways:
            yield from _sequence(way, 0, index, at, found)
    elif isinstance(element, Break):
        for end in _break_ends(items, at):
            yield end, found
    elif at < len(items):
        if isinstance(element, Slot):
            yield from _slot(element, items, at, found)
        elif isinstance(element, Phrases):
            for end in _phrase_ends(element, items, at):
                yield end, found
        elif isinstance(element, Word) and _says(element, items[at]):
            yield at + 1, _directed(items[at], found)


def _break_ends(items: Sequence[Item], at: int) -> Iterator[int]:
    for end in range(at, len(items)):
        token = items[end].token
        if token is not None and token.key not in ENDS:
            return
        yield end + 1


def _key(item: Item) -> str:
    return "" if item.token is None else item.token.key


def _says(word: Word, item: Item) -> bool:
    if not item.said:
        return False
    return not word.names.isdisjoint(item.said) or (
        bool(word.stems) and item.token is not None and item.token.key.startswith(word.stems)
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
