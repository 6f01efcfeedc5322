"""The smallest set of corrections that mends a group of violated constraints (Fellegi and Holt, 1976)."""

from __future__ import annotations

from collections import ChainMap, defaultdict
from collections.abc import Mapping
from fractions import Fraction
from math import ceil, floor, lcm

import polars as pl
from msgspec import Struct
from msgspec.structs import replace

from mlcheck.model.frames import frame
from mlcheck.solving.admissible import Interval, restate
from mlcheck.solving.diagnose import correct
from mlcheck.solving.exact import Amount, Judged, Line, Neighbourhood, connected, holds, mantissa, sums
from mlcheck.solving.search import Budget, Row, Solutions, Variable, smallest_changes
from mlcheck.solving.slips import NO_SLIP, Slip, slip

REPAIRS = {
    "group": pl.UInt32,
    "repair": pl.UInt32,  # 0 is the best of its group; the others are as small
    "tied": pl.Boolean,  # whether another set as small mends the group too, or none was ruled out
    "figure": pl.UInt32,
    "also": pl.List(pl.UInt32),
    "suggested": pl.Int64,
    "suggested_scale": pl.Int8,
    "slip": pl.String,
}
WORK = 400_000  # rows looked at by all the searches in one report: a second or two
WORK_EACH = 200_000  # by one search: six slips in a table of 95 × 20 take a tenth of it, at most two thirds
ALTERNATIVES = 4
MOST_LINES = 40  # a group of more violated constraints is no typing error
MOST_CHANGES = 8

Values = dict[int, Fraction]  # the new value of each figure to correct
Groups = dict[int, list[int]]  # the violated constraints of each group


class Repairs(Struct, frozen=True):
    """The smallest sets of corrections of a group, best first, and whether another may be as good."""

    sets: list[Values]
    tied: bool


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
        return self.around.head(figure)


def repairs(around: Neighbourhood, wanted: dict[int, Groups], work: int = WORK) -> pl.DataFrame:
    """Return the repairs (REPAIRS) of the groups of each report.

    `work` bounds the searches of one report; what is found for it depends on no other.
    """
    found: dict[int, Repairs] = {}
    for _, groups in sorted(wanted.items()):
        found |= _of_report(around, groups, work)
    return frame([row for group in sorted(found) for row in _rows(around, group, found[group])], REPAIRS)


def _of_report(around: Neighbourhood, wanted: Groups, work: int) -> dict[int, Repairs]:
    """Search the groups of one report, the small ones first.

    Groups that cannot be mended one by one, and that consistent constraints tie, are mended together: two
    errors may hide each other in a row that holds. Their common repairs then stand for each of them.
    """
    left = work

    def search(groups: list[int]) -> Repairs:
        nonlocal left
        own = [constraint for group in groups for constraint in wanted[group]]
        budget = Budget(min(left, WORK_EACH))
        given = budget.left
        found = repair(around, own, budget) if len(own) <= MOST_LINES else Repairs([], False)
        left -= given - max(budget.left, 0)
        return found

    alone = {group: search([group]) for group in sorted(wanted, key=lambda one: (len(wanted[one]), one))}
    found = {group: one for group, one in alone.items() if one.sets}
    for tied in _tied(around, {group: own for group, own in wanted.items() if group not in found}):
        if len(tied) > 1:
            found |= dict.fromkeys(tied, search(tied))
    return found


def repair(around: Neighbourhood, own: list[int], budget: Budget) -> Repairs:
    """Return the smallest sets of corrections that mend the violated constraints `own` of one group.

    The best comes first: the one whose corrections are the likeliest slips, then the one whose figures
    stand first. All keep the consistent constraints, which is checked in fractions.
    """
    problem = problem_of(around, own)

    def likeliest(variable: int, least: int, most: int) -> int:
        amount = around.known[problem.heads[variable]]
        value = amount.value or Fraction(0)
        found = correct(amount, Interval(value + least * amount.step, value + most * amount.step))
        return int((found.value - value) / amount.step) if found else 0

    solutions: Solutions = smallest_changes(
        variables(problem), rows_of(problem), budget, MOST_CHANGES, likeliest
    )
    sets = [values for steps in solutions.changes if (values := _check(problem, steps)) is not None]
    sets.sort(
        key=lambda one: (sum(_rank(around.known[f], value) for f, value in one.items()), sorted(one.items()))
    )
    return Repairs(sets[:ALTERNATIVES], len(sets) > 1 or not solutions.complete)


