"""Raised and lowered marks: a small 1 after a figure is a footnote, never one digit more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from msgspec.structs import replace

from mlcheck.reading.pdf_glyphs import Run

RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
LONGEST = 6  # characters of a mark: "(10)", "ème"
SMALLER = 0.87  # size of a mark over that of its word
RISE = (0.08, 0.75)  # how far a mark stands above or below, over the size of its word
FULL_SIZE_RISE = (0.2, 0.6)  # the same for a mark that is not smaller
REACH = (-0.3, 0.4)  # blank between a mark and its word, over the size of the word
STEP, RISE_STEP = 8.0, 16.0  # points: the squares in which the word of a mark is looked for
Square = tuple[int, int, int]


def settle_marks(runs: list[Run]) -> None:
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
