"""Find which lines of a table are the sums of which others.

Formulas, words and layout state a sum: it is then bound whether its numbers fit or not, and only the choice between
several runs of lines that they leave open looks at numbers. Numbers alone bind where they fit beyond chance.
Sums are found from the inside out: once a subtotal is bound, its parts leave the list and it stands for them in the
next one, as in bottom-up aggregation detection (Jiang et al., AggreCol, 2022).
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from mlcheck.language.lexicon import lexicon
from mlcheck.language.roles import is_adjective_total
from mlcheck.language.words import fold, stems
from mlcheck.model.relation import Evidence
from mlcheck.model.table import Axis, Line, Relation, RelationKind
from mlcheck.tables.descriptors import is_period, says, some_months
from mlcheck.tables.groups import repeated_groups
from mlcheck.tables.matrix import Fit, Matrix
from mlcheck.tables.numbering import numbered_groups, uncoded_groups
from mlcheck.tables.pairs import find_pairs
from mlcheck.tables.proposals import Proposal, named_parts, proposals, total_evidence, unlike
from mlcheck.tables.strides import find_strided

ADDITIVE = ("part", "total")
LONGEST_SEARCH = 250  # lines; a longer table is searched for labelled totals only
LONGEST_RUN = 80
MOST_SCATTERED = 14  # lines of which any may be the parts of a total
SPARED = 2  # crossings in which a sum without a word for it must hold for each in which it fails
BEYOND = 14  # bits by which a sum must be less likely than one of those tried


class Search(Struct):
    """The lines still open on one axis of a table, and the sums found so far.

    `closed` are the lines that are parts already, each with the total and the parts it stands among; `tried` are the
    runs of lines that were added up without a word for it, with what held.
    """

    lines: Sequence[Line]
    matrix: Matrix
    axis: Axis
    open: list[int]
    found: list[Relation] = field(default_factory=list)
    bound: set[int] = field(default_factory=set)
    closed: dict[int, tuple[int, ...]] = field(default_factory=dict)
    tried: dict[tuple[int, tuple[int, ...]], list[tuple[int, Fit]]] = field(default_factory=dict)

    def bind(
        self, target: int, sources: Sequence[int], evidence: Evidence, firm: tuple[int, ...] | None
    ) -> None:
        """Keep a sum; its parts leave the lines that are open."""
        crossings = self.matrix.crossings(target, sources)
        if crossings:
            pairs = tuple((s, 1) for s in sources)
            stated = bool(evidence.words or evidence.layout or evidence.formula)
            belief = "words" if evidence.words or evidence.formula else "layout" if stated else "arithmetic"
            known = None if firm is None else frozenset(firm)
            self.found.append(
                Relation("sum", self.axis, target, pairs, crossings, belief, evidence=evidence, firm=known)  # type: ignore[arg-type]
            )
        self.bound.add(target)
        taken = set(sources)
        self.open = [i for i in self.open if i not in taken]
        self.closed |= dict.fromkeys(sources, (target, *sources))

    def candidates(self) -> list[int]:
        """Return the lines whose own parts are not known, those too that are parts themselves."""
        return sorted({*self.open, *self.closed} - self.bound)

    def beside(self, target: int) -> tuple[list[int], list[int]]:
        """Return the lines still open after a line and, nearest first, before it; up to the next part of the same total."""
        at, kin = bisect_right(self.open, target), self.closed.get(target, ())
        end = min((i for i in kin if i > target), default=len(self.lines))
        start = max((i for i in kin if i < target), default=-1)
        after = [i for i in self.open[at : at + LONGEST_RUN] if i < end]
        before = [i for i in self.open[max(0, at - LONGEST_RUN - 1) : at] if start < i < target]
        return after, before[::-1]


def find_sums(
    lines: Sequence[Line], matrix: Matrix, axis: Axis, formulas: Sequence[Proposal] = ()
) -> list[Relation]:
    """Return the sum relations of one axis, inner ones first; `formulas` are those that cells compute."""
    additive = [i for i, line in enumerate(lines) if _adds(line) and not _repeats(lines, matrix, i)]
    search = Search(lines, matrix, axis, additive)
    _computed(search, formulas)
    _indented(search)
    _bind_groups(search, numbered_groups(lines, search.open), "lines numbered under it")
    _bind_groups(search, uncoded_groups(lines, search.open), "lines with a code over one without", least=0)
    _bind_groups(search, repeated_groups(lines, search.open), "the same lines under each")
    _named(search)
    _nameless(search)
    progress = len(search.open) > 2
    while progress:
        progress = _labelled(search) or (len(additive) <= LONGEST_SEARCH and _unlabelled(search))
    _excepting(search)
    _alike(search)
    _paired(search)
    _strided(search)
    while _scattered(search) or _stated(search):
        pass
    return [one for one in search.found if not (_adds_periods(lines, one) or _is_of_the_year(lines, one))]


def _adds_periods(lines: Sequence[Line], one: Relation) -> bool:
    """Tell whether numbers alone make a month the sum of others."""
    own = (one.target, *(source for source, _ in one.sources))
    return one.belief == "arithmetic" and all(is_period(lines[i]) for i in own)


def _is_of_the_year(lines: Sequence[Line], one: Relation) -> bool:
    """Tell whether a total of the year is that of months of which the others stand elsewhere: "2e semestre et total"."""
    yearly = says(lines[one.target].label, lexicon().measures.yearly) is not None
    return yearly and some_months([lines[source] for source, _ in one.sources])


def _adds(line: Line) -> bool:
    return (
        line.role in ADDITIVE
        and not line.hidden
        and line.statistic is None
        and line.unit not in ("%", "‰", "points")
    )


def _repeats(lines: Sequence[Line], matrix: Matrix, index: int) -> bool:
    """Tell whether a line is the one before it once more, as the only member of a group has the group's label."""
    if not index or fold(lines[index].label) != fold(lines[index - 1].label):
        return False
    own, printed = matrix.values[index], matrix.printed[index]
    return any(printed) and bool(lines[index].label) and own == matrix.values[index - 1]


