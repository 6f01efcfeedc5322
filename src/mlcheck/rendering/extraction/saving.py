"""What is extracted, put into its files: all of them are whole or none appears, and no input is replaced."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from mlcheck.model.errors import MlcheckError


def require_no_input(output: Path, names: Iterable[str], inputs: Iterable[Path]) -> None:
    """Raise MlcheckError where a file of the extract would replace one of `inputs`, or join a folder of them."""
    files = [output / name if name else output for name in names]
    for source in inputs:
        for file in files:
            if _same(source, file) or (source.is_dir() and _within(file, source)):
                raise MlcheckError("{file} is an input; choose another file for --output.", file=output)


def save(content: Mapping[str, bytes], output: Path) -> None:
    """Write the files of a folder, or the one that has no name of its own as `output`.

    They appear, or change, only when all are written; a folder that is missing is made. Raises MlcheckError
    where one cannot be written.
    """
    try:
        with _folder(output if "" not in content else output.parent, make="" not in content):
            _replace({(output / name if name else output).resolve(): data for name, data in content.items()})
    except OSError as error:
        why = error.strerror or str(error)
        raise MlcheckError(
            "{file} cannot be written ({why}); choose another file for --output.", file=output, why=why
        ) from error


@contextmanager
def _folder(folder: Path, *, make: bool) -> Iterator[None]:
    """Make a folder, and take it away again where nothing could be written into it."""
    made = make and not folder.exists()
    if made:
        folder.mkdir()
    try:
        yield
    except BaseException:
        if made:
            folder.rmdir()
        raise


def _replace(files: Mapping[Path, bytes]) -> None:
    unfinished = {file: file.with_name(f".{file.name}.{os.getpid()}.tmp") for file in files}
    try:
        for file, data in files.items():
            if file.is_dir():
                raise IsADirectoryError(0, os.strerror(21))
            with unfinished[file].open("xb") as stream:
                stream.write(data)
        for file, whole in unfinished.items():
            whole.replace(file)
    finally:
        for whole in unfinished.values():
            whole.unlink(missing_ok=True)


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


def _within(file: Path, folder: Path) -> bool:
    return file.resolve().is_relative_to(folder.resolve())
