"""Split the words over a table into the labels of its columns, where nothing but words tells them apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from mlcheck.extraction.flattened.starts import NEVER, SURE, starts
from mlcheck.extraction.flattened.tokens import Token, printed
from mlcheck.extraction.flattened.wording import (
    folded,
    hangs,
    heads_stub_only,
    is_open,
    is_opener,
    is_stub_head,
    is_year,
)  # fmt: skip
from mlcheck.extraction.tables.roles import is_dont, is_total
from mlcheck.lexicon import lexicon
from mlcheck.words import fold

CLEAN, KNOWN, BLANK = 3, 2, 2
Label = tuple[Token, ...]


class Heads(Struct, frozen=True):
    """The labels of the columns of figures, with that of the stub where it has one; `lines` hold them.

    `spanners` are labels over several columns, from the first to the last.
    """

    labels: tuple[Label, ...]
    stub: Label = ()
    lines: int = 0
    spanners: tuple[tuple[Label, int, int], ...] = ()


def split(tokens: Sequence[Token], count: int) -> tuple[Label, ...] | None:
    """Return `count` labels, or None where the words do not say for sure where each starts."""
    if not tokens or count < 1 or len(tokens) < count:
        return None
    strength = starts(tokens)
    if strength[0] == NEVER:
        return None
    order = sorted(range(1, len(tokens)), key=lambda at: -strength[at])
    chosen, left = sorted(order[: count - 1]), order[count - 1 :]
    weakest = min((strength[at] for at in chosen), default=SURE)
    strongest = max((strength[at] for at in left), default=NEVER)
    if weakest <= strongest or weakest == NEVER:
        return None
    bounds = [0, *chosen, len(tokens)]
    labels = tuple(tuple(tokens[a:b]) for a, b in pairwise(bounds))
    return labels if all(_is_label(label) for label in labels) else None


def _is_label(label: Label) -> bool:
    dated = is_year(label[0].text) and len(label) > 1
    return not is_open(label[-1]) and hangs(printed(label)) == 0 and not dated


def _holds_stub(label: Label) -> bool:
    """Tell whether the head of a stub ("Commune") stands in the label of figures: then lines are mixed up."""
    if len(label) == 1:
        return heads_stub_only(label[0])
    return any(heads_stub_only(token) for token in label[1:])


def best_heads(
    zone: Sequence[Sequence[Token]], counts: Sequence[int], gaps: Sequence[bool], *, labelled: bool
) -> Heads | None:
    """Return the labels over one of `counts` columns, from the lines above them, the nearest line last.

    `gaps` tells which of the lines have a blank line below them. The surest split wins: a known head of
    the stub, sure starts, none left over; then the fewest lines. None where the words leave it open.
    """
    best: tuple[int, int] | None = None
    found: Heads | None = None
    for taken in range(1, len(zone) + 1):
        first = len(zone) - taken
        if first and not gaps[first - 1] and zone[first - 1] and is_open(zone[first - 1][-1]):
            continue
        tokens = [token for line in zone[first:] for token in line]
        blanks = sum(gaps[first:-1])
        for count in counts:
            for head, score in _readings(tokens, count, labelled):
                mixed = labelled and any(map(_holds_stub, head.labels))
                if (
                    mixed
                    or _is_woven(zone[first:], head)
                    or (labelled and not _is_whole(zone, gaps, first, head))
                ):
                    continue
                rank = (score - BLANK * blanks, -taken)
                if best is None or rank > best:
                    best, found = rank, replace(head, lines=taken)
    return found


def _is_woven(lines: Sequence[Sequence[Token]], head: Heads) -> bool:
    """Tell whether a line may go on any of several labels on the line above it, so that words are mixed up."""
    firsts = {id(label[0]) for label in head.labels}
    if all(is_member(label) for label in head.labels):
        return False
    for line, below in pairwise(lines):
        several = sum(id(token) in firsts for token in line) > 1
        if several and id(below[0]) not in firsts and not is_open(line[-1]):
            return True
    return False


def _is_whole(zone: Sequence[Sequence[Token]], gaps: Sequence[bool], first: int, head: Heads) -> bool:
    """Tell whether no line right above the labels heads the stub or a column: with it they would be others."""
    above = first
    while above and not gaps[above - 1]:
        above -= 1
    if any(_is_dont(tuple(line)) or is_open(line[-1]) for line in zone[above:first]):
        return False
    if head.stub and is_stub_head(head.stub):
        return True
    return not any(heads_stub_only(token) for line in zone[above:first] for token in line)


def _readings(tokens: list[Token], columns: int, labelled: bool) -> Iterator[tuple[Heads, int]]:
    """Yield the labels that words may be, with and without the head of a stub, and how sure they are."""
    whole = split(tokens, columns + 1) if labelled else None
    if whole and not _is_dont(whole[1]):
        known, opens = is_stub_head(whole[0]), _opens(whole[1])
        named = (opens or columns > 1) and not is_no_stub(whole[0])
        if named or (known and not is_stub_head(whole[1])):
            yield Heads(whole[1:], whole[0]), _score(tokens, columns + 1) + KNOWN * known
    labels = split(tokens, columns)
    if not labels or _is_dont(labels[0]) or (columns == 1 and not _opens(labels[0])):
        return
    if not (labelled and is_stub_head(labels[0])):
        yield Heads(labels), _score(tokens, columns)


def is_no_stub(label: Label) -> bool:
    """Tell whether a label names a measure, a class or a year, and so no column of row labels."""
    return _opens(label) or label[0].text[:1].isdigit() or is_total(printed(label))


def _score(tokens: Sequence[Token], count: int) -> int:
    """Return how sure a split is: its weakest start, and whether it uses all that may be one."""
    strength = sorted(starts(tokens)[1:], reverse=True)
    weakest = strength[count - 2] if count > 1 else SURE
    return weakest + CLEAN * (len(strength) < count or strength[count - 1] == NEVER)


@lru_cache(4_096)
def is_member(label: Label) -> bool:
    """Tell whether a label is known as that of a column: a class of a scale, a sex, a total."""
    return fold(printed(label)) in _members()


@cache
def _members() -> frozenset[str]:
    words = lexicon()
    steps = [fold(word) for scale in words["scales"] for step in scale["steps"] for word in step]
    return frozenset(steps) | folded("members") | frozenset(fold(word) for word in words["totals"]["exact"])


def _opens(label: Label) -> bool:
    return is_opener(label[0]) or all(is_year(token.text) for token in label)


def _is_dont(label: Label) -> bool:
    """Tell whether a label counts a part of the column before it, so that it labels no first column."""
    return is_dont(printed(label))
