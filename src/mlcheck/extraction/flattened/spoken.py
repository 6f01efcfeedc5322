"""How many columns the words over a body speak of."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from mlcheck.extraction.flattened.boxhead import Label, is_no_stub, split
from mlcheck.extraction.flattened.starts import LIKELY, NEVER, starts
from mlcheck.extraction.flattened.tokens import Token, printed
from mlcheck.extraction.flattened.wording import folded, heads_stub_only, is_open, is_stub_head
from mlcheck.extraction.flattened.zones import Zone
from mlcheck.lexicon import lexicon
from mlcheck.words import fold

LONGEST_STUB = 4  # words that head the row labels; more are a title


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
    for count in range(most, least - 1, -1):
        labels = split(tokens, count)
        if labels is not None and all(fold(printed(label)) in _members() for label in labels[1:]):
            if fold(printed(labels[0])) in _members() or is_stub_head(labels[0]):
                return {count}
    return set(range(least, most + 1))


@cache
def _members() -> frozenset[str]:
    """Return the labels of columns that are known as such: classes of a scale, sexes, a total."""
    words = lexicon()
    steps = [fold(word) for scale in words["scales"] for step in scale["steps"] for word in step]
    return frozenset(steps) | folded("members") | frozenset(fold(word) for word in words["totals"]["exact"])


def _first_label(tokens: Sequence[Token], strength: Sequence[int]) -> Label:
    end = next((at for at, s in enumerate(strength) if at and s > NEVER), len(tokens))
    return tuple(tokens[:end])


def _is_known(stub: Label, lines: Sequence[Sequence[Token]], *, top: bool) -> bool:
    """Tell whether a label heads the row labels: by its words, and not as a title on a line of its own."""
    plain = is_stub_head(stub) and len(stub) <= LONGEST_STUB and not any(t.text[0] in "/(" for t in stub)
    if not plain or not (heads_stub_only(stub[0]) or top):
        return False
    alone = len(lines[0]) <= len(stub)
    return not (alone and any(_holds_labels(line) for line in lines[1:]))


def _holds_labels(line: Sequence[Token]) -> bool:
    """Tell whether several labels start on a line."""
    return any(s >= LIKELY for s in starts(line)[1:])


def _is_row_of_labels(lines: Sequence[Sequence[Token]]) -> bool:
    return any(any(s > NEVER for s in starts(line)[1:]) for line in lines)
