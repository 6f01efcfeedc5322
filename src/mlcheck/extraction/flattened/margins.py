"""What every page repeats at its edges, such as a footer with the number of the page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from mlcheck.extraction.flattened.tokens import Strip
from mlcheck.extraction.flattened.wording import words
from mlcheck.words import fold


def margins_of(strips: Sequence[Strip]) -> set[int]:
    """Return the lines at the edge of a page that other pages print alike but for their number."""
    edges: set[int] = set()
    last: list[int] = []
    for index, strip in enumerate(strips):
        if strip.turns:
            edges.update(last[-2:])
        if strip.tokens:
            last.append(index)
            if any(s.turns for s in strips[max(0, index - 1) : index + 1]):
                edges.add(index)
    edges.update(last[-1:])
    shapes = Counter(_shape(strips[i]) for i in edges)
    return {i for i in edges if _repeats(strips[i], shapes) or _is_page_number(strips, i)}


def _repeats(strip: Strip, shapes: Counter[str]) -> bool:
    named = not words("furniture").isdisjoint(fold(strip.text).split())
    return named and (shapes[_shape(strip)] > 1 or len(strip.tokens) < 3)


def _is_page_number(strips: Sequence[Strip], at: int) -> bool:
    """Tell whether a line is a number alone, and not one of a column of them."""
    beside = [strips[i] for i in (at - 1, at + 1) if 0 <= i < len(strips)]
    return _is_bare(strips[at]) and not any(map(_is_bare, beside))


def _is_bare(strip: Strip) -> bool:
    return len(strip.tokens) == 1 and strip.text.strip().isdigit()


def _shape(strip: Strip) -> str:
    return re.sub(r"\d+", "#", " ".join(strip.text.split()))
