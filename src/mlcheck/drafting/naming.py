"""What a dimension may be called: by its members, by the head of its stub, or by the titles of its tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache

from msgspec import Struct

from mlcheck.drafting.groups import Group, Listing
from mlcheck.drafting.ids import slug
from mlcheck.drafting.labels import spelt_alike, tidy, without_years
from mlcheck.language.lexicon import Dimension, lexicon
from mlcheck.language.words import content_words, fold, stems
from mlcheck.model.table import Table


class Name(Struct, frozen=True):
    """The id that a dimension may have, the heads that name it, and whether its members are places."""

    id: str
    labels: tuple[str, ...] = ()
    geographic: bool = False


def names_of(group: Group, tables: Sequence[Table], row_heads: Sequence[str]) -> list[Name]:
    """Return what a group may be called, the surest sign first; `heads` are the heads of row labels over its members."""
    titles = [title for use in group.uses for title in _titles(use, tables[use.table])]
    headings = [heading for use in group.uses for heading in tables[use.table].sections[-1:]]
    parts = [part for text in (*titles, *headings) for part in _after_by(text)]
    usual = (_by_members(group), _usual(row_heads), _usual(titles), _usual(parts), _usual(headings))
    named = [*row_heads, *titles, _in_all(group), *headings]
    return [
        *(_called(one, (*row_heads, *titles)) for one in usual if one is not None),
        *(Name(id, tuple(dict.fromkeys(map(tidy, row_heads)))) for id in map(_telling, named) if id),
    ]


def _called(usual: Dimension, texts: Sequence[str]) -> Name:
    labels = dict.fromkeys(tidy(text) for text in texts if _names(text, usual.labels))
    return Name(usual.name, tuple(labels), usual.geographic)


def _titles(use: Listing, table: Table) -> list[str]:
    """Return the parts of a title that speak of one axis: "Sexe / Age" of rows, then of columns."""
    title = without_years(table.title.rsplit(" · ", 1)[-1])
    parts = [part.strip() for part in title.split(" / ")]
    if len(parts) == 2 and len(table.rows) > 1 and len(table.columns) > 1:
        return [parts[use.axis == "column"]]
    return [title] if title else []


def _usual(texts: Iterable[str]) -> Dimension | None:
    """Return the usual list that most of `texts` name: by all their words, or by those they open with."""
    votes: Counter[int] = Counter()
    for text in texts:
        at = next(
            (i for i, usual in enumerate(lexicon().drafting.dimensions) if _names(text, usual.labels)), None
        )
        if at is not None:
            votes[at] += 1
    return lexicon().drafting.dimensions[votes.most_common(1)[0][0]] if votes else None


def _names(text: str, labels: Sequence[str]) -> bool:
    words = tuple(fold(text).split())
    for label in labels:
        own = tuple(fold(label).split())
        if words[: len(own)] == own or spelt_alike(text, label):
            return True
    opening = content_words(text)[:1]
    return any(content_words(label) == opening for label in labels)


def _by_members(group: Group) -> Dimension | None:
    """Return the usual list that most members tell by themselves."""
    spellings = [fold(spelling) for member in group.members for spelling in member]
    for usual in lexicon().drafting.dimensions:
        members, endings = set(map(fold, usual.members)), usual.endings
        telling = [s for s in spellings if s in members or s.split()[-1:] in [[e] for e in endings]]
        if 2 * len(telling) > len(spellings):
            return usual
    return None


def _after_by(text: str) -> Iterable[str]:
    words = fold(text).split()
    return [
        " ".join(words[at + 1 :])
        for at, word in enumerate(words)
        if word in _folded(lexicon().drafting.naming.by)
    ]


def _in_all(group: Group) -> str:
    """Return the word that all members share ("Logement autonome", "Logement précaire")."""
    shared = frozenset.intersection(*(stems(next(iter(member))) for member in group.members))
    words = content_words(next(iter(group.members[0])))
    return next((word for word in words if stems(word) & shared and len(word) > 2), "")


def _telling(text: str) -> str:
    """Return the id that a text makes, "" where its words say nothing of rows."""
    return slug(text, without=_folded(lexicon().drafting.naming.generic), most=2)


@cache
def _folded(words: frozenset[str]) -> frozenset[str]:
    return frozenset(map(fold, words))


def says_nothing(text: str) -> bool:
    """Tell whether the words of a title or heading are of those that head anything ("Les caractéristiques")."""
    return not _telling(text)
