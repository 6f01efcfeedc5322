"""Find what each "dont" is a part of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mlcheck.model.table import Axis, Entry, Line, Relation


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
