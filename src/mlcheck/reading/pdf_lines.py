"""The printed lines of a page: words with their look, and what stands apart in them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from mlcheck.model.document import Box, Word
from mlcheck.reading.pdf_layout import around

_SPACE = "[ \u00a0\u2009\u202f]"
FIGURE = re.compile(
    rf"[(+\-\u2212–]?{_SPACE}?\d(?:[\d.,]|{_SPACE})*(?:[kM]?€|[%‰])?[)*†\u00b2\u00b3\u00b9\u2070-\u2079]*"
    rf"(?:{_SPACE}?\([0-9a-z]\))?|[/–—-]"
)
"""A figure standing alone, or the sign of nothing to report."""

COLUMN_GAP = 1.2  # blank between two columns without a ruling, over the size of the words
HEAVY = 0.9  # share of the characters of a bold line


class Printed(Struct, frozen=True, gc=False):
    """A word with the look of its characters."""

    word: Word
    size: float
    bold: bool


class Row(Struct, frozen=True):
    """Words on one line of a page, across it or on one side of a gutter.

    `base` is how far down the line stands in its own direction, `angle` that direction in degrees.
    `size` is that of most of its characters, to a tenth of a point.
    """

    words: tuple[Printed, ...]
    base: float
    angle: int
    size: float
    bold: bool
    box: Box

    @property
    def text(self) -> str:
        """The words, one space between them."""
        return text_of(self.words)

    @property
    def groups(self) -> list[str]:
        """The texts that stand apart as the columns of a table do."""
        return groups_of(self.words)


def row_of(words: Sequence[Printed], base: float, angle: int) -> Row:
    """Return the line that some words make, in order."""
    sizes: Counter[float] = Counter()
    heavy = 0
    for printed in words:
        length = len(printed.word.text)
        sizes[round(printed.size, 1)] += length
        heavy += length * printed.bold
    box = around(printed.word.box for printed in words)
    size, _ = sizes.most_common(1)[0]
    return Row(tuple(words), base, angle, size, heavy > HEAVY * sizes.total(), box)


def text_of(words: Sequence[Printed]) -> str:
    """Return words with one space between them."""
    return " ".join(printed.word.text for printed in words)


def groups_of(words: Sequence[Printed]) -> list[str]:
    """Return the texts of a line that blanks part as they part columns."""
    start, groups = 0, []
    for index in range(1, len(words) + 1):
        if index == len(words) or are_apart(words[index - 1], words[index]):
            groups.append(text_of(words[start:index]))
            start = index
    return groups


def are_apart(one: Printed, two: Printed, gap: float = COLUMN_GAP) -> bool:
    """Tell whether the blank between two words, over their size, is wide enough to part columns."""
    return two.word.box[0] - one.word.box[2] > gap * max(one.size, two.size)
