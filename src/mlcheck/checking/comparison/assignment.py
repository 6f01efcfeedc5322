"""Which of several that may be the same are taken for the same: the most alike first, ties never guessed."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from fractions import Fraction
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from mlcheck.checking.comparison.order import in_order, one_order, out_of_step, rivals_of

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


def assign(candidates: Sequence[Candidate], enough: Enough) -> Assigned:
    """Take candidates by falling score, each figure once.

    Rivals of the same score are decided by the order in which the files tell what is already known, or left
    undecided, and so is all else that their tables might be; so are weak candidates that the order speaks
    against. `enough` tells whether what is left of a
    candidate, the spots already taken on either side being given, is still worth comparing.
    """
    taken: list[Candidate] = []
    ties: list[list[Candidate]] = []
    used = _Used()
    for _, same in groupby(sorted(candidates, key=lambda one: -one.score), key=lambda one: one.score):
        left = [rest for one in same if (rest := used.rest(one, enough)) is not None]
        for rivals in rivals_of(left):
            if len(rivals) == 1:
                used.take(rivals[0])
                taken += rivals
            else:
                used.wait(rivals)
                ties.append(rivals)
    trusted = one_order(taken)
    astray = [one for one in taken if one.weak and trusted and out_of_step(one, taken)]
    taken = [one for one in taken if one not in astray]
    decided = [one for rivals in ties for one in in_order(rivals, taken, trusted=trusted)]
    known = {("left", one.left) for one in decided} | {("right", one.right) for one in decided}
    undecided = [
        one
        for rivals in ties
        for one in rivals
        if known.isdisjoint({("left", one.left), ("right", one.right)})
    ]
    return Assigned((*taken, *decided), (*astray, *undecided))
