"""The measures of a table: the lines that are no members, with what they count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache

from mlcheck.drafting.ids import Taken, slug
from mlcheck.drafting.labels import tidy, without_years
from mlcheck.drafting.naming import says_nothing
from mlcheck.lexicon import lexicon
from mlcheck.model.profile import ColumnDeclaration
from mlcheck.model.table import Axis, Line, Table
from mlcheck.profile.headings import key
from mlcheck.words import fold, stem


def measures(table: Table, axis: Axis) -> tuple[tuple[ColumnDeclaration, ...], tuple[str, ...]]:
    """Return the measures along an axis of a table, and the labels that cannot be declared.

    A label without words, or whose words but for the year are those of another, names no measure; the only
    line of an axis needs no label, and is declared where its unit is not that of counts.
    """
    lines = table.rows if axis == "row" else table.columns
    own = [(index, line) for index, line in enumerate(lines) if line.role != "total"]
    if len(own) == 1 and not key(own[0][1].label):
        return _nameless(own[0][1]), ()
    times = Counter(key(line.label) for _, line in own)
    named = [(index, line) for index, line in own if key(line.label) and times[key(line.label)] == 1]
    ids, taken = {}, Taken()
    for index, line in named:
        label = without_years(line.label)
        ids[index] = taken.first(slug(label, without=_heads()), slug(label), "mesure")
    declared = tuple(
        ColumnDeclaration(
            ids[index],
            (without_years(line.label),),
            line.unit,
            counted(line.label, line.unit),
            _whole(table, axis, index, ids),
        )
        for index, line in named
    )
    return declared, tuple(tidy(line.label) for index, line in own if index not in ids)


def counted(label: str, unit: str) -> str | None:
    """Return what a label says it counts ("Nombre de jeunes en contact" jeunes), None where it does not say."""
    if unit == "€":
        return str(_lexicon()["euros"])
    if unit != "count":
        return None
    printed = {
        fold(word): word for word in tidy(label).casefold().replace("’", "'").replace("'", " ").split()
    }
    words = [word for word in printed if word]
    person = next((word for word in words if stem(word) in people()), None)
    opened = next((at for at, word in enumerate(words) if word in _heads() - {"dont"}), None)
    if person is None and opened is not None:
        rest = [word for word in words[opened + 1 :] if word not in ("de", "d", "des", "du")]
        person = next(iter(rest), None)
    word = printed[person].strip(" ,;:.()") if person else ""
    return (word if word.isupper() else word.lower()) or None


def counted_by(headings: Sequence[str]) -> str | None:
    """Return the persons that the innermost telling text of `headings` names, None where it names none."""
    telling = next((text for text in reversed(headings) if text and not says_nothing(text)), "")
    words = telling.casefold().replace("’", "'").replace("'", " ").split()
    return next((word.strip(",;:.()") for word in words if stem(fold(word)) in people()), None)


@cache
def people() -> frozenset[str]:
    """Return the stems of the nouns of persons."""
    return frozenset(stem(fold(word)) for word in lexicon()["binding"]["people"])


def _nameless(line: Line) -> tuple[ColumnDeclaration, ...]:
    if line.unit == "count":
        return ()
    name = "montant" if line.unit == "€" else "part"
    return (ColumnDeclaration(name, (), line.unit, counted("", line.unit)),)


def _whole(table: Table, axis: Axis, index: int, ids: dict[int, str]) -> str | None:
    """Return the measure that a "dont" is a part of."""
    for relation in table.relations:
        if relation.kind == "dont" and relation.axis == axis and relation.sources[0][0] == index:
            return ids.get(relation.target)
    return None


@cache
def _heads() -> frozenset[str]:
    return frozenset(fold(word) for word in _lexicon()["heads"])


def _lexicon() -> dict:
    return lexicon("fr-drafting")["measures"]
