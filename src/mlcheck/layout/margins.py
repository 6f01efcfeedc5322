"""What every page repeats at its edges, such as a footer with the number of the page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import accumulate

from mlcheck.language.lexicon import lexicon
from mlcheck.language.words import fold
from mlcheck.layout.words_of_lines import Strip

_FOOT = re.compile(
    r"[^0-9|]*[^\W\d_][^0-9|]*(?:19|20)[0-9]{2} ?[-–|•·]? ?[0-9]{1,3}|[0-9]{1,3} [^0-9|]*[^\W\d_][^0-9|]*(?:19|20)[0-9]{2}"
)
FARTHEST = 3  # lines to the next one that prints something
MOST_COVERS = 2  # pages by which the number of a page differs from its place


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
    feet = {i for i in range(len(strips)) if _is_foot(strips, i)}
    return {i for i in edges if _repeats(strips[i], shapes)} | _page_numbers(strips, edges) | feet


def _is_foot(strips: Sequence[Strip], at: int) -> bool:
    """Tell whether a line apart names the report with its year and the page's number: "RAPPORT ANNUEL 2019 21"."""
    beside = [strips[i] for i in (at - 1, at + 1) if 0 <= i < len(strips)]
    if not _FOOT.fullmatch(strips[at].text.strip()) or any(strip.tokens for strip in beside):
        return False
    return not lexicon().lines.furniture.isdisjoint(fold(strips[at].text).split())


def _repeats(strip: Strip, shapes: Counter[str]) -> bool:
    named = not lexicon().lines.furniture.isdisjoint(fold(strip.text).split())
    return named and (shapes[_shape(strip)] > 1 or len(strip.tokens) < 3)


def _page_numbers(strips: Sequence[Strip], edges: Collection[int]) -> set[int]:
    """Return the lines that number the pages: numbers alone that go up by one a page.

    Where no two of them do, each that is about the place of its page and stands beside words.
    """
    page = list(accumulate(strip.turns for strip in strips))
    bare = {i: int(strips[i].tokens[0].text) - page[i] for i in edges if _is_bare(strips[i])}
    offsets = Counter(bare.values())
    if any(count > 1 for count in offsets.values()):
        return {i for i, offset in bare.items() if offsets[offset] > 1}
    likely = [i for i, offset in bare.items() if len(bare) == 1 or abs(offset) <= MOST_COVERS]
    return {i for i in likely if all(any(map(str.isalpha, s.text)) for s in _beside(strips, i))}


def _beside(strips: Sequence[Strip], at: int) -> list[Strip]:
    """Return the next lines above and below one that print something."""
    above = (strips[i] for i in range(at - 1, max(-1, at - 1 - FARTHEST), -1))
    below = (strips[i] for i in range(at + 1, min(len(strips), at + 1 + FARTHEST)))
    found = [next((strip for strip in way if strip.tokens), None) for way in (above, below)]
    return [strip for strip in found if strip is not None]


def _is_bare(strip: Strip) -> bool:
    """Tell whether a line is a whole number of few digits and nothing else."""
    return len(strip.tokens) == 1 and bool(re.fullmatch(r"[0-9]{1,4}", strip.tokens[0].text))


def _shape(strip: Strip) -> str:
    return re.sub(r"[0-9]+", "#", " ".join(strip.text.split()))
