"""Split the words over a table into the labels of its columns, where nothing but words tells them apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from mlcheck.extraction.flattened.mingled import Label, holds_stub, is_part, is_same, is_whole, is_woven
from mlcheck.extraction.flattened.starts import NEVER, SURE, starts
from mlcheck.extraction.flattened.tokens import Token, printed
from mlcheck.extraction.flattened.wording import (
    hangs,
    is_open,
    is_opener,
    is_stub_head,
    is_year,
)  # fmt: skip
from mlcheck.extraction.tables.roles import is_total

CLEAN, KNOWN, BLANK = 3, 2, 2
LONGEST_STUB = 4  # words that head the row labels; more are a title


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
    mixed = any(
        is_open(one) and is_opener(other) and other.text[0].isupper() for one, other in pairwise(label)
    )
    return not (dated or mixed or is_open(label[-1])) and hangs(printed(label)) == 0


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
                mixed = labelled and any(map(holds_stub, head.labels))
                if (
                    mixed
                    or is_woven(zone[first:], head.labels)
                    or (labelled and not is_whole(zone, gaps, first, head.stub))
                ):
                    continue
                rank = (score - BLANK * blanks, -taken)
                if best is None or rank > best:
                    best, found = rank, replace(head, lines=taken)
    return found


def _readings(tokens: list[Token], columns: int, labelled: bool) -> Iterator[tuple[Heads, int]]:
    """Yield the labels that words may be, with and without the head of a stub, and how sure they are."""
    whole = split(tokens, columns + 1) if labelled else None
    if whole and not is_part(whole[1]):
        known, opens = is_stub_head(whole[0]), _opens(whole[1])
        named = (opens or columns > 1) and not is_no_stub(whole[0])
        if known and is_same(whole[0][0], whole[1][0]):
            return
        if named or (known and len(whole[0]) <= LONGEST_STUB and not is_stub_head(whole[1])):
            yield Heads(whole[1:], whole[0]), _score(tokens, columns + 1) + KNOWN * known
    labels = split(tokens, columns)
    if not labels or is_part(labels[0]) or (columns == 1 and not _opens(labels[0])):
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


def _opens(label: Label) -> bool:
    return is_opener(label[0]) or all(is_year(token.text) for token in label)
