"""What the label of a line names: the words that are left when those of its measure are taken away."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from mlcheck.language.lexicon import lexicon
from mlcheck.language.words import fold, stems
from mlcheck.model.table import Line

_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9][0-9](?![0-9])")
_UNIT = frozenset({"%", "‰", "point", "pt", "euro"})


@lru_cache(16_384)
def named(text: str) -> frozenset[str]:
    """Return the stems of what a label is about: "Part des femmes (en %)" and "dont femmes" both name femmes."""
    return frozenset(s for s in stems(text) - _measures() - _UNIT if not _YEAR.fullmatch(s))


@lru_cache(16_384)
def counted(text: str) -> frozenset[str]:
    """Return the stems of a label without its years, for two lines of one measure at different times."""
    return frozenset(s for s in stems(text) if not _YEAR.fullmatch(s))


def without_years(text: str) -> str:
    """Return a text without the years that it names."""
    return _YEAR.sub(" ", text)


def years_in(line: Line) -> tuple[int, ...]:
    """Return the years that a line names, its spanners included, in the order of the page."""
    return tuple(int(y) for y in _YEAR.findall(" ".join((*line.path, line.label))))


def full(line: Line) -> str:
    """Return all that is printed over a line, its spanners first."""
    return " ".join((*line.path, line.label))


def says(text: str, words: frozenset[str]) -> str | None:
    """Return the first of some words, by the alphabet, that a text holds whole; None if none."""
    plain = f" {fold(text)} "
    return next((w for w in sorted(words) if f" {fold(w)} " in plain), None)


def is_bare(line: Line) -> bool:
    """Tell whether a line names its measure and nothing that it measures: "%", "Part", "Évolution en %"."""
    return not named(line.label)


@cache
def _measures() -> frozenset[str]:
    """Return the stems of the words that say how something is measured, and not what."""
    words = lexicon()
    known = words.measures
    groups = (
        words.parts, words.totals.exact, words.totals.adjectives, words.totals.bare, known.share, known.variation,
        known.short, known.difference, known.gap, words.binding.counting, known.per, words.scenarios["before"],
        *(s.beside for s in words.statistics.values()), *(s.words for s in words.statistics.values()),
    )  # fmt: skip
    return frozenset().union(*(stems(w) for group in groups for w in group))