def _computed(search: Search, formulas: Sequence[Proposal]) -> None:
    """Bind what formulas compute, inner sums first."""
    for one in sorted(formulas, key=lambda one: (len(one.sources), one.target)):
        if all(i in search.open for i in (one.target, *one.sources)) and one.target not in search.bound:
            search.bind(one.target, one.sources, one.evidence, None)


def _indented(search: Search) -> None:
    """Bind the lines that indents or bullets put over others, where they hold or their likes do."""
    groups = [(target, children) for target in search.open if (children := _children(search, target))]
    _bind_groups(search, groups, "lines set in under it")


def _bind_groups(
    search: Search, groups: Sequence[tuple[int, list[int]]], layout: str, least: int = 1
) -> None:
    """Bind the lines that stand over others, inner ones first, where they hold beyond some bits or their likes do."""
    fits = {target: search.matrix.fit(target, children) for target, children in groups}
    holding = [t for t, fit in fits.items() if fit.bits > least and fit.holding * 2 >= fit.decidable]
    for target, children in reversed(groups):
        likes = [t for t in holding if t != target]
        usual = bool(likes) and (len(likes) + 1) * 2 >= len(groups)
        fit = fits[target]
        if target in holding or (usual and fit.decidable):
            firm = None if usual else tuple(x for x in fit.decided if _half_without(fit, x))
            words = (search.lines[target].label,) if search.lines[target].role == "total" else ()
            search.bind(target, children, Evidence(words, (layout,)), firm)


def _half_without(fit: Fit, wrong: int) -> bool:
    """Tell whether a sum would still hold in half of its crossings, and not by chance, with a wrong number in one."""
    holding = fit.holding - (wrong not in fit.failing)
    return holding * 2 >= fit.decidable and fit.bits - fit.by_crossing.get(wrong, 0) > 1


