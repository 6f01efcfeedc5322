"""Find the lines of percentages or fractions that one of the lines beside them is of several together.

"Femmes | Hommes | Taux de féminité" prints no total: the rate is the first of the two over both. Numbers alone show it, so
they must fit in several crossings, beyond what chance would make of all runs of lines that are tried.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mlcheck.model.quantity import Quantity
from mlcheck.model.relation import Evidence
from mlcheck.model.table import Relation
from mlcheck.tables.chance import FEWEST, most_failing, sure_crossings
from mlcheck.tables.crossed import PERCENT, Crossed, is_mean, is_share, scaled

NEAR = 6  # lines between a rate and what it is of
LONGEST = 6  # lines that make a whole
PROBES = 2  # crossings by which runs are proposed: one of them may be wrong
MOST_TARGETS = 40
BEYOND = 14  # bits by which a rate must be less likely than one of those tried
SHOWN = Evidence((), ("a quotient that numbers show",))
Run = tuple[int, ...]


def find_parts_of_runs(crossed: Crossed, found: Sequence[Relation]) -> Iterator[Relation]:
    """Yield what each line of rates, of which nothing else is known, is a part of; `found` is what is known."""
    known = {one.target for one in found if one.axis == crossed.axis}
    targets = [i for i in range(len(crossed.lines)) if i not in known and _is_of_rates(crossed, i)]
    if len(crossed.across) < FEWEST or len(targets) > MOST_TARGETS:
        return
    for target in targets:
        runs = _runs(crossed, target)
        tried = len(targets) * sum(len(run) for run in runs)
        one = _surest(crossed, target, runs, BEYOND + tried.bit_length())
        if one is not None:
            yield one


def _is_of_rates(crossed: Crossed, index: int) -> bool:
    """Tell whether a line prints percentages, or fractions of one to two decimals at least, wherever it prints a number."""
    printed = [q for x in range(len(crossed.across)) if (q := crossed.quantity(index, x)) is not None]
    rates = all(q.unit in PERCENT or _is_fraction(q) for q in printed)
    fine = all(q.unit in PERCENT for q in printed) or max((q.scale for q in printed), default=0) > 2
    return rates and fine and len(printed) >= FEWEST and not crossed.lines[index].hidden


def _is_fraction(rate: Quantity) -> bool:
    """Tell whether a number may be a fraction of one."""
    return bool(rate.half) and 0 <= rate.mantissa <= 10**rate.scale


def _runs(crossed: Crossed, target: int) -> list[Run]:
    """Return the runs of lines of one unit that stand near a line, all of them before it or all after it."""
    found: list[Run] = []
    for side in (
        [i for i in range(max(0, target - NEAR), target) if i in crossed.levels],
        [i for i in range(target + 1, min(len(crossed.lines), target + NEAR + 1)) if i in crossed.levels],
    ):
        for start in range(len(side)):
            for end in range(start + 2, min(len(side), start + LONGEST) + 1):
                run = tuple(side[start:end])
                units = {crossed.lines[i].unit for i in run}
                if run[-1] - run[0] == len(run) - 1 and len(units) == 1:
                    found.append(run)
    return found


def _surest(crossed: Crossed, target: int, runs: Sequence[Run], least: int) -> Relation | None:
    """Return the shortest run and the part of it that a line is surely the rate of."""
    probes = sorted(
        (x for x in range(len(crossed.across)) if crossed.quantity(target, x) is not None),
        key=lambda x: -_bits(crossed.quantity(target, x)),
    )[:PROBES]
    for run in sorted(runs, key=len):
        for part in run:
            if not any(_holds(crossed, target, part, run, x) for x in probes):
                continue
            judged, failing, bits = _fit(crossed, target, part, run)
            firm = sure_crossings(judged, failing, bits, least)
            if firm is not None:
                percent = any(
                    (q := crossed.quantity(target, x)) is not None and q.unit in PERCENT for x in judged
                )
                sources = ((part, 1), *((i, 1) for i in run))
                return Relation(
                    "share" if percent else "mean", crossed.axis, target, sources, judged, "arithmetic",
                    evidence=SHOWN, firm=None if firm is None else frozenset(firm),
                )  # fmt: skip
    return None


def _fit(crossed: Crossed, target: int, part: int, run: Run) -> tuple[Run, list[int], dict[int, int]]:
    """Return the crossings where a rate can be judged, those where it fails, and the bits of each where it holds.

    A rate that is printed once more is worth nothing.
    """
    judged: list[int] = []
    failing: list[int] = []
    bits: dict[int, int] = {}
    seen: set[int] = set()
    for x in range(len(crossed.across)):
        holds = _holds(crossed, target, part, run, x)
        if holds is None:
            continue
        judged.append(x)
        if not holds:
            failing.append(x)
            if len(failing) > most_failing(len(crossed.across)):
                break
            continue
        rate = crossed.quantity(target, x)
        filled = sum(bool(q.mantissa) for i in run if (q := crossed.quantity(i, x)) is not None)
        again = rate is None or rate.mantissa in seen
        bits[x] = 0 if again or filled < 2 else _bits(rate)
        seen |= set() if rate is None else {rate.mantissa}
    return tuple(judged), failing, bits


def _holds(crossed: Crossed, target: int, part: int, run: Run, x: int) -> bool | None:
    """Tell whether a rate is that of a part in a run at a crossing; None where a number is missing."""
    rate, own = crossed.quantity(target, x), crossed.quantity(part, x)
    numbers = [q for i in run if (q := crossed.quantity(i, x)) is not None]
    if rate is None or own is None or len(numbers) < len(run):
        return None
    values, one = scaled(*numbers)
    whole = Quantity("", sum(v for v, _ in values), sum(h for _, h in values), len(str(one)) - 1)
    if not whole.mantissa:
        return None
    return (is_share if rate.unit in PERCENT else is_mean)(rate, own, whole)


def _bits(rate: Quantity | None) -> int:
    """Return how many bits a rate prints: what it takes to fit it by chance."""
    return 0 if rate is None else max((abs(rate.mantissa) // (2 * rate.half or 1)).bit_length() - 1, 0)
