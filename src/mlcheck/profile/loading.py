"""A profile read from its files, whole and checked."""

from __future__ import annotations

from pathlib import Path

from mlcheck.model.profile import Profile
from mlcheck.profile import declare
from mlcheck.profile.find import find, is_path
from mlcheck.profile.pins import pins
from mlcheck.profile.rules import rules
from mlcheck.profile.source import read


def load(name_or_path: str, *, folder: Path | None = None) -> Profile:
    """Return the profile of a name or a path, with everything that it extends.

    A name is looked for in `folder`/schemas, in `folder`, then among the shipped profiles; a path is
    taken from the working folder, then from `folder`. Raises MlcheckError, naming file and line, where
    a file is missing or invalid, or a name in it is not declared.
    """
    near = (folder,) if folder else ()
    path = find(name_or_path, (Path(), *near) if is_path(name_or_path) else near)
    source = read(path, near)
    content = source.content
    dimensions = {dimension.name: dimension for dimension in declare.dimensions(source)}
    sections = declare.sections(source)
    tables = {table.name: table for table in declare.tables(source, dimensions)}
    return Profile(
        name=path.stem,
        language=content.get("language", "fr"),
        sections=sections,
        tables=tuple(tables.values()),
        dimensions=tuple(dimensions.values()),
        rules=rules(source, tables, dimensions),
        pins=pins(source, tables, dimensions),
        synonyms={words: tuple(others) for words, others in content.get("synonyms", {}).items()},
        total_labels=tuple(content.get("total_labels", ())),
        files=source.files,
        non_negative=content.get("non_negative", True),
        integral=content.get("integral", True),
    )
