"""Find what each "dont" is a part of, and the lines that a "dont :" heads."""

from __future__ import annotations

from collections.abc import Iterator

from mlcheck.language.lexicon import lexicon
from mlcheck.language.roles import is_of_which
from mlcheck.language.words import fold
from mlcheck.model.relation import Evidence
from mlcheck.model.table import Relation
from mlcheck.tables.crossed import Crossed
from mlcheck.tables.descriptors import family_of


def find_of_which(crossed: Crossed) -> Iterator[Relation]:
    """Yield the whole of each "dont", the nearest line before it of its unit, where neither is a balance.

    A balance may be split in any sign and size, so a line with a negative figure bounds nothing.
    """
    lines = crossed.lines
    crossings = tuple(
        x for x, line in enumerate(crossed.across)
        if line.role in ("part", "total", "of_which") and line.statistic in (None, "share") and not _is_balance(crossed, x)
    )  # fmt: skip
    if crossings:
        yield from _titled(crossed, crossings)
    for part, line in enumerate(lines):
        if line.role != "of_which" or line.statistic is not None or not crossings:
            continue
        whole = next(
            (i for i in range(part - 1, -1, -1) if lines[i].role in ("part", "total") and lines[i].unit == line.unit),
            None,
        )  # fmt: skip
        if whole is None:
            continue
        yield from _parts_of(crossed, whole, _headed(crossed, part) or [part], line.label, crossings)


def _titled(crossed: Crossed, crossings: tuple[int, ...]) -> Iterator[Relation]:
    """Yield the wholes of the lines under each title "dont :": the nearest line of their unit before them and not under it."""
    lines = crossed.lines
    groups: dict[tuple[int, str], list[int]] = {}
    for i, line in enumerate(lines):
        title = next((t for t in line.path if is_of_which(t)), None)
        if title is None or line.role != "part" or line.statistic is not None:
            continue
        whole = next((j for j in range(i - 1, -1, -1) if title not in lines[j].path), None)
        if whole is not None and lines[whole].role in ("part", "total") and lines[whole].unit == line.unit:
            groups.setdefault((whole, title), []).append(i)
    for (whole, title), members in groups.items():
        yield from _parts_of(crossed, whole, members, title, crossings)


def _parts_of(
    crossed: Crossed, whole: int, members: list[int], word: str, crossings: tuple[int, ...]
) -> Iterator[Relation]:
    """Yield each line as a part of the whole, and all together where they exclude each other."""
    evidence = Evidence((word,), ("below its whole" if crossed.axis == "row" else "beside its whole",))
    together = len(members) > 1 and family_of([crossed.lines[i].label for i in members]) is not None
    sets = [[i] for i in members] + ([members] if together else [])  # men, women and ages each make the whole
    for parts in sets:
        pairs = tuple((i, 1) for i in parts)
        yield Relation("of_which", crossed.axis, whole, pairs, crossings, evidence=evidence)


def _headed(crossed: Crossed, part: int) -> list[int]:
    """Return the lines that an empty "dont :" heads: those that follow it as deep, deeper than its whole."""
    cells = (crossed.entry(part, x) for x in range(len(crossed.across)))
    if any(c is not None and c.state != "blank" for c in cells):
        return []
    own, found = crossed.lines[part], list[int]()
    for i in range(part + 1, len(crossed.lines)):
        line = crossed.lines[i]
        deep = line.depth >= own.depth and line.depth > crossed.lines[part - 1].depth
        if not deep or line.role != "part" or line.unit != own.unit:
            break
        if line.depth == crossed.lines[part + 1].depth:
            found.append(i)
    return found


def _is_balance(crossed: Crossed, crossing: int) -> bool:
    """Tell whether a crossing prints balances: its label says so, or any of its figures is negative."""
    opening = fold(crossed.across[crossing].label).split()[:1]
    if any(word in lexicon().measures.difference for word in opening):
        return True
    numbers = (crossed.quantity(i, crossing) for i in range(len(crossed.lines)))
    return any(q is not None and q.mantissa < 0 for q in numbers)
