"""The files of a run: what it reads and what it writes, which never meet.

A file is known by its identity: links, relative paths and, where the system folds it, another case are one file.
"""

from __future__ import annotations

import os
import stat
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO

from mlcheck.cli.standard_input import Received
from mlcheck.model.errors import MlcheckError
from mlcheck.translation import N_

OUTPUT = "--output"
INPUT = N_("{file} is an input: {option} must name another file.")
INSIDE = N_("{file} lies in {folder}, a folder that is an input: {option} must name a file outside it.")
HELD = N_("{file} lies in {folder}, which is written to: name another folder for --output.")
TWICE = N_("{file} is named by {option} and by {other}: each output needs a file of its own.")
AROUND = N_("{file}, an input, lies in {folder}: {option} must name a folder of its own.")
REDIRECTED = N_("Standard output goes into {file}, which is an input or another output: send it elsewhere.")

Output = tuple[str, Path | None]  # the option, and the file that it names; None is standard output
Identity = tuple[int, int, str]  # device and inode of what exists, and the rest of the name of what does not


def require_apart(inputs: Iterable[Path], outputs: Sequence[Output]) -> None:
    """Raise MlcheckError where an output is one of `inputs`, lies in a folder of them, or is another output.

    A folder is read as one report: what is written into it would be read, or hashed, at the next run. A device
    or a pipe holds nothing that could be lost.
    """
    if not outputs:
        return
    read, folders = _identities(inputs)
    named = [(option, path) for option, path in outputs if path is not None and not _is_device(path)]
    written: dict[Identity, Output] = {}
    for option, path in named:
        identity = _identity(path)
        if identity in read:
            raise MlcheckError(INPUT, file=path, option=option)
        for above in Path(os.path.realpath(path)).parents:
            if (folder := folders.get(_identity(above))) is not None:
                raise MlcheckError(INSIDE, file=path, folder=folder, option=option)
        if identity in written:
            raise MlcheckError(TWICE, file=path, option=option, other=written[identity][0])
        written[identity] = (option, path)
    own = _of_stream(sys.stdout) if any(path is None for _, path in outputs) else None
    if own is not None and (own in read or own in written):
        raise MlcheckError(REDIRECTED, file=read.get(own) or written[own][1])


def require_folder_apart(inputs: Sequence[Path], folder: Path, option: str) -> None:
    """Raise MlcheckError where a folder that is written into is an input, lies in one, or holds one."""
    own, (_, folders) = _identity(folder), _identities(inputs)
    for above in (Path(os.path.realpath(folder)), *Path(os.path.realpath(folder)).parents):
        if (found := folders.get(_identity(above))) is not None:
            raise MlcheckError(INSIDE, file=folder, folder=found, option=option)
    for file in inputs:
        if own in {_identity(above) for above in (file, *Path(os.path.realpath(file)).parents)}:
            raise MlcheckError(AROUND, file=file, folder=folder, option=option)


def require_outside(inputs: Iterable[Path], folder: Path) -> None:
    """Raise MlcheckError where an input lies in a folder that is written to: it would be read again, or written over."""
    own = Path(os.path.realpath(folder))
    for file in inputs:
        if own in Path(os.path.realpath(file)).parents:
            raise MlcheckError(HELD, file=file, folder=folder)


def _identities(inputs: Iterable[Path]) -> tuple[dict[Identity, Path], dict[Identity, Path]]:
    """Return the inputs with the files in those that are folders, and these folders, by their identities."""
    read: dict[Identity, Path] = {}
    folders: dict[Identity, Path] = {}
    for path in inputs:
        identity = _identity(path)
        read[identity] = path
        if isinstance(path, Received) and (own := _of_stream(sys.stdin)) is not None:
            read[own] = path  # the file that standard input comes from
        if (found := _stat(path)) is not None and stat.S_ISDIR(found.st_mode):
            folders[identity] = path
            read.update((_identity(file), file) for file in _held(path))
    return read, folders


def _held(folder: Path) -> list[Path]:
    """Return what lies in a folder; nothing where it cannot be listed, and so cannot be read either."""
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def _identity(path: Path) -> Identity:
    """Return what a file is known by; of one that does not exist yet, its folder and its name."""
    if (found := _stat(path)) is not None:
        return found.st_dev, found.st_ino, ""
    known, missing = Path(os.path.realpath(path)), Path()
    while (found := _stat(known)) is None:
        if known.parent == known:
            return 0, 0, str(missing)
        known, missing = known.parent, known.name / missing
    name = str(missing)
    if _folds(known):
        name = unicodedata.normalize("NFC", name).casefold()
    return found.st_dev, found.st_ino, name


def _stat(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except OSError:
        return None


def _folds(folder: Path) -> bool:
    """Tell whether a folder takes names that differ in case for one, by the first that has a case."""
    for known in (*_held(folder), folder):
        if known.name.swapcase() != known.name:
            own, other = _stat(known), _stat(known.with_name(known.name.swapcase()))
            return own is not None and other is not None and os.path.samestat(own, other)
    return False


def _is_device(path: Path) -> bool:
    found = _stat(path)
    return found is not None and not stat.S_ISREG(found.st_mode) and not stat.S_ISDIR(found.st_mode)


def _of_stream(stream: IO[str]) -> Identity | None:
    """Return the file that a standard stream is joined to, None where it is a terminal or a pipe."""
    try:
        found = os.fstat(stream.fileno())
    except (OSError, AttributeError, ValueError):  # closed, or no file of the system
        return None
    return (found.st_dev, found.st_ino, "") if stat.S_ISREG(found.st_mode) else None