def _children(search: Search, target: int) -> list[int]:
    """Return the lines one step deeper that follow a line at once, if there are several of its unit."""
    own, found = search.lines[target], list[int]()
    for at in range(bisect_right(search.open, target), len(search.open)):
        i = search.open[at]
        line = search.lines[i]
        if line.depth <= own.depth or line.role == "total":
            break
        if not found or line.depth <= search.lines[found[0]].depth:
            found.append(i)
    alike = all(search.lines[i].unit == own.unit and line.path[: len(own.path)] == own.path for i in found)
    theirs = _closes_group(search, target) and found and search.lines[found[0]].path != own.path
    return (
        found if len(found) > 1 and alike and not theirs and not _opened_by_part(search, own, found) else []
    )


def _closes_group(search: Search, target: int) -> bool:
    """Tell whether a total stands right under lines that are set in: the title after it opens another group."""
    own = search.lines[target]
    return own.role == "total" and target > 0 and search.lines[target - 1].depth > own.depth


def _opened_by_part(search: Search, own: Line, found: Sequence[int]) -> bool:
    """Tell whether "dont :" stands between a line and those set in under it: they need not be complete."""
    from mlcheck.language.roles import is_of_which

    return any(is_of_which(title) for i in found for title in search.lines[i].path[len(own.path) :])


def _named(search: Search) -> None:
    """Bind the lines whose label names others of the table ("Inactifs et chômeurs")."""
    said = {i: stems(search.lines[i].label) for i in search.open}
    counts = Counter(word for words in said.values() for word in words)
    rarest: dict[str, list[int]] = {}
    for i, words in said.items():
        if words:
            rarest.setdefault(min(words, key=lambda word: (counts[word], word)), []).append(i)
    for target in list(search.open):
        named = sorted(i for word in said[target] for i in rarest.get(word, ()) if i not in search.closed)
        sources = named_parts(search.lines, named, target)
        if sources and target in search.open:
            evidence = Evidence((search.lines[target].label,), ())
            search.bind(target, sources, evidence, None)


def _nameless(search: Search) -> None:
    """Bind a last line without a label to all lines over it, where half of the columns bear it out beyond chance."""
    if len(search.open) < 3 or search.lines[search.open[-1]].label:
        return
    *sources, target = search.open
    fit = search.matrix.fit(target, sources)
    if (
        fit.bits >= BEYOND
        and fit.holding * 2 >= fit.decidable
        and not any(search.lines[i].role == "total" for i in sources)
    ):
        search.bind(
            target,
            sources,
            Evidence((), ("a last line without a label",)),
            tuple(
                x
                for x in fit.decided
                if (fit.holding - (x not in fit.failing)) * 2 >= fit.decidable
                and fit.bits - fit.by_crossing.get(x, 0) >= BEYOND
            ),
        )


def _labelled(search: Search) -> bool:
    """Bind the labelled totals with the run of lines that fits; tell whether any was bound."""
    any_bound = False
    for target in [i for i in search.open if search.lines[i].role == "total"]:
        if target in search.bound or target not in search.open:
            continue
        proposed = proposals(search.lines, search.open, search.bound, target)
        runs = [one.sources for one in proposed]
        fits = [search.matrix.fit(target, sources) for sources in runs]
        best = _best(fits, runs)
        if best is None:
            continue
        without = {x: _best(fits, runs, best, x) for x in fits[best].decided}
        firm = tuple(x for x, other in without.items() if other == best or (other is None and best == 0))
        search.bind(target, proposed[best].sources, proposed[best].evidence, firm)
        any_bound = True
    return any_bound


