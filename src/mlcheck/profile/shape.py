"""The keys that a profile may have, and the kind of value of each."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from mlcheck.model.errors import MlcheckError
from mlcheck.profile import messages
from mlcheck.profile.messages import nearest

Locate = Callable[..., tuple[str, int]]

ID = "<id>"  # any key that can be typed on a command line
WORDS = "<words>"  # any key
_LIST = [str]

SHAPE: dict[str, Any] = {
    "extends": str,
    "agency": str,
    "language": ("fr", "en"),
    "total_labels": _LIST,
    "non_negative": bool,
    "integral": bool,
    "sections": {ID: {"titles": _LIST, "within": str}},
    "dimensions": {
        ID: {
            "labels": _LIST,
            "complete": bool,
            "geographic": bool,
            "members": {WORDS: _LIST},
            "derived": {WORDS: _LIST},
        }
    },
    "tables": {
        ID: {
            "section": str,
            "titles": _LIST,
            "dimension": str,
            "across": str,
            "columns": {
                ID: {
                    "labels": _LIST,
                    "unit": ("count", "%", "‰", "€", "points", "ratio"),
                    "counts": str,
                    "part_of": str,
                }
            },
            "required": bool,
            "rows": _LIST,
            "counts": str,
            "total": str,
        }
    },
    "rules": {
        ID: {
            "what": str,
            "relation": str,
            "per": str,
            "required": bool,
            "severity": ("error", "warning", "info"),
            "active": bool,
        }
    },
    "synonyms": {WORDS: _LIST},
    "pin": [{"sentence": str, "share": str, "count": str, "growth": str, "mean": str, "unverifiable": str}],
}


def check_shape(content: dict[str, Any], place: Locate) -> None:
    """Raise MlcheckError, with file and line, at the first key or value that SHAPE does not allow."""
    _check(content, SHAPE, (), place)


def _check(value: Any, shape: Any, path: tuple[str, ...], place: Locate) -> None:
    if isinstance(shape, dict) and isinstance(value, dict):
        for key, inner in value.items():
            _check(inner, _shape_of(key, shape, path, place), (*path, key), place)
    elif isinstance(shape, tuple):
        if value not in shape:
            raise _wrong(
                path, messages.NOT_ONE_OF, value, place, known=", ".join(f'"{one}"' for one in shape)
            )
    elif isinstance(shape, list) and isinstance(shape[0], dict):
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            raise _wrong(path, messages.NOT_TABLES, value, place)
        for number, one in enumerate(value, 1):
            _check(one, shape[0], (*path, str(number)), place)
    elif isinstance(shape, list):
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise _wrong(path, messages.NOT_A_LIST, value, place)
    elif isinstance(shape, dict):
        raise _wrong(path, messages.NOT_A_TABLE, value, place)
    elif not isinstance(value, shape):
        raise _wrong(path, messages.NOT_TRUE_OR_FALSE if shape is bool else messages.NOT_A_TEXT, value, place)


def _shape_of(key: str, shape: dict[str, Any], path: tuple[str, ...], place: Locate) -> Any:
    if WORDS in shape:
        return shape[WORDS]
    if ID in shape and re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", key):
        return shape[ID]
    if key in shape:
        return shape[key]
    file, line = place(*path, key)
    if ID in shape:
        raise MlcheckError(messages.NOT_AN_ID, file=file, line=line, key=key)
    raise MlcheckError(
        messages.UNKNOWN_KEY,
        file=file,
        line=line,
        key=key,
        where=f"[{'.'.join(path)}]" if path else file,
        nearest=nearest(key, shape),
        known=", ".join(shape),
    )


def _wrong(path: tuple[str, ...], template: str, value: Any, place: Locate, **values: object) -> MlcheckError:
    from json import dumps

    file, line = place(*path)
    shown = dumps(value, ensure_ascii=False, default=str)
    return MlcheckError(template, file=file, line=line, key=".".join(path), value=shown[:60], **values)
