"""Find which lines of a table are the sums of which others.

Words and layout propose (a line labelled as a total, the run of lines before or after it), the other
columns decide: a run is believed where it holds in enough of them, a lone coincidence binds nothing.
Sums are found from the inside out: once a subtotal is bound, its parts leave the list and it stands
for them in the next one, as in bottom-up aggregation detection (Jiang et al., AggreCol, 2022).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import cache

from msgspec import Struct, field

from mlcheck.language.lexicon import lexicon
from mlcheck.language.roles import is_bare_total
from mlcheck.language.words import stems
from mlcheck.model.table import Axis, Entry, Line, Relation
from mlcheck.tables.matrix import Fit, Matrix

ADDITIVE = ("part", "total")
LONGEST_SEARCH = 400  # lines; a longer table is searched for labelled totals only
LONGEST_RUN = 80


class _Search(Struct):
    """The lines still open on one axis of a table, and the sums found so far."""

    lines: Sequence[Line]
    matrix: Matrix
    axis: Axis
    open: list[int]
    found: list[Relation] = field(default_factory=list)
    bound: set[int] = field(default_factory=set)

    def bind(self, target: int, sources: Sequence[int], fit: Fit, belief: str) -> None:
        crossings = self.matrix.crossings(target, sources, fit, belief)
        if crossings:
            pairs = tuple((s, 1) for s in sources)
            self.found.append(Relation("sum", self.axis, target, pairs, crossings, belief))  # type: ignore[arg-type]
        self.bound.add(target)
        taken = set(sources)
        self.open = [i for i in self.open if i not in taken]


def find_sums(lines: Sequence[Line], matrix: Matrix, axis: Axis) -> list[Relation]:
    """Return the sum relations of one axis, inner ones first."""
    additive = [i for i, line in enumerate(lines) if line.role in ADDITIVE and not line.hidden]
    search = _Search(lines, matrix, axis, additive)
    _indented(search)
    progress = len(additive) > 2
    while progress:
        progress = _labelled(search) or (len(additive) <= LONGEST_SEARCH and _unlabelled(search))
    _by_default(search)
    return search.found


def _indented(search: _Search) -> None:
    """Bind the lines that indents or bullets put over others, where they hold or their likes do."""
    groups = [(target, children) for target in search.open if (children := _children(search, target))]
    fits = {target: search.matrix.fit(target, children) for target, children in groups}
    holding = [t for t, fit in fits.items() if fit.weight >= 1 and fit.holding * 2 >= fit.decidable]
    usual = len(holding) > 1 and len(holding) * 2 >= len(groups)
    for target, children in reversed(groups):
        if target in holding or (usual and fits[target].decidable):
            search.bind(target, children, fits[target], "layout")


def _children(search: _Search, target: int) -> list[int]:
    """Return the lines one step deeper that follow a line at once, if there are several of its unit."""
    own, found = search.lines[target], list[int]()
    for at in range(bisect_right(search.open, target), len(search.open)):
        i = search.open[at]
        line = search.lines[i]
        if line.depth <= own.depth or line.role == "total":
            break
        if not found or line.depth <= search.lines[found[0]].depth:
            found.append(i)
    return found if len(found) > 1 and all(search.lines[i].unit == own.unit for i in found) else []


def _labelled(search: _Search) -> bool:
    """Bind the labelled totals whose proposed parts hold; tell whether any was."""
    any_bound = False
    for target in [i for i in search.open if search.lines[i].role == "total"]:
        if target in search.bound or target not in search.open:
            continue
        best: tuple[tuple[float, ...], list[int], Fit] | None = None
        for rank, sources in enumerate(_proposals(search, target)):
            fit = search.matrix.fit(target, sources)
            if fit.holding and fit.holding * 2 >= fit.decidable and fit.weight >= 1:
                score = (fit.holding / fit.decidable, fit.exact / fit.decidable, -rank)
                if best is None or score > best[0]:
                    best = score, sources, fit
        if best is not None:
            search.bind(target, best[1], best[2], "words")
            any_bound = True
    return any_bound


def _proposals(search: _Search, target: int) -> list[list[int]]:
    """Return the runs that layout proposes as the parts of a labelled total, likeliest first."""
    at = search.open.index(target)
    up, down = search.open[:at], search.open[at + 1 :]
    since = up[::-1]
    totals = [i for i in up if search.lines[i].role == "total" and i in search.bound]
    near: list[int] = []
    for i in since:
        if search.lines[i].role == "total":
            break
        near.insert(0, i)
    below = []
    for i in down:
        if search.lines[i].role == "total":
            break
        below.append(i)
    options = [
        near,
        up,
        totals,
        below,
        down,
        [i for i in search.open if i != target],
        _namesakes(search, target),
    ]
    own = search.lines[target]
    kept = [
        [i for i in o if search.lines[i].unit == own.unit and _same_group(own, search.lines[i])]
        for o in options
    ]
    return [o for n, o in enumerate(kept) if len(o) > 1 and o not in kept[:n]]


def _same_group(total: Line, part: Line) -> bool:
    """Tell whether a line stands under the spanner or title of a total; a total under none takes all."""
    return not total.path or part.path[: len(total.path)] == total.path


def _namesakes(search: _Search, target: int) -> list[int]:
    """Return the lines whose label holds all the words of a total's ("TOTAL des demandes")."""
    words = stems(search.lines[target].label) - _bare()
    if not words:
        return []
    return [i for i in search.open if i != target and words & stems(search.lines[i].label) and (
        len(words & stems(search.lines[i].label)) * 2 >= len(words))]  # fmt: skip


