"""The violated constraints of a batch, what touches them, and the places that print the same figure."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import chain

import polars as pl
from msgspec import Struct

from mlcheck.solving.exact import sums
from mlcheck.solving.rational import Amount, Line, amounts, fraction, lines

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


class Neighbourhood(Struct, frozen=True):
    """The violated constraints, and the consistent ones that share a figure with them.

    `places` maps a figure to the one that stands for all the places that print it and agree.
    """

    judged: dict[int, Judged]
    known: dict[int, Amount]
    places: dict[int, int]


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
