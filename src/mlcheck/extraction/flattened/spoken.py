"""How many columns the words over a body speak of."""

from __future__ import annotations

from collections.abc import Sequence

from mlcheck.extraction.flattened.boxhead import LONGEST_STUB, is_no_stub, split
from mlcheck.extraction.flattened.mingled import Label, is_member
from mlcheck.extraction.flattened.starts import LIKELY, NEVER, starts
from mlcheck.extraction.flattened.tokens import Token
from mlcheck.extraction.flattened.wording import heads_stub_only, is_open, is_stub_head
from mlcheck.extraction.flattened.zones import Zone


def spoken(zone: Zone, *, labelled: bool) -> frozenset[int]:
    """Return the numbers of columns that the last lines over a body may label; none where they say nothing.

    A known head of the row labels ("Commune") opens the boxhead; without one every line may, up to a blank
    line over a line of several labels, and the first label may head the row labels or not.
    """
    found: set[int] = set()
    for first in range(len(zone.texts) - 1, -1, -1):
        if first and not zone.gaps[first - 1] and is_open(zone.texts[first - 1][-1]):
            continue
        lines = zone.texts[first:]
        tokens = [token for line in lines for token in line]
        strength = starts(tokens)
        if strength[0] != NEVER:
            counts = _counts(tokens, strength)
            counts |= set(range(max(counts), max(counts) + 1 + _hidden(lines, strength)))
            stub = _first_label(tokens, strength)
            if labelled and _is_known(stub, lines, top=not first):
                return frozenset(n - 1 for n in counts)
            found |= counts
            if labelled and not is_no_stub(stub):
                found |= {n - 1 for n in counts}
        if first and zone.gaps[first - 1] and _is_row_of_labels(lines):
            break
    return frozenset(n for n in found if n > 0)


def _counts(tokens: Sequence[Token], strength: Sequence[int]) -> set[int]:
    """Return how many labels words make: one number where all are known, else from the likely to the possible."""
    least = 1 + sum(s >= LIKELY for s in strength[1:])
    most = 1 + sum(s > NEVER for s in strength[1:])
    for count in range(most, max(least, 2) - 1, -1):
        labels = split(tokens, count)
        known = labels is not None and (is_member(labels[0]) or is_stub_head(labels[0]))
        if labels is not None and known and all(map(is_member, labels[1:])):
            return {count}
    return set(range(least, most + 1))


def _hidden(lines: Sequence[Sequence[Token]], strength: Sequence[int]) -> int:
    """Return how many labels may hide in lines of several: there a line may go on another label than the last.

    "Dont nombre de 16 - 17 ans" over "jeunes" has the start of two.
    """
    if len(lines) < 2 or not _is_row_of_labels(lines):
        return 0
    tokens = [token for line in lines for token in line]
    return sum(
        strength[at] == NEVER
        and is_open(tokens[at - 1])
        and tokens[at - 1].text.isalpha()
        and not tokens[at].text[0].islower()
        for at in range(1, len(tokens))
    )


def _first_label(tokens: Sequence[Token], strength: Sequence[int]) -> Label:
    end = next((at for at, s in enumerate(strength) if at and s > NEVER), len(tokens))
    return tuple(tokens[:end])


def _is_known(stub: Label, lines: Sequence[Sequence[Token]], *, top: bool) -> bool:
    """Tell whether a label heads the row labels: by its words, and not as a title on a line of its own."""
    plain = (
        is_stub_head(stub)
        and len(stub) <= LONGEST_STUB
        and not any(t.text[0] in "/(" or t.text[0].isdigit() for t in stub)
    )
    if not plain or not (heads_stub_only(stub[0]) or top):
        return False
    alone = len(lines[0]) <= len(stub)
    return not (alone and any(_holds_labels(line) for line in lines[1:]))


def _holds_labels(line: Sequence[Token]) -> bool:
    """Tell whether several labels start on a line."""
    return any(s >= LIKELY for s in starts(line)[1:])


def _is_row_of_labels(lines: Sequence[Sequence[Token]]) -> bool:
    return any(any(s > NEVER for s in starts(line)[1:]) for line in lines)
