"""Runs of characters become words on printed lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from statistics import median

from msgspec.structs import replace

from mlcheck.model.document import Word
from mlcheck.reading.pdf_glyphs import Glyph, Run
from mlcheck.reading.pdf_layout import around
from mlcheck.reading.pdf_lines import Printed, Row, row_of
from mlcheck.reading.pdf_marks import settle_marks

SAME_LINE = 0.2  # how far apart two runs of a line stand, over their size
WORD_GAP = 0.15  # blank that parts two words, over the size; a space is 0.25, seldom less than 0.2
OVERPRINT = 0.12  # shift of a character printed twice to look bold, over the size
TRACKED = (0.08, 0.6)  # blank between the letters of a spaced word, over the size
FIXED = frozenset("\u00a0\u2007\u2009\u202f")  # spaces that hold a number together
Edges = Callable[[float], Sequence[float]]


def rows_of(runs: Iterable[Run], edges: Edges) -> list[Row]:
    """Return the lines of a page from top to bottom, turned ones after those that stand upright.

    `edges` gives, for a height, the rulings that no word goes across unless it is printed over them.
    """
    runs = [_without_tracking(run) for run in runs]
    settle_marks(runs)
    rows: list[Row] = []
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


def _rows(line: list[Run], edges: Edges) -> list[Row]:
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
