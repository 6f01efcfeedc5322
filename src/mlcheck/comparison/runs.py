"""Sentences that run together in one of the files, as lines of a list do where a text keeps no bullets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction

from mlcheck.comparison.assignment import Candidate, Pairs
from mlcheck.comparison.clauses import NUMBER, Prose, Sentence
from mlcheck.comparison.headings import Headings
from mlcheck.comparison.lines import Words

Run = tuple[int, range]  # a sentence of one file, and those of the other that it holds


def runs(ours: Prose, theirs: Prose, free: tuple[set[int], set[int]], headings: Headings) -> list[Candidate]:
    """Return the clauses of sentences that stand one after the other in a sentence of the other file.

    Before the first of them it may have words that end with a colon, such as a heading. `free` are the
    clauses of either file that are still to be found.
    """
    found = list(_clauses(ours, theirs, free))
    found += [
        (right, left, _turned(pairs)) for left, right, pairs in _clauses(theirs, ours, (free[1], free[0]))
    ]
    uses = Counter(("left", left) for left, _, _ in found) + Counter(
        ("right", right) for _, right, _ in found
    )
    taken = []
    for left, right, pairs in found:
        alike = headings.likeness(ours.clauses[left].context, theirs.clauses[right].context)
        once = uses["left", left] == 1 or uses["right", right] == 1
        if once and (alike is None or alike.enough):
            taken.append(Candidate(left, right, Fraction(0), pairs))
    return taken


def _turned(pairs: Pairs) -> Pairs:
    return tuple((there, here) for here, there in pairs)


def _clauses(
    parts: Prose, wholes: Prose, free: tuple[set[int], set[int]]
) -> Iterator[tuple[int, int, Pairs]]:
    """Yield each clause of the parts with the clause that holds it, and the numbers that they share."""
    held = list(_runs(parts, wholes, free))
    counts = Counter(part for _, run in held for part in run)
    for whole, run in held:
        if any(counts[part] > 1 for part in run):
            continue
        sentence, members = wholes.sentences[whole], [parts.sentences[part] for part in run]
        at = 0
        for member in members:
            if member.own is not None and sentence.own is not None:
                size = len(parts.clauses[member.own].claims)
                yield member.own, sentence.own, tuple(((n, 0), (at + n, 0)) for n in range(size))
                at += size
        asides = [aside for member in members for aside in member.asides]
        for aside, other in zip(asides, sentence.asides, strict=True):
            size = len(parts.clauses[aside].claims)
            yield aside, other, tuple(((n, 0), (n, 0)) for n in range(size))


def _runs(parts: Prose, wholes: Prose, free: tuple[set[int], set[int]]) -> Iterator[Run]:
    """Yield the sentences that hold others, where those can be but one run."""
    starts: dict[str, list[int]] = {}
    for index, sentence in enumerate(parts.sentences):
        if sentence.words and _is_free(sentence, free[0]):
            starts.setdefault(sentence.words[0], []).append(index)
    for index, whole in enumerate(wholes.sentences):
        asides = [_aside(wholes, whole, aside) for aside in whole.asides]
        for at in (0, *sorted(whole.breaks)) if _is_free(whole, free[1]) else ():
            if NUMBER in whole.words[:at] or at >= len(whole.words):
                break
            begun = (_run(parts, start, whole, at, free[0]) for start in starts.get(whole.words[at], []))
            found = [run for run in begun if len(run) > (not at) and _asides(parts, run) == asides]
            if found:
                yield from ((index, run) for run in found if len(found) == 1)
                break


def _is_free(sentence: Sentence, free: set[int]) -> bool:
    own = () if sentence.own is None else (sentence.own,)
    return free.issuperset((*own, *sentence.asides))


def _run(parts: Prose, start: int, whole: Sentence, at: int, free: set[int]) -> range:
    """Return the sentences from `start` on that make the rest of another one, none where they do not."""
    for end in range(start, len(parts.sentences)):
        words = parts.sentences[end].words
        if not _is_free(parts.sentences[end], free) or whole.words[at : at + len(words)] != words:
            break
        at += len(words)
        if at == len(whole.words):
            return range(start, end + 1)
    return range(0)


def _asides(parts: Prose, run: Sequence[int]) -> list[Words]:
    members = [parts.sentences[part] for part in run]
    return [_aside(parts, member, aside) for member in members for aside in member.asides]


def _aside(prose: Prose, sentence: Sentence, aside: int) -> Words:
    """Return the words of a parenthesis without those of the sentence around it."""
    return prose.clauses[aside].words[len(sentence.words) :]
