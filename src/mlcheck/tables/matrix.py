"""The numbers of a table as integers, and how well a sum of its lines holds across the other axis."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from math import gcd

from msgspec import Struct
from msgspec.structs import force_setattr

from mlcheck.model.table import Entry, Line

At = tuple[int, int]
MANY = 12  # numbers that another divides by no accident, though one more may be wrong
BASES = (1000, 100, 10, 5, 3)  # that numbers are rounded to


class Fit(Struct, frozen=True):
    """How a proposed sum holds: over the `decided` crossings, to the unit in `exact`, not at all in `failing`.

    `bits` says how unlikely it is that numbers of their size fit by chance, in binary digits: `by_crossing` those
    of each crossing where it holds. One with one part that is not zero counts for little, since there any total fits.
    """

    decided: tuple[int, ...]
    failing: frozenset[int]
    exact: int
    by_crossing: dict[int, int]
    bits: int = 0

    def __post_init__(self) -> None:
        force_setattr(self, "bits", sum(self.by_crossing.values()))

    @property
    def decidable(self) -> int:
        """In how many crossings all is known."""
        return len(self.decided)

    @property
    def holding(self) -> int:
        """In how many crossings it holds."""
        return len(self.decided) - len(self.failing)


class Matrix(Struct, frozen=True):
    """Values of the lines of one axis: `values[line][crossing]`, None where unknown.

    All integers are at one decimal scale; `halves` are their half-units, `printed` is False for blanks,
    `across` are the lines of the other axis, `unit` is one at that scale, `step` one of the last digit printed and
    `base` what all numbers are multiples of.
    """

    values: tuple[tuple[int | None, ...], ...]
    halves: tuple[tuple[int, ...], ...]
    printed: tuple[tuple[bool, ...], ...]
    across: tuple[Line, ...]
    unit: int
    step: int
    base: int = 1

    def fit(self, target: int, sources: Sequence[int]) -> Fit:
        """Return how target = Σ sources holds over the additive crossings."""
        sums = _Sums(len(self.across))
        for source in sources:
            self._add(source, sums)
        return self._judge(target, len(sources), sums)

    def growing(self, target: int, run: Sequence[int], spared: int) -> Iterator[tuple[int, Fit]]:
        """Yield the length and fit of each run of two and more lines that starts next to the target.

        Those that cannot hold in `spared` crossings for each that fails are left out.
        """
        kept = self._lengths(target, run, spared)
        sums, added = _Sums(len(self.across)), 0
        for length in kept:
            for source in run[added:length]:
                self._add(source, sums)
            added = length
            yield length, self._judge(target, length, sums)

    def _lengths(self, target: int, run: Sequence[int], spared: int) -> list[int]:
        """Return the lengths of a run that fail in few crossings; no more of these are read than tell that none is left."""
        crossings = [
            x for x, line in enumerate(self.across) if is_additive(line) and self.printed[target][x] and self.values[target][x] is not None
        ]  # fmt: skip
        most = len(crossings) // (spared + 1)
        left, held = list(range(2, len(run) + 1)), [0] * (len(run) + 1)
        for n, x in enumerate(crossings, 1):
            for length in self._held(target, run, x):
                held[length] += 1
            if n > most:
                left = [length for length in left if n - held[length] <= most]
                if not left:
                    break
        return left

    def _held(self, target: int, run: Sequence[int], x: int) -> list[int]:
        """Return the lengths at which a run makes the target in a crossing, and those at which something is unknown."""
        goal, half = self.values[target][x] or 0, self.halves[target][x]
        own: list[int] = []
        for i in run:
            if (value := self.values[i][x]) is None:
                break
            own.append(value)
        sums = accumulate(own)
        unknown = range(len(own) + 1, len(run) + 1)
        if half:
            slacks = accumulate(self.halves[i][x] for i in run)
            return [
                n
                for n, (made, slack) in enumerate(zip(sums, slacks, strict=False), 1)
                if abs(made - goal) <= slack + half
            ] + [*unknown]
        most = self._tolerance(target, x, len(run), 0)
        near = [n for n, made in enumerate(sums, 1) if -most <= made - goal <= most]
        return [*near, *unknown]

    def _add(self, source: int, sums: _Sums) -> None:
        for x, value in enumerate(self.values[source]):
            if value is None:
                sums.known[x] = False
            else:
                sums.total[x] += value
                sums.largest[x] = max(sums.largest[x], abs(value))
                sums.slack[x] += self.halves[source][x]
                sums.nonzero[x] += value != 0

    def _judge(self, target: int, count: int, sums: _Sums) -> Fit:
        decided, failing, exact = [], [], 0
        bits: dict[int, int] = {}
        for x, line in enumerate(self.across):
            value = self.values[target][x]
            if not is_additive(line) or not sums.known[x] or value is None or not self.printed[target][x]:
                continue
            if not sums.nonzero[x] and not value:
                continue
            decided.append(x)
            gap = abs(value - sums.total[x])
            tolerance = self._tolerance(target, x, count, sums.slack[x])
            if gap > tolerance:
                failing.append(x)
                continue
            exact += not gap
            reach = max(abs(value), sums.largest[x]) // (2 * tolerance + self.step)
            bits[x] = reach.bit_length() if sums.nonzero[x] > 1 else reach.bit_length() // 8
        return Fit(tuple(decided), frozenset(failing), exact, bits)

    def subset(self, target: int, among: Sequence[int]) -> list[int]:
        """Return the lines of `among` whose sum the target is in the first crossings where all is known; none if none.

        Every subset is tried; of several, the one of most lines.
        """
        known = [
            x for x, line in enumerate(self.across)
            if is_additive(line) and self.printed[target][x] and all(self.values[i][x] is not None for i in (target, *among))
        ]  # fmt: skip
        if not known:
            return []
        sums: list[tuple[int, int]] = [(0, 0)]
        for n, line in enumerate(among):
            value = self.values[line][known[0]] or 0
            sums += [(total + value, chosen | 1 << n) for total, chosen in sums]
        found = []
        goal = self.values[target][known[0]] or 0
        widest = max(
            self._tolerance(target, known[0], len(among), sum(self.halves[i][known[0]] for i in among)),
            self.unit * len(among),
        )
        for total, chosen in sums:
            if abs(total - goal) > widest:
                continue
            lines = [i for n, i in enumerate(among) if chosen >> n & 1]
            slack = sum(self.halves[i][known[0]] for i in lines)
            if len(lines) > 1 and abs(total - goal) <= self._tolerance(target, known[0], len(lines), slack):
                found.append(lines)
        held = [(self.fit(target, lines).holding, len(lines), lines) for lines in found[:200]]
        return max(held)[2] if held else []

    def _tolerance(self, target: int, x: int, count: int, slack: int) -> int:
        """Return what rounding may hide in a sum; for figures printed in full, at most 0.2 % of the total."""
        half = self.halves[target][x]
        if half:
            return slack + half
        value = abs(self.values[target][x] or 0)
        rounded = self.base if self.base > self.unit else 0  # numbers that all end alike are rounded
        return min((count + 1) * max(self.unit, self.base) // 2, max(value // 500, rounded))

    def crossings(self, target: int, sources: Sequence[int]) -> tuple[int, ...]:
        """Return where a sum is to hold: in every crossing whose figures may be added and where a part is printed."""
        return tuple(
            x
            for x, line in enumerate(self.across)
            if is_additive(line) and any(self.printed[s][x] for s in sources)
        )


class _Sums:
    """What some lines make together, crossing by crossing."""

    __slots__ = ("known", "largest", "nonzero", "slack", "total")

    def __init__(self, crossings: int) -> None:
        self.total, self.largest, self.slack, self.nonzero = ([0] * crossings for _ in range(4))
        self.known = [True] * crossings


def is_additive(line: Line) -> bool:
    """Tell whether the figures of a line may be added up along it."""
    adds = line.role in ("part", "total", "of_which", "other") and line.statistic is None
    return adds and line.unit not in ("%", "‰", "points")


def matrix_of(
    entries: Mapping[At, Entry], lines: Sequence[Line], across: Sequence[Line], *, transposed: bool
) -> Matrix:
    """Return the matrix of a table's rows, or of its columns if `transposed`."""
    quantities = [e.quantity for e in entries.values() if e.quantity is not None]
    scale = max((q.scale for q in quantities), default=0)
    values: list[tuple[int | None, ...]] = []
    halves: list[tuple[int, ...]] = []
    printed: list[tuple[bool, ...]] = []
    for i in range(len(lines)):
        row = [entries.get((x, i) if transposed else (i, x)) for x in range(len(across))]
        values.append(tuple(_value(entry, scale) for entry in row))
        halves.append(
            tuple(e.quantity.half * 10 ** (scale - e.quantity.scale) if e and e.quantity else 0 for e in row)
        )
        printed.append(tuple(e is not None and e.state == "number" for e in row))
    finest = min((10 ** (scale - q.scale) for q in quantities), default=1)
    return Matrix(
        tuple(values), tuple(halves), tuple(printed), tuple(across), 10**scale, finest, _base(values)
    )


def _base(values: Sequence[Sequence[int | None]]) -> int:
    """Return what divides nearly all numbers of a table, so that no wrong one hides it; 1 where they are too few to say it."""
    known = [value for line in values for value in line if value]
    if len(known) < MANY:
        return 1
    common = gcd(*known)
    return common if common > 1 else next((b for b in BASES if _divides_nearly_all(b, known)), 1)


def _divides_nearly_all(base: int, values: Sequence[int]) -> bool:
    """Tell whether a number divides all of some values but one in so many."""
    return sum(value % base != 0 for value in values) * MANY <= len(values)


def _value(entry: Entry | None, scale: int) -> int | None:
    """Return the value at the common scale: nil, blank and missing are 0, unknown is None."""
    if entry is None or entry.state in ("nil", "blank"):
        return 0
    if entry.quantity is None:
        return None
    return entry.quantity.mantissa * 10 ** (scale - entry.quantity.scale)
