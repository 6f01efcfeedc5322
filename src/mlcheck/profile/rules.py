"""Rules as written turned into relations between declared tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mlcheck.model.errors import MlcheckError
from mlcheck.model.profile import CrossRule, Dimension, TableDeclaration
from mlcheck.profile import messages
from mlcheck.profile.nearest import nearest
from mlcheck.profile.parse import parse
from mlcheck.profile.resolve import Names, combined, references
from mlcheck.profile.source import Source


def rules(
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
