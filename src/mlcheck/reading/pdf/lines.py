"""Runs of characters become words on printed lines."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median

from msgspec import Struct
from msgspec.structs import replace

from mlcheck.language.characters import LOWERED, RAISED
from mlcheck.model.document import Box, Word
from mlcheck.reading.pdf.glyphs import Glyph, Run
from mlcheck.reading.pdf.places import around

SAME_LINE = 0.2  # how far apart two runs of a line stand, over their size
WORD_GAP = 0.15  # blank that parts two words, over the size; a space is 0.25, seldom less than 0.2
SEEN = 0.02  # least width of a blank that parts two words by itself, over the size
OVERPRINT = 0.12  # shift of a character printed twice to look bold, over the size
TRACKED = (0.08, 0.6)  # blank between the letters of a spaced word, over the size
FIXED = frozenset("\u00a0\u2007\u2009\u202f")  # spaces that hold a number together
Edges = Callable[[float], Sequence[float]]
LONGEST = 6  # characters of a mark: "(10)", "ème"
SMALLER = 0.87  # size of a mark over that of its word
RISE = (0.08, 0.75)  # how far a mark stands above or below, over the size of its word
FULL_SIZE_RISE = (0.2, 0.6)  # the same for a mark that is not smaller
REACH = (-0.3, 0.4)  # blank between a mark and its word, over the size of the word
STEP, RISE_STEP = 8.0, 16.0  # points: the squares in which the word of a mark is looked for
Square = tuple[int, int, int]
_SPACE = "[ \u00a0\u2009\u202f]"

FIGURE = re.compile(
    rf"[(+\-\u2212–]?{_SPACE}?[0-9](?:[0-9.,]|{_SPACE})*(?:[kM]?€|[%‰])?[)*†\u00b2\u00b3\u00b9\u2070-\u2079]*"
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


class LineRow(Struct, frozen=True):
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


def rows_of(runs: Iterable[Run], edges: Edges) -> list[LineRow]:
    """Return the lines of a page from top to bottom, turned ones after those that stand upright.

    `edges` gives, for a height, the rulings that no word goes across unless it is printed over them.
    """
    runs = [_without_tracking(run) for run in runs]
    _settle_marks(runs)
    rows: list[LineRow] = []
    line: list[Run] = []
    for run in sorted(runs, key=lambda run: (run.angle, run.base)):
        if line and not _is_same_line(line[0], run):
            rows += _rows(line, edges)
            line = []
        line.append(run)
    return rows + _rows(line, edges)


def _is_same_line(one: Run, two: Run) -> bool:
    return one.angle == two.angle and two.base - one.base <= SAME_LINE * min(one.size, two.size)


def _without_tracking(run: Run) -> Run:
    """Return a run whose letters touch, where they are spaced out for looks."""
    glyphs = run.glyphs
    if sum(glyph.text.isalpha() for glyph in glyphs) < 4:
        return run
    usual = median(two.start - one.end for one, two in pairwise(glyphs))
    if not TRACKED[0] < usual / run.size < TRACKED[1]:
        return run
    return replace(run, glyphs=[replace(glyph, end=glyph.end + usual) for glyph in glyphs])


def _rows(line: list[Run], edges: Edges) -> list[LineRow]:
    """Return the row that runs on one line make; none where they are blank."""
    if not line:
        return []
    base, angle = median(run.base for run in line), line[0].angle
    looks = [(glyph, run.bold) for run in line for glyph in run.glyphs]
    looks.sort(key=lambda look: look[0].start)
    bold = {id(glyph) for glyph, heavy in looks if heavy}
    words = _words([glyph for glyph, _ in looks], () if angle else edges(base))
    printed = [_printed(word, bold) for word in words]
    return [row_of(printed, base, angle)] if printed else []


def _words(glyphs: list[Glyph], edges: Sequence[float]) -> Iterable[list[Glyph]]:
    """Yield the characters of each word of a line, blanks left out."""
    word: list[Glyph] = []
    for glyph in glyphs:
        if word:
            last = word[-1]
            gap = glyph.start - last.end
            if glyph.text == last.text and glyph.start - last.start < OVERPRINT * glyph.size:
                continue
            if glyph.text.isspace() and glyph.end - max(glyph.start, last.end) < SEEN * glyph.size:
                continue  # without a width, or drawn over a character
            fixed = glyph.text in FIXED and last.text in FIXED
            if (
                glyph.text == " "
                or fixed
                or gap > WORD_GAP * min(glyph.size, last.size)
                or (edges and any(last.end - 0.5 <= edge <= glyph.start + 0.5 for edge in edges))
            ):
                yield from _closed(word)
                word = []
        if glyph.text != " " and (word or glyph.text not in FIXED):
            word.append(glyph)
    yield from _closed(word)


def _closed(word: list[Glyph]) -> Iterable[list[Glyph]]:
    while word and word[-1].text in FIXED:
        word.pop()
    if word:
        yield word


def _printed(glyphs: list[Glyph], bold: set[int]) -> Printed:
    heavy = sum(id(glyph) in bold for glyph in glyphs) * 2 > len(glyphs)
    text = "".join(glyph.text for glyph in glyphs)
    return Printed(Word(text, around(glyph.box for glyph in glyphs)), glyphs[0].size, heavy)


# Raised and lowered marks: a small 1 after a figure is a footnote, never one digit more.


def _settle_marks(runs: list[Run]) -> None:
    """Bring marks to the line of their word, as Unicode superscripts or subscripts."""
    ends: dict[Square, list[Run]] = defaultdict(list)
    for run in runs:
        for at in {_square(run, run.glyphs[0].start), _square(run, _end(run))}:
            ends[at].append(run)
    for run in runs:
        if len(run.glyphs) <= LONGEST:
            host = next((host for host in _near(ends, run) if _bears(host, run)), None)
            if host is not None:
                _settle(run, host)


def _settle(mark: Run, host: Run) -> None:
    """Bring a mark to the line of its word; "12(1)" is no other figure than 12, so it stays as it is."""
    if not any(glyph.text == "(" for glyph in mark.glyphs):
        table = RAISED if mark.base < host.base else LOWERED
        mark.glyphs = [replace(glyph, text=glyph.text.translate(table)) for glyph in mark.glyphs]
    mark.base = host.base
    last, first = host.glyphs[-1], mark.glyphs[0]
    if 0 < first.start - last.end <= REACH[1] * host.size:
        host.glyphs[-1] = replace(last, end=first.start)  # they are one word
    elif first.start < host.glyphs[0].start:
        mark.glyphs[-1] = replace(mark.glyphs[-1], end=first.start - host.size)  # "¹ 12" are two


def _near(ends: dict[Square, list[Run]], mark: Run) -> Iterator[Run]:
    """Yield the runs that start or end near a mark."""
    for end in {_square(mark, mark.glyphs[0].start), _square(mark, _end(mark))}:
        for along in (-1, 0, 1):
            for down in (-1, 0, 1):
                yield from ends.get((end[0], end[1] + along, end[2] + down), ())


def _bears(host: Run, mark: Run) -> bool:
    """Tell whether a run is the word that a mark stands at."""
    rise = (host.base - mark.base) / host.size
    smaller = mark.size <= SMALLER * host.size
    low, high = RISE if smaller else FULL_SIZE_RISE
    if not low <= abs(rise) <= high or (not smaller and (rise < 0 or mark.size > host.size)):
        return False
    gap = max(mark.glyphs[0].start - _end(host), host.glyphs[0].start - _end(mark))
    if not REACH[0] <= gap / host.size <= (REACH[1] if smaller else REACH[1] / 4):
        return False
    return any(glyph.text.isalnum() for glyph in host.glyphs)


def _end(run: Run) -> float:
    """Return where the last character of a run that is not blank ends."""
    return next((g.end for g in reversed(run.glyphs) if not g.text.isspace()), run.glyphs[-1].end)


def _square(run: Run, at: float) -> Square:
    return run.angle, int(at // STEP), int(run.base // RISE_STEP)


# The printed lines of a page: words with their look, and what stands apart in them.


def row_of(words: Sequence[Printed], base: float, angle: int) -> LineRow:
    """Return the line that some words make, in order."""
    sizes: Counter[float] = Counter()
    heavy = 0
    for printed in words:
        length = len(printed.word.text)
        sizes[round(printed.size, 1)] += length
        heavy += length * printed.bold
    box = around(printed.word.box for printed in words)
    size, _ = sizes.most_common(1)[0]
    return LineRow(tuple(words), base, angle, size, heavy > HEAVY * sizes.total(), box)


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
