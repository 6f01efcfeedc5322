"""The numbers of a table as integers, and how well a sum of its lines holds across the other axis."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from mlcheck.model.table import Entry, Line

At = tuple[int, int]


class Fit(Struct, frozen=True):
    """How a proposed sum holds: over the `decidable` crossings it holds in `holding`, to the unit in `exact`.

    `weight` counts a crossing with one non-zero part for a quarter, since there any total fits.
    `failing` are the crossings where it does not hold.
    """

    decidable: int
    holding: int
    exact: int
    weight: float
    failing: tuple[int, ...] = ()


class Matrix(Struct, frozen=True):
    """Values of the lines of one axis: `values[line][crossing]`, None where unknown.

    All integers are at one decimal scale; `halves` are their half-units, `printed` is False for blanks,
    `across` are the lines of the other axis.
    """

    values: tuple[tuple[int | None, ...], ...]
    halves: tuple[tuple[int, ...], ...]
    printed: tuple[tuple[bool, ...], ...]
    across: tuple[Line, ...]
    unit: int

    def fit(self, target: int, sources: Sequence[int]) -> Fit:
        """Return how target = Σ sources holds over the additive crossings."""
        sums = [0] * len(self.across)
        known = [True] * len(self.across)
        slack = [0] * len(self.across)
        nonzero = [0] * len(self.across)
        for source in sources:
            self._add(source, sums, known, slack, nonzero)
        return self._judge(target, len(sources), sums, known, slack, nonzero)

    def growing(self, target: int, run: Sequence[int]) -> Iterator[tuple[int, Fit]]:
        """Yield the length and fit of each run of two and more lines that starts next to the target."""
        sums = [0] * len(self.across)
        known = [True] * len(self.across)
        slack = [0] * len(self.across)
        nonzero = [0] * len(self.across)
        for length, source in enumerate(run, 1):
            self._add(source, sums, known, slack, nonzero)
            if length > 1:
                yield length, self._judge(target, length, sums, known, slack, nonzero)

    def _add(
        self, source: int, sums: list[int], known: list[bool], slack: list[int], nonzero: list[int]
    ) -> None:
        for x, value in enumerate(self.values[source]):
            if value is None:
                known[x] = False
            else:
                sums[x] += value
                slack[x] += self.halves[source][x]
                nonzero[x] += value != 0

    def _judge(
        self,
        target: int,
        count: int,
        sums: list[int],
        known: list[bool],
        slack: list[int],
        nonzero: list[int],
    ) -> Fit:
        decidable = holding = exact = 0
        weight = 0.0
        failing: list[int] = []
        for x, line in enumerate(self.across):
            value = self.values[target][x]
            if not is_additive(line) or not known[x] or value is None or not self.printed[target][x]:
                continue
            if not nonzero[x] and not value:
                continue
            decidable += 1
            gap = abs(value - sums[x])
            if gap <= self._tolerance(target, x, count, slack[x]):
                holding += 1
                exact += not gap
                weight += 1 if nonzero[x] > 1 else 0.25
            else:
                failing.append(x)
        return Fit(decidable, holding, exact, weight, tuple(failing))

    def _tolerance(self, target: int, x: int, count: int, slack: int) -> int:
        """Return what rounding may hide in a sum; for figures printed in full, at most 0.2 % of the total."""
        half = self.halves[target][x]
        if half:
            return slack + half
        value = abs(self.values[target][x] or 0)
        return min((count + 1) * self.unit // 2, value // 500)

    def crossings(self, target: int, sources: Sequence[int], fit: Fit, belief: str) -> tuple[int, ...]:
        """Return where a believed sum is to hold.

        In every additive crossing where words or most columns bear it out, else only where it does;
        in a column of percentages only where it holds, or where its total is printed as 100.
        """
        everywhere = belief != "arithmetic" or (fit.holding >= 3 and fit.holding * 10 >= fit.decidable * 8)
        kept: list[int] = []
        for x, line in enumerate(self.across):
            if not is_additive(line) and line.role not in ("share", "of_which"):
                continue
            value = self.values[target][x]
            parts = [v for s in sources if (v := self.values[s][x]) is not None]
            holds = value is not None and self.printed[target][x] and self._holds(target, sources, x)
            if not any(self.printed[s][x] for s in sources):
                continue
            if line.role == "share":
                if holds and len(parts) > 1 and value:
                    kept.append(x)
            elif holds or (everywhere and not self._looks_like_mean(value, parts, line, fit)):
                kept.append(x)
        return tuple(kept)

    def _holds(self, target: int, sources: Sequence[int], x: int) -> bool:
        values = [self.values[s][x] for s in sources]
        if any(v is None for v in values):
            return False
        gap = abs((self.values[target][x] or 0) - sum(v for v in values if v is not None))
        return gap <= self._tolerance(target, x, len(sources), sum(self.halves[s][x] for s in sources))

    def _looks_like_mean(self, value: int | None, parts: Sequence[int], line: Line, fit: Fit) -> bool:
        """Tell whether a total lies among its parts, as a mean does, while other columns do sum.

        Only of figures with decimals: a whole number among its parts is a total mistyped.
        """
        if (
            value is None
            or len(parts) < 2
            or not fit.holding
            or not any(v % self.unit for v in (value, *parts))
        ):
            return False
        return min(parts) <= value <= max(parts) and sum(parts) >= 2 * value > 0


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
    return Matrix(tuple(values), tuple(halves), tuple(printed), tuple(across), 10**scale)


def _value(entry: Entry | None, scale: int) -> int | None:
    """Return the value at the common scale: nil, blank and missing are 0, unknown is None."""
    if entry is None or entry.state in ("nil", "blank"):
        return 0
    if entry.quantity is None:
        return None
    return entry.quantity.mantissa * 10 ** (scale - entry.quantity.scale)
