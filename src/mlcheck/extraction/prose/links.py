"""Gather the arithmetic that sentences state among their own numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from msgspec.structs import replace

from mlcheck.extraction.prose.links_change import change_links
from mlcheck.extraction.prose.links_lists import list_links
from mlcheck.extraction.prose.links_parts import part_links
from mlcheck.extraction.prose.links_shares import share_links
from mlcheck.extraction.prose.passage import LONGEST, Passage, Told
from mlcheck.model.claim import Claim, Link

_PATTERNS: tuple[tuple[Callable[[Told], Iterator[Link]], frozenset[str]], ...] = (
    (part_links, frozenset({"count", "part", "sum"})),
    (change_links, frozenset({"variation", "points", "multiple"})),
    (share_links, frozenset({"share", "mean", "ratio"})),
)
"""Each family of links, and the kinds of claim of which it needs one."""


def links_of(passages: Sequence[Passage], claims: Sequence[Claim]) -> list[Link]:
    """Return the links of all passages, each once; their indexes are those of `claims`."""
    entries = [(p, _told(p, claims)) for p in passages]
    found: dict[tuple[str, int, tuple[int, ...]], Link] = {}
    for _, told in entries:
        if told is not None and len(told.claims) > 1:
            kinds = {claim.kind for claim in told.claims}
            for pattern, needed in _PATTERNS:
                for link in pattern(told) if needed & kinds else ():
                    _keep(found, _placed(link, told.first))
    for link in list_links(entries):
        _keep(found, link)
    return list(found.values())


def _told(passage: Passage, claims: Sequence[Claim]) -> Told | None:
    if passage.sentence is None or len(passage.readings) > LONGEST:
        return None
    own = claims[passage.first : passage.first + len(passage.readings)]
    return Told(passage.sentence, passage.readings, own, passage.first)


def _placed(link: Link, first: int) -> Link:
    """Return a link of one sentence with the numbers its claims have in the report."""
    return replace(link, stated=link.stated + first, operands=tuple(k + first for k in link.operands))


def _keep(found: dict[tuple[str, int, tuple[int, ...]], Link], link: Link) -> None:
    found.setdefault((link.kind, link.stated, link.operands), link)
