"""A printed table turned into the declaration by which next year's will be known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from mlcheck.drafting.groups import member_labels
from mlcheck.drafting.ids import Taken, joined, slug
from mlcheck.drafting.labels import tidy, without_years
from mlcheck.drafting.naming import says_nothing
from mlcheck.drafting.outline import heading_path
from mlcheck.language.lexicon import lexicon
from mlcheck.language.words import fold, stem
from mlcheck.model.profile import ColumnDeclaration, Dimension, Profile, TableDeclaration
from mlcheck.model.table import Axis, Line, Table
from mlcheck.profile.headings import key
from mlcheck.profile.members import matches, member


class Declared(Struct, frozen=True):
    """A table of the report with its declaration, and the labels of lines that could not be declared.

    `inherited` says that the extended profile declares it; `reason` why it cannot be known again, else None:
    a template of `mlcheck.drafting.wording`.
    """

    table: Table
    declaration: TableDeclaration
    unnamed: tuple[str, ...] = ()
    inherited: bool = False
    reason: str | None = None


def declare(table: Table, section: str, profile: Profile, taken: Taken, parent: Profile | None) -> Declared:
    """Return the declaration of a table that stands in `section`; one that the parent has is made required."""
    known = next((one for one in parent.tables if one.name == table.identity), None) if parent else None
    if known is not None:
        return Declared(table, _required(known, table, profile), inherited=True)
    rows, columns = _dimension(table.rows, profile), _dimension(table.columns, profile, most=1)
    dimension = rows or columns
    across = columns if rows and columns else None
    if columns and not rows and len(table.rows) > 1 and not _measures(table, "row")[0]:
        dimension = columns = None  # rows without names, such as years, under columns that have them
    axis: Axis = "row" if columns and not rows else "column"
    headings = heading_path(table)
    title = without_years(table.title) or without_years(headings[-1] if headings else "")
    found, unnamed = ((), ()) if across else _measures(table, axis)
    declaration = TableDeclaration(
        taken.first(*_ids(table, section, dimension, across, title)),
        section,
        (title,) if title else (),
        dimension.name if dimension else None,
        across.name if across else None,
        found,
        required=True,
        rows=_rows(table.columns if dimension is columns else table.rows, dimension),
        counts=None if found or not _counts(table) else _counted_by((*headings[-2:], title)),
    )
    return Declared(table, declaration, unnamed)


def _dimension(lines: Sequence[Line], profile: Profile, most: int = 0) -> Dimension | None:
    """Return the dimension that lines are members of; `most` labels may be members by chance."""
    counts = {
        name: count
        for name, count in matches([line.label for line in lines], profile).items()
        if count > most
    }
    best = max(counts, key=lambda name: counts[name], default=None)
    return next((one for one in profile.dimensions if one.name == best), None)


def _required(known: TableDeclaration, table: Table, profile: Profile) -> TableDeclaration:
    """Return the declaration of the parent with what this report shows: that it is printed, and its rows."""
    dimension = next((one for one in profile.dimensions if one.name == known.dimension), None)
    rows = _rows((*table.rows, *table.columns), dimension)
    return replace(known, required=True, rows=known.rows if set(rows) <= set(known.rows) else rows)


def _rows(lines: Sequence[Line], dimension: Dimension | None) -> tuple[str, ...]:
    """Return the members that lines have."""
    if dimension is None:
        return ()
    found = [member(label, dimension) for label in member_labels(lines)]
    return tuple(dict.fromkeys(one[0] for one in found if one))


def _counts(table: Table) -> bool:
    return all(line.unit == "count" for line in (*table.rows, *table.columns))


def _ids(
    table: Table, section: str, dimension: Dimension | None, across: Dimension | None, title: str
) -> list[str]:
    """Return the ids that a table may have, the shortest first."""
    axes = joined(*(one.name for one in (dimension, across) if one))
    own = slug(table.title)
    return [
        joined(section, axes) if axes else "",
        joined(section, own) if own else "",
        joined(section, axes, own),
        joined(section, axes, slug(title)) or "table",
    ]


# The measures of a table: the lines that are no members, with what they count.


def _measures(table: Table, axis: Axis) -> tuple[tuple[ColumnDeclaration, ...], tuple[str, ...]]:
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
        ids[index] = taken.first(
            slug(label, without=_heads()), slug(label), lexicon().drafting.naming.measure
        )
    declared = tuple(
        ColumnDeclaration(
            ids[index],
            (without_years(line.label),),
            line.unit,
            _counted(line.label, line.unit),
            _whole(table, axis, index, ids),
        )
        for index, line in named
    )
    return declared, tuple(tidy(line.label) for index, line in own if index not in ids)


def _counted(label: str, unit: str) -> str | None:
    """Return what a label says it counts ("Nombre de jeunes en contact" jeunes), None where it does not say."""
    if unit == "€":
        return lexicon().drafting.measures.euros
    if unit != "count":
        return None
    printed = {
        fold(word): word for word in tidy(label).casefold().replace("’", "'").replace("'", " ").split()
    }
    words = [word for word in printed if word]
    person = next((word for word in words if stem(word) in _people()), None)
    opened = next(
        (at for at, word in enumerate(words) if word in _heads() - lexicon().drafting.measures.part), None
    )
    if person is None and opened is not None:
        rest = [word for word in words[opened + 1 :] if word not in lexicon().drafting.measures.of]
        person = next(iter(rest), None)
    word = printed[person].strip(" ,;:.()") if person else ""
    return (word if word.isupper() else word.lower()) or None


def _counted_by(headings: Sequence[str]) -> str | None:
    """Return the persons that the innermost telling text of `headings` names, None where it names none."""
    telling = next((text for text in reversed(headings) if text and not says_nothing(text)), "")
    words = telling.casefold().replace("’", "'").replace("'", " ").split()
    return next((word.strip(",;:.()") for word in words if stem(fold(word)) in _people()), None)


@cache
def _people() -> frozenset[str]:
    """Return the stems of the nouns of persons."""
    return frozenset(stem(fold(word)) for word in lexicon().binding.people)


def _nameless(line: Line) -> tuple[ColumnDeclaration, ...]:
    if line.unit == "count":
        return ()
    known = lexicon().drafting.naming
    name = known.amount if line.unit == "€" else known.share
    return (ColumnDeclaration(name, (), line.unit, _counted("", line.unit)),)


def _whole(table: Table, axis: Axis, index: int, ids: dict[int, str]) -> str | None:
    """Return the measure that a "dont" is a part of."""
    for relation in table.relations:
        if relation.kind == "of_which" and relation.axis == axis and relation.sources[0][0] == index:
            return ids.get(relation.target)
    return None


@cache
def _heads() -> frozenset[str]:
    return frozenset(fold(word) for word in lexicon().drafting.measures.heads)
