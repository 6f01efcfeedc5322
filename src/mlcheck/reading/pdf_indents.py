"""The indents of a column of labels, which tell parts from wholes."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from mlcheck.reading.cells import INDENT
from mlcheck.reading.pdf_lines import FIGURE

SAME = 1.0  # points between two labels that start alike
LEAST, FARTHEST = 3.0, 30.0  # points of an indent
LEVELS = 4
Place = tuple[int, int]


def with_indents(texts: Mapping[Place, str], starts: Mapping[int, float]) -> dict[Place, str]:
    """Return the texts of a table with the labels of its figures indented, two spaces a level.

    `starts` tells where the label of each row starts. A label that starts far from the others is centred or
    on the right; where labels start at many places, all are.
    """
    rows = {row for (row, column), text in texts.items() if column and FIGURE.fullmatch(text)}
    labels = {row: start for row, start in starts.items() if row in rows}
    levels: list[float] = []
    for start in sorted(labels.values()):
        if levels and start - levels[-1] > FARTHEST:
            break
        if not levels or start - levels[-1] > SAME:
            levels.append(start)
    indented = dict(texts)
    if len(levels) > LEVELS or len(levels) * 2 > len(labels):
        return indented
    if all(two - one >= LEAST for one, two in pairwise(levels)):
        for row, start in labels.items():
            if start <= levels[-1] + SAME:
                indented[row, 0] = INDENT * sum(start - level > SAME for level in levels) + texts[row, 0]
    return indented
