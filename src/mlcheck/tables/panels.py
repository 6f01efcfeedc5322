"""Find panels of one table, of which one is the total of the others: under headings of rows, or under spanners."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mlcheck.language.roles import is_adjective_total, is_total
from mlcheck.language.words import fold
from mlcheck.model.relation import Evidence
from mlcheck.model.table import Axis, Line, Relation
from mlcheck.tables.matrix import Matrix, is_additive

Path = tuple[str, ...]
LEAST = 2  # panels beside their total


def find_panels(lines: Sequence[Line], matrix: Matrix, axis: Axis) -> Iterator[Relation]:
    """Yield the sums of the lines of a total's panel: each is what the lines of its label make in the others."""
    panels: dict[Path, list[int]] = {}
    for index, line in enumerate(lines):
        if line.path and not line.hidden:
            panels.setdefault(line.path, []).append(index)
    for path, own in panels.items():
        for level, title in enumerate(path):
            if not (is_total(title) or is_adjective_total(title)):
                continue
            others = [
                rest for other, rest in panels.items()
                if other != path and _beside(other, path, level) and _labels(lines, rest) == _labels(lines, own)
            ]  # fmt: skip
            if len(others) >= LEAST:
                yield from _sums(lines, matrix, axis, own, others, title)


def _beside(other: Path, path: Path, level: int) -> bool:
    """Tell whether two headings differ in one level alone, and the other is no total there."""
    if len(other) != len(path) or other[:level] != path[:level] or other[level + 1 :] != path[level + 1 :]:
        return False
    return not is_total(other[level])


def _labels(lines: Sequence[Line], panel: Sequence[int]) -> list[tuple[object, ...]]:
    return [(fold(lines[i].label), lines[i].unit, lines[i].scenario) for i in panel]


def _sums(
    lines: Sequence[Line],
    matrix: Matrix,
    axis: Axis,
    own: Sequence[int],
    others: Sequence[Sequence[int]],
    title: str,
) -> Iterator[Relation]:
    for at, target in enumerate(own):
        sources = [panel[at] for panel in others]
        if all(is_additive(lines[i]) for i in (target, *sources)):
            crossings = matrix.crossings(target, sources)
            evidence = Evidence((title,), ("a panel that totals the others",))
            if crossings:
                yield Relation(
                    "sum", axis, target, tuple((s, 1) for s in sources), crossings, evidence=evidence
                )
