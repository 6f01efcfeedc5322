"""The lines that words and layout propose as the parts of a total."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from msgspec import Struct

from mlcheck.language.lexicon import lexicon
from mlcheck.language.roles import is_adjective_total, is_bare_total, is_total
from mlcheck.language.words import content_words, stem, stems
from mlcheck.model.relation import Evidence
from mlcheck.model.table import Line

_COMPARED = 40_000  # lines with totals, past which each total is looked for among those near it and the subtotals alone
_BELOW = ("the lines below", "all lines below")


class Proposal(Struct, frozen=True):
    """A total and the lines that may be its parts, with what says so; `grouped` where they stand under its headings."""

    target: int
    sources: tuple[int, ...]
    evidence: Evidence
    grouped: bool = True


def proposals(lines: Sequence[Line], opened: Sequence[int], bound: set[int], target: int) -> list[Proposal]:
    """Return the runs that may be the parts of a labelled total, likeliest first.

    `opened` are the lines that stand for themselves and `bound` the totals among them whose parts are known.
    """
    at = opened.index(target)
    up, down = list(opened[:at]), list(opened[at + 1 :])
    near, below = _until_total(lines, up[::-1])[::-1], _until_total(lines, down)
    totals = [i for i in up if lines[i].role == "total" and i in bound]
    far = sum(lines[i].role == "total" for i in opened) * len(opened) <= _COMPARED
    options = [
        (near, "the lines since the total before"),
        (up if far else [], "all lines before"),
        (totals, "the subtotals before"),
        ([i for i in up if lines[i].role == "total"] if far else [], "the subtotals before"),
        (below, "the lines below"),
        (down if far else [], "all lines below"),
        ([i for i in opened if i != target] if far else [], "all other lines"),
        (_of_one_noun(lines, opened, target) if far else [], "lines of the same words"),
        (_namesakes(lines, opened, target) if far else [], "lines of the same words"),
    ]
    own = lines[target]
    found: dict[tuple[int, ...], tuple[str, bool]] = {}
    for grouped in (True, False):
        for option, layout in options:
            if not grouped and own.path and layout in _BELOW:
                continue  # what stands below under a heading of its own is of that heading
            alike = [i for i in option if not unlike(lines[i], own, grouped=grouped)]
            sources = tuple(_of_one_kind(lines, own, alike))
            if len(sources) > 1:
                found.setdefault(sources, (layout, grouped))
    return [
        Proposal(target, sources, total_evidence(lines, opened, target, sources, layout), grouped)
        for sources, (layout, grouped) in found.items()
    ]


def total_evidence(
    lines: Sequence[Line], opened: Sequence[int], target: int, sources: Sequence[int], layout: str
) -> Evidence:
    """Return what words and place say of a labelled total and its parts, which stand to it as `layout` names."""
    own = lines[target]
    kind = "a bare total" if is_bare_total(own.label) or own.declared else "a worded total"
    if kind == "a worded total" and not is_total(own.label) and is_adjective_total(own.label):
        kind = "a total by its adjective"
    whole = len(opened) - 1 if all(line.statistic is None for line in lines) else 0
    words = (own.label,) if own.label else ("total",)
    place = _place(opened, target)
    return Evidence(words, (kind, layout, *place, *_extent(lines, sources, whole)))


def _extent(lines: Sequence[Line], sources: Sequence[int], whole: int) -> tuple[str, ...]:
    """Return whether a total is of every line that there is, and whether it adds up years."""
    every = ("all there is",) if len(sources) == whole else ()
    return (*every, "over years") if _over_years(lines, sources) else every


def _until_total(lines: Sequence[Line], run: Sequence[int]) -> list[int]:
    kept: list[int] = []
    for i in run:
        if lines[i].role == "total":
            break
        kept.append(i)
    return kept


def _place(opened: Sequence[int], target: int) -> tuple[str, ...]:
    """Return whether a total stands last or first of the lines that add up."""
    if target == opened[-1]:
        return ("last line",)
    return ("first line",) if target == opened[0] else ()


def unlike(one: Line, total: Line, *, grouped: bool = True) -> bool:
    """Tell whether a line states something else than a total: another unit, year or scenario, or group if `grouped`."""
    if one.unit != total.unit or (grouped and total.path and one.path[: len(total.path)] != total.path):
        return True
    years = total.year is not None and one.year is not None and one.year != total.year
    return years or (one.scenario != total.scenario and total.scenario is not None)


def _of_one_kind(lines: Sequence[Line], total: Line, sources: Sequence[int]) -> Sequence[int]:
    """Return the lines that may stand beside one another: none where they are alternatives of one thing."""
    if total.scenario is None and len({lines[i].scenario for i in sources} - {None}) > 1:
        return ()
    return sources


def _over_years(lines: Sequence[Line], sources: Sequence[int]) -> bool:
    years = {lines[i].year for i in sources}
    return None not in years and len(years) > 1


def _of_one_noun(lines: Sequence[Line], opened: Sequence[int], target: int) -> list[int]:
    """Return the lines that count what a total is of: "Nombre de demandes d'adultes" for "TOTAL des demandes"."""
    noun = _noun(lines[target].label)
    return [i for i in opened if i != target and noun and _noun(lines[i].label) == noun]


def _noun(label: str) -> str:
    """Return the stem of the first word of a label that says what is counted."""
    said = (stem(word) for word in content_words(label))
    return next((one for one in said if one not in _bare() and one not in _counting()), "")


@cache
def _counting() -> frozenset[str]:
    return frozenset().union(*map(stems, lexicon().binding.counting))


def _namesakes(lines: Sequence[Line], opened: Sequence[int], target: int) -> list[int]:
    """Return the lines whose label holds most words of a total's ("TOTAL des demandes")."""
    words = stems(lines[target].label) - _bare()
    return [
        i
        for i in opened
        if i != target and words and len(words & stems(lines[i].label)) * 2 >= max(len(words), 1)
    ]


@cache
def _bare() -> frozenset[str]:
    """Return the stems of the words of a total that do not say what is totalled."""
    return frozenset().union(*map(stems, lexicon().totals.bare))


def named_parts(lines: Sequence[Line], opened: Sequence[int], target: int) -> tuple[int, ...]:
    """Return the lines whose whole labels, two at least, make the label of another; none if words are left over."""
    own, line = stems(lines[target].label), lines[target]
    if len(own) < 2 or line.role != "part":
        return ()
    parts = []
    for i in opened:
        words = stems(lines[i].label)
        if (
            i != target
            and words
            and words < own
            and not unlike(lines[i], line)
            and lines[i].path == line.path
        ):
            parts.append(i)
    said = [stems(lines[i].label) for i in parts]
    disjoint = sum(map(len, said)) == len(frozenset().union(*said)) if said else False
    return tuple(parts) if len(parts) > 1 and disjoint and frozenset().union(*said) == own else ()
