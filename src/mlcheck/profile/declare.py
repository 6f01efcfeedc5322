"""TOML tables turned into declarations, with every name they use looked up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from mlcheck.language.words import fold
from mlcheck.model.errors import MlcheckError
from mlcheck.model.profile import ColumnDeclaration, Dimension, SectionDeclaration, TableDeclaration
from mlcheck.profile import messages
from mlcheck.profile.members import member
from mlcheck.profile.messages import nearest
from mlcheck.profile.source import Source

Keys = dict[str, Any]


def sections(source: Source) -> tuple[SectionDeclaration, ...]:
    """Return the declared sections; raises MlcheckError where one lies within an unknown one or itself."""
    written: dict[str, Keys] = source.content.get("sections", {})
    for name, keys in written.items():
        if "within" in keys:
            _known(keys["within"], written, source, ("sections", name, "within"), "sections")
    for name in written:
        _no_circle(name, written, source)
    return tuple(
        SectionDeclaration(name, tuple(keys.get("titles", ())), keys.get("within"))
        for name, keys in written.items()
    )


def dimensions(source: Source) -> tuple[Dimension, ...]:
    """Return the declared dimensions; raises MlcheckError where a spelling has two members."""
    written: dict[str, Keys] = source.content.get("dimensions", {})
    return tuple(_dimension(name, keys, source) for name, keys in written.items())


def tables(source: Source, known: Mapping[str, Dimension]) -> tuple[TableDeclaration, ...]:
    """Return the declared tables; raises MlcheckError at an unknown section, dimension, row or column."""
    written: dict[str, Keys] = source.content.get("tables", {})
    return tuple(_table(name, keys, source, known) for name, keys in written.items())


def _dimension(name: str, keys: Keys, source: Source) -> Dimension:
    members = {canonical: tuple(spellings) for canonical, spellings in keys.get("members", {}).items()}
    _spelt_once(name, members, source)
    derived = {words: tuple(parts) for words, parts in keys.get("derived", {}).items()}
    for words, parts in derived.items():
        for part in parts:
            path = ("dimensions", name, "derived", words)
            _known(part, members, source, path, f"dimensions.{name}.members")
    return Dimension(
        name,
        members,
        derived,
        tuple(keys.get("labels", ())),
        complete=keys.get("complete", False),
        geographic=keys.get("geographic", False),
    )


def _table(name: str, keys: Keys, source: Source, known: Mapping[str, Dimension]) -> TableDeclaration:
    path = ("tables", name)
    file, line = source.place(*path)
    sections = source.content.get("sections", {})
    if "section" not in keys:
        listed = ", ".join(sections) or "—"
        raise MlcheckError(messages.NO_SECTION, file=file, line=line, name=name, known=listed)
    _known(keys["section"], sections, source, (*path, "section"), "sections")
    for axis in ("dimension", "across"):
        if axis in keys:
            _known(keys[axis], known, source, (*path, axis), "dimensions")
    dimension = known.get(keys.get("dimension", ""))
    return TableDeclaration(
        name,
        keys["section"],
        tuple(keys.get("titles", ())),
        keys.get("dimension"),
        keys.get("across"),
        _columns(name, keys.get("columns", {}), source),
        keys.get("required", False),
        tuple(_row(row, dimension, source, (*path, "rows")) for row in keys.get("rows", ())),
        keys.get("counts"),
        keys.get("total"),
        file,
        line,
    )


def _row(row: str, dimension: Dimension | None, source: Source, path: tuple[str, ...]) -> str:
    if dimension is None:
        return row
    found = member(row, dimension)
    if found is None:
        _known(row, dimension.members, source, path, f"dimensions.{dimension.name}.members")
    return found[0] if found else row


def _columns(table: str, written: dict[str, Keys], source: Source) -> tuple[ColumnDeclaration, ...]:
    for name, keys in written.items():
        if "part_of" in keys:
            path = ("tables", table, "columns", name, "part_of")
            _known(keys["part_of"], written, source, path, f"tables.{table}.columns")
    return tuple(
        ColumnDeclaration(
            name,
            tuple(keys.get("labels", ())),
            keys.get("unit", "count"),
            keys.get("counts"),
            keys.get("part_of"),
        )
        for name, keys in written.items()
    )


def _known(name: str, names: Iterable[str], source: Source, path: tuple[str, ...], where: str) -> None:
    """Raise MlcheckError unless `name`, the value of the key at `path`, is one of `names`."""
    names = tuple(names)
    if name not in names:
        file, line = source.place(*path)
        close = nearest(name, names)
        raise MlcheckError(
            messages.NOT_DECLARED,
            file=file,
            line=line,
            key=".".join(path),
            name=name,
            where=where,
            nearest=close,
        )


def _no_circle(name: str, written: dict[str, Keys], source: Source) -> None:
    seen, step = [name], written[name].get("within")
    while step is not None and step not in seen:
        seen.append(step)
        step = written[step].get("within")
    if step is not None:
        file, line = source.place("sections", name, "within")
        circle = " → ".join([*seen, step])
        raise MlcheckError(messages.CIRCLE_OF_SECTIONS, file=file, line=line, circle=circle)


def _spelt_once(dimension: str, members: Mapping[str, tuple[str, ...]], source: Source) -> None:
    owner: dict[str, str] = {}
    for name, spellings in members.items():
        for spelling in (name, *spellings):
            first = owner.setdefault(fold(spelling), name)
            if first != name:
                both = [source.place("dimensions", dimension, "members", one) for one in (first, name)]
                file, line = max(both, key=lambda place: (source.files.index(place[0]), place[1]))
                values = {"spelling": spelling, "first": first, "second": name}
                raise MlcheckError(messages.TWO_MEMBERS, file=file, line=line, **values)
