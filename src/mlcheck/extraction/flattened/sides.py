"""The two sides of a gutter, and whether each makes sense by itself."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from mlcheck.extraction.flattened.figures import cut_line
from mlcheck.extraction.flattened.placing import Span
from mlcheck.extraction.flattened.tokens import Strip, Token, printed, segments
from mlcheck.extraction.flattened.wording import is_prose

LONGEST_CELL = 25  # characters of a text that may be a cell; a longer one stands for itself
Part = tuple[Token, ...]


def is_sound(left: Sequence[Strip], right: Sequence[Strip]) -> bool:
    """Tell whether a gutter parts two things, and no columns of one table nor a list in two columns."""
    if min(_filled(left), _filled(right)) < 2 or not (_is_side(left) and _is_side(right)):
        return False
    return not _is_fold(left, right) and not _cuts_rows(left, right)


def sides(strips: Sequence[Strip], gutter: Span) -> tuple[list[Strip], list[Strip]]:
    """Return what of some lines stands left of a gutter, and what stands right of it."""
    middle = (gutter[0] + gutter[1]) / 2
    left = [_side(s, tuple(t for t in s.tokens if t.left < middle)) for s in strips]
    right = [_side(s, tuple(t for t in s.tokens if t.left >= middle)) for s in strips]
    return left, right


def _side(strip: Strip, tokens: Part) -> Strip:
    if len(tokens) == len(strip.tokens):
        return strip
    if not tokens:
        return replace(strip, text="", tokens=())
    return replace(strip, text=printed(tokens), tokens=(replace(tokens[0], wide=False), *tokens[1:]))


def _is_side(strips: Sequence[Strip]) -> bool:
    """Tell whether lines make sense by themselves: rows of label and figures, figures under words, or prose."""
    rows = sum(_is_row(strip) for strip in strips)
    prose = sum(is_sentence(strip.text) for strip in strips)
    filled = [strip for strip in strips if strip.tokens]
    under = sum(
        is_figure(below.tokens) and not is_figure(above.tokens) and len(segments(below.tokens)) > 1
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
    rows = [cut_line(one.tokens)[1] and is_figure(segments(other.tokens)[0]) for one, other in both]
    return sum(map(bool, rows)) * 2 > len(rows)


def _cells(strip: Strip) -> int:
    tail = cut_line(strip.tokens)[1]
    return sum(chunk.tokens[0].wide for chunk in tail.chunks) if tail is not None else 0


def _is_row(strip: Strip) -> bool:
    label, tail = cut_line(strip.tokens)
    return bool(label) and tail is not None


def _filled(strips: Sequence[Strip]) -> int:
    return sum(bool(strip.tokens) for strip in strips)


def is_sentence(text: str) -> bool:
    """Tell whether a text is a sentence or an item of a list, too long for a cell."""
    return len(text) > LONGEST_CELL and is_prose(text)


def is_figure(part: Part) -> bool:
    """Tell whether words are figures, without a label."""
    label, tail = cut_line(part)
    return not label and tail is not None
