"""The smallest set of variables to change so that all rows hold: an exact branch and bound in integers.

Sizes are tried from the lower bound upwards, so that the first size with a solution is the least. The
search counts the rows it looks at and knows no clock: the same rows give the same answer on every machine. HiGHS
does as well on tables, but brings numpy, which pandera then imports in every run.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import accumulate
from math import gcd

from msgspec import Struct, field
from msgspec.structs import replace

Range = tuple[int, int]
Choose = Callable[[int, int, int], int]  # variable, least and most steps → the likeliest of them
PASSES = 20  # of tightening: it may creep by one step at a time, and is no more than a short cut
MOST_SOLUTIONS = 50
MOST_SPLITS = 100  # of the ranges of one set, where rows leave values open


class Variable(Struct, frozen=True):
    """A figure: how many steps it may go down (≤ 0) and up (≥ 0)."""

    down: int
    up: int


class Row(Struct, frozen=True):
    """Σ coefficient · steps of a variable within [lower, upper] (None is unbounded).

    Where the variable `freed` changes, the row need not hold.
    """

    coefficients: dict[int, int]
    lower: int | None
    upper: int | None
    freed: int | None = None


class Budget(Struct):
    """How many rows may still be looked at, nodes included: what the search costs, wherever it runs."""

    left: int


class Solutions(Struct, frozen=True):
    """The smallest sets of changes (variable → steps), and whether there is no other as small."""

    changes: list[dict[int, int]]
    complete: bool


def smallest_changes(
    variables: list[Variable], rows: list[Row], budget: Budget, most: int, choose: Choose | None = None
) -> Solutions:
    """Return the smallest sets of at most `most` changes, none where the budget does not reach to one of them.

    Where a set leaves a choice of values, `choose` picks one; the least change if it is None.
    """
    search = _Search(variables, rows, budget, choose or _nearest)
    for size in range(most + 1):
        if not search.run(size):
            break
    return Solutions(search.found, not (search.stopped or search.unsure))


def _nearest(_: int, least: int, most: int) -> int:
    return max(least, min(most, 0))


class _State(Struct, frozen=True):
    """A node: what is chosen to change within which ranges, and what may still be chosen.

    `need` is how many more variables of a row must change, beyond what its gap tells.
    """

    allowed: int  # variables, one bit each
    left: int
    chosen: dict[int, Range] = field(default_factory=dict)
    freed: int = 0  # rows, one bit each
    need: dict[int, int] = field(default_factory=dict)


class _Search:
    def __init__(self, variables: list[Variable], rows: list[Row], budget: Budget, choose: Choose) -> None:
        self.variables, self.budget, self.choose = variables, budget, choose
        self.rows = [_reduced(row) for row in rows]
        self.masks = [sum(1 << at for at in _standing(row)) for row in rows]
        self.within: dict[int, list[int]] = defaultdict(list)  # the rows that a change of a variable moves
        self.frees: dict[int, int] = defaultdict(int)
        for at, row in enumerate(rows):
            for variable in row.coefficients:
                self.within[variable].append(at)
            if row.freed is not None:
                self.frees[row.freed] |= 1 << at
        self.violated = [at for at, row in enumerate(rows) if not _meets(row, 0, 0)]
        self.farthest: dict[int, tuple[list[int], ...]] = {}
        self.found: list[dict[int, int]] = []
        self.stopped = self.unsure = self.cut = False

    def run(self, size: int) -> bool:
        """Look for the sets of one size; tell whether a larger one is worth a search."""
        self.cut = False
        self.visit(_State((1 << len(self.variables)) - 1, size))
        return self.cut and not self.found and not self.stopped

    def visit(self, state: _State) -> None:
        """Look below a node."""
        self.budget.left -= 1
        if self.budget.left < 0 or len(self.found) >= MOST_SOLUTIONS:
            self.stopped = True
            return
        tightened = self.tighten(state)
        if tightened is None:
            return
        state = tightened
        active = self.active(state)
        if active is None:
            return
        bound, union, packed = _packing(active)
        if bound > state.left:
            self.cut = True
        elif not state.left:
            self.settle(state)
        elif not active:
            self.close_or_open(state)
        elif bound < state.left:
            self.branch(state, active, packed)
        else:
            # Each further change must be in one of the packed rows.
            self.cut = True
            narrowed = {at: (need, own & union) for at, (need, own) in active.items()}
            if all(own.bit_count() >= need for need, own in narrowed.values()):
                self.branch(replace(state, allowed=state.allowed & union), narrowed, packed)

    def active(self, state: _State) -> dict[int, tuple[int, int]] | None:
        """Return the rows in which more must change: how many, and the variables for it. None if it cannot be."""
        touched = dict.fromkeys(self.violated)
        touched.update(dict.fromkeys(at for variable in state.chosen for at in self.within[variable]))
        touched.update(dict.fromkeys(state.need))
        found = {}
        for at in touched:
            short = 0 if state.freed >> at & 1 else self.short(at, *self.reach(state, at))
            need = max(state.need.get(at, 0), short)
            if need:
                candidates = self.masks[at] & state.allowed
                if candidates.bit_count() < need:
                    return None
                found[at] = need, candidates
        return found

    def short(self, at: int, least: int, most: int) -> int:
        """Return how many more variables a row takes at least, each going as far as it may."""
        row = self.rows[at]
        if _meets(row, least, most):
            return 0
        if row.freed is not None:
            return 1
        if at not in self.farthest:
            self.farthest[at] = tuple(self.sums(row, sign) for sign in (1, -1))
        up, down = self.farthest[at]
        if row.lower is not None and most < row.lower:
            return bisect_left(up, row.lower - most) + 1
        return bisect_left(down, least - (row.upper or 0)) + 1

    def sums(self, row: Row, sign: int) -> list[int]:
        """Return how far one variable, two, three… can move a row, the farthest first."""
        ends = ((c * sign, self.variables[at]) for at, c in row.coefficients.items())
        return list(
            accumulate(sorted((c * (own.up if c > 0 else own.down) for c, own in ends), reverse=True))
        )

    def reach(self, state: _State, at: int, but: int | None = None) -> Range:
        """Return between what the chosen variables can move a row, the variable `but` left out."""
        self.budget.left -= 1
        least = most = 0
        coefficients = self.rows[at].coefficients
        for variable, (low, high) in state.chosen.items():
            c = coefficients.get(variable, 0)
            if c and variable != but:
                least += c * (low if c > 0 else high)
                most += c * (high if c > 0 else low)
        return least, most

    def branch(self, state: _State, active: dict[int, tuple[int, int]], packed: frozenset[int]) -> None:
        """Split by a row: exactly one more of its variables changes, each in turn, or at least two do."""
        order = sorted(
            active, key=lambda at: (active[at][0], active[at][1].bit_count(), at not in packed, at)
        )
        at = order[0]
        need, candidates = active[at]
        if need > 1:
            self.first_of_several(state, at, need, candidates)
            return
        closed = state.allowed & ~self.masks[at]
        for variable in _bits(candidates):
            child = self.chosen(state, variable, closed)
            child.need.pop(at, None)
            if variable in self.rows[at].coefficients:
                held = self.held(child, at, variable)
                if held is None:
                    continue
                child.chosen[variable] = held
            self.visit(child)
        if candidates.bit_count() > 1:
            self.visit(replace(state, need={**state.need, at: 2}))

    def first_of_several(self, state: _State, at: int, need: int, candidates: int) -> None:
        """Split by the first variable of a row that changes."""
        allowed = state.allowed
        for variable in _bits(candidates):
            allowed &= ~(1 << variable)
            child = self.chosen(state, variable, allowed)
            child.need[at] = need - 1
            self.visit(child)

    def close_or_open(self, state: _State) -> None:
        """Split by a row that a variable without a value moves: nothing more of it changes, or something does."""
        open_rows = [
            (own.bit_count(), at)
            for variable, (low, high) in state.chosen.items()
            if low < high
            for at in self.within[variable]
            if (own := self.masks[at] & state.allowed) and not state.freed >> at & 1
        ]
        if open_rows:
            _, at = min(open_rows)
            self.visit(replace(state, allowed=state.allowed & ~self.masks[at]))
            self.visit(replace(state, need={**state.need, at: 1}))

    def chosen(self, state: _State, variable: int, allowed: int) -> _State:
        """Return a node where one more variable changes."""
        own = self.variables[variable]
        need = {
            at: count - 1 if self.masks[at] >> variable & 1 else count
            for at, count in state.need.items()
            if count > 1 or not self.masks[at] >> variable & 1
        }
        return _State(
            allowed,
            state.left - 1,
            {**state.chosen, variable: (own.down, own.up)},
            state.freed | self.frees[variable],
            need,
        )

    def held(self, state: _State, at: int, variable: int) -> Range | None:
        """Return the range of a chosen variable that a closed row leaves, never 0 alone; None if it is empty."""
        row, (low, high) = self.rows[at], state.chosen[variable]
        if state.freed >> at & 1:
            return low, high
        least, most = self.reach(state, at, variable)
        c = row.coefficients[variable]
        down = None if row.lower is None else row.lower - most
        up = None if row.upper is None else row.upper - least
        if c < 0:
            c, down, up = -c, None if up is None else -up, None if down is None else -down
        low = low if down is None else max(low, -(-down // c))
        high = high if up is None else min(high, up // c)
        low, high = low + (low == 0), high - (high == 0)
        return (low, high) if low <= high else None

    def tighten(self, state: _State) -> _State | None:
        """Narrow the ranges by the rows in which nothing more may change; None where one is empty."""
        ranges = dict(state.chosen)
        state = replace(state, chosen=ranges)
        for _ in range(PASSES):
            before = dict(ranges)
            for variable, (low, high) in before.items():
                if low == high:
                    continue
                for at in self.within[variable]:
                    if self.masks[at] & state.allowed:
                        continue
                    held = self.held(state, at, variable)
                    if held is None:
                        return None
                    ranges[variable] = held
            if ranges == before:
                break
        return state

    def settle(self, state: _State) -> None:
        """Note the values of a full set, if it has some."""
        self.cut = True
        values = self.values(replace(state, allowed=0), Budget(MOST_SPLITS))
        if values is not None:
            self.found.append(dict(sorted(values.items())))

    def values(self, state: _State, splits: Budget) -> dict[int, int] | None:
        """Return values for all that is chosen that satisfy every row, None if there are none."""
        self.budget.left -= 1
        splits.left -= 1
        if min(self.budget.left, splits.left) < 0:
            self.unsure = True
            return None
        tightened = self.tighten(self.solved(state))
        if tightened is None:
            return None
        ranges = tightened.chosen
        free = [at for at, (low, high) in ranges.items() if low < high]
        if not free:
            return {at: low for at, (low, _) in ranges.items()} if self.hold(tightened) else None
        variable = min(free, key=lambda at: (ranges[at][1] - ranges[at][0], at))
        for part in self.parts(variable, *ranges[variable]):
            found = self.values(replace(tightened, chosen={**ranges, variable: part}), splits)
            if found is not None:
                return found
        return None

    def parts(self, variable: int, low: int, high: int) -> list[Range]:
        """Split a range: the likeliest value of it, then its halves, that of the least change first."""
        if low < 0 < high:
            return [(1, high), (low, -1)]
        likely = self.choose(variable, low, high)
        middle = (low + high) // 2
        halves = [(low, middle), (middle + 1, high)]
        return [
            *([(likely, likely)] if low <= likely <= high else []),
            *(halves if low >= 0 else halves[::-1]),
        ]

    def hold(self, state: _State) -> bool:
        """Tell whether every row holds with the one value of each variable, and each of them changes."""
        moved = dict.fromkeys(at for variable in state.chosen for at in (*self.within[variable],))
        rows = (at for at in (*self.violated, *moved) if not state.freed >> at & 1)
        changed = all(low or not self.within[variable] for variable, (low, _) in state.chosen.items())
        return changed and all(_meets(self.rows[at], *self.reach(state, at)) for at in rows)

    def solved(self, state: _State) -> _State:
        """Give the variables that the equations alone determine their value."""
        free = [at for at in sorted(state.chosen) if state.chosen[at][0] < state.chosen[at][1]]
        if len(free) < 2:
            return state
        known = replace(state, chosen={at: own for at, own in state.chosen.items() if at not in free})
        equations = []
        for at in sorted({at for variable in free for at in self.within[variable]}):
            row = self.rows[at]
            if row.lower == row.upper and row.lower is not None and not state.freed >> at & 1:
                weights = [Fraction(row.coefficients.get(variable, 0)) for variable in free]
                equations.append([*weights, Fraction(row.lower - self.reach(known, at)[0])])
        ranges = dict(state.chosen)
        for at, value in _determined(equations, len(free)).items():
            low, high = ranges[free[at]]
            if value.denominator == 1 and low <= value <= high:
                ranges[free[at]] = (int(value), int(value))
        return replace(state, chosen=ranges)


def _reduced(row: Row) -> Row:
    """Divide a row by what its coefficients have in common: 3 x + 3 y = 1 is then seen to be impossible."""
    shared = gcd(*row.coefficients.values())
    if shared < 2:
        return row
    lower = None if row.lower is None else -(-row.lower // shared)
    upper = None if row.upper is None else row.upper // shared
    return Row({at: c // shared for at, c in row.coefficients.items()}, lower, upper, row.freed)


def _standing(row: Row) -> set[int]:
    return set(row.coefficients) | ({row.freed} if row.freed is not None else set())


def _meets(row: Row, least: int, most: int) -> bool:
    return (row.lower is None or most >= row.lower) and (row.upper is None or least <= row.upper)


def _bits(mask: int) -> Iterator[int]:
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def _packing(active: dict[int, tuple[int, int]]) -> tuple[int, int, frozenset[int]]:
    """Choose rows that share no variable: each needs changes of its own, which is a lower bound.

    Return the bound, the variables of these rows, and the rows. Those that meet the fewest others go
    first: of the rows and the columns of a table, the more numerous.
    """
    own = [(at, need, mask) for at, (need, mask) in active.items()]
    meeting = [(sum(1 for *_, other in own if other & mask), at, need, mask) for at, need, mask in own]
    bound = union = 0
    packed = []
    for _, at, need, mask in sorted(meeting):
        if not mask & union:
            bound, union = bound + need, union | mask
            packed.append(at)
    return bound, union, frozenset(packed)


def _determined(equations: list[list[Fraction]], count: int) -> dict[int, Fraction]:
    """Return the unknowns that have one value, by Gauss and Jordan."""
    rows = [list(own) for own in equations]
    pivots: list[int] = []
    for column in range(count):
        start = len(pivots)
        at = next((at for at in range(start, len(rows)) if rows[at][column]), None)
        if at is None:
            continue
        rows[start], rows[at] = rows[at], rows[start]
        rows[start] = [value / rows[start][column] for value in rows[start]]
        for other in range(len(rows)):
            if other != start and rows[other][column]:
                factor = rows[other][column]
                rows[other] = [a - factor * b for a, b in zip(rows[other], rows[start], strict=True)]
        pivots.append(column)
    return {column: rows[at][-1] for at, column in enumerate(pivots) if sum(map(bool, rows[at][:-1])) == 1}
