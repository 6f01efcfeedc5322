"""Running heads and page numbers, which belong to no page in particular, are left out."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise, takewhile
from statistics import median

from msgspec import Struct

from mlcheck.reading.pdf.lines import LineRow
from mlcheck.reading.pdf.page import PageContent
from mlcheck.reading.pdf.tables import PdfTable

MARGIN = 0.15  # share of the height of a page where running heads stand
SAME_HEIGHT = 3.0  # points
FEWEST = 3  # pages with the same head, no more than two apart
FAITHFUL = 0.8  # share of the pages on which a page number goes on from the one before
SET_APART = 2.5  # distance from a running head to the text, over its size; or
SET_WIDER = 1.5  # over the distance to the next line of the text: the boxhead of a table is no running head
Item = LineRow | PdfTable
NUMBER = re.compile(r"[0-9]+")


class Candidate(Struct):
    """What stands in a margin: which one, its words with the digits left out, its numbers and its height."""

    page: int
    item: Item
    kind: tuple[str, str]
    numbers: tuple[int, ...]
    height: float


class Edge(Struct):
    """Running lines at an edge of a page, from the edge inwards; whether they stand apart from the text."""

    page: PageContent
    items: list[Item]
    apart: bool


def leave_out_running_heads(pages: Sequence[PageContent]) -> None:
    """Take running heads, feet and page numbers out of the pages.

    They stand apart from the text on most pages: the boxhead of a table that goes on does on none.
    """
    alike: dict[tuple[str, str], list[Candidate]] = defaultdict(list)
    for page in pages:
        for found in _in_margins(page):
            alike[found.kind].append(found)
    running = (found for group in alike.values() for found in _running(group, len(pages)))
    kinds = {id(found.item): found.kind for found in running}
    edges = [edge for page in pages for edge in _edges(page, kinds)]
    seen = Counter(kinds[id(item)] for edge in edges for item in edge.items)
    apart = Counter(kinds[id(item)] for edge in edges if edge.apart for item in edge.items)
    for edge in edges:
        gone = {id(i) for i in takewhile(lambda i: apart[kinds[id(i)]] * 2 >= seen[kinds[id(i)]], edge.items)}
        edge.page.rows = [row for row in edge.page.rows if id(row) not in gone]
        edge.page.tables = [table for table in edge.page.tables if id(table) not in gone]


def _in_margins(page: PageContent) -> Iterator[Candidate]:
    for item in page.items:
        if isinstance(item, LineRow) and item.angle:
            margin = f"turned by {item.angle}"
        elif _base(item) <= MARGIN * page.height:
            margin = "head"
        elif _top(item) >= (1 - MARGIN) * page.height:
            margin = "foot"
        else:
            continue
        text = item.text if isinstance(item, LineRow) else " ".join(item.texts.values())
        numbers = tuple(int(number) for number in NUMBER.findall(text) if len(number) < 9)
        height = page.height - _base(item) if margin == "foot" else _base(item)
        yield Candidate(page.number, item, (margin, NUMBER.sub("#", text)), numbers, height)


def _running(group: list[Candidate], pages: int) -> list[Candidate]:
    """Return those of some alike lines that are repeated from page to page, at one height."""
    height = median(found.height for found in group)
    level = [found for found in group if abs(found.height - height) <= SAME_HEIGHT]
    if len(level) == 1 < pages and level[0].kind[1] == "#" and level[0].numbers == (level[0].page,):
        return level
    steps = [_goes_on(one, two) for one, two in pairwise(level)]
    if sum(steps) < FAITHFUL * len(steps):
        return []
    if len(level) > 1 and len(level) * 2 >= pages:
        return level
    return [found for found in level if _is_often(found, level)] if len(level) >= FEWEST else []


def _is_often(found: Candidate, level: list[Candidate]) -> bool:
    near = sum(abs(other.page - found.page) <= 2 * (FEWEST - 1) for other in level)
    return near >= FEWEST


def _goes_on(one: Candidate, two: Candidate) -> bool:
    """Tell whether the numbers of a line are those of the line before, or count the pages."""
    pages = two.page - one.page
    pairs = zip(one.numbers, two.numbers, strict=False)
    return pages > 0 and all(b - a in (0, pages) for a, b in pairs)


def _edges(page: PageContent, kinds: Mapping[int, tuple[str, str]]) -> Iterator[Edge]:
    """Yield the running lines at the head and the foot of a page, and each of the turned ones."""
    upright = sorted((i for i in page.items if not isinstance(i, LineRow) or not i.angle), key=_base)
    for items in (upright, upright[::-1]):
        edge: list[Item] = []
        apart = False
        for item in takewhile(lambda item: id(item) in kinds, items):
            edge.append(item)
            apart = _stand_apart(items, len(edge))
            if apart:
                break
        yield Edge(page, edge, apart)
    for row in page.rows:
        if row.angle and id(row) in kinds:
            yield Edge(page, [row], True)


def _stand_apart(items: Sequence[Item], count: int) -> bool:
    """Tell whether the first items, from an edge of the page inwards, stand apart from those after them."""
    if count == len(items):
        return True
    outer, inner = items[count - 1], items[count]
    if not isinstance(outer, LineRow) or not isinstance(inner, LineRow):
        return True
    step = abs(inner.base - outer.base)
    if step >= SET_APART * outer.size:
        return True
    return count + 1 < len(items) and step >= SET_WIDER * abs(_base(items[count + 1]) - inner.base)


def _base(item: Item) -> float:
    return item.base if isinstance(item, LineRow) else item.box[3]


def _top(item: Item) -> float:
    return item.base - 0.8 * item.size if isinstance(item, LineRow) else item.box[1]
