"""The sentences that two files have in common: the same words with the same or with other numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from mlcheck.comparison.assignment import Assigned, Candidate, assign
from mlcheck.comparison.clauses import Clause, Prose
from mlcheck.comparison.headings import Context, Headings
from mlcheck.comparison.lines import Words, closest
from mlcheck.comparison.runs import runs
from mlcheck.language.words import content_words

PECULIAR = 3  # words that carry meaning, and make a sentence its own whatever stands over it
Couple = tuple[int, int, bool]  # our clause, theirs, and whether each is the only one for the other


def match(ours: Prose, theirs: Prose, used: tuple[Context, Context]) -> Assigned:
    """Return the clauses that are the same by their words; those said several times are set apart by headings.

    Then those that are a small edit apart, then sentences that run together in one of the files.
    """
    left, right = ours.clauses, theirs.clauses
    headings = Headings([clause.context for clause in left], [clause.context for clause in right], used)
    first = assign(list(_candidates(left, right, headings, _same(left, right))), _whole)
    free = _free(ours, theirs, first.taken)
    close = closest({n: left[n].words for n in free[0]}, {n: right[n].words for n in free[1]})
    near = ((a, b, True) for a, b in close if left[a].words != right[b].words)
    second = assign(list(_candidates(left, right, headings, near)), _whole)
    taken = (*first.taken, *second.taken)
    together = runs(ours, theirs, _free(ours, theirs, taken), headings)
    return Assigned((*taken, *together), (*first.undecided, *second.undecided))


def _free(ours: Prose, theirs: Prose, taken: Iterable[Candidate]) -> tuple[set[int], set[int]]:
    """Return the clauses of either file that are still to be found."""
    left, right = set(range(len(ours.clauses))), set(range(len(theirs.clauses)))
    for one in taken:
        left.discard(one.left)
        right.discard(one.right)
    return left, right


def _whole(one: Candidate, ours: object, theirs: object) -> bool:
    return not ours and not theirs


def _same(ours: Sequence[Clause], theirs: Sequence[Clause]) -> Iterator[Couple]:
    """Yield the clauses of the same words."""
    places: dict[Words, list[int]] = {}
    for index, clause in enumerate(theirs):
        places.setdefault(clause.words, []).append(index)
    counts = Counter(clause.words for clause in ours)
    for left, clause in enumerate(ours):
        others = places.get(clause.words, [])
        yield from ((left, right, counts[clause.words] == 1 == len(others)) for right in others)


def _candidates(
    ours: Sequence[Clause], theirs: Sequence[Clause], headings: Headings, couples: Iterable[Couple]
) -> Iterator[Candidate]:
    for left, right, only in couples:
        one, other = ours[left], theirs[right]
        alike = headings.likeness(one.context, other.context)
        telling = only and _telling(one.words)
        if alike is None or alike.enough or (telling and not alike.contrary):
            places = tuple(((n, 0), (n, 0)) for n in range(len(one.claims)))
            score = alike.score if alike else Fraction(0)
            weak = not telling and (alike is None or not alike.strong)
            yield Candidate(left, right, score, places, (_prints(one), _prints(other)), weak=weak)


def _prints(clause: Clause) -> tuple[str, ...]:
    return tuple(claim.quantity.printed for claim in clause.claims)


def _telling(words: Words) -> bool:
    return len({word for word in content_words(" ".join(words)) if word.isalpha()}) >= PECULIAR
