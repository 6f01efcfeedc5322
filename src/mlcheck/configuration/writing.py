"""A waiver written at the end of mlcheck.toml, or of a new one, and taken out again; all else in the file stays as it is."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import IO

from msgspec import Struct

from mlcheck.configuration import Configuration, read
from mlcheck.model.errors import MlcheckError
from mlcheck.model.finding import Waiver
from mlcheck.translation import N_

NAME = "mlcheck.toml"
UNWRITABLE = N_("{file} cannot be written ({why}): the waiver is kept for this time only.")
NOT_THERE = N_("{file} says its waivers in another form: write [[waiver]] tables in it, then try again.")
NOT_TAKEN = N_("{file} cannot be written ({why}): take the waiver out of it by hand.")
CHANGED = N_("{file} was changed since: take the waiver out of it by hand.")
Whole = Callable[[Path], AbstractContextManager[IO[bytes]]]
_UNSAFE = re.compile('[\\x00-\\x1f"\\\\\\x7f\ud800-\udfff]')
_UNSEEN = re.compile("[\\x00-\\x1f\\x7f-\\x9f\u2028\u2029\ud800-\udfff]+")


class Added(Struct, frozen=True):
    """What was written into a file: its bytes, and whether the file is `new`."""

    file: Path
    data: bytes
    new: bool


def waiver_text(waiver: Waiver, note: str, table: str = "waiver") -> str:
    """Return a waiver as TOML, under a comment of one line that says to a person what it is about."""
    keys = {"rule": waiver.rule, "place": waiver.place, "reason": waiver.reason, "author": waiver.author}
    if waiver.file is not None:
        keys["report"] = waiver.file
    lines = [f"# {_UNSEEN.sub(' ', note)}".rstrip(), f"[[{table}]]"]
    lines += [f"{key} = {_quoted(text)}" for key, text in keys.items()]
    if waiver.expires is not None:
        lines.append(f"expires = {waiver.expires.isoformat()}")
    return "\n".join(lines) + "\n"


def add_waiver(configuration: Configuration, folder: Path, waiver: Waiver, note: str, whole: Whole) -> Added:
    """Write a waiver into the file of a configuration, or into a new mlcheck.toml in `folder`; return what was added.

    The file is replaced by the stream that `whole` gives, and only where the new one reads well and holds the waiver.
    Raises MlcheckError where it cannot be written.
    """
    file = configuration.file or folder / NAME
    table = "tool.mlcheck.waiver" if file.name == "pyproject.toml" else "waiver"
    try:
        new = not file.exists()
        before = b"" if new else file.read_bytes()
        written = _appended(before, waiver_text(waiver, note, table))
        if not _holds(file, before, written):
            raise MlcheckError(NOT_THERE, file=file)
        with whole(file) as stream:
            stream.write(written)
    except OSError as error:
        raise MlcheckError(UNWRITABLE, file=file, why=error.strerror or str(error)) from error
    return Added(file, written[len(before) :], new)


def take_out(added: Added, whole: Whole) -> None:
    """Take a waiver out of the file that it was written into; one that was made for it, and holds nothing else, is removed.

    Raises MlcheckError where its lines are no longer there as they were written, or the file cannot be written.
    """
    file = added.file
    try:
        now = file.read_bytes() if file.exists() else b""
        left = now.replace(added.data, b"")
        if now.count(added.data) != 1 or not _reads(file, left) or not _holds(file, left, now):
            raise MlcheckError(CHANGED, file=file)
        if added.new and not left.strip():
            file.unlink()
            return
        with whole(file) as stream:
            stream.write(left)
    except OSError as error:
        raise MlcheckError(NOT_TAKEN, file=file, why=error.strerror or str(error)) from error


def _reads(file: Path, data: bytes) -> bool:
    """Tell whether a file would read well."""
    try:
        read(file, data)
    except MlcheckError:
        return False
    return True


def _holds(file: Path, before: bytes, after: bytes) -> bool:
    """Tell whether a file reads well with one waiver more. Raises MlcheckError where it did not read well before."""
    count = len(read(file, before).waivers)
    return _reads(file, after) and len(read(file, after).waivers) == count + 1


def _appended(before: bytes, text: str) -> bytes:
    """Return a file with a text at its end, its lines ended as the others are."""
    newline = b"\r\n" if b"\r\n" in before else b"\n"
    if before.removeprefix(codecs.BOM_UTF8).strip():
        text = f"\n{text}" if before.endswith(b"\n") else f"\n\n{text}"
    return before + text.encode("utf-8").replace(b"\n", newline)


def _quoted(text: str) -> str:
    """Return a text as a basic string of TOML."""
    return f'"{_UNSAFE.sub(_escaped, text)}"'


def _escaped(found: re.Match[str]) -> str:
    character = found[0]
    if character in '"\\':
        return f"\\{character}"
    return "\\uFFFD" if "\ud800" <= character <= "\udfff" else f"\\u{ord(character):04X}"
