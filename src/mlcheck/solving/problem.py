"""The search for the smallest set of corrections, written as a program of integers."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from math import ceil, floor, lcm

from msgspec import Struct

from mlcheck.solving.milp import Row, Variable
from mlcheck.solving.neighbourhood import Judged, Neighbourhood
from mlcheck.solving.rational import Line


class Problem(Struct, frozen=True):
    """The figures of the violated lines of a group, and every constraint that they stand in.

    `heads` are the figures, each standing for all its places; those that are only stated (a percentage)
    come last and have no steps: to correct one frees the constraints that state it.
    """

    around: Neighbourhood
    heads: tuple[int, ...]
    printed: int
    touching: tuple[Judged, ...]
    reach: Fraction
    signed: bool

    def head(self, figure: int) -> int:
        """Return the figure that stands for all the places of this one."""
        return self.around.places.get(figure, figure)


def problem_of(around: Neighbourhood, own: list[int]) -> Problem:
    """Return the problem of a group, given by its violated constraints."""
    violated = [around.judged[constraint] for constraint in own]
    lines = [side for one in violated for side in one.lines]
    standing = {around.places.get(f, f) for line, _, _ in lines for f, c in line.coefficients.items() if c}
    touching = tuple(
        one for one in around.judged.values() if any(around.places.get(f, f) in standing for f in one.figures)
    )
    stated = {around.places.get(one.stated, one.stated) for one in touching if one.stated is not None}
    heads = (*sorted(standing), *sorted(stated - standing))
    signed = any((around.known[head].value or 0) < 0 for head in standing)
    reach = sum((_excess(*side) for side in lines), Fraction(0))
    return Problem(around, heads, len(standing), touching, reach, signed)


def _excess(line: Line, total: Fraction, slack: Fraction) -> Fraction:
    """Return by how much a side is violated."""
    below = Fraction(0) if line.lower is None else line.lower - total - slack
    above = Fraction(0) if line.upper is None else total - slack - line.upper
    return max(below, above, Fraction(0))


def variables(problem: Problem) -> list[Variable]:
    """Bound the steps of each figure by what the violated lines lack, and keep counts from going below zero."""
    smallest: dict[int, Fraction] = {}
    for one in problem.touching:
        for line, _, _ in one.lines:
            for figure, c in line.coefficients.items():
                if c:
                    head = problem.head(figure)
                    smallest[head] = min(smallest.get(head, abs(c)), abs(c))
    found = []
    for head in problem.heads[: problem.printed]:
        amount = problem.around.known[head]
        most = ceil(problem.reach / smallest[head] / amount.step)
        least = most if problem.signed else min(most, floor((amount.value or 0) / amount.step))
        found.append(Variable(-least, most))
    return found + [Variable(0, 0)] * (len(problem.heads) - problem.printed)


def rows_of(problem: Problem) -> list[Row]:
    """Write each side with integers: Σ coefficient · steps within what its bounds leave."""
    number = {head: at for at, head in enumerate(problem.heads)}
    rows = []
    for one in problem.touching:
        freed = None if one.stated is None else number[problem.head(one.stated)]
        for line, total, slack in one.lines:
            weights: dict[int, Fraction] = defaultdict(Fraction)
            for figure, c in line.coefficients.items():
                head = problem.head(figure)
                if c and head in number:
                    weights[number[head]] += c * problem.around.known[head].step
            if not weights:
                continue
            scale = lcm(*(weight.denominator for weight in weights.values()))
            # What lies between two integers is out of reach of integers.
            lower = None if line.lower is None else float(ceil((line.lower - slack - total) * scale))
            upper = None if line.upper is None else float(floor((line.upper + slack - total) * scale))
            rows.append(
                Row({at: float(weight * scale) for at, weight in weights.items()}, lower, upper, freed)
            )
    return rows
