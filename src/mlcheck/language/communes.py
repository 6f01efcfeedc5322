"""The official names of French communes, and the nearest one to a name that is none.

Source: code officiel géographique (INSEE), see data/communes/README.md.
"""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Collection
from functools import cache
from pathlib import Path

from mlcheck.language.lexicon import lexicon
from mlcheck.language.words import fold

_LIST = Path(__file__).parents[1] / "data" / "communes" / "communes.tsv.gz"
NEAR = 0.84  # of difflib: one letter in seven may differ, or two in a long name


def is_commune(name: str) -> bool:
    """Tell whether a name is that of a commune, spelt with or without accents, hyphens or "St" for "Saint"."""
    return full(name) in _folded()


def full(name: str) -> str:
    """Return a folded name with its abbreviations written out."""
    short = lexicon().communes.short
    return " ".join(short.get(word, word) for word in fold(name).split())


def departements(names: Collection[str]) -> frozenset[str]:
    """Return the départements that have communes of these names, without those that only one name points to."""
    held = Counter(
        departement for name in {full(name) for name in names} for departement in _where().get(name, ())
    )
    most = max(held.values(), default=0)
    return frozenset(d for d, count in held.items() if 2 * count >= most)


def nearest(name: str, within: Collection[str]) -> str | None:
    """Return the official name in some départements that a misspelt name stands for, or None."""
    from difflib import get_close_matches

    official = {folded: commune for departement in sorted(within) for folded, commune in _of(departement)}
    found = get_close_matches(full(name), official, 1, NEAR)
    return official[found[0]] if found else None


@cache
def _text() -> str:
    return gzip.decompress(_LIST.read_bytes()).decode()


@cache
def _folded() -> frozenset[str]:
    return frozenset(line.partition("\t")[0] for line in _text().split("\n"))


@cache
def _where() -> dict[str, frozenset[str]]:
    """Return the départements that have a commune of each folded name."""
    found: dict[str, set[str]] = {}
    for folded, _, departement in _rows():
        found.setdefault(folded, set()).add(departement)
    return {folded: frozenset(own) for folded, own in found.items()}


@cache
def _of(departement: str) -> tuple[tuple[str, str], ...]:
    """Return the folded and the official names of the communes of a département."""
    return tuple((folded, commune) for folded, commune, own in _rows() if own == departement)


@cache
def _rows() -> tuple[tuple[str, str, str], ...]:
    return tuple(tuple(line.split("\t")) for line in _text().split("\n"))  # type: ignore[misc]
