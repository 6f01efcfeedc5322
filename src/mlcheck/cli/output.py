"""Where output goes: standard output, or a file that is written whole or not at all."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any

from mlcheck.model.errors import MlcheckError
from mlcheck.rendering.view import Detail, View

ESCAPED = "backslashreplace"  # a file name that is not UTF-8 is written, and stops nothing
WIDEST = 120  # the eye loses a place that stands further to the right


def view(
    language: str | None, output: Path | None, started: float | None = None, detail: Detail = "usual"
) -> View:
    """Return how the reader wants the output: as wide as the terminal, coloured where that is one.

    NO_COLOR takes the colours away, FORCE_COLOR gives them; COLUMNS is the width without a terminal.
    """
    width = min(shutil.get_terminal_size((100, 24)).columns, WIDEST)
    seconds = None if started is None else lambda: time.perf_counter() - started
    return View(language, width, output is None and _coloured(sys.stdout), seconds, detail)


def _coloured(stream: IO[str]) -> bool:
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def write(pieces: Iterable[str], output: Path | None, inputs: Iterable[Path] = ()) -> None:
    """Write `pieces` as they come, on standard output or into the file `output`.

    The file appears, or changes, only when all is written. Raises MlcheckError where it is one of `inputs`
    or cannot be written.
    """
    if output is None:
        _print(pieces)
        return
    for source in inputs:
        if _same(source, output):
            raise MlcheckError("{file} is an input; choose another file for --output.", file=output)
    try:
        if output.exists() and not output.is_file() and not output.is_dir():
            with output.open(
                "w", encoding="utf-8", errors=ESCAPED
            ) as stream:  # a device or a pipe cannot be replaced
                stream.writelines(pieces)
        else:
            _replace(output.resolve(), pieces)
    except OSError as error:
        why = error.strerror or str(error)
        raise MlcheckError(
            "{file} cannot be written ({why}); choose another file for --output.", file=output, why=why
        ) from error


def _replace(output: Path, pieces: Iterable[str]) -> None:
    if output.is_dir():
        raise IsADirectoryError(0, os.strerror(21))
    unfinished = output.with_name(f".{output.name}.{os.getpid()}.tmp")
    try:
        with unfinished.open("x", encoding="utf-8", errors=ESCAPED, newline="") as stream:
            stream.writelines(pieces)
        unfinished.replace(output)
    finally:
        unfinished.unlink(missing_ok=True)


def _print(pieces: Iterable[str]) -> None:
    """Write on standard output; when its reader has gone, the run goes on for its exit status."""
    stream: Any = sys.stdout
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(encoding="utf-8", errors=ESCAPED)
    heard = True
    for piece in pieces:
        if heard:
            heard = _heard(piece)
    if heard:
        _heard("")


def _heard(piece: str) -> bool:
    try:
        sys.stdout.write(piece)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else Python complains at exit
        return False
    return True


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False
