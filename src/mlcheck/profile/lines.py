"""The lines on which the keys of a TOML text stand, which tomli does not tell."""

from __future__ import annotations

import re

_KEY = r""""(?:\\.|[^"\\\n])*"|'[^'\n]*'|[A-Za-z0-9_-]+"""
_KEYS = rf"(?:{_KEY})(?:[ \t]*\.[ \t]*(?:{_KEY}))*"
_STATEMENT = rf"[ \t]*(\[\[?[ \t]*)?({_KEYS})[ \t]*(?(1)\]|=)"
_VALUE = r'"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*|[\[{]|[\]}]|\n'

Path = tuple[str, ...]


def key_lines(text: str) -> dict[Path, int]:
    """Map each key of a valid TOML text, as a path from its top, to its 1-based line.

    Keys inside a table written in braces have no line of their own: that of the key it belongs to is
    theirs. The tables of an array are numbered: ("pin", "1"), ("pin", "2"). Where a path stands more than
    once, its first line is kept.
    """
    statement, value = re.compile(_STATEMENT), re.compile(_VALUE, re.DOTALL)
    found: dict[Path, int] = {}
    numbers: dict[Path, int] = {}
    header: Path = ()
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


def _path(keys: str) -> Path:
    if '"' not in keys and "'" not in keys and "." not in keys:
        return (keys,)
    return tuple(part[1:-1] if part[0] in "\"'" else part for part in re.findall(_KEY, keys))