def problem_of(around: Neighbourhood, own: list[int]) -> Problem:
    """Return the problem of a group, given by its violated constraints."""
    violated = [around.judged[constraint] for constraint in own]
    lines = [side for one in violated for side in one.lines]
    standing = {around.head(f) for line, _, _ in lines for f, c in line.coefficients.items() if c}
    touched = {at: one for head in standing for at, one in around.touching.get(head, {}).items()}
    touching = tuple(touched[at] for at in sorted(touched))
    stated = {around.head(one.stated) for one in touching if one.stated is not None}
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
            moving = {at: weight for at, weight in weights.items() if weight}
            if not moving:
                continue
            scale = lcm(*(weight.denominator for weight in moving.values()))
            # What lies between two integers is out of reach of integers.
            lower = None if line.lower is None else ceil((line.lower - slack - total) * scale)
            upper = None if line.upper is None else floor((line.upper + slack - total) * scale)
            rows.append(Row({at: int(weight * scale) for at, weight in moving.items()}, lower, upper, freed))
    return rows


def _check(problem: Problem, steps: dict[int, int]) -> Values | None:
    """Return the new values, None where a constraint does not hold with them exactly."""
    known = problem.around.known
    values = {
        problem.heads[at]: (known[problem.heads[at]].value or 0) + count * known[problem.heads[at]].step
        for at, count in steps.items()
        if at < problem.printed
    }
    moved = {
        f: replace(known[f], value=value)
        for head, value in values.items()
        for f in problem.around.printing.get(head, ())
    }
    corrected = ChainMap(moved, known)
    freed = {problem.heads[at] for at in steps}
    for one in problem.touching:
        again = replace(
            one, lines=tuple((line, sums(line, corrected)[0], slack) for line, _, slack in one.lines)
        )
        if one.stated is not None and problem.head(one.stated) in freed:
            value = _restated(again, corrected)
            if value is None or values.setdefault(problem.head(one.stated), value) != value:
                return None
        elif not all(holds(*side) for side in again.lines):
            return None
    return values


def _restated(judged: Judged, known: Mapping[int, Amount]) -> Fraction | None:
    again = restate(judged, known)
    if again is None or judged.stated is None:
        return None
    step = known[judged.stated].step
    return round(again.exact / step) * step


def _tied(around: Neighbourhood, wanted: Groups) -> list[list[int]]:
    """Return the groups that consistent constraints tie to one another."""
    group_of = {
        around.places.get(figure, figure): group
        for group, own in wanted.items()
        for constraint in own
        for figure in around.judged[constraint].figures
    }
    heads = ({around.places.get(f, f) for f in one.figures} for one in around.judged.values())
    meeting = ({group_of[head] for head in standing if head in group_of} for standing in heads)
    first = connected([*meeting, *([group] for group in wanted)])
    return [[group for group in sorted(wanted) if first[group] == at] for at in sorted(set(first.values()))]


def _rows(around: Neighbourhood, group: int, found: Repairs) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for at, values in enumerate(found.sets):
        for figure, value in sorted(values.items()):
            amount = around.known[figure]
            also = sorted(f for f, head in around.places.items() if head == figure and f != figure)
            typed = _slip(amount, value)
            suggested = mantissa(value, amount.scale)
            rows.append((group, at, found.tied, figure, also, *suggested, typed.kind if typed else None))
    return rows


def _slip(amount: Amount, value: Fraction) -> Slip | None:
    old, new = (amount.value or 0) / amount.step, value / amount.step
    return slip(int(old), int(new)) if old.denominator == new.denominator == 1 else None


def _rank(amount: Amount, value: Fraction) -> int:
    found = _slip(amount, value)
    return found.rank if found else NO_SLIP