def _best(
    fits: Sequence[Fit], runs: Sequence[Sequence[int]], doubted: int | None = None, wrong: int | None = None
) -> int | None:
    """Return the proposal that holds in most crossings, the likelier of those as good, None where none does in half.

    One of quite other lines does not replace a likelier one that holds in several: the next panel of a profile makes
    the same total. The proposal `doubted` is taken not to hold in the crossing `wrong`, as it would not with a wrong
    number there.
    """
    scored = []
    for rank, fit in enumerate(fits):
        lost = rank == doubted and wrong not in fit.failing
        holding, bits = fit.holding - lost, fit.bits - (fit.by_crossing.get(wrong or 0, 0) if lost else 0)
        if holding and holding * 2 >= fit.decidable and bits > 1:
            scored.append((holding / fit.decidable, holding, -rank))
    if not scored:
        return None
    best = -max(scored)[2]
    likelier = (-rank for _, holding, rank in scored if holding > 1 and -rank < best)
    return next((rank for rank in likelier if set(runs[rank]).isdisjoint(runs[best])), best)


def _excepting(search: Search) -> None:
    """Bind the totals that leave a line out by their words ("Total hors Paris") to the other parts of the total of all."""
    for target in [i for i in search.open if search.lines[i].role == "total" and i not in search.bound]:
        label = search.lines[target].label
        left_out = _left_out(search, target, stems(_excepted(label)))
        whole = next(
            (
                one for one in search.found
                if one.kind == "sum" and search.lines[one.target].role == "total" and (left_out, 1) in one.sources
            ),
            None,
        )  # fmt: skip
        if (
            left_out is None
            or whole is None
            or len(whole.sources) < 3
            or unlike(search.lines[whole.target], search.lines[target])
        ):
            continue
        sources = [i for i, _ in whole.sources if i != left_out]
        words = (label, search.lines[left_out].label)
        search.bind(target, sources, Evidence(words, ("the parts of a total but one",)), None)


def _left_out(search: Search, target: int, words: frozenset[str]) -> int | None:
    """Return the one line whose label has all of some words, None where there is none or several."""
    named = [
        i for i, line in enumerate(search.lines)
        if i != target and words and words <= stems(line.label) and line.role == "part"
    ]  # fmt: skip
    return named[0] if len(named) == 1 else None


def _excepted(label: str) -> str:
    """Return what a label leaves out, "" where it leaves out nothing."""
    words = fold(label).split()
    at = next((n for n, word in enumerate(words) if n and word in lexicon().totals.except_), None)
    return "" if at is None else " ".join(words[at + 1 :])


def _scattered(search: Search) -> bool:
    """Bind the first labelled total that some lines here and there make beyond chance; tell whether one was."""
    for target in [i for i in search.open if search.lines[i].role == "total" and i not in search.bound]:
        among = [i for i in search.open if i != target and not unlike(search.lines[i], search.lines[target])]
        if not 2 < len(among) <= MOST_SCATTERED:
            continue
        found = search.matrix.subset(target, among)
        fit = search.matrix.fit(target, found) if found else None
        if fit is None or len(among) - len(found) < 2 or not _beyond_chance(fit, 1 << len(among)):
            continue  # one line left out is more likely a slip
        firm = (
            tuple(x for x in fit.decided if _beyond_chance(fit, 1 << len(among), x))
            if fit.decidable > 2
            else ()
        )
        search.bind(target, found, Evidence((search.lines[target].label,), ("lines here and there",)), firm)
        return True
    return False


def _stated(search: Search) -> bool:
    """Bind the first labelled total that nothing bore out to the parts its place proposes; tell whether one was."""
    targets = [i for i in search.open if search.lines[i].role == "total" and i not in search.bound]
    found = [
        (proposed, target)
        for target in targets
        if (proposed := [
            one for one in proposals(search.lines, search.open, search.bound, target) if one.grouped
        ])
    ]  # fmt: skip
    inner = [one for one in found if not any(t in one[0][0].sources for t in targets)] or found
    for proposed, target in inner:
        fit = search.matrix.fit(target, proposed[0].sources)
        if fit.decidable or not any(search.matrix.printed[target]):
            search.bind(target, proposed[0].sources, proposed[0].evidence, None)
            return True
        search.bound.add(target)
    return False


