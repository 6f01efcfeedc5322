"""Find what each line of percentages is a share of: of the total of its column, of its row, or of a whole that is named.

Where the percentages print 100 at a total, they are shares of the figure beside it there. Which line is the part,
and which of several the whole, is told by words, by the panel, by the place, and last by the other crossings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from mlcheck.language.lexicon import lexicon
from mlcheck.language.roles import is_bare_total, is_of_which, statistic_of
from mlcheck.language.words import fold
from mlcheck.model.quantity import Quantity
from mlcheck.model.relation import Evidence
from mlcheck.model.table import Line, Relation
from mlcheck.tables.choice import BELIEFS, FITTING, NAMED, PLACED, Alternative, choose
from mlcheck.tables.crossed import Crossed, are_operands, fits, is_level, is_share, scaled
from mlcheck.tables.descriptors import full, is_bare, named, says
from mlcheck.tables.hundred import Hundred

FEWEST = 3  # lines whose percentages make 100 before others


class _Operand(Struct, frozen=True):
    """A line that may be a part or a whole, how it is known, and why."""

    line: int
    tier: int
    words: tuple[str, ...] = ()
    layout: tuple[str, ...] = ()


def find_shares(crossed: Crossed, sums: Sequence[Relation]) -> Iterator[Relation]:
    """Yield what each line of percentages on this axis is a share of, where that can be told.

    `sums` are those of both axes: what is a part of another line is no part of the whole once more.
    """
    across = [one for one in sums if one.axis != crossed.axis]
    inner = frozenset(source for one in across for source, _ in one.sources)
    outer = frozenset(one.target for one in across) - inner
    for target, line in enumerate(crossed.lines):
        if not is_share_line(line):
            continue
        parts = list(_parts(crossed, target))
        hundreds = _hundreds(crossed, target)
        grouped = list(_of_groups(crossed, target, parts))
        if (done := _achievement(crossed, target)) is not None:
            yield done
        elif grouped:
            yield from grouped
        elif len(hundreds) > 1:
            for base, crossings in _groups(crossed, hundreds):
                yield from _chosen(crossed, target, parts, [base], crossings, inner, outer)
        else:
            yield from _chosen(crossed, target, parts, hundreds, crossed.with_shares(), inner, outer)


def is_share_line(line: Line) -> bool:
    """Tell whether a line holds percentages of something, by its words or those of its spanner or title."""
    return not line.hidden and (
        line.role == "share" or (line.statistic == "share" and line.role in ("part", "total"))
    )


def is_rate(line: Line) -> bool:
    """Tell whether a percentage is a rate, whose operands its words must name ("Taux de chômage")."""
    return statistic_of(line.label) in ("rate", "mean", "median")


def _chosen(
    crossed: Crossed, target: int, parts: list[_Operand], bases: list[int], crossings: list[int],
    inner: frozenset[int], outer: frozenset[int],
) -> Iterator[Relation]:  # fmt: skip
    alternatives = [
        *_of_total(crossed, target, parts, bases, crossings),
        *_of_line(crossed, target, parts, crossings, of_total=bool(bases)),
        *_of_all(crossed, target, parts, crossings, inner, outer),
    ]
    chosen = choose(crossed, target, alternatives)
    if chosen is not None:
        yield chosen


def _hundreds(crossed: Crossed, target: int) -> list[int]:
    """Return the totals of the other axis at which a line of percentages prints 100."""
    return [
        x for x, line in enumerate(crossed.across) if line.role == "total" and crossed.is_hundred(target, x)
    ]


def _groups(crossed: Crossed, hundreds: list[int]) -> Iterator[tuple[int, list[int]]]:
    """Yield each total with the crossings before it up to the last one: those of its group."""
    plain = set(crossed.with_shares())
    first = 0
    for base in hundreds:
        yield base, [x for x in range(first, base + 1) if x in plain]
        first = base + 1


def _parts(crossed: Crossed, target: int) -> Iterator[_Operand]:
    """Yield the lines whose share a line may print, by its panel, by its words, by its place."""
    own, line = named(crossed.lines[target].label), crossed.lines[target]
    levels = [i for i in crossed.levels if i != target and _same_year(line, crossed.lines[i])]
    twins = [i for i in levels if line.path and _is_twin(line, crossed.lines[i])]
    words = [i for i in levels if own and own <= named(full(crossed.lines[i]))] if not twins else []
    fewest = min((len(named(full(crossed.lines[i]))) for i in words), default=0)
    for i in twins:
        yield _Operand(i, NAMED, (line.label,), ("the same line of another panel",))
    for i in words:
        if len(named(full(crossed.lines[i]))) == fewest:  # one whose label says more is another part
            right = i == target - 1 and is_of_which(crossed.lines[i].label)
            yield _Operand(i, NAMED, tuple(sorted(own)), ("right after its part",) if right else ())
    known = {*twins, *words}
    may_be = not known and not is_rate(line) and (not own or _hundreds(crossed, target))
    beside = _beside(crossed, target, levels) if may_be else None
    if beside is not None:
        yield _Operand(beside, PLACED, (line.label,), ("beside its count",))
    for i in crossed.near(target):
        if i not in known and i != beside and i in levels:
            yield _Operand(i, FITTING)


def _is_twin(line: Line, other: Line) -> bool:
    """Tell whether two lines are one thing under two spanners: "Effectifs · Femmes" and "En % · Femmes"."""
    return bool(other.path) and other.path[0] != line.path[0] and other.path[1:] == line.path[1:] and fold(
        other.label
    ) == fold(line.label)  # fmt: skip


def _same_year(line: Line, other: Line) -> bool:
    return line.year is None or other.year is None or line.year == other.year


def _beside(crossed: Crossed, target: int, levels: list[int]) -> int | None:
    """Return the line of counts right before a line of percentages, else right after it, under its spanner."""
    own = crossed.lines[target]
    near = [i for i in (target - 1, target + 1) if i in levels and crossed.lines[i].path == own.path]
    return near[0] if near else None


def _of_total(
    crossed: Crossed, target: int, parts: Iterable[_Operand], bases: list[int], crossings: list[int]
) -> Iterator[Alternative]:
    """Yield the shares of the total of each part's own line."""
    totals = bases or [x for x, line in enumerate(crossed.across) if line.role == "total"][-1:]
    panel = _is_panel_of_rows(crossed, target)
    for part in parts:
        for base in totals:
            silent = crossed.quantity(target, base) is None and is_bare(crossed.lines[target])
            tier = part.tier if (bases or silent) and not panel else FITTING
            layout = (*part.layout, "prints 100 at the total") if bases else part.layout
            own, total = part.line, crossed.across[base].label
            yield _alternative(crossed, target, (own,), crossings, tier, (*part.words, total), layout, base)


