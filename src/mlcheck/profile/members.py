"""Labels looked up among the members of a dimension."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from mlcheck.language.words import fold
from mlcheck.model.profile import Dimension, Profile

_indexes: dict[
    int, tuple[Dimension, dict[str, str]]
] = {}  # by identity: a dimension holds dicts, so has no hash


def member(label: str, dimension: Dimension) -> tuple[str, bool] | None:
    """Return the canonical member that a printed label names, and whether its spelling is a variant.

    The spelling of a place is a variant as soon as it is not the canonical one, except in capitals; other
    members may be printed in any of their spellings. None where the label names no member.
    """
    canonical = _index(dimension).get(fold(label))
    if canonical is None:
        return None
    if not dimension.geographic:
        return canonical, False
    printed = _plain(label)
    return canonical, printed != _plain(canonical) and not printed.isupper()


def derived(words: str, dimension: Dimension) -> tuple[str, ...]:
    """Return the members that words of the prose sum ("inférieur au BAC"), none where they are unknown."""
    folded = fold(words)
    return next((parts for name, parts in dimension.derived.items() if fold(name) == folded), ())


def dimension_of(labels: Sequence[str], profile: Profile) -> Dimension | None:
    """Return the dimension that most of the labels are members of; labels of totals have no say.

    Where several fit equally well, the first declared one is returned; None where none has more than half.
    """
    counts = matches(labels, profile)
    best = max(counts, key=lambda name: counts[name], default=None)
    return next((dimension for dimension in profile.dimensions if dimension.name == best), None)


def matches(labels: Sequence[str], profile: Profile) -> dict[str, int]:
    """Map each dimension that more than half of the labels are members of to how many are."""
    totals = {fold(total) for total in profile.total_labels}
    folded = [one for one in (fold(label) for label in labels) if one and one not in totals]
    counts = {d.name: sum(map(_index(d).__contains__, folded)) for d in profile.dimensions}
    return {name: count for name, count in counts.items() if 2 * count > len(folded)}


def _index(dimension: Dimension) -> dict[str, str]:
    """Return the canonical member of each folded spelling, made once a dimension."""
    known = _indexes.get(id(dimension))
    if known is None or known[0] is not dimension:
        index = {fold(s): name for name, spellings in dimension.members.items() for s in spellings}
        index.update({fold(name): name for name in dimension.members})
        index.pop("", None)
        if len(_indexes) > 500:
            _indexes.clear()
        known = _indexes[id(dimension)] = (dimension, index)
    return known[1]


def _plain(label: str) -> str:
    """Return a label without what is no spelling: line breaks, kinds of apostrophe and hyphen, marks."""
    text = unicodedata.normalize("NFC", label).translate({0x2019: "'", 0x2010: "-", 0x2011: "-"})
    return " ".join(text.split()).rstrip(" :*†‡").rstrip()
