"""Find which two lines each growth rate, difference or balance compares: two years, a target and what was done, in and out.

A pair is told by its years or scenarios, one measure under one spanner; among several the nearest of consecutive
years, unless the other crossings bear out another. Growth of a column of years is that of each row on the one before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise, permutations

from mlcheck.language.lexicon import lexicon
from mlcheck.language.roles import statistic_of, year_of
from mlcheck.language.words import fold
from mlcheck.model.relation import Evidence
from mlcheck.model.table import Entry, Line, Relation, RelationKind
from mlcheck.tables.choice import BELIEFS, FITTING, NAMED, PLACED, Alternative, choose
from mlcheck.tables.crossed import (
    NEAR,
    PERCENT,
    Crossed,
    are_operands,
    fits,
    is_difference,
    is_growth,
    is_level,
)
from mlcheck.tables.descriptors import counted, full, named, says, years_in

MOST_CHANGES = 60  # lines of changes of a table; of more, numbers alone tell no pair
Pair = tuple[int, int]
HOLDS = {"variation": is_growth, "difference": is_difference}


def find_changes(crossed: Crossed) -> Iterator[Relation]:
    """Yield what each line of changes on this axis compares, where that can be told."""
    targets = [n for n, line in enumerate(crossed.lines) if not line.hidden and is_change(line)]
    for target in targets:
        alternatives = list(_alternatives(crossed, target, worded=len(targets) > MOST_CHANGES))
        chosen = choose(crossed, target, alternatives) or _by_rows_of_years(crossed, target)
        if chosen is not None:
            yield chosen


def is_change(line: Line) -> bool:
    """Tell whether a line holds changes or balances of other lines, and no mean or annual rate of them."""
    plain = full(line)
    words = lexicon()
    other_basis = says(plain, frozenset(words.sentences.cues.basis)) and not says(plain, words.measures.gap)
    if other_basis or statistic_of(line.label) == "mean" or _lasts(line):
        return False
    return line.role == "variation" or (
        line.role in ("part", "total") and line.unit not in PERCENT and _is_balance(line)
    )


def _lasts(line: Line) -> bool:
    """Tell whether a change is one over several years ("Évolution sur 5 ans"), whose ends the table may not print."""
    return any(w in lexicon().sentences.cues.duration for w in fold(line.label).split()) and not years_in(
        line
    )


def _is_balance(line: Line) -> bool:
    words = lexicon().measures
    return says(line.label, words.difference | words.gap) is not None


def _alternatives(crossed: Crossed, target: int, *, worded: bool) -> Iterator[Alternative]:
    """Yield what a line of changes may compare; only what is `worded` where a table has more of them than tables have."""
    line = crossed.lines[target]
    points = _in_points(line) or _is_among_shares(crossed, line)
    kinds: tuple[RelationKind, ...] = ("difference",) if points else _kinds(line)
    for kind in kinds:
        pairs = list(_worded(crossed, target, points=points))
        for pair, words in pairs:
            tier = NAMED if len(kinds) == 1 else PLACED
            yield _alternative(crossed, target, kind, pair, tier, words, points=points)
        if not points and not worded:
            known = {p for p, _ in pairs}
            for pair in permutations(crossed.near(target), 2):
                if pair not in known:
                    yield _alternative(crossed, target, kind, pair, FITTING, (), points=points)


def _kinds(line: Line) -> tuple[RelationKind, ...]:
    """Return what a line of changes may print: growth where it has a percent sign, differences in points, else either."""
    if line.unit in ("%", "‰"):
        return ("variation",)
    if _in_points(line):
        return ("difference",)
    if line.unit == "€" or says(line.label, lexicon().measures.gap) or line.role != "variation":
        return ("difference",)
    return ("difference", "variation")


def _in_points(line: Line) -> bool:
    """Tell whether a line of changes is in points of percentage, by its unit or by its words."""
    return line.unit == "points" or says(line.label, frozenset(lexicon().units["points"].words)) is not None


def _is_among_shares(crossed: Crossed, line: Line) -> bool:
    """Tell whether a line of changes without a unit stands beside shares alone, so that it is in points of them."""
    if line.role != "variation" or line.unit != "count" or crossed.levels:
        return False
    return sum(other.role == "share" for other in crossed.lines) > 1


def _worded(crossed: Crossed, target: int, *, points: bool) -> Iterator[tuple[Pair, tuple[str, ...]]]:
    """Yield the pairs of lines that words make the present and the former one, or the ends of a balance."""
    line = crossed.lines[target]
    levels = [
        i for i, other in enumerate(crossed.lines)
        if i != target and (other.role == "share" if points else is_level(other)) and abs(i - target) <= 2 * NEAR
    ]  # fmt: skip
    own = [i for i in levels if crossed.lines[i].path == line.path]
    said = years_in(line)
    for group in (own, levels) if line.path else (own or levels,):
        found = [
            ((i, j), (crossed.lines[i].label, crossed.lines[j].label))
            for i, j in permutations(group, 2)
            if _are_two_times(crossed.lines[i], crossed.lines[j], line, said)
        ]
        yield from found
        if found:
            return
    yield from _balance(crossed, line, levels)


def _are_two_times(one: Line, other: Line, change: Line, said: tuple[int, ...]) -> bool:
    """Tell whether two lines are one measure now and before, and those that a change speaks of."""
    if counted(one.label) != counted(other.label) and not {one.scenario, other.scenario} & {"now", "done"}:
        return False
    if one.unit != other.unit or not _speaks_of(change, one):
        return False
    if one.year is not None and other.year is not None:
        if one.scenario != other.scenario and {one.scenario, other.scenario} != {"now", "before"}:
            return _are_scenarios(one, other) and one.year == other.year
        ends = set(said)
        return one.year > other.year and (
            ends == {one.year, other.year} or len(ends) == 0 or (len(ends) == 1 and one.year in ends)
        )
    return _are_scenarios(one, other)


def _are_scenarios(one: Line, other: Line) -> bool:
    return (one.scenario, other.scenario) in (("now", "before"), ("done", "target"))


def _speaks_of(change: Line, one: Line) -> bool:
    """Tell whether a change names nothing but what a line counts."""
    own = named(change.label)
    return not own or own <= named(full(one)) | {s for s in own if s.isdigit()} or own == named(one.label)


def _balance(crossed: Crossed, line: Line, levels: list[int]) -> Iterator[tuple[Pair, tuple[str, ...]]]:
    """Yield the nearest lines that are what comes in and what goes out of a balance, by their words."""
    if line.role == "variation" and not says(line.label, lexicon().measures.gap):
        return
    if named(line.label):
        return
    for comes, goes in lexicon().balances:
        ends = []
        for word in (comes, goes):
            named_so = [i for i in levels if _opens_with(crossed.lines[i], word)]
            totals = [i for i in named_so if crossed.lines[i].role == "total"]
            ends.append((totals or named_so)[:2])
        if len(ends[0]) == len(ends[1]) == 1:
            yield (ends[0][0], ends[1][0]), (line.label, comes, goes)
            return


def _opens_with(line: Line, word: str) -> bool:
    """Tell whether a label is a word, or a total or an adjective of it: "Recettes", "Total des recettes"."""
    return named(word) <= named(line.label) and len(named(line.label)) <= len(named(word)) + (
        line.role == "total"
    )


def _alternative(
    crossed: Crossed, target: int, kind: RelationKind, pair: Pair, tier: int, words: tuple[str, ...], *, points: bool
) -> Alternative:  # fmt: skip
    cells = {
        x: (crossed.entry(target, x), crossed.entry(pair[0], x), crossed.entry(pair[1], x))
        for x, line in enumerate(crossed.across) if line.statistic != "variation"
    }  # fmt: skip
    kept = tuple(x for x, own in cells.items() if are_operands(*own) and _are_of_unit(own[1:], points))
    fit = frozenset(x for x in kept if fits(HOLDS[kind], *cells[x]))
    evidence = Evidence()
    if tier < FITTING:
        own = (crossed.lines[target].label, *words)
        evidence = Evidence(tuple(dict.fromkeys(w for w in own if w)), (_layout(crossed, pair),))
    sources = ((pair[0], 1), (pair[1], -1 if kind == "difference" else 1))
    relation = Relation(kind, crossed.axis, target, sources, kept, BELIEFS[tier], evidence=evidence)
    return Alternative(relation, tier, kept, fit, _place(crossed, target, pair))


def _are_of_unit(cells: Iterable[Entry | None], points: bool) -> bool:
    """Tell whether operands are percentages, for changes in points, or none is: a growth of rates may be either."""
    rates = [c.quantity.unit in PERCENT for c in cells if c is not None and c.quantity is not None]
    return all(rates) if points else not any(rates)


def _layout(crossed: Crossed, pair: Pair) -> str:
    one, other = (crossed.lines[i] for i in pair)
    if one.year is not None and other.year is not None and one.year != other.year:
        return "beside its two years"
    return "beside what it compares"


def _place(crossed: Crossed, target: int, pair: Pair) -> tuple[int, ...]:
    """Return how far a pair is from the usual: consecutive years, the latest of them, before the change, near it."""
    one, other = (crossed.lines[i] for i in pair)
    years = one.year is not None and other.year is not None
    apart = abs((one.year or 0) - (other.year or 0)) if years else 0
    after = sum(i > target for i in pair)
    return apart, after, sum(abs(i - target) for i in pair)


def _by_rows_of_years(crossed: Crossed, target: int) -> Relation | None:
    """Return the growth of a column of years on the year before, where the crossings are years in their order."""
    line = crossed.lines[target]
    years = [(x, y) for x, other in enumerate(crossed.across) if (y := year_of(other.label)) is not None]
    steps = {b - a for (_, a), (_, b) in pairwise(years)}
    if len(years) < 3 or len(years) < len(crossed.across) - 1 or steps not in ({1}, {-1}):
        return None
    order = [x for x, _ in (years if steps == {1} else years[::-1])]
    kinds = _kinds(line)
    alternatives = []
    for source in crossed.near(target):
        own = crossed.lines[source]
        adjacent = source == target - 1 and own.path == line.path
        worded = bool(named(line.label)) and named(line.label) <= named(full(own))
        tier = NAMED if (adjacent or worded) and len(kinds) == 1 and _speaks_of(line, own) else FITTING
        alternatives += [_yearly(crossed, target, source, order, kind, tier) for kind in kinds]
    return choose(crossed, target, alternatives)


def _yearly(
    crossed: Crossed, target: int, source: int, order: list[int], kind: RelationKind, tier: int
) -> Alternative:
    cells = {
        x: (crossed.entry(target, x), crossed.entry(source, x), crossed.entry(source, before))
        for before, x in pairwise(order)
    }
    kept = tuple(x for x, own in cells.items() if are_operands(*own))
    fit = frozenset(x for x in kept if fits(HOLDS[kind], *cells[x]))
    evidence = Evidence()
    if tier < FITTING:
        words = (crossed.lines[target].label, crossed.lines[source].label)
        evidence = Evidence(tuple(w for w in words if w), ("one year a line",))
    relation = Relation(
        kind, crossed.axis, target, ((source, 1),), tuple(order), BELIEFS[tier], evidence=evidence
    )
    return Alternative(relation, tier, kept, fit, (abs(source - target),))