def _of_all(
    crossed: Crossed, target: int, parts: Iterable[_Operand], crossings: list[int], inner: frozenset[int],
    outer: frozenset[int],
) -> Iterator[Alternative]:  # fmt: skip
    """Yield the shares of what a line makes in all, where no total of it is printed, but for those of some of its lines."""
    levels = [x for x in crossings if x not in inner and is_level(crossed.across[x])]
    wholes = _making_hundred(crossed, target, levels)
    if len(wholes) < 2 or any(
        line.role == "total" and x not in outer for x, line in enumerate(crossed.across)
    ):
        return
    if len(wholes) < len(levels):
        crossings = list(wholes)
    for part in parts:
        if part.tier > PLACED and abs(part.line - target) > 1:
            continue
        printed = [crossed.quantity(part.line, x) for x in wholes]
        known = [quantity for quantity in printed if quantity is not None]
        if len(known) < len(wholes):
            continue
        values, one = scaled(*known)
        made = Quantity("", sum(v for v, _ in values), sum(h for _, h in values), len(str(one)) - 1)
        kept = [
            x for x in crossings
            if are_operands(crossed.entry(target, x), crossed.entry(part.line, x))
        ]  # fmt: skip
        fit = {
            x for x in kept if _is_share(crossed.quantity(target, x), crossed.quantity(part.line, x), made)
        }
        relation = Relation(
            "share", crossed.axis, target, ((part.line, 1),), tuple(kept), BELIEFS[FITTING], wholes=wholes
        )
        yield Alternative(relation, FITTING, tuple(kept), frozenset(fit), (abs(part.line - target), 1))


def _of_groups(crossed: Crossed, target: int, parts: Sequence[_Operand]) -> Iterator[Relation]:
    """Yield the shares of what each group of lines under a heading of its own makes, where none prints its total.

    In each group half of the percentages at least must be so; those of which persons may give several are of another whole.
    """
    part = next((one for one in parts if one.tier <= PLACED), None)
    if part is None or any(line.role == "total" for line in crossed.across):
        return
    groups: dict[tuple[str, ...], list[int]] = {}
    for x in crossed.with_shares():
        if crossed.across[x].path and is_level(crossed.across[x]):
            groups.setdefault(crossed.across[x].path, []).append(x)
    judged = [(own, _fitting(crossed, target, part.line, own)) for own in groups.values() if len(own) > 1]
    bound = [(own, fit) for own, (kept, fit) in judged if kept and 2 * len(fit) >= len(kept)]
    if sum(len(fit) for _, fit in bound) < FEWEST:
        return
    evidence = Evidence((crossed.lines[target].label,), ("beside its count", "all lines of its group"))
    for own, _ in bound:
        yield Relation(
            "share", crossed.axis, target, ((part.line, 1),), tuple(own), BELIEFS[PLACED], evidence=evidence, wholes=tuple(own)
        )  # fmt: skip


def _fitting(crossed: Crossed, target: int, part: int, group: Sequence[int]) -> tuple[list[int], list[int]]:
    """Return the crossings of a group that print a percentage and a count, and those where it is the share of all of them."""
    known = [quantity for x in group if (quantity := crossed.quantity(part, x)) is not None]
    kept = [x for x in group if are_operands(crossed.entry(target, x), crossed.entry(part, x))]
    if len(known) < len(group):
        return [], []
    values, one = scaled(*known)
    made = Quantity("", sum(v for v, _ in values), sum(h for _, h in values), len(str(one)) - 1)
    return kept, [x for x in kept if _is_share(crossed.quantity(target, x), crossed.quantity(part, x), made)]


