"""A profile as written: its TOML tables, and the file and line of each key, with all it extends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import tomli
from msgspec import Struct, field

from mlcheck.model.errors import MlcheckError
from mlcheck.profile import messages
from mlcheck.profile.find import find
from mlcheck.profile.shape import check_shape

_REPLACED = {"rows", "derived"}  # lists that a child writes anew; all others are lists of words, and grow


class Source(Struct, frozen=True):
    """What one or more TOML files say, merged.

    `places` maps the path of a key to the file and 1-based line where it was last written; `files` are
    the files read, the furthest parent first.
    """

    content: dict[str, Any]
    places: dict[tuple[str, ...], tuple[str, int]] = field(default_factory=dict)
    files: tuple[str, ...] = ()

    def place(self, *path: str) -> tuple[str, int]:
        """Return the file and line of a key, or of the nearest table around it that has a line."""
        for depth in range(len(path), 0, -1):
            if path[:depth] in self.places:
                return self.places[path[:depth]]
        return (self.files[-1] if self.files else "", 1)


LARGEST = 2_000_000  # bytes; the shipped profiles have some 25 000
_KEY = r""""(?:\\.|[^"\\\n])*"|'[^'\n]*'|[A-Za-z0-9_-]+"""
_KEYS = rf"(?:{_KEY})(?:[ \t]*\.[ \t]*(?:{_KEY}))*"
_STATEMENT = rf"[ \t]*(\[\[?[ \t]*)?({_KEYS})[ \t]*(?(1)\]|=)"
_VALUE = r'"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*|[\[{]|[\]}]|\n'
KeyPath = tuple[str, ...]


def read(path: Path, folders: Sequence[Path], chain: tuple[Path, ...] = ()) -> Source:
    """Return the profile file at `path`, merged into what it extends.

    A parent is looked for beside its child, then from `folders`. The child's lists of words join the
    parent's; its `rows`, its derived members and all other values take their place. Raises
    MlcheckError with file and line.
    """
    file, content, lines = _read_toml(path)
    own = Source(content, {key: (file, line) for key, line in lines.items()}, (file,))
    check_shape(content, own.place)
    own = _keyed(own, file)
    content = own.content
    if "extends" not in content:
        return own
    chain = (*chain, path.resolve())
    parent = read(_parent(own, path, folders, chain), folders, chain)
    return Source(
        _merge(parent.content, content),
        {**parent.places, **own.places},
        (*parent.files, *own.files),
    )


def _keyed(own: Source, file: str) -> Source:
    """Return a profile with each array of tables as one table, the second of them under "file#2".

    So those of a child join those of its parent, and each keeps its place.
    """
    arrays = {
        key: {f"{file}#{n}": one for n, one in enumerate(value, 1)}
        for key, value in own.content.items()
        if isinstance(value, list) and value and isinstance(value[0], dict)
    }
    if not arrays:
        return own
    places = {
        (path[0], f"{file}#{path[1]}", *path[2:]) if path[0] in arrays and len(path) > 1 else path: where
        for path, where in own.places.items()
    }
    return Source({**own.content, **arrays}, places, own.files)


def _parent(own: Source, path: Path, folders: Sequence[Path], chain: tuple[Path, ...]) -> Path:
    file, line = own.place("extends")
    try:
        above = find(own.content["extends"], (path.parent, *folders), chain)
    except MlcheckError as error:
        raise MlcheckError(messages.NO_PARENT, **{**error.values, "file": file, "line": line}) from None
    if above.resolve() in chain:
        circle = " → ".join(step.stem for step in (*chain, above))
        raise MlcheckError(messages.CIRCLE_OF_PROFILES, file=file, line=line, circle=circle)
    return above


def _merge(parent: dict[str, Any], child: dict[str, Any], *, replace: bool = False) -> dict[str, Any]:
    merged = dict(parent)
    for key, value in child.items():
        old, anew = parent.get(key), replace or key in _REPLACED
        if isinstance(old, dict):
            merged[key] = _merge(old, value, replace=anew)
        elif isinstance(old, list) and not anew:
            merged[key] = list(dict.fromkeys([*old, *value]))
        else:
            merged[key] = value
    return merged


