"""Find what each "dont" is a part of, and the lines that a "dont :" heads."""

from __future__ import annotations

from collections.abc import Iterator

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
    for part, line in enumerate(lines):
        if line.role != "of_which" or line.statistic is not None or not crossings:
            continue
        whole = next(
            (i for i in range(part - 1, -1, -1) if lines[i].role in ("part", "total") and lines[i].unit == line.unit),
            None,
        )  # fmt: skip
        if whole is None:
            continue
        members = _headed(crossed, part) or [part]
        evidence = Evidence(
            (line.label,), ("below its whole" if crossed.axis == "row" else "beside its whole",)
        )
        together = len(members) > 1 and family_of([lines[i].label for i in members]) is not None
        sets = [[i] for i in members] + (
            [members] if together else []
        )  # men, women and ages each make the whole
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
    """Tell whether a crossing prints balances: any of its figures is negative."""
    numbers = (crossed.quantity(i, crossing) for i in range(len(crossed.lines)))
    return any(q is not None and q.mantissa < 0 for q in numbers)
