"""What the label of a line names: the words that are left when those of its measure are taken away."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import chain

from mlcheck.language.lexicon import lexicon
from mlcheck.language.words import fold, stems
from mlcheck.model.table import Line

_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9][0-9](?![0-9])")
_MONTHS = 12
_DIGIT = re.compile(r"[0-9]")
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


def is_period(line: Line) -> bool:
    """Tell whether a line is a year, a month or another period."""
    months = lexicon().sentences.month.values()
    named_so = {fold(m) for group in months for m in group}
    period = says(line.label, lexicon().measures.periods)
    return line.year is not None or period is not None or fold(line.label) in named_so


def some_months(lines: Sequence[Line]) -> bool:
    """Tell whether lines are several months, and not all of a year."""
    plain = [fold(line.label) for line in lines]
    return 1 < len(plain) < _MONTHS and len(set(plain)) == len(plain) and set(plain) <= _month_names()


@cache
def _month_names() -> frozenset[str]:
    known = lexicon().sentences
    return frozenset(fold(name) for name in (*known.families["month"], *chain(*known.month.values())))


def family_of(labels: Sequence[str]) -> str | None:
    """Return what makes some labels exclude each other: classes of age, or a family of the lexicon."""
    sentences = lexicon().sentences
    ages = set(sentences.cues.age)
    of_age = sum(bool(ages & set(fold(label).split())) for label in labels)
    if all(_DIGIT.search(label) for label in labels) and of_age * 2 > len(labels):  # "26 et +" among them
        return "classes of age"
    known = [stems(label) for label in labels]
    for family in sentences.families.values():
        members = frozenset().union(*map(stems, family))
        if all(label & members for label in known):
            return "members of one family"
    for pair in sentences.complements.values():
        sides = [frozenset().union(*map(stems, side)) for side in pair]
        if len(known) == 2 and any(known[0] & one and known[1] & two for one, two in (sides, sides[::-1])):
            return "members of one family"
    return None


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
