"""Which of several that may be the same are taken for the same: the most alike first, ties never guessed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

Spot = tuple[int, int]
Pairs = tuple[tuple[Spot, Spot], ...]


class Candidate(Struct, frozen=True):
    """Two tables or sentences that may be the same, by their indexes, with the figures that would be compared.

    `prints` are what each prints: where rivals print the same, any of them will do. A `weak` candidate has
    little but the labels of many tables for it.
    """

    left: int
    right: int
    score: Fraction
    pairs: Pairs
    prints: tuple[Hashable, Hashable] = (None, None)
    transposed: bool = False
    weak: bool = False


class Assigned(Struct, frozen=True):
    """The candidates that were taken, their pairs bounded to what no other took, and those left undecided."""

    taken: tuple[Candidate, ...]
    undecided: tuple[Candidate, ...]


Enough = Callable[[Candidate, set[Spot], set[Spot]], bool]


class _Used:
    """The figures that were taken on either side, and the tables that wait for a tie to be decided."""

    __slots__ = ("left", "right", "waiting")

    def __init__(self) -> None:
        self.left: dict[int, set[Spot]] = {}
        self.right: dict[int, set[Spot]] = {}
        self.waiting: set[tuple[str, int]] = set()

    def rest(self, one: Candidate, enough: Enough) -> Candidate | None:
        """Return a candidate without the figures that others took, None where too few are left."""
        if ("left", one.left) in self.waiting or ("right", one.right) in self.waiting:
            return None
        ours, theirs = self.left.get(one.left, set()), self.right.get(one.right, set())
        pairs = tuple((a, b) for a, b in one.pairs if a not in ours and b not in theirs)
        rest = replace(one, pairs=pairs)
        return rest if pairs and enough(rest, ours, theirs) else None

    def take(self, one: Candidate) -> None:
        self.left.setdefault(one.left, set()).update(spot for spot, _ in one.pairs)
        self.right.setdefault(one.right, set()).update(spot for _, spot in one.pairs)

    def wait(self, rivals: Iterable[Candidate]) -> None:
        for one in rivals:
            self.waiting |= {("left", one.left), ("right", one.right)}


IN_STEP = Fraction(9, 10)  # of what is known, that must stand in the same order in both files
KNOWN = 3  # pairs that must be known before the order alone singles one of several out


def assign(candidates: Sequence[Candidate], enough: Enough) -> Assigned:
    """Take candidates by falling score, each figure once.

    Rivals of the same score are decided by the order in which the files tell what is already known, or left
    undecided, and so is all else that their tables might be; so are weak candidates that the order speaks
    against. `enough` tells whether what is left of a
    candidate, the places already taken on either side being given, is still worth comparing.
    """
    taken: list[Candidate] = []
    ties: list[list[Candidate]] = []
    used = _Used()
    for _, same in groupby(sorted(candidates, key=lambda one: -one.score), key=lambda one: one.score):
        left = [rest for one in same if (rest := used.rest(one, enough)) is not None]
        for rivals in _rivals_of(left):
            if len(rivals) == 1:
                used.take(rivals[0])
                taken += rivals
            else:
                used.wait(rivals)
                ties.append(rivals)
    trusted = _one_order(taken)
    astray = [one for one in taken if one.weak and trusted and _out_of_step(one, taken)]
    taken = [one for one in taken if one not in astray]
    decided = [one for rivals in ties for one in _in_order(rivals, taken, trusted=trusted)]
    known = {("left", one.left) for one in decided} | {("right", one.right) for one in decided}
    undecided = [
        one
        for rivals in ties
        for one in rivals
        if known.isdisjoint({("left", one.left), ("right", one.right)})
    ]
    return Assigned((*taken, *decided), (*astray, *undecided))


# Ties decided by the order in which two files tell the same things.


def _rivals_of(candidates: Sequence[Candidate]) -> Iterator[list[Candidate]]:
    """Yield the candidates in groups that hang together because they want the same figures."""
    beside: dict[tuple[str, int], list[Candidate]] = {}
    for one in candidates:
        beside.setdefault(("left", one.left), []).append(one)
        beside.setdefault(("right", one.right), []).append(one)
    seen: set[tuple[int, int]] = set()
    for first in candidates:
        if (first.left, first.right) in seen:
            continue
        group = [first]
        seen.add((first.left, first.right))
        for one in group:  # grows while it is walked
            for other in (*beside["left", one.left], *beside["right", one.right]):
                if (other.left, other.right) not in seen and _conflict(one, other):
                    seen.add((other.left, other.right))
                    group.append(other)
        yield sorted(group, key=lambda one: (one.left, one.right))


def _conflict(one: Candidate, other: Candidate) -> bool:
    ours = one.left == other.left and {a for a, _ in one.pairs} & {a for a, _ in other.pairs}
    theirs = one.right == other.right and {b for _, b in one.pairs} & {b for _, b in other.pairs}
    return bool(ours or theirs)


def _in_order(rivals: Sequence[Candidate], known: Sequence[Candidate], *, trusted: bool) -> list[Candidate]:
    """Return the rivals to take: those in step with what is known, as many on both sides, in order.

    `trusted` says that the files tell what is known in one order. Where there are more rivals on one side
    and those print the same, any will do. Nothing is returned where neither decides.
    """
    if not trusted:
        return _alike(rivals)
    if len(known) < KNOWN:
        return _evenly(rivals) or _alike(rivals)
    chosen = [
        one
        for group in _rivals_of([one for one in rivals if _in_step(one, known)])
        for one in (group if len(group) == 1 else _evenly(group))
    ]
    return chosen or _alike(rivals)


def _one_order(known: Sequence[Candidate]) -> bool:
    """Tell whether two files tell what they share in the same order, but for a tenth of it."""
    rising: list[int] = []  # the lowest end of a rising run of each length
    for one in sorted(known, key=lambda one: (one.left, one.right)):
        at = bisect_right(rising, one.right)
        rising[at : at + 1] = [one.right]
    return len(rising) >= IN_STEP * len(known)


def _out_of_step(one: Candidate, known: Sequence[Candidate]) -> bool:
    """Tell whether a pair stands elsewhere in the order of the two files than enough of what is known."""
    return len(known) > KNOWN and not _in_step(one, known)


def _in_step(one: Candidate, known: Sequence[Candidate]) -> bool:
    """Tell whether a pair stands on both sides after the same ones of those that are known."""
    others = [other for other in known if other.left != one.left and other.right != one.right]
    same = sum((other.left < one.left) == (other.right < one.right) for other in others)
    return same >= IN_STEP * len(others)


def _evenly(rivals: Sequence[Candidate]) -> list[Candidate]:
    """Return rivals that are as many on both sides, paired in order; nothing where they are not."""
    lefts, rights = sorted({one.left for one in rivals}), sorted({one.right for one in rivals})
    if len(lefts) != len(rights):
        return []
    by_pair = {(one.left, one.right): one for one in rivals}
    pairs = list(zip(lefts, rights, strict=True))
    return [by_pair[pair] for pair in pairs] if all(pair in by_pair for pair in pairs) else []


def _alike(rivals: Sequence[Candidate]) -> list[Candidate]:
    """Return rivals paired in order as far as they go, where those of the more numerous side print the same."""
    lefts, rights = sorted({one.left for one in rivals}), sorted({one.right for one in rivals})
    more = 0 if len(lefts) > len(rights) else 1
    by_pair = {(one.left, one.right): one for one in rivals}
    if len(by_pair) != len(lefts) * len(rights) or len({one.prints[more] for one in rivals}) > 1:
        return []
    return [by_pair[pair] for pair in zip(lefts, rights, strict=False)]
