"""TOML as a profile is written in: texts, lists of texts, truths, tables in braces, and comments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

Value = bool | str | Sequence[str] | Mapping[str, object]

WIDTH = 110
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_SHORT = {"\b": r"\b", "\t": r"\t", "\n": r"\n", "\f": r"\f", "\r": r"\r", '"': r"\"", "\\": r"\\"}
_SURROGATE = re.compile(r"[\ud800-\udfff]")  # no TOML text can hold one
_GLUE = re.compile(r"(?<=«) | (?=[»:;!?])")  # spaces at which French never ends a line
_JOINT = "\x00"
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")


def key(name: str) -> str:
    """Return a key as written: bare where it can be, else between quotes."""
    return name if _BARE.fullmatch(name) else text(name)


def text(content: str) -> str:
    """Return a text on one line between quotes; whatever cannot stand in TOML is escaped, or replaced by "�"."""
    plain = _SURROGATE.sub("\ufffd", content)
    return '"' + "".join(_SHORT.get(character) or _escaped(character) for character in plain) + '"'


def value(content: object) -> str:
    """Return a truth, a text, a list of texts or a table of these as written, on one line."""
    if isinstance(content, bool):
        return "true" if content else "false"
    if isinstance(content, str):
        return text(content)
    if isinstance(content, Mapping):
        inner = ", ".join(f"{key(name)} = {value(one)}" for name, one in content.items())
        return f"{{ {inner} }}" if inner else "{}"
    if isinstance(content, Sequence):
        return f"[{', '.join(value(one) for one in content)}]"
    raise TypeError(f"a profile holds no {type(content).__name__}")


def pair(name: str, content: object) -> str:
    """Return one key with its value; a list too long for a line stands one text a line."""
    line = f"{key(name)} = {value(content)}"
    if len(line) <= WIDTH or isinstance(content, str | bool | Mapping) or not isinstance(content, Sequence):
        return line
    return "\n".join([f"{key(name)} = [", *(f"  {value(one)}," for one in content), "]"])


def header(*path: str) -> str:
    """Return the line that opens a table."""
    return f"[{'.'.join(key(name) for name in path)}]"


def remark(content: str, indent: str = "") -> Iterator[str]:
    """Yield the lines of a comment, folded at spaces; control characters, which it may not hold, become spaces."""
    plain = _CONTROL.sub(" ", _SURROGATE.sub("\ufffd", content))
    line = ""
    for word in _GLUE.sub(_JOINT, " ".join(plain.split())).split(" "):
        if line and len(line) + len(word) + len(indent) + 3 > WIDTH:
            yield f"# {indent}{line}".replace(_JOINT, " ")
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield f"# {indent}{line}".replace(_JOINT, " ").rstrip()


def _escaped(character: str) -> str:
    return f"\\u{ord(character):04x}" if _CONTROL.match(character) else character