def _paired(search: Search) -> None:
    """Bind the lines that two others make, wherever these stand: as a balance where the last of the three is no sum."""
    among = [i for i, line in enumerate(search.lines) if _adds(line)]
    known = [frozenset((one.target, *(s for s, _ in one.sources))) for one in search.found]
    for pair in find_pairs(search.lines, among, search.matrix, BEYOND, known):
        three = sorted((pair.target, *pair.sources))
        is_sum = search.lines[pair.target].role == "total" or three[2] - three[0] == 2
        if is_sum or pair.target == three[2]:
            target, sources = pair.target, tuple((s, 1) for s in pair.sources)
        else:
            target, less = three[2], next(i for i in pair.sources if i != three[2])
            sources = ((pair.target, 1), (less, -1))
        crossings = search.matrix.crossings(target, [s for s, _ in sources])
        kind: RelationKind = "sum" if target == pair.target else "difference"
        search.found.append(
            Relation(
                kind,
                search.axis,
                target,
                sources,
                crossings,
                "arithmetic",
                evidence=Evidence(),
                firm=frozenset(pair.firm),
            )
        )
        if kind == "sum":
            search.bound.add(target)


def _strided(search: Search) -> None:
    """Bind the lines that every second, third… line beside them makes, where nothing else does."""
    among = [i for i, line in enumerate(search.lines) if _adds(line)]
    made = {one.target for one in search.found}
    targets = [i for i in among if i not in made and i not in search.bound]
    for one in find_strided(search.lines, among, targets, search.matrix, BEYOND):
        search.bind(one.target, one.sources, Evidence(), one.firm)


def _unlabelled(search: Search) -> bool:
    """Bind the line and run that hold best across the other axis, if any is beyond chance."""
    best: tuple[tuple[int, ...], int, list[int], Fit] | None = None
    exact = Counter[tuple[int, int]]()
    for target in search.candidates():
        if search.lines[target].year:
            continue
        tried = _tried(search, target)
        for run in search.beside(target):
            for length, fit in _fitting(search, target, tuple(_same_measure(search, target, run))):
                score = (fit.exact, fit.holding, fit.bits, length)
                beyond = _beyond_chance(fit, tried)
                exact[target, fit.exact] += beyond
                if beyond and (best is None or score > best[0]):
                    best = score, target, sorted(run[:length]), fit
    if best is None:
        return False
    fit, tried = best[3], _tried(search, best[1])
    firm = tuple(x for x in fit.decided if _beyond_chance(fit, tried, x)) if fit.decidable > 2 else ()
    if exact[best[1], fit.exact] > 1 or exact[best[1], fit.exact - 1]:
        firm = ()  # with a number wrong in it, the other run would be taken
    search.bind(best[1], best[2], _said(search.lines, search.open, best[1], best[2]), firm)
    return True


def _tried(search: Search, target: int) -> int:
    """Return how many sums are tried where one is sought: those of each line, of a line of a total's name its own alone."""
    runs = min(len(search.open), LONGEST_RUN)
    named = is_adjective_total(search.lines[target].label)
    return 2 * runs if named else len(search.open) * 2 * runs


def _fitting(search: Search, target: int, run: tuple[int, ...]) -> list[tuple[int, Fit]]:
    """Return the lengths of a run at which it may make a line, with their fit; each run is tried once."""
    if (target, run) not in search.tried:
        search.tried[target, run] = [
            (length, fit)
            for length, fit in search.matrix.growing(target, run, SPARED)
            if _beyond_chance(fit, 1)
        ]
    return search.tried[target, run]


def _said(lines: Sequence[Line], opened: Sequence[int], target: int, sources: Sequence[int]) -> Evidence:
    """Return what words and place say of a total that some lines beside it make: nothing for one of no total's name."""
    if lines[target].role != "total":
        return Evidence()
    return total_evidence(lines, opened, target, sources, "the lines right beside it")


