"""Part what stands side by side on a page: two tables, or a table and the text beside it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import inf

from msgspec.structs import replace

from mlcheck.extraction.flattened.placing import Span
from mlcheck.extraction.flattened.sides import LONGEST_CELL, Part, is_figure, is_sentence, is_sound, sides
from mlcheck.extraction.flattened.tokens import Strip, printed, segments
from mlcheck.extraction.flattened.wording import is_heading

DEEPEST = 3  # gutters on one line
FARTHEST = 60  # lines that a gutter is followed up and down
BLANKS = 2  # blank lines that end it
NARROWEST = 3  # widths of a figure; two spaces are common after a full stop


def parted(strips: Sequence[Strip], depth: int = 0) -> list[Strip]:
    """Return the lines with those on both sides of a gutter parted: the left side, then the right."""
    found: list[Strip] = []
    failed: dict[float, int] = {}  # where a gap that is no gutter starts: the last line it was followed to
    at = floor = 0
    while at < len(strips):
        band = _band(strips, at, floor, failed) if depth < DEEPEST else None
        if band is None:
            found.append(strips[at])
            at += 1
            continue
        first, last, gutter = band
        keep = at - first  # lines above that belong to the band are taken back
        del found[len(found) - keep :]
        left, right = sides(strips[first : last + 1], gutter)
        end = replace(left[0], text="", tokens=(), turns=False, parts=True)
        found += [*parted(left, depth + 1), end, *parted(right, depth + 1), end]
        at = floor = last + 1
    return found


def _band(
    strips: Sequence[Strip], at: int, floor: int, failed: dict[float, int]
) -> tuple[int, int, Span] | None:
    """Return the first and last line of a gutter that a line shows, and where it runs; None without one."""
    for gap in _gaps(strips[at]):
        if failed.get(gap[0], -1) >= at:
            continue
        first, last, gutter = _follow(strips, at, floor, gap)
        left, right = sides(strips[first : last + 1], gutter)
        if is_sound(left, right):
            return first, last, gutter
        failed[gap[0]] = last
    return None


def _gaps(strip: Strip) -> list[Span]:
    """Return the gaps of a line that may be gutters: after a figure, a sentence or a long text, before a text."""
    parts = segments(strip.tokens) if "|" not in strip.text else []
    least = NARROWEST * _width(strip) if parts else 0.0
    found = []
    for before, after in pairwise(parts):
        if is_figure(after) or after[0].left - before[-1].right < least:
            continue
        texts = printed(before), printed(after)
        if is_figure(before) or min(map(len, texts)) > LONGEST_CELL or is_sentence(texts[0]):
            found.append((before[-1].right, after[0].left))
    return found


def _follow(strips: Sequence[Strip], at: int, floor: int, gutter: Span) -> tuple[int, int, Span]:
    """Follow a gutter down and up from a line, not above `floor`; return its first and last line, and where it runs."""
    last, gutter = _run(strips, range(at + 1, min(len(strips), at + FARTHEST)), at, gutter)
    first, gutter = _run(strips, range(at - 1, max(floor - 1, at - FARTHEST), -1), at, gutter)
    return first, last, gutter


def _run(strips: Sequence[Strip], way: range, at: int, gutter: Span) -> tuple[int, Span]:
    """Follow a gutter until a line closes it, white space ends it, or a heading starts beside nothing."""
    blanks, end = 0, at
    for index in way:
        strip = strips[index]
        if not strip.tokens:
            blanks += 1
            if blanks > BLANKS:
                break
            continue
        narrowed = _narrowed(strip, gutter)
        if narrowed is None or (strip.tokens[-1].left < gutter[1] and is_heading(strip.text)):
            break
        gutter, blanks, end = narrowed, 0, index
    return end, gutter


def _narrowed(strip: Strip, gutter: Span) -> Span | None:
    """Return the gutter as far as a line leaves it free, None where the line closes it."""
    left, right = gutter
    parts = segments(strip.tokens)
    for at, part in enumerate(parts):
        start, end = part[0].left, part[-1].right
        if end <= left or start >= right:
            continue
        if start <= left and end >= right:
            return None
        if start <= left or (end < right and _leans_left(parts, at)):
            left = end
        else:
            right = start
    width = _width(strip)
    return (left, right) if right - left >= width else None


def _leans_left(parts: Sequence[Part], at: int) -> bool:
    """Tell whether words within a gutter belong to its left: figures that follow others, texts nearer to it."""
    if is_figure(parts[at]):
        return at > 0
    before = parts[at][0].left - parts[at - 1][-1].right if at else inf
    after = parts[at + 1][0].left - parts[at][-1].right if at + 1 < len(parts) else inf
    return before < after


def _width(strip: Strip) -> float:
    """Return the width of a figure, which a gutter has at least."""
    token = max(strip.tokens, key=lambda t: len(t.text))
    return (token.right - token.left) / len(token.text)
