"""The constraints whose sums are past what an integer of polars holds, judged in fractions."""

from __future__ import annotations

from fractions import Fraction

import polars as pl

from mlcheck.model.frames import VERDICTS, frame
from mlcheck.solving.rational import Amount, Line, amounts, lines

Row = tuple[int, str, int | None, int | None, int | None]


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


def sums(line: Line, known: dict[int, Amount]) -> tuple[Fraction, Fraction]:
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


def _judge(constraint: int, own: list[Line], known: dict[int, Amount]) -> Row:
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
