"""Find lines that stand over others of a group: under each of several lines, the same lines once more."""

from __future__ import annotations

from collections.abc import Sequence

from mlcheck.language.words import fold
from mlcheck.model.table import Line

FEWEST = 2  # lines of a group, and groups


def repeated_groups(lines: Sequence[Line], opened: Sequence[int]) -> list[tuple[int, list[int]]]:
    """Return the lines that are each followed by the same lines, two at least: "Hommes", "Femmes" under each town.

    Each group goes as far as all of them are alike; a line over one is itself in none, and is of their unit.
    """
    labels = [fold(lines[i].label) for i in opened]
    counts: dict[str, list[int]] = {}
    for at, label in enumerate(labels):
        if label:
            counts.setdefault(label, []).append(at)
    groups: dict[int, int] = {}
    for starts in counts.values():
        if len(starts) < FEWEST or any(at in groups for at in starts):
            continue
        heads = [at - 1 for at in starts if at and len(counts.get(labels[at - 1], ())) == 1]
        length = _common(labels, starts)
        if len(heads) == len(starts) and length >= FEWEST:
            groups |= dict.fromkeys(heads, length)
    found = [
        (opened[at], [opened[n] for n in range(at + 1, at + 1 + length)]) for at, length in groups.items()
    ]
    alike = [
        (target, under) for target, under in sorted(found)
        if all(lines[i].unit == lines[target].unit and lines[i].path == lines[target].path for i in under)
    ]  # fmt: skip
    return alike if len(alike) >= FEWEST else []


def _common(labels: Sequence[str], starts: Sequence[int]) -> int:
    """Return how many labels from each of some places on are the same, none of them a second time."""
    length = 0
    while True:
        here = {labels[at + length] if at + length < len(labels) else "" for at in starts}
        if len(here) > 1 or "" in here or (length and here == {labels[starts[0]]}):
            return length
        length += 1
