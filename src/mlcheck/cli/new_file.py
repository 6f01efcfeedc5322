"""A file that did not exist before: written whole or not at all, and never over another."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from mlcheck.model.errors import MlcheckError
from mlcheck.translation import N_

EXISTS = N_("{file} exists already, and is never written over; choose another file for --output.")
UNWRITABLE = N_("{file} cannot be written ({why}); choose another file for --output.")


def refuse_existing(output: Path) -> None:
    """Raise MlcheckError where something has the name of `output`."""
    if output.exists() or output.is_symlink():
        raise MlcheckError(EXISTS, file=output)


def create(text: str, output: Path, check: Callable[[Path], None]) -> None:
    """Write `text` into the new file `output`, in a folder that is made where only it is missing.

    `check` is given the finished file beside it before it gets its name; where it raises, there is no file.
    Raises MlcheckError where `output` exists, even since the run began, or cannot be written.
    """
    refuse_existing(output)
    folder = output.parent
    unfinished = folder / f".{output.name}.{os.getpid()}.tmp"
    made = False
    try:
        if not folder.is_dir():
            folder.mkdir()
            made = True
        with unfinished.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
        check(unfinished)
        _name(unfinished, output, text)
        made = False
    except FileExistsError as error:
        raise MlcheckError(EXISTS, file=output) from error
    except OSError as error:
        raise MlcheckError(UNWRITABLE, file=output, why=error.strerror or str(error)) from error
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        if made:
            with suppress(OSError):
                folder.rmdir()


def _name(unfinished: Path, output: Path, text: str) -> None:
    """Give the finished file its name; a link, unlike a renaming, never takes another file's place."""
    try:
        os.link(unfinished, output)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        with output.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
