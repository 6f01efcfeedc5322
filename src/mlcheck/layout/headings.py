"""How deep the headings of a document stand: by its styles, else by the order of their numberings."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mlcheck.layout.kinds import heading_level
from mlcheck.model.document import Paragraph

LONGEST = 120  # characters of a heading; a longer text is prose
_STYLES = (
    ("decimal", re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2})+\s?[.)\-–]?\s+(?=[^\W\d])")),
    ("arabic", re.compile(r"[0-9]{1,2}\s?[.)]\s*(?=[^\W\d])|[0-9]{1,2}\s[\-–]\s(?=[^\W\d])")),
    ("roman", re.compile(r"[IVX]{1,5}\s?[.)]\s*(?=\S)|[IVX]{1,5}\s[\-–]\s(?=[^\W\d])")),
    ("capital", re.compile(r"[A-H]\s?[.)]\s+(?=\S)|[A-H]\s[\-–]\s(?=[^\W\d])")),
    ("letter", re.compile(r"[a-z]\s?[.)]\s+(?=\S)")),
)
_SURE = frozenset({"roman", "letter", "capital"})  # a list of prose is seldom numbered so
_FIGURE = re.compile(r"[0-9]")


def numbering_of(text: str) -> tuple[str, int, int] | None:
    """Return the style of a heading's number, its depth ("2.3" is 2) and its length; None without one."""
    plain = text.strip()
    if len(plain) > LONGEST or plain.endswith((".", ";", ",")):
        return None
    for style, pattern in _STYLES:
        match = pattern.match(plain)
        if match is None:
            continue
        if style not in _SURE and heading_level(plain) is None and _FIGURE.search(plain[match.end() :]):
            return None
        start = len(text) - len(text.lstrip())
        depth = 1 + match.group().strip().strip(".)").count(".") if style == "decimal" else 1
        return style, depth, start + match.end()
    return None


def without_number(text: str) -> str:
    """Return a heading without its number, its white space made single."""
    numbering = numbering_of(text)
    return " ".join(text[numbering[2] if numbering else 0 :].split())


def levels_of(paragraphs: Sequence[Paragraph]) -> list[int | None]:
    """Return the depth of each paragraph that is a heading, 1 for the outermost, and None for the others.

    Where styles tell several depths apart they decide; one that stands alone over all others is the title
    of the document and no heading. Elsewhere numberings do: the one met first is
    the outermost ("1)" over "I." over "a."), and a styled heading without a number is under them all.
    """
    styled = [p.level for p in paragraphs if p.level]
    depths = {level: depth for depth, level in enumerate(sorted(set(styled)), start=1 - _titled(styled))}
    if len(depths) > 1:
        deepest = max(depths.values())
        return [(depths[p.level] or None) if p.level else _below(deepest, _numbered(p)) for p in paragraphs]
    ranks = _ranks(paragraphs)
    innermost = max(ranks.values(), default=0) + 1
    return [
        ranks[key] if (key := _numbered(p)) in ranks else innermost if p.level else None for p in paragraphs
    ]


def _titled(styled: Sequence[int]) -> bool:
    """Tell whether the first of the styled headings is the only one of its depth, over all others."""
    return len(styled) > 2 and styled.count(styled[0]) == 1 and styled[0] < min(styled[1:])


def _numbered(paragraph: Paragraph) -> tuple[str, int] | None:
    """Return the style and depth of a numbering that makes a heading, where there is one."""
    found = numbering_of(paragraph.text)
    if found is None:
        return (heading_level(paragraph.text) and ("word", 1)) or None
    return ("arabic", found[1]) if found[0] == "decimal" else (found[0], 1)


def _ranks(paragraphs: Sequence[Paragraph]) -> dict[tuple[str, int] | None, int]:
    """Rank the numberings of a document in the order in which they are met; "2.3" stands just under "2."."""
    order: list[tuple[str, int]] = []
    for paragraph in paragraphs:
        key = _numbered(paragraph)
        if key is not None and key not in order:
            parent = (key[0], key[1] - 1)
            order.insert(order.index(parent) + 1 if parent in order else len(order), key)
    return {key: depth for depth, key in enumerate(order, start=1)}


def _below(deepest: int, key: tuple[str, int] | None) -> int | None:
    return None if key is None else deepest + 1 + (key[0] == "letter")
