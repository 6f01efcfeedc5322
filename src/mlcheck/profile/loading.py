"""A profile read from its files, whole and checked."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mlcheck.model.errors import MlcheckError
from mlcheck.model.profile import CrossRule, Dimension, Profile, TableDeclaration
from mlcheck.profile import declare, messages
from mlcheck.profile.find import find, is_path
from mlcheck.profile.messages import nearest
from mlcheck.profile.parse import parse
from mlcheck.profile.pins import pins
from mlcheck.profile.resolve import Names, combined, references
from mlcheck.profile.source import Source, read


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
        rules=_rules(source, tables, dimensions),
        pins=pins(source, tables, dimensions),
        synonyms={words: tuple(others) for words, others in content.get("synonyms", {}).items()},
        total_labels=tuple(content.get("total_labels", ())),
        files=source.files,
        non_negative=content.get("non_negative", True),
        integral=content.get("integral", True),
        agency=content.get("agency", ""),
    )


# Rules as written turned into relations between declared tables.


def _rules(
    source: Source, tables: Mapping[str, TableDeclaration], dimensions: Mapping[str, Dimension]
) -> tuple[CrossRule, ...]:
    """Return the rules in use; raises MlcheckError where one cannot be read or names what is not declared."""
    written: dict[str, dict[str, Any]] = source.content.get("rules", {})
    found = [_rule(name, keys, source, tables, dimensions) for name, keys in written.items()]
    return tuple(rule for rule in found if written[rule.name].get("active", True))


def _rule(
    name: str,
    keys: dict[str, Any],
    source: Source,
    tables: Mapping[str, TableDeclaration],
    dimensions: Mapping[str, Dimension],
) -> CrossRule:
    file, line = source.place("rules", name)
    for key in ("what", "relation"):
        if key not in keys:
            raise MlcheckError(messages.MISSING_IN_RULE, file=file, line=line, rule=name, key=key)
    place = source.place("rules", name, "relation")
    per = _per(name, keys, source, dimensions)
    relation = parse(keys["relation"], name, place)
    names = Names(tables, dimensions, per, name, *place)
    terms = combined(
        (coefficient, reference)
        for coefficient, written in relation.linear.terms
        for reference in references(written, names)
    )
    if not terms or (per is not None and all(reference.row is not None for _, reference in terms)):
        raise MlcheckError(
            messages.NOTHING_COMPARED, file=place[0], line=place[1], rule=name, relation=relation.text
        )
    return CrossRule(
        name=name,
        what=keys["what"],
        relation=relation.text,
        terms=terms,
        operator=relation.operator,
        constant=relation.linear.constant,
        per=per,
        severity=keys.get("severity", "error"),
        required=keys.get("required", True),
        file=file,
        line=line,
    )


def _per(name: str, keys: dict[str, Any], source: Source, dimensions: Mapping[str, Dimension]) -> str | None:
    per: str | None = keys.get("per")
    if per is not None and per not in dimensions:
        file, line = source.place("rules", name, "per")
        close = nearest(per, dimensions)
        raise MlcheckError(messages.UNKNOWN_PER, file=file, line=line, rule=name, name=per, nearest=close)
    return per