# One TOML file of a profile, read whole with the lines of its keys.


def _read_toml(path: Path) -> tuple[str, dict[str, Any], dict[tuple[str, ...], int]]:
    """Return the shown name of a file, its content, and the 1-based line of each of its keys.

    Raises MlcheckError where it is too large, unreadable, not UTF-8 or not TOML.
    """
    file = _shown(path)
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise MlcheckError(messages.TOO_LARGE, file=file, size=size, largest=LARGEST)
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise MlcheckError(messages.NOT_UTF8, file=file, line=line) from None
    except OSError as error:
        raise MlcheckError(messages.UNREADABLE, file=file, detail=error.strerror or str(error)) from None
    return file, _parse(text, file), key_lines(text)


def _shown(path: Path) -> str:
    """Return a path as a user writes it: from the working folder where it lies inside."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def _parse(text: str, file: str) -> dict[str, Any]:
    try:
        return tomli.loads(text)
    except RecursionError:
        raise MlcheckError(messages.TOO_NESTED, file=file) from None
    except ValueError as error:  # TOMLDecodeError, and the int() of a number of thousands of digits
        detail = str(error)
    where = re.search(r" \(at (?:line ([0-9]+), column [0-9]+|end of document)\)$", detail)
    if where is None:
        raise MlcheckError(messages.UNREADABLE, file=file, detail=detail)
    detail, line = detail[: where.start()], int(where[1] or text.rstrip().count("\n") + 1)
    if "twice" in detail or "overwrite" in detail:
        name = text.split("\n")[line - 1].split("=")[0].strip()
        raise MlcheckError(messages.WRITTEN_TWICE, file=file, line=line, name=name)
    raise MlcheckError(messages.NOT_TOML, file=file, line=line, detail=detail)


# The lines on which the keys of a TOML text stand, which tomli does not tell.


def key_lines(text: str) -> dict[KeyPath, int]:
    """Map each key of a valid TOML text, as a path from its top, to its 1-based line.

    Keys inside a table written in braces have no line of their own: that of the key it belongs to is
    theirs. The tables of an array are numbered: ("pin", "1"), ("pin", "2"). Where a path stands more than
    once, its first line is kept.
    """
    statement, value = re.compile(_STATEMENT), re.compile(_VALUE, re.DOTALL)
    found: dict[KeyPath, int] = {}
    numbers: dict[KeyPath, int] = {}
    header: KeyPath = ()
    position, line = 0, 1
    while position < len(text):
        newline = text.find("\n", position) + 1 or len(text)
        match = statement.match(text, position)
        end = newline
        if match and match[1]:
            path = header = _path(match[2])
            if match[1].startswith("[["):
                numbers[path] = numbers.get(path, 0) + 1
                path = header = (*path, str(numbers[path]))
        elif match:
            path = header + _path(match[2])
            if not _is_simple(text[match.end() : newline]):
                end = _end(text, match.end(), value)
        for depth in range(1, len(path) + 1 if match else 0):
            found.setdefault(path[:depth], line)
        line += text.count("\n", position, end)
        position = end
    return found


def _is_simple(rest: str) -> bool:
    """Return whether a value surely ends on its line, so that its tokens need no look."""
    if "#" in rest or '"""' in rest or "'''" in rest:
        return False
    return "[" not in rest or (rest.count("[") == rest.count("]") and rest.rstrip()[-1] in "]}")


def _end(text: str, position: int, value: re.Pattern[str]) -> int:
    """Return where the statement after this value starts."""
    depth = 0
    for token in value.finditer(text, position):
        if token[0] == "\n" and depth <= 0:
            return token.end()
        depth += (token[0] in "[{") - (token[0] in "]}")
    return len(text)


def _path(keys: str) -> KeyPath:
    if '"' not in keys and "'" not in keys and "." not in keys:
        return (keys,)
    return tuple(part[1:-1] if part[0] in "\"'" else part for part in re.findall(_KEY, keys))
