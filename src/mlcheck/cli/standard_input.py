"""A report that comes on standard input, which FILE names as "-"."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

from mlcheck.cli.output import unfinished_copy
from mlcheck.model.errors import MlcheckError
from mlcheck.reading.container.refusals import CHUNK, MAX_FILE, too_heavy
from mlcheck.translation import N_

if sys.platform == "win32":
    from pathlib import WindowsPath as Own
else:
    from pathlib import PosixPath as Own

DASH = Path("-")
EMPTY = N_("Standard input is empty: send a report into it, or name a FILE.")
ONCE = N_("Standard input holds one report: name - once.")
UNUSED = N_("--stdin-filename names what comes on standard input: give - as the FILE.")
UNREADABLE = N_("Standard input cannot be read ({why}): name a FILE.")
ELSEWHERE = N_("Standard input is not there for the workers of a cluster: name a FILE.")
GONE = N_("Standard input is read once: --watch needs a FILE.")


class Received(Own):
    """A report known by the name that its reader gave it, or as "-.docx"; what it holds lies in a file elsewhere."""

    held: str | None = None

    def __fspath__(self) -> str:
        """Return where it lies: what the system opens."""
        return self.held or str(self)

    def __reduce__(self) -> tuple[Any, ...]:
        """Return what makes it again in another process."""
        return received, (str(self), self.held)

    def resolve(self, strict: bool = False) -> Received:
        """Return the path of where it lies."""
        real = os.path.realpath(self, strict=strict)
        return received(real, real)


def received(name: str, held: str) -> Received:
    """Return the path of a report that is called `name` and lies at `held`."""
    path = Received(name)
    path.held = held
    return path


def with_standard_input(
    files: Sequence[Path], prior: Path | None, name: str | None
) -> tuple[tuple[Path, ...], Path | None]:
    """Return the reports of a run and last year's, "-" replaced by what standard input holds, under that `name`.

    Raises MlcheckError where that is nothing, or more than a report has, and where "-" is named twice, or not at all
    though it has a name.
    """
    asked = sum(file == DASH for file in (*files, prior))
    if not asked:
        if name is not None:
            raise MlcheckError(UNUSED)
        return tuple(files), prior
    if asked > 1:
        raise MlcheckError(ONCE)
    report = _received(name)
    return tuple(report if file == DASH else file for file in files), report if prior == DASH else prior


def require_files(files: Sequence[Path | None], sentence: str) -> None:
    """Raise MlcheckError, with that sentence, where one of the files is standard input."""
    if any(isinstance(file, Received) for file in files):
        raise MlcheckError(sentence)


def _received(name: str | None) -> Received:
    """Return what standard input holds, in a file that is removed when the run ends. Raises MlcheckError."""
    shown = name if name and Path(name).name else DASH.name
    held = unfinished_copy()
    try:
        with held.open("wb") as copy:
            size = _copied(copy)
    except OSError as error:
        raise MlcheckError(UNREADABLE, why=error.strerror or str(error)) from error
    if size == 0:
        raise MlcheckError(EMPTY)
    if size > MAX_FILE:
        raise too_heavy(Path(shown), MAX_FILE)
    if shown != DASH.name:
        return received(shown, str(held))
    from mlcheck.reading.unnamed import kind_of_unnamed

    return received(f"{shown}{kind_of_unnamed(received(shown, str(held)))}", str(held))


def _copied(copy: IO[bytes]) -> int:
    """Copy standard input, no more than a byte beyond what a report may have, and return how many bytes there were."""
    stream = getattr(sys.stdin, "buffer", None)  # None where it was closed
    size = 0
    while stream is not None and size <= MAX_FILE and (block := stream.read(CHUNK)):
        copy.write(block)
        size += len(block)
    return size
