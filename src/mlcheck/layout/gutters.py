"""Part what stands side by side on a page: two tables, or a table and the text beside it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import inf

from msgspec.structs import replace

from mlcheck.language.roles import is_total
from mlcheck.layout.columns_by_place import Span
from mlcheck.layout.figures import cut_line
from mlcheck.layout.wording import is_heading, is_prose
from mlcheck.layout.words_of_lines import Strip, Token, printed, segments

DEEPEST = 3  # gutters on one line
FARTHEST = 60  # lines that a gutter is followed up and down
BLANKS = 2  # blank lines that end it
NARROWEST = 3  # widths of a figure; two spaces are common after a full stop
LONGEST_CELL = 25  # characters of a text that may be a cell; a longer one stands for itself
Part = tuple[Token, ...]


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
        left, right = (parted(side, depth + 1) for side in _sides(strips[first : last + 1], gutter))
        end = replace(left[0], text="", tokens=(), turns=False, parts=True)
        whole = _unfolded(left, right)
        found += [*whole, end] if whole else [*left, end, *right, end]
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
        left, right = _sides(strips[first : last + 1], gutter)
        if _is_sound(left, right):
            return first, last, gutter
        failed[gap[0]] = last
    return None


def _gaps(strip: Strip) -> list[Span]:
    """Return the gaps of a line that may be gutters: after a figure, a sentence or a long text, before a text."""
    parts = segments(strip.tokens) if "|" not in strip.text else []
    least = NARROWEST * _width(strip) if parts else 0.0
    found = []
    for before, after in pairwise(parts):
        if _is_figure(after) or after[0].left - before[-1].right < least:
            continue
        texts = printed(before), printed(after)
        if _is_figure(before) or min(map(len, texts)) > LONGEST_CELL or _is_sentence(texts[0]):
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
    if _is_figure(parts[at]):
        return at > 0
    before = parts[at][0].left - parts[at - 1][-1].right if at else inf
    after = parts[at + 1][0].left - parts[at][-1].right if at + 1 < len(parts) else inf
    return before < after


def _width(strip: Strip) -> float:
    """Return the width of a figure, which a gutter has at least."""
    token = max(strip.tokens, key=lambda t: len(t.text))
    return (token.right - token.left) / len(token.text)


# The two sides of a gutter, and whether each makes sense by itself.


def _is_sound(left: Sequence[Strip], right: Sequence[Strip]) -> bool:
    """Tell whether a gutter parts two things, and no columns of one table nor a list in two columns."""
    if min(_filled(left), _filled(right)) < 2 or not (_is_side(left) and _is_side(right)):
        return False
    return not _is_fold(left, right) and not _cuts_rows(left, right)


def _sides(strips: Sequence[Strip], gutter: Span) -> tuple[list[Strip], list[Strip]]:
    """Return what of some lines stands left of a gutter, and what stands right of it."""
    middle = (gutter[0] + gutter[1]) / 2
    left = [_side(s, tuple(t for t in s.tokens if t.left < middle)) for s in strips]
    right = [_side(s, tuple(t for t in s.tokens if t.left >= middle)) for s in strips]
    return left, right


def _unfolded(left: Sequence[Strip], right: Sequence[Strip]) -> list[Strip]:
    """Return the lines of a table that was folded in two halves, under one head; none where the sides are two tables.

    Both halves have the same head and no label in common; if there is a total, it stands under the right one alone.
    """
    again = next((at for at, strip in enumerate(right) if strip.tokens), None)
    head = next(
        (at for at, strip in enumerate(left) if again is not None and strip.text == right[again].text), None
    )
    if again is None or head is None or cut_line(left[head].tokens)[1] is not None:
        return []
    end = next((at for at in range(head + 1, len(left)) if not _is_row(left[at])), len(left))
    labels = {_label(row) for row in left[head + 1 : end]}
    if not labels or any(map(is_total, labels)) or any(_label(row) in labels for row in right[again + 1 :]):
        return []
    return [*left[:end], *right[again + 1 :], *left[end:]]


def _label(strip: Strip) -> str:
    return printed(cut_line(strip.tokens)[0])


def _side(strip: Strip, tokens: Part) -> Strip:
    if len(tokens) == len(strip.tokens):
        return strip
    if not tokens:
        return replace(strip, text="", tokens=())
    return replace(strip, text=printed(tokens), tokens=(replace(tokens[0], wide=False), *tokens[1:]))


def _is_side(strips: Sequence[Strip]) -> bool:
    """Tell whether lines make sense by themselves: rows of label and figures, figures under words, or prose."""
    rows = sum(_is_row(strip) for strip in strips)
    prose = sum(_is_sentence(strip.text) for strip in strips)
    filled = [strip for strip in strips if strip.tokens]
    under = sum(
        _is_figure(below.tokens) and not _is_figure(above.tokens) and len(segments(below.tokens)) > 1
        for above, below in pairwise(filled)
    )
    return rows > 1 or prose > 0 or under > 0


def _is_fold(left: Sequence[Strip], right: Sequence[Strip]) -> bool:
    """Tell whether every line that has both sides prints a label and one figure on each: a list in two columns."""
    both = [(one, other) for one, other in zip(left, right, strict=True) if one.tokens and other.tokens]
    return all(_is_row(side) and _cells(side) == 1 for pair in both for side in pair)


def _cuts_rows(left: Sequence[Strip], right: Sequence[Strip]) -> bool:
    """Tell whether figures go on across a gutter for the most part: it runs between two columns of a table."""
    both = [(one, other) for one, other in zip(left, right, strict=True) if one.tokens and other.tokens]
    rows = [cut_line(one.tokens)[1] and _is_figure(segments(other.tokens)[0]) for one, other in both]
    return sum(map(bool, rows)) * 2 > len(rows)


def _cells(strip: Strip) -> int:
    tail = cut_line(strip.tokens)[1]
    return sum(chunk.tokens[0].wide for chunk in tail.chunks) if tail is not None else 0


def _is_row(strip: Strip) -> bool:
    label, tail = cut_line(strip.tokens)
    return bool(label) and tail is not None


def _filled(strips: Sequence[Strip]) -> int:
    return sum(bool(strip.tokens) for strip in strips)


def _is_sentence(text: str) -> bool:
    """Tell whether a text is a sentence or an item of a list, too long for a cell."""
    return len(text) > LONGEST_CELL and is_prose(text)


def _is_figure(part: Part) -> bool:
    """Tell whether words are figures, without a label."""
    label, tail = cut_line(part)
    return not label and tail is not None
