"""Match the patterns of the grammar over the words and numbers of sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from operator import itemgetter

from msgspec import Struct

from mlcheck.prose.grammar import Choice, Element, Gap, Pattern, Phrases, Slot
from mlcheck.prose.items import Item, Number
from mlcheck.prose.places import Needs, Places, places, union

Found = dict[str, object]
"""The numbers of roles, and the direction of the last trend."""
_ANYWHERE = -1


class Match(Struct, frozen=True, gc=False):
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
    """Some patterns, each kept with the rarest of what it needs: without that it is not looked at."""

    def __init__(self, patterns: Sequence[Pattern], needs: Needs) -> None:
        own = [[needs.bit(need) for need in pattern.needs] for pattern in patterns]
        asking = Counter(bit for bits in own for bit in bits)
        rarest: dict[int, list[tuple[int, Pattern, int, int, int]]] = {}
        for order, (pattern, bits) in enumerate(zip(patterns, own, strict=True)):
            then, either = (union(map(needs.bit, asked)) for asked in (pattern.then, pattern.either))
            kept = order, pattern, union(bits), then, either
            rarest.setdefault(min(bits, key=asking.__getitem__), []).append(kept)
        self._any = union(rarest)
        self._rarest = {bit.bit_length() - 1: tuple(kept) for bit, kept in rarest.items()}

    def among(self, held: int, then: int = 0) -> list[Pattern]:
        """Return the patterns of which a sentence meets all needs, and those after it what they are to meet `then`, in their order."""
        missing, later, any_ = ~held, ~then, ~(held | then)
        found = [
            (order, pattern)
            for kept in map(self._rarest.__getitem__, places(held & self._any))
            for order, pattern, needs, following, either in kept
            if not (needs & missing or following & later or either & any_)
        ]
        found.sort(key=itemgetter(0))
        return [pattern for _, pattern in found]


def matches(
    asked: Sequence[Pattern], text: Places, holds: Callable[[Match], bool], *, before: int | None = None
) -> Iterator[Match]:
    """Yield the first match of each pattern at each place of a text that `holds`; one opens `before` an item."""
    within = text.all if before is None else (1 << before) - 1
    for pattern in asked:
        if not in_order(pattern.anchors, text, within):
            continue
        ways = _ways(pattern.elements, text, within)
        for start in places(ways[0]):
            for end, found in _sequence(pattern.elements, 0, text, start, {}, ways):
                match = _match(pattern, start, end, found)
                if holds(match):
                    yield match
                    break


def in_order(anchors: Sequence[Element], text: Places, within: int) -> bool:
    """Tell whether one of the places of each of some elements comes after one of those before it, the first within bounds."""
    starts, after = text.starts, within
    for element in anchors:
        found = starts[element] & after
        if not found:
            return False
        after = -2 * (found & -found)
    return True


def _match(pattern: Pattern, start: int, end: int, found: Found) -> Match:
    slots = {role: numbers for role, numbers in found.items() if role.isupper()}
    return Match(pattern, slots, found.get("direction"), start, end)  # type: ignore[arg-type]


# Find the places that a match can pass through, all at once.


def _ways(elements: Sequence[Element], text: Places, within: int) -> list[int]:
    """Return for each element, and for the end, the places that what is before it leads to; none where that is nowhere."""
    starts = text.starts
    reached = within & starts[elements[0]]
    found = [reached]
    for element in elements:
        reached = (reached & starts[element]) << 1 if element.single else _reached(element, text, reached)
        if not reached:
            return [0]
        found.append(reached)
    return found


def _reached(element: Element, text: Places, from_: int) -> int:
    """Return the places after an element that starts at one of some places."""
    found = 0
    if isinstance(element, Gap):
        spans = text.spans[element]
        while from_:
            lowest = from_ & -from_
            found |= spans[lowest.bit_length() - 1]
            from_ ^= lowest
        return found
    if isinstance(element, Choice):
        for way in element.ways:
            own = from_ & text.starts[way[0]] if way else from_
            for one in way:
                own = own and _reached(one, text, own)
            found |= own
        return found
    starts = from_ & text.starts[element]
    if not starts or element.single:
        return starts << 1
    if isinstance(element, Slot):
        for at in places(starts):
            for end in text.listed(element, at)[0][1:]:
                found |= 1 << end
        return found
    after = partial(text.phrases, element) if isinstance(element, Phrases) else text.breaks
    for at in places(starts):
        found |= after(at)
    return found


# Follow one way after the other, the shortest gaps first.


def _sequence(
    elements: Sequence[Element], n: int, text: Places, at: int, found: Found, ways: Sequence[int]
) -> Iterator[tuple[int, Found]]:
    """Yield each end at which elements `n` and following match from item `at`; each stands at one of the places of its `ways`."""
    while n < len(elements):
        element = elements[n]
        if isinstance(element, Gap):
            following = ways[n + 1] if ways else _ANYWHERE
            if n + 1 < len(elements):
                following &= text.starts[elements[n + 1]]
            for end in places(text.spans[element][at] & following):
                yield from _sequence(elements, n + 1, text, end, found, ways)
            return
        if not text.starts[element] >> at & 1:
            return
        if not element.single:
            for end, more in _ends(element, text, at, found):
                yield from _sequence(elements, n + 1, text, end, more, ways)
            return
        item = text.items[at]
        if isinstance(element, Slot):
            found = {**found, element.role: (*found.get(element.role, ()), item.number)}  # type: ignore[misc]
        else:
            found = _directed(item, found)
        n, at = n + 1, at + 1
    yield at, found


def _ends(element: Element, text: Places, at: int, found: Found) -> Iterator[tuple[int, Found]]:
    """Yield each place after an element that takes several: the longest of lists and phrases first, choices in their order."""
    if isinstance(element, Slot):
        ends, numbers = text.listed(element, at)
        for count in range(len(ends), 1, -1):
            yield ends[count - 1], {**found, element.role: tuple(numbers[:count])}
    elif isinstance(element, Choice):
        for way in element.ways:
            if not way or text.starts[way[0]] >> at & 1:
                yield from _sequence(way, 0, text, at, found, ())
    elif isinstance(element, Phrases):
        for end in reversed([*places(text.phrases(element, at))]):
            yield end, found
    else:
        for end in places(text.breaks(at)):
            yield end, found


def _directed(item: Item, found: Found) -> Found:
    tags = item.token.tags if item.token else {}
    way = tags and (tags.get("trend") or tags.get("more"))
    return {**found, "direction": way} if way in ("up", "down") else found
