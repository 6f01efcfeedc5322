"""A profile as written: its TOML tables, and the file and line of each key, with all it extends."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from mlcheck.model.errors import MlcheckError
from mlcheck.profile import messages
from mlcheck.profile.find import find
from mlcheck.profile.shape import check_shape
from mlcheck.profile.toml import read_toml

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


def read(path: Path, folders: Sequence[Path], chain: tuple[Path, ...] = ()) -> Source:
    """Return the profile file at `path`, merged into what it extends.

    A parent is looked for beside its child, then from `folders`. The child's lists of words join the
    parent's; its `rows`, its derived members and all other values take their place. Raises
    MlcheckError with file and line.
    """
    file, content, lines = read_toml(path)
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
