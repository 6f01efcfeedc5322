"""Whether two sides of a gutter read on their own, or are the columns of one table without rulings."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from msgspec import Struct

from mlcheck.reading.pdf_bands import Band, Gap
from mlcheck.reading.pdf_lines import FIGURE, Printed, Row, groups_of, text_of
from mlcheck.reading.pdf_tables import PdfTable

FEWEST = 3  # lines that stand on each side
PROSE = 20  # letters in the middle line of a column of prose
FIGURES = 0.25  # share of digits among the letters and digits of prose, at most
ALIGNED = 0.5  # share of the figures of one side that stand level with one of the other
LEVEL = 1.5  # points
WIDER = 1.5  # width of a gutter over that of the widest strip between the columns beside it
TITLES = 3  # bands of text that go with the tables above or below them


class Part(Struct, frozen=True):
    """What stands of a line on one side."""

    words: tuple[Printed, ...]
    base: float

    @property
    def is_labelled(self) -> bool:
        """Whether it starts with words, not with a figure."""
        return not FIGURE.fullmatch(groups_of(self.words)[0])

    @property
    def has_figures(self) -> bool:
        """Whether a figure stands apart in it."""
        return any(FIGURE.fullmatch(group) for group in groups_of(self.words))


def read_alone(bands: Sequence[Band], gutter: Gap) -> int:
    """Return how many of the bands, from the first on, hold two sides that read on their own; or 0."""
    ruled = [number for number, band in enumerate(bands) if any(isinstance(i, PdfTable) for i in band.items)]
    if not ruled:
        return len(bands) if _are_columns(bands, gutter) else 0
    head, tail = bands[: ruled[0]], bands[ruled[-1] + 1 :]
    if len(head) > TITLES and not _are_columns(head, gutter):
        return 0
    if len(tail) > TITLES and not _are_columns(tail, gutter):
        return ruled[-1] + 1
    return len(bands)


def is_table_row(band: Band, gutter: Gap) -> bool:
    """Tell whether a gutter would cut a line between its label and its figures."""
    left, right = _lines([band], gutter)
    return len(left) == len(right) == 1 and left[0].is_labelled and not right[0].is_labelled


def _are_columns(bands: Sequence[Band], gutter: Gap) -> bool:
    """Tell whether the lines on either side are prose, or tables of their own."""
    left, right = _lines(bands, gutter)
    if len(left) < FEWEST or len(right) < FEWEST:
        return False
    if _is_prose(left) and _is_prose(right):
        return True
    if not (_says_all(left) and _says_all(right)):
        return False
    if not _are_level(left, right):
        return True
    one, two = _labels(left), _labels(right)
    if len(one) > 1 and len(two) > 1 and len(set(one) & set(two)) * 2 >= len(two):
        return True
    told = all(_is_prose(side) or len(labels) > 1 for side, labels in ((left, one), (right, two)))
    return told and gutter[1] - gutter[0] >= WIDER * max(_widest(left), _widest(right))


def _says_all(parts: Sequence[Part]) -> bool:
    """Tell whether a side is prose, or has figures and the words to them."""
    if _is_prose(parts):
        return True
    labelled = sum(part.is_labelled for part in parts)
    return labelled * 2 > len(parts) and any(part.has_figures for part in parts)


def _lines(bands: Sequence[Band], gutter: Gap) -> tuple[list[Part], list[Part]]:
    """Return the parts of the lines of some bands on either side of a gutter."""
    middle = (gutter[0] + gutter[1]) / 2
    sides: tuple[list[Part], list[Part]] = [], []
    for row in (item for band in bands for item in band.items if isinstance(item, Row)):
        left = tuple(printed for printed in row.words if printed.word.box[0] < middle)
        for side, words in zip(sides, (left, row.words[len(left) :]), strict=True):
            if words:
                side.append(Part(words, row.base))
    return sides


def _is_prose(parts: Sequence[Part]) -> bool:
    texts = [text_of(part.words) for part in parts]
    letters = [sum(map(str.isalpha, text)) for text in texts]
    digits = sum(character.isdigit() for text in texts for character in text)
    return median(letters) >= PROSE and digits <= FIGURES * (digits + sum(letters))


def _labels(parts: Sequence[Part]) -> list[str]:
    """Return the labels of the lines that start with one and end with a figure."""
    found = []
    for part in parts:
        first, *others = groups_of(part.words)
        if others and FIGURE.fullmatch(others[-1]) and not FIGURE.fullmatch(first):
            found.append(first.lower())
    return found


def _are_level(left: Sequence[Part], right: Sequence[Part]) -> bool:
    """Tell whether the figures of one side stand at the heights of the other's, as in one table."""
    sides = [[part for part in side if part.has_figures] for side in (left, right)]
    few, many = sorted(sides if all(sides) else (left, right), key=len)
    level = sum(any(abs(one.base - two.base) <= LEVEL for two in many) for one in few)
    return level > ALIGNED * len(few)


def _widest(parts: Sequence[Part]) -> float:
    """Return the width of the widest strip that is blank in all lines."""
    spans = sorted((p.word.box[0], p.word.box[2]) for part in parts for p in part.words)
    widest = 0.0
    at = spans[0][1]
    for start, end in spans:
        widest = max(widest, start - at)
        at = max(at, end)
    return widest
