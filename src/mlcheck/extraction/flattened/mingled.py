"""What tells that the words over a body are mixed up, or that some of them are missing."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise

from mlcheck.extraction.flattened.tokens import Token, printed
from mlcheck.extraction.flattened.wording import folded, heads_stub_only, is_open, is_stub_head
from mlcheck.extraction.tables.roles import is_dont
from mlcheck.lexicon import lexicon
from mlcheck.words import fold

Label = tuple[Token, ...]


@lru_cache(4_096)
def is_member(label: Label) -> bool:
    """Tell whether a label is known as that of a column: a class of a scale, a sex, a total."""
    return fold(printed(label)) in _members()


@cache
def _members() -> frozenset[str]:
    words = lexicon()
    steps = [fold(word) for scale in words["scales"] for step in scale["steps"] for word in step]
    return frozenset(steps) | folded("members") | frozenset(fold(word) for word in words["totals"]["exact"])


def is_part(label: Label) -> bool:
    """Tell whether a label counts a part of the column before it, so that it labels no first column."""
    return is_dont(printed(label))


def holds_stub(label: Label) -> bool:
    """Tell whether the head of a stub ("Commune") stands in the label of figures: then lines are mixed up."""
    if heads_stub_only(label[0]) and (len(label) == 1 or _is_complement(label[1])):
        return True
    return any(heads_stub_only(token) for token in label[1:])


def _is_complement(token: Token) -> bool:
    """Tell whether a word goes on "Type": "de", "d'hébergement"."""
    return is_open(token) or token.text.casefold().startswith(("d'", "d’"))


def is_same(one: Token, other: Token) -> bool:
    """Tell whether a title and the head of a stub below it start alike: "Quartiers prioritaires", "Quartier"."""
    return fold(one.text).rstrip("s") == fold(other.text).rstrip("s")


def is_woven(lines: Sequence[Sequence[Token]], labels: Sequence[Label]) -> bool:
    """Tell whether a line may go on any of several labels on the line above it, so that words are mixed up."""
    firsts = {id(label[0]) for label in labels}
    if all(is_member(label) for label in labels):
        return False
    for line, below in pairwise(lines):
        several = sum(id(token) in firsts for token in line) > 1
        if several and id(below[0]) not in firsts and not is_open(line[-1]):
            return True
    return False


def is_whole(zone: Sequence[Sequence[Token]], gaps: Sequence[bool], first: int, stub: Label) -> bool:
    """Tell whether no line right above the labels heads the stub or a column: with it they would be others."""
    above = first
    while above and not gaps[above - 1]:
        above -= 1
    if any(is_part(tuple(line)) or is_open(line[-1]) for line in zone[above:first]):
        return False
    if is_stub_head(stub):
        return True
    return not any(heads_stub_only(token) for line in zone[above:first] for token in line)
