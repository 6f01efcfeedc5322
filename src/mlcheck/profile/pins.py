"""Claims that the profile binds by hand, or says cannot be checked, with every name they use looked up."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal, get_args

from mlcheck.model.errors import MlcheckError
from mlcheck.model.profile import Dimension, Pin, Reference, TableDeclaration
from mlcheck.profile import messages
from mlcheck.profile.parse import Linear, parse_ratio
from mlcheck.profile.resolve import Names, references
from mlcheck.profile.source import Source

Kind = Literal["share", "count", "growth", "mean", "unverifiable"]
KINDS: tuple[Kind, ...] = get_args(Kind)
SIDES: dict[Kind, tuple[tuple[int, ...], str]] = {
    "share": ((1, 2), "a / b"),
    "count": ((1,), "a"),
    "growth": ((1,), "a"),
    "mean": ((2,), "a / b"),
}
MARK = re.compile(r"‹[n%]›")


def pins(
    source: Source, tables: Mapping[str, TableDeclaration], dimensions: Mapping[str, Dimension]
) -> tuple[Pin, ...]:
    """Return the pins of a profile, its own before those that it extends.

    Raises MlcheckError, with file and line, where one has no sentence, not one claim, or names what is
    not declared.
    """
    written: dict[str, dict[str, Any]] = source.content.get("pin", {})
    found = [_pin(name, keys, source, tables, dimensions) for name, keys in written.items()]
    return tuple(sorted(found, key=lambda pin: (-source.files.index(pin.file), pin.line)))


def _pin(
    name: str,
    keys: dict[str, Any],
    source: Source,
    tables: Mapping[str, TableDeclaration],
    dimensions: Mapping[str, Dimension],
) -> Pin:
    file, line = source.place("pin", name)
    sentence = _sentence(name, keys, source)
    kinds = [kind for kind in KINDS if kind in keys]
    if len(kinds) != 1:
        known = ", ".join(KINDS)
        raise MlcheckError(messages.PIN_NOT_ONE, file=file, line=line, known=known, count=len(kinds))
    kind = kinds[0]
    where = source.place("pin", name, kind)
    if kind == "unverifiable":
        if not keys[kind].strip():
            raise MlcheckError(messages.PIN_WITHOUT_REASON, file=where[0], line=where[1])
        return Pin(sentence, kind, reason=keys[kind].strip(), file=file, line=line)
    rule = f"[[pin]] {name.rpartition('#')[2]}"
    sides = parse_ratio(keys[kind], rule, where)
    counts, form = SIDES[kind]
    if len(sides) not in counts:
        values = {"key": kind, "form": form, "text": keys[kind]}
        raise MlcheckError(messages.PIN_SIDES, file=where[0], line=where[1], **values)
    names = Names(tables, dimensions, None, rule, *where)
    found = tuple(_added(side, names, kind, keys[kind]) for side in sides)
    return Pin(sentence, kind, found, file=file, line=line)


def _sentence(name: str, keys: dict[str, Any], source: Source) -> str:
    """Return the pattern of a pin; raises MlcheckError where it says nothing or cannot be read."""
    text: str = " ".join(keys.get("sentence", "").split())
    file, line = source.place("pin", name, "sentence")
    if not re.search(r"\w", MARK.sub("", text)):
        raise MlcheckError(messages.PIN_WITHOUT_SENTENCE, file=file, line=line)
    if is_expression(text):
        try:
            re.compile(text[1:-1])
        except re.error as error:
            values = {"pattern": text, "detail": str(error)}
            raise MlcheckError(messages.PIN_BAD_PATTERN, file=file, line=line, **values) from None
    elif len(MARK.findall(text)) > 1:
        count = len(MARK.findall(text))
        raise MlcheckError(messages.PIN_TWO_NUMBERS, file=file, line=line, pattern=text, count=count)
    return text


def is_expression(sentence: str) -> bool:
    """Tell whether the sentence of a pin is written as a regular expression, between slashes."""
    return len(sentence) > 2 and sentence[0] == sentence[-1] == "/"


def _added(side: Linear, names: Names, kind: Kind, text: str) -> tuple[Reference, ...]:
    """Return the figures that one side of a pin adds up, each once."""
    if side.constant or not side.terms or any(coefficient != 1 for coefficient, _ in side.terms):
        raise MlcheckError(messages.PIN_NOT_A_SUM, file=names.file, line=names.line, key=kind, text=text)
    found = (reference for _, name in side.terms for reference in references(name, names))
    return tuple(dict.fromkeys(found))
