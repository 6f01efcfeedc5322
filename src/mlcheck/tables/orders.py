"""Find what must rise along a line: minimum, quantiles and maximum; and the totals that run from line to line."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from mlcheck.language.lexicon import lexicon
from mlcheck.model.relation import Evidence
from mlcheck.model.table import Line, Relation
from mlcheck.tables.crossed import Crossed, is_level
from mlcheck.tables.descriptors import full, named, says

LEAST, MEDIAN, MOST = 0, 50, 100
ENDS = ("minimum", "median", "maximum", "mean")


def find_orders(crossed: Crossed) -> Iterator[Relation]:
    """Yield each two lines of this axis of which the first is never above the second, at any crossing."""
    crossings = tuple(range(len(crossed.across)))
    groups: dict[tuple[object, ...], list[int]] = {}
    for i, line in enumerate(crossed.lines):
        if not line.hidden and (_level(line) is not None or line.statistic == "mean"):
            groups.setdefault((line.path, _of_what(line)), []).append(i)
    for group in groups.values():
        if not any(crossed.lines[i].statistic in ENDS for i in group):  # Q1 to Q4 may be quarters
            continue
        ranked = sorted((level, i) for i in group if (level := _level(crossed.lines[i])) is not None)
        means = [i for i in group if crossed.lines[i].statistic == "mean"]
        ends = dict(ranked)
        if len(ends) < len(ranked):  # two minima: of several things that the labels do not tell apart
            continue
        pairs = [(a, b) for (_, a), (_, b) in pairwise(ranked)]
        if len(means) == 1:
            pairs += [(ends[LEAST], means[0])] if LEAST in ends else []
            pairs += [(means[0], ends[MOST])] if MOST in ends else []
        for low, high in pairs:
            evidence = Evidence((crossed.lines[low].label, crossed.lines[high].label), ("side by side",))
            yield Relation("ordered", crossed.axis, high, ((low, 1),), crossings, evidence=evidence)


def _level(line: Line) -> int | None:
    """Return the percentage of what lies below a quantile, None for a line that is none."""
    if line.statistic in ("minimum", "median", "maximum"):
        return {"minimum": LEAST, "median": MEDIAN, "maximum": MOST}[line.statistic]
    if line.statistic not in ("quantile", None):
        return None
    return next((p for p, words in lexicon().quantiles.items() if says(line.label, words)), None)


def _of_what(line: Line) -> frozenset[str]:
    """Return what a statistic is of, its own words left out."""
    words = lexicon().quantiles.values()
    own = frozenset().union(*(named(w) for group in words for w in group))
    return named(line.label) - own


def find_running(crossed: Crossed) -> Iterator[Relation]:
    """Yield the line that each running total of this axis adds up, and where it runs."""
    places = [
        x for x, line in enumerate(crossed.across)
        if line.role == "part" and line.statistic is None and not line.hidden and line.scenario is None
    ]  # fmt: skip
    if len({crossed.across[x].path for x in places}) > 1 or len(places) < 3:
        return
    for target, line in enumerate(crossed.lines):
        if line.statistic != "running" or line.hidden:
            continue
        source = _added_up(crossed, target)
        if source is not None:
            evidence = Evidence((line.label, crossed.lines[source].label), ("beside what it adds up",))
            yield Relation("running", crossed.axis, target, ((source, 1),), tuple(places), evidence=evidence)


def _added_up(crossed: Crossed, target: int) -> int | None:
    """Return the line that a running total adds up: the one it names, else the one before it."""
    lines, line = crossed.lines, crossed.lines[target]
    own = named(line.label)
    may_be = [
        i for i, other in enumerate(lines)
        if i != target and other.path == line.path and (is_level(other) or other.role == "share") and other.unit == line.unit
    ]  # fmt: skip
    by_name = [i for i in may_be if own and own == named(full(lines[i]))]
    if by_name:
        return by_name[0] if len(by_name) == 1 else None
    return target - 1 if not own and target - 1 in may_be else None
