"""The language that the name of a file is written in, by its words and its accents."""

from __future__ import annotations

import re

from mlcheck.language.lexicon import lexicon
from mlcheck.language.words import fold

_PARTED = re.compile(r"[\W\d_]+")


def is_french(name: str) -> bool:
    """Tell whether a path has a French word, or a letter with an accent of French."""
    if not set(lexicon().accents).isdisjoint(name.casefold()):
        return True
    known = {fold(word) for word in lexicon().files}
    return any(fold(word) in known for word in _PARTED.split(name))
