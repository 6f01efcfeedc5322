"""The same frames in fractions, for the constraints that are looked at one by one.

Those are the ones whose sums are past what an integer of polars holds, and those that are violated or
share a figure with a violated one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import chain

import polars as pl
from msgspec import Struct

from mlcheck.model.frames import VERDICTS, frame


class Amount(Struct, frozen=True):
    """A figure: its value (None where unknown), half-unit, and what one step of its last digit is worth."""

    value: Fraction | None
    half: Fraction
    step: Fraction
    scale: int
    state: str = "number"


class Line(Struct, frozen=True):
    """One side of a constraint: Σ coefficient · figure within [lower, upper]."""

    constraint: int
    coefficients: dict[int, Fraction]
    lower: Fraction | None
    upper: Fraction | None
    positive: int | None = None


@lru_cache(maxsize=4096)
def fraction(mantissa: int, scale: int) -> Fraction:
    """Return mantissa / 10**scale."""
    return Fraction(mantissa, 10**scale) if scale >= 0 else Fraction(mantissa * 10**-scale)


def mantissa(value: Fraction, scale: int) -> tuple[int | None, int]:
    """Return a decimal value as mantissa and the first scale from `scale` on that holds it; None past Int64."""
    while (value * 10**scale).denominator != 1:
        scale += 1
    found = int(value * 10**scale)
    return (found if abs(found) < 2**63 else None), scale


def amounts(figures: pl.DataFrame, wanted: Iterable[int]) -> dict[int, Amount]:
    """Return the figures `wanted` (FIGURES: figure, mantissa, half, scale, and state if it is there) by id."""
    columns = ["figure", "mantissa", "half", "scale"] + ["state"] * ("state" in figures.columns)
    chosen = figures.lazy().select(columns).filter(pl.col("figure").is_in(list(wanted))).collect()
    return {row[0]: _amount(*row[1:]) for row in chosen.iter_rows()}


def _amount(mantissa: int | None, half: int | None, scale: int | None, state: str = "number") -> Amount:
    if mantissa is None or half is None or scale is None:
        return Amount(None, Fraction(0), Fraction(1), 0, state)
    step = fraction(2 * half, scale) if half else fraction(1, scale)
    return Amount(fraction(mantissa, scale), fraction(half, scale), step, scale, state)


def lines(sides: pl.DataFrame, terms: pl.DataFrame, wanted: pl.Series) -> dict[int, list[Line]]:
    """Return the sides of the constraints `wanted`, in the order of their numbers (SIDES, TERMS)."""
    chosen = wanted.to_frame("constraint")
    coefficients: dict[tuple[int, int], dict[int, Fraction]] = defaultdict(dict)
    own = terms.join(chosen, on="constraint", how="semi")
    for constraint, side, figure, coefficient, scale in own.select(
        "constraint", "side", "figure", "coefficient", "coefficient_scale"
    ).iter_rows():
        here, weight = coefficients[constraint, side], fraction(coefficient, scale)
        here[figure] = here[figure] + weight if figure in here else weight
    found: dict[int, list[Line]] = {constraint: [] for constraint in wanted.to_list()}
    rows = sides.join(chosen, on="constraint", how="semi").sort("constraint", "side")
    for constraint, side, lower, upper, scale, positive in rows.select(
        "constraint", "side", "lower", "upper", "bound_scale", "positive"
    ).iter_rows():
        least, most = (None if bound is None else fraction(bound, scale) for bound in (lower, upper))
        found[constraint].append(Line(constraint, coefficients[constraint, side], least, most, positive))
    return found


Exact = tuple[int, str, int | None, int | None, int | None]  # a row of VERDICTS


def evaluate_exactly(
    figures: pl.DataFrame, wanted: pl.Series, sides: pl.DataFrame, terms: pl.DataFrame
) -> pl.DataFrame:
    """Return the verdicts (VERDICTS) of the constraints `wanted`, as `evaluate` does and more slowly."""
    found = lines(sides, terms, wanted)
    every = [line for own in found.values() for line in own]
    ids = {figure for line in every for figure in (*line.coefficients, line.positive) if figure is not None}
    known = amounts(figures, ids)
    rows = [_judge(constraint, own, known) for constraint, own in found.items()]
    return frame(rows, VERDICTS)


def decidable(line: Line, known: dict[int, Amount]) -> bool:
    """Tell whether a side compares something: terms, a bound, and no figure unknown."""
    values = [known[figure].value if figure in known else None for figure in line.coefficients]
    if not values or None in values or (line.lower is None and line.upper is None):
        return False
    if line.positive is None:
        return True
    base = known[line.positive].value if line.positive in known else None
    return base is not None and base > 0


def sums(line: Line, known: Mapping[int, Amount]) -> tuple[Fraction, Fraction]:
    """Return Σ coefficient · value and Σ |coefficient| · half-unit of a decidable side."""
    whole, total, slack = 0, Fraction(0), Fraction(0)
    for figure, coefficient in line.coefficients.items():
        amount = known[figure]
        value = amount.value
        if value is not None and value.denominator == 1 == coefficient.denominator:
            whole += value.numerator * coefficient.numerator  # ten times as fast as a fraction
        elif value is not None:
            total += coefficient * value
        if amount.half:
            slack += abs(coefficient) * amount.half
    return total + whole, slack


def holds(line: Line, total: Fraction, slack: Fraction) -> bool:
    """Tell whether [total − slack, total + slack] meets the bounds of the side, closed at both ends."""
    below = line.lower is not None and total + slack < line.lower
    above = line.upper is not None and total - slack > line.upper
    return not (below or above)


def _judge(constraint: int, own: list[Line], known: dict[int, Amount]) -> Exact:
    if not own or not all(decidable(line, known) for line in own):
        return constraint, "unverifiable", None, None, None
    judged = [(line, *sums(line, known)) for line in own]
    violated = [side for side in judged if not holds(*side)]
    line, total, slack = (violated or judged)[0]
    verdict = "inconsistent" if violated else "consistent"
    return constraint, verdict, *_shown(line, total, slack)


def _shown(line: Line, total: Fraction, slack: Fraction) -> tuple[int | None, int | None, int | None]:
    """Write a sum and its slack as integers of one scale, or as unknown where they pass Int64."""
    scale = next((s for s in range(38) if all((x * 10**s).denominator == 1 for x in (total, slack))), None)
    if scale is None:
        return None, None, None
    residual, tolerance = (int(x * 10**scale) for x in (total, slack))
    if max(abs(residual), tolerance) >= 2**63:
        return None, None, None
    return residual, scale, tolerance


COLUMNS = ["constraint", "kind", "severity", "verdict", "stated", "tolerance", "residual_scale"]


class Judged(Struct, frozen=True):
    """A decided constraint in fractions, with Σ and slack of each of its lines.

    `stated` is the figure that stands in its coefficients or bounds and in none of its terms; `figures`
    are those of its terms, and it.
    """

    constraint: int
    kind: str
    severe: bool
    violated: bool
    lines: tuple[tuple[Line, Fraction, Fraction], ...]
    stated: int | None
    figures: frozenset[int]


class Neighbourhood(Struct, frozen=True, dict=True):
    """The violated constraints, and the consistent ones that share a figure with them.

    `places` maps a figure to the one that stands for all the places that print it and agree.
    """

    judged: dict[int, Judged]
    known: dict[int, Amount]
    places: dict[int, int]

    def head(self, figure: int) -> int:
        """Return the figure that stands for all the places of this one."""
        return self.places.get(figure, figure)

    @cached_property
    def printing(self) -> dict[int, list[int]]:
        """The known figures that each one stands for."""
        found: dict[int, list[int]] = {}
        for figure in self.known:
            found.setdefault(self.head(figure), []).append(figure)
        return found

    @cached_property
    def touching(self) -> dict[int, dict[int, Judged]]:
        """The constraints that each figure stands in, at any of its places, by their order."""
        found: dict[int, dict[int, Judged]] = {}
        for at, one in enumerate(self.judged.values()):
            for figure in one.figures:
                found.setdefault(self.head(figure), {})[at] = one
        return found


def neighbourhood(
    figures: pl.DataFrame,
    constraints: pl.DataFrame,
    sides: pl.DataFrame,
    terms: pl.DataFrame,
    verdicts: pl.DataFrame,
) -> Neighbourhood:
    """Return what the diagnosis of the violated constraints needs; frames as for `evaluate`."""
    decided = verdicts.filter(pl.col("verdict") != "unverifiable")
    kinds = constraints.select("constraint", "kind", "stated", "severity")
    decided = decided.join(kinds, on="constraint", maintain_order="left")
    equal = decided.filter((pl.col("verdict") == "consistent") & (pl.col("kind") == "equal"))
    places = _places(figures, sides, terms, equal)
    standing = pl.concat(
        [terms.select("constraint", "figure"), kinds.select("constraint", figure="stated").drop_nulls()]
    ).join(decided.select("constraint", "verdict"), on="constraint")
    accused = set(standing.filter(pl.col("verdict") == "inconsistent")["figure"].to_list())
    accused = _with_places(accused, places)
    touched = standing.filter(pl.col("figure").is_in(list(accused)))["constraint"].unique()
    own = lines(sides, terms, touched.sort())
    rows = decided.filter(pl.col("constraint").is_in(touched.implode()))
    known = amounts(
        figures, {figure for line in chain(*own.values()) for figure in line.coefficients} | accused
    )
    judged = {row[0]: _judged(own[row[0]], known, *row) for row in rows.select(COLUMNS).iter_rows()}
    return Neighbourhood(judged, known, places)


def _judged(
    own: list[Line],
    known: dict[int, Amount],
    constraint: int,
    kind: str,
    severity: str,
    verdict: str,
    stated: int | None,
    learnt: int | None,
    learnt_scale: int | None,
) -> Judged:
    summed = [(line, *sums(line, known)) for line in own]
    if len(own) == 1 and learnt is not None and learnt_scale is not None:
        summed = [(line, total, fraction(learnt, learnt_scale)) for line, total, _ in summed]
    absent = all(stated not in line.coefficients for line in own)
    held = stated if absent and stated in known else None
    figures = {figure for line in own for figure, c in line.coefficients.items() if c}
    if held is not None:
        figures.add(held)
    violated = verdict == "inconsistent"
    return Judged(constraint, kind, severity == "error", violated, tuple(summed), held, frozenset(figures))


def _with_places(figures: set[int], places: dict[int, int]) -> set[int]:
    heads = {places.get(figure, figure) for figure in figures}
    return figures | heads | {figure for figure, head in places.items() if head in heads}


def _places(
    figures: pl.DataFrame, sides: pl.DataFrame, terms: pl.DataFrame, equal: pl.DataFrame
) -> dict[int, int]:
    """Map each figure that another place repeats exactly to the lowest id of them all."""
    if equal.is_empty():
        return {}
    pairs = []
    own = lines(sides, terms, equal["constraint"])
    for alike in own.values():
        line = alike[0]
        opposite = len(line.coefficients) == 2 and sum(line.coefficients.values()) == 0
        if len(alike) == 1 and opposite and line.lower == 0 and line.upper == 0:
            pairs.append(tuple(line.coefficients))
    known = amounts(figures, {figure for pair in pairs for figure in pair})
    return connected(pair for pair in pairs if known[pair[0]].value == known[pair[1]].value)


def connected(pairs: Iterable[Iterable[int]]) -> dict[int, int]:
    """Map each number to the lowest of those it hangs together with through `pairs`."""
    head: dict[int, int] = {}

    def find(number: int) -> int:
        while head.setdefault(number, number) != number:
            head[number] = head[head[number]]
            number = head[number]
        return number

    for pair in pairs:
        heads = sorted(find(number) for number in pair)
        for other in heads[1:]:
            head[other] = heads[0]
    return {number: find(number) for number in head}


GROUPS = {"constraint": pl.UInt32, "group": pl.UInt32}


def groups(
    verdicts: pl.DataFrame, terms: pl.DataFrame, constraints: pl.DataFrame | None = None
) -> pl.DataFrame:
    """Return the violated constraints (constraint, group), those that share a figure in one group.

    Groups are numbered from 0 by their lowest constraint. With `constraints`, the figure that a
    percentage constraint holds to account (`stated`) ties it too.
    """
    violated = verdicts.filter(pl.col("verdict") == "inconsistent").select("constraint")
    standing = terms.filter(pl.col("coefficient") != 0).select("constraint", "figure")
    if constraints is not None:
        standing = pl.concat([standing, constraints.select("constraint", figure="stated").drop_nulls()])
    rows = standing.join(violated, on="constraint", how="semi").unique().iter_rows()
    return _frame(violated["constraint"].to_list(), rows)


def grouped(judged: dict[int, Judged], places: dict[int, int]) -> pl.DataFrame:
    """Return the same of judged constraints, with the places that print one figure taken for one."""
    violated = [constraint for constraint, one in judged.items() if one.violated]
    return _frame(violated, ((c, places.get(f, f)) for c in violated for f in judged[c].figures))


def _frame(violated: list[int], standing: Iterable[tuple[int, int]]) -> pl.DataFrame:
    meeting: dict[int, set[int]] = defaultdict(set)
    for constraint, figure in standing:
        meeting[figure].add(constraint)
    heads = connected([*meeting.values(), *([constraint] for constraint in violated)])
    number = {head: at for at, head in enumerate(sorted({heads[constraint] for constraint in violated}))}
    rows = [(constraint, number[heads[constraint]]) for constraint in sorted(violated)]
    return frame(rows, GROUPS)