def _beyond_chance(fit: Fit, tried: int, wrong: int | None = None) -> bool:
    """Tell whether a sum without a word for it holds in too many columns to be one of those tried that fit by chance.

    With a crossing that is `wrong`, tell it as if the sum did not hold there.
    """
    failing = len(fit.failing) + (wrong is not None and wrong not in fit.failing)
    lost = 0 if wrong is None else fit.by_crossing.get(wrong, 0)
    holding = fit.decidable - failing
    bits = fit.bits - lost - 6 * failing
    return holding >= 2 and holding >= SPARED * failing and bits >= BEYOND + tried.bit_length()


def _same_measure(search: Search, target: int, run: Sequence[int]) -> list[int]:
    """Return the run up to the first line that states another unit, year or scenario."""
    kept: list[int] = []
    for i in run:
        if unlike(search.lines[i], search.lines[target], grouped=False) or search.lines[i].year:
            break
        kept.append(i)
    return kept


class _Groups(Struct):
    """Groups of one kind, the total before its parts if `first`, each a run of lines that follow one another."""

    first: bool
    sizes: set[int] = field(default_factory=set)
    starts: set[int] = field(default_factory=set)
    ends: set[int] = field(default_factory=set)
    taken: set[int] = field(default_factory=set)

    def add(self, target: int, sources: Sequence[int]) -> None:
        block = sorted((target, *sources))
        if block == list(range(block[0], block[-1] + 1)):
            self.sizes.add(len(sources))
            self.starts.add(block[0])
            self.ends.add(block[-1])
            self.taken.update(block)

    def touched(self, target: int, run: Sequence[int]) -> bool:
        """Tell whether a line and those beside it stand right before or after a group."""
        return max(target, *run) + 1 in self.starts or min(target, *run) - 1 in self.ends

    def runs(self, lines: Sequence[Line], target: int) -> Iterator[list[int]]:
        """Yield the lines beside a line that may be its parts: as many as others have, then all up to the next group."""
        step = 1 if self.first else -1
        for size in sorted(self.sizes):
            yield sorted(target + step * n for n in range(1, size + 1))
        run: list[int] = []
        at = target + step
        while 0 <= at < len(lines) and at not in self.taken and lines[at].role != "total":
            run.append(at)
            at += step
            if len(run) > LONGEST_RUN:
                return
        if len(run) > 1:
            yield sorted(run)


def _alike(search: Search) -> None:
    """Bind the lines that stand beside groups as another such group, where several such hold."""
    for first in (True, False):
        groups = _Groups(first)
        for one in search.found:
            sources = [s for s, _ in one.sources]
            if (one.target < min(sources)) == first:
                groups.add(one.target, sources)
        free = set(search.open) - search.bound
        subtotals = {i for i in search.closed if search.lines[i].role == "total"} - search.bound
        for target in sorted(free | subtotals) if len(groups.starts) > 1 else ():
            runs = [
                run
                for run in groups.runs(search.lines, target)
                if _is_group(search, groups, target, run, free | {target})
            ]
            if runs:
                run = min(runs, key=lambda run: (len(search.matrix.fit(target, run).failing), -len(run)))
                fit = search.matrix.fit(target, run)
                firm = None if fit.decidable == 1 else tuple(x for x in fit.decided if _half_without(fit, x))
                search.bind(target, run, Evidence((), ("a group like its neighbours",)), firm)
                free -= {target, *run}
                groups.add(target, run)


def _is_group(search: Search, groups: _Groups, target: int, run: Sequence[int], free: set[int]) -> bool:
    """Tell whether a line and those beside it touch another group, are free, and add up in half of the crossings."""
    if not groups.touched(target, run) or not free.issuperset((target, *run)):
        return False
    fit, values = search.matrix.fit(target, run), search.matrix.values
    usual = len(run) in groups.sizes or search.lines[target].role == "total"
    if usual and fit.decidable == 1:
        return True
    several = [x for x in fit.decided if sum(bool(values[i][x]) for i in run) > 1]
    failing = [x for x in several if x in fit.failing]
    return fit.holding * 2 >= fit.decidable > 0 and len(failing) * 2 <= len(several) > 0