def _making_hundred(crossed: Crossed, target: int, crossings: Sequence[int]) -> tuple[int, ...]:
    """Return the crossings at which a line of percentages makes 100 before one that is too much; else all."""
    made = Hundred()
    for n, x in enumerate(crossings):
        rate = crossed.quantity(target, x)
        if rate is None:
            return tuple(crossings)
        more = made.plus(rate)
        if n >= FEWEST and made.holds and not more.holds:
            return tuple(crossings[:n])
        made = more
    return tuple(crossings)


def _is_share(rate: Quantity | None, part: Quantity | None, whole: Quantity) -> bool:
    return rate is not None and part is not None and is_share(rate, part, whole)


def _of_line(
    crossed: Crossed, target: int, parts: Iterable[_Operand], crossings: list[int], *, of_total: bool
) -> Iterator[Alternative]:
    """Yield the shares of another line at the same crossing: the total of the row, the whole of a "dont"."""
    panel = _is_panel_of_rows(crossed, target)
    for part in parts:
        for whole in _wholes(crossed, target, part.line):
            tier = max(part.tier, whole.tier)
            if of_total and not panel and tier > NAMED:
                tier = FITTING
            layout = (*part.layout, *whole.layout, *(("its row prints 100",) if panel else ()))
            words = (*part.words, *whole.words)
            yield _alternative(crossed, target, (part.line, whole.line), crossings, tier, words, layout)


def _wholes(crossed: Crossed, target: int, part: int) -> Iterator[_Operand]:
    """Yield the lines that a part may be a share of."""
    lines, own = crossed.lines, crossed.lines[part]
    levels = [i for i in crossed.levels if i not in (part, target) and _same_year(lines[target], lines[i])]
    near = crossed.near(target)
    whole = _whole_of(crossed, part) if is_of_which(own.label) else None
    if whole is not None:
        yield _Operand(whole, PLACED, (own.label,), ("the whole of its part",))
    for i in levels:
        line = lines[i]
        if i != whole and line.role == "total" and line.path == own.path and own.role != "total":
            tier = NAMED if is_bare_total(line.label) else PLACED
            yield _Operand(i, tier, (line.label,), ("beside the total of its row",))
        elif i != whole and i in near:
            yield _Operand(i, FITTING)


def _whole_of(crossed: Crossed, part: int) -> int | None:
    """Return the line that a "dont" is a part of."""
    before = (i for i in range(part - 1, -1, -1) if crossed.lines[i].role in ("part", "total"))
    return next((i for i in before if is_level(crossed.lines[i])), None)


def _is_panel_of_rows(crossed: Crossed, target: int) -> bool:
    """Tell whether the panel of a line holds a total that prints 100 at most crossings, so that these make 100."""
    own = crossed.lines[target]
    for i, line in enumerate(crossed.lines):
        if line.role == "total" and line.statistic == "share" and line.path == own.path:
            printed = [x for x in crossed.with_shares() if crossed.quantity(i, x) is not None]
            return len(printed) > 1 and sum(crossed.is_hundred(i, x) for x in printed) * 2 > len(printed)
    return False


def _achievement(crossed: Crossed, target: int) -> Relation | None:
    """Return the rate of what was done on what was meant, where both stand beside it."""
    line = crossed.lines[target]
    word = says(line.label, lexicon().measures.achievement)
    if word is None:
        return None
    near = [i for i in crossed.near(target) if crossed.lines[i].path == line.path]
    done = [i for i in near if crossed.lines[i].scenario == "done" and i != target]
    meant = [i for i in near if crossed.lines[i].scenario == "target"]
    if not done or not meant:
        return None
    pair = (done[0], meant[0])
    words = (word, crossed.lines[pair[0]].label, crossed.lines[pair[1]].label)
    return _alternative(
        crossed, target, pair, crossed.with_shares(), NAMED, words, ("what was done of what was meant",)
    ).relation


def _alternative(
    crossed: Crossed, target: int, sources: tuple[int, ...], crossings: Iterable[int], tier: int,
    words: tuple[str, ...], layout: tuple[str, ...], base: int = -1,
) -> Alternative:  # fmt: skip
    places = {
        x: (crossed.entry(target, x), crossed.entry(sources[0], x),
            crossed.entry(sources[0], base) if len(sources) < 2 else crossed.entry(sources[1], x))
        for x in crossings if x != base
    }  # fmt: skip
    kept = [x for x, cells in places.items() if are_operands(*cells)]
    fit = {x for x in kept if fits(is_share, *places[x])}
    evidence = Evidence(tuple(dict.fromkeys(words)), layout) if tier < FITTING else Evidence()
    pairs = tuple((s, 1) for s in sources)
    relation = Relation("share", crossed.axis, target, pairs, tuple(kept), BELIEFS[tier], base, evidence)
    return Alternative(
        relation, tier, tuple(kept), frozenset(fit), (abs(sources[0] - target), sources[0] > target)
    )
