"""Say what each number of a sentence asserts: the patterns in the order in which they are tried."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from mlcheck.extraction.prose import patterns_again, patterns_change, patterns_level, patterns_share
from mlcheck.extraction.prose.reading import Reading
from mlcheck.extraction.prose.sentence import Sentence

Pattern = Callable[[Sentence, int, Sequence[Reading]], Reading | None]

PATTERNS: tuple[Pattern, ...] = (
    patterns_change.multiple,
    patterns_level.mean_growth,
    patterns_change.signed,
    patterns_change.compared,
    patterns_change.passing,
    patterns_change.grown,
    patterns_change.reached,
    patterns_again.likewise,
    patterns_change.points,
    patterns_level.mean,
    patterns_level.ratio,
    patterns_level.part,
    patterns_share.rate_in_change,
    patterns_share.share,
    patterns_level.total,
    patterns_level.count,
)


def readings(sentence: Sentence) -> list[Reading]:
    """Return what each mention asserts, in order; the first pattern that matches decides."""
    done: list[Reading] = []
    for k in range(len(sentence.mentions)):
        done.append(next(r for p in PATTERNS if (r := p(sentence, k, done)) is not None))
    return done
