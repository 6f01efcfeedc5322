"""The smallest set of corrections that mends a group of violated constraints (Fellegi and Holt, 1976)."""

from __future__ import annotations

from fractions import Fraction
from time import monotonic

import polars as pl
from msgspec.structs import replace

from mlcheck.model.frames import frame
from mlcheck.solving.exact import holds, sums
from mlcheck.solving.milp import smallest_changes
from mlcheck.solving.neighbourhood import Judged, Neighbourhood, connected
from mlcheck.solving.problem import Problem, problem_of, rows_of, variables
from mlcheck.solving.rational import Amount, mantissa
from mlcheck.solving.restate import restate
from mlcheck.solving.slips import NO_SLIP, Slip, slip

REPAIRS = {
    "group": pl.UInt32,
    "repair": pl.UInt32,  # 0 is the best of its group; the others are as small
    "tied": pl.Boolean,  # whether another set as small mends the group too
    "figure": pl.UInt32,
    "also": pl.List(pl.UInt32),
    "suggested": pl.Int64,
    "suggested_scale": pl.Int8,
    "slip": pl.String,
}
ALTERNATIVES = 4
MOST_LINES = 40

Values = dict[int, Fraction]  # the new value of each figure to correct


def repair(around: Neighbourhood, own: list[int], seconds: float) -> list[Values]:
    """Return the smallest sets of corrections that mend the violated constraints `own` of one group.

    The best comes first: the one whose corrections are the likeliest slips. All keep the consistent
    constraints, which is checked in fractions. Empty where none is found in `seconds`.
    """
    problem = problem_of(around, own)
    changes = smallest_changes(variables(problem), rows_of(problem), seconds, ALTERNATIVES)
    found = [values for steps in changes if (values := _check(problem, steps)) is not None]
    return sorted(found, key=lambda values: sum(_rank(around.known[f], value) for f, value in values.items()))


def repairs(around: Neighbourhood, wanted: dict[int, list[int]], seconds: float) -> pl.DataFrame:
    """Return the repairs (REPAIRS) of groups, each given by its violated constraints, the small ones first.

    Groups that cannot be mended one by one, and that consistent constraints tie, are mended together: two
    errors may hide each other in a row that holds. Their common repairs are then told for each of them.
    `seconds` is for all together. A group of more than `MOST_LINES` constraints is no typing error.
    """
    end = monotonic() + seconds

    def search(groups: list[int]) -> list[Values]:
        own = [constraint for group in groups for constraint in wanted[group]]
        left = end - monotonic()
        return repair(around, own, left) if left > 0 and len(own) <= MOST_LINES else []

    alone = {
        group: search([group]) for group in sorted(wanted, key=lambda group: (len(wanted[group]), group))
    }
    found = {group: values for group, values in alone.items() if values}
    for tied in _tied(around, {group: own for group, own in wanted.items() if group not in found}):
        common = search(tied) if len(tied) > 1 else []
        found |= dict.fromkeys(tied, common)
    return frame([row for group in sorted(found) for row in _told(around, group, found[group])], REPAIRS)


def _tied(around: Neighbourhood, wanted: dict[int, list[int]]) -> list[list[int]]:
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


def _told(around: Neighbourhood, group: int, found: list[Values]) -> list[tuple[object, ...]]:
    """Write the repairs of a group as rows."""
    rows: list[tuple[object, ...]] = []
    for at, values in enumerate(found):
        for figure, value in sorted(values.items()):
            amount = around.known[figure]
            also = sorted(f for f, head in around.places.items() if head == figure and f != figure)
            typed = _slip(amount, value)
            told = (*mantissa(value, amount.scale), typed.kind if typed else None)
            rows.append((group, at, len(found) > 1, figure, also, *told))
    return rows


def _check(problem: Problem, steps: dict[int, int]) -> Values | None:
    """Return the new values, None where a constraint does not hold with them exactly."""
    known = problem.around.known
    values = {
        problem.heads[at]: (known[problem.heads[at]].value or 0) + count * known[problem.heads[at]].step
        for at, count in steps.items()
        if at < problem.printed
    }
    moved = {f for f in known if problem.head(f) in values}
    corrected = known | {f: replace(known[f], value=values[problem.head(f)]) for f in moved}
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


def _restated(judged: Judged, known: dict[int, Amount]) -> Fraction | None:
    told = restate(judged, known)
    if told is None or judged.stated is None:
        return None
    step = known[judged.stated].step
    return round(told.exact / step) * step


def _slip(amount: Amount, value: Fraction) -> Slip | None:
    old, new = (amount.value or 0) / amount.step, value / amount.step
    return slip(int(old), int(new)) if old.denominator == new.denominator == 1 else None


def _rank(amount: Amount, value: Fraction) -> int:
    found = _slip(amount, value)
    return found.rank if found else NO_SLIP