@cache
def _bare() -> frozenset[str]:
    """Return the stems of the words of a total that do not say what is totalled."""
    return frozenset().union(*map(stems, lexicon().totals.bare))


def _unlabelled(search: _Search) -> bool:
    """Bind the line and run that hold best across the other axis, if any is beyond coincidence."""
    best: tuple[tuple[float, ...], int, list[int], Fit] | None = None
    for at, target in enumerate(search.open):
        if target in search.bound or search.lines[target].year:
            continue
        for run in (
            search.open[at + 1 : at + 1 + LONGEST_RUN],
            search.open[max(0, at - LONGEST_RUN) : at][::-1],
        ):
            for length, fit in search.matrix.growing(target, _same_unit(search, target, run)):
                if not _beyond_chance(fit):
                    continue
                score = (fit.exact, fit.holding, fit.weight, length)
                if best is None or score > best[0]:
                    best = score, target, sorted(run[:length]), fit
    if best is None:
        return False
    search.bind(best[1], best[2], best[3], "arithmetic")
    return True


def _same_unit(search: _Search, target: int, run: list[int]) -> list[int]:
    """Return the run up to the first line of another unit, or past a line that is itself a labelled total."""
    kept: list[int] = []
    for i in run:
        if search.lines[i].unit != search.lines[target].unit or search.lines[i].year:
            break
        kept.append(i)
    return kept


def _beyond_chance(fit: Fit) -> bool:
    """Tell whether a sum without a word for it holds in enough columns not to be chance."""
    return fit.holding >= 2 and fit.holding >= 0.8 * fit.decidable and fit.weight >= 2


def _by_default(search: _Search) -> None:
    """Bind each bare total that nothing bore out to the parts its place proposes: that is the finding."""
    for target in [i for i in search.open if search.lines[i].role == "total" and i not in search.bound]:
        if target not in search.open:
            continue
        proposals = _proposals(search, target)
        bare = is_bare_total(search.lines[target].label) or search.lines[target].declared
        if not bare or not proposals:
            continue
        units = {search.lines[i].unit for i in search.open}
        sources = proposals[0]
        fit = search.matrix.fit(target, sources)
        empty = not any(search.matrix.printed[target])
        if (fit.decidable or empty) and len(units) == 1:
            search.bind(target, sources, fit, "words")


# Find what each "dont" is a part of.


def find_of_which(
    entries: Mapping[tuple[int, int], Entry], lines: Sequence[Line], across: Sequence[Line], axis: Axis
) -> list[Relation]:
    """Return one relation for each "dont" line: the nearest line before it, of its unit, is the whole."""
    found = []
    for part, line in enumerate(lines):
        if line.role != "of_which":
            continue
        whole = next(
            (
                i
                for i in range(part - 1, -1, -1)
                if lines[i].role in ("part", "total") and lines[i].unit == line.unit
            ),
            None,
        )
        if whole is None:
            continue
        places = tuple(x for x, other in enumerate(across) if other.role in ("part", "total", "of_which"))
        found.append(Relation("of_which", axis, whole, ((part, 1),), places))
    return found
