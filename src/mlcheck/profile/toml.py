"""One TOML file of a profile, read whole with the lines of its keys."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import tomli

from mlcheck.model.errors import MlcheckError
from mlcheck.profile import messages
from mlcheck.profile.lines import key_lines

LARGEST = 2_000_000  # bytes; the shipped profiles have some 25 000


def read_toml(path: Path) -> tuple[str, dict[str, Any], dict[tuple[str, ...], int]]:
    """Return the shown name of a file, its content, and the 1-based line of each of its keys.

    Raises MlcheckError where it is too large, unreadable, not UTF-8 or not TOML.
    """
    file = shown(path)
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


def shown(path: Path) -> str:
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
    where = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)$", detail)
    if where is None:
        raise MlcheckError(messages.UNREADABLE, file=file, detail=detail)
    detail, line = detail[: where.start()], int(where[1] or text.rstrip().count("\n") + 1)
    if "twice" in detail or "overwrite" in detail:
        name = text.split("\n")[line - 1].split("=")[0].strip()
        raise MlcheckError(messages.WRITTEN_TWICE, file=file, line=line, name=name)
    raise MlcheckError(messages.NOT_TOML, file=file, line=line, detail=detail)
