"""Where output goes: standard output, or a file that is written whole or not at all."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkstemp
from typing import IO, Any

from mlcheck.model.errors import MlcheckError
from mlcheck.rendering.view import Detail, View
from mlcheck.translation import N_

BOM = "\ufeff"  # the mark by which Excel knows UTF-8
ESCAPED = "backslashreplace"  # a file name that is not UTF-8 is written, and stops nothing
WIDEST = 120  # the eye loses a place that stands further to the right
LINKED = ("/dev/std", "/dev/fd/", "/proc/")  # names of what is open already, which a renaming would cut off
EXISTS = N_("{file} exists already, and is never written over; choose another file for --output.")
UNWRITABLE = N_("{file} cannot be written ({why}); choose another file for --output.")

_unfinished: set[Path] = set()


def view(
    language: str | None, output: Path | None, started: float | None = None, detail: Detail = "usual",
    delimiter: str | None = None, help_uri: str | None = None,
) -> View:  # fmt: skip
    """Return how the reader wants the output: as wide as the terminal, coloured where that is one.

    NO_COLOR takes the colours away, FORCE_COLOR gives them; COLUMNS is the width without a terminal.
    """
    width = min(shutil.get_terminal_size((100, 24)).columns, WIDEST)
    seconds = None if started is None else lambda: time.perf_counter() - started
    return View(
        language, width, output is None and _coloured(sys.stdout), seconds, detail, delimiter, help_uri
    )


def _coloured(stream: IO[str]) -> bool:
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def write(pieces: Iterable[str], output: Path | None) -> None:
    """Write `pieces` as they come, on standard output or into the file `output`.

    The file appears, or changes, only when all is written. The mark of its encoding that a csv begins with is for the
    start of a file: what goes to a terminal, a pipe or the end of a file has none. Raises MlcheckError where it cannot be
    written.
    """
    if output is None:
        _print(pieces if _starts_file(sys.stdout) else _unmarked(pieces))
        return
    heard = True
    with writing_to(output), _opened(output) as stream:
        if not _starts_file(stream):
            pieces = _unmarked(pieces)
        for piece in pieces:  # all of them, as the exit status is that of all reports
            if heard:
                heard = _heard(stream, piece)


def _starts_file(stream: IO[Any]) -> bool:
    """Tell whether what is written now is the start of a file."""
    try:
        found = os.fstat(stream.fileno())
    except (OSError, AttributeError, ValueError):  # closed, or no file of the system
        return False
    return stat.S_ISREG(found.st_mode) and found.st_size == 0


def _unmarked(pieces: Iterable[str]) -> Iterator[str]:
    """Yield pieces without the mark that the first begins with."""
    found = iter(pieces)
    yield next(found, "").removeprefix(BOM)
    yield from found


def _heard(stream: IO[bytes], piece: str) -> bool:
    """Write a piece; tell whether somebody still reads the pipe."""
    try:
        stream.write(piece.encode("utf-8", ESCAPED))
    except BrokenPipeError:
        return False
    return True


def save(content: Mapping[str, bytes], output: Path) -> None:
    """Write the files of a folder by their names, or the one whose name is "" as `output`.

    They appear, or change, only when all are written; a folder that is missing is made. Raises MlcheckError
    where one cannot be written.
    """
    with writing_to(output), _folder(output if "" not in content else output.parent, "" not in content):
        written: list[tuple[Path, Path]] = []
        try:
            for name, data in content.items():
                target = _target(output / name if name else output)
                unfinished = _new_beside(target)
                written.append((unfinished, target))
                with unfinished.open("xb") as stream:
                    stream.write(data)
            for unfinished, target in written:
                unfinished.replace(target)
        finally:
            for unfinished, _ in written:
                _remove(unfinished)


def create(text: str, output: Path, check: Callable[[Path], None]) -> None:
    """Write `text` into the new file `output`, in a folder that is made where only it is missing.

    `check` is given the finished file beside it before it gets its name; where it raises, there is no file.
    Raises MlcheckError where `output` exists, even since the run began, or cannot be written.
    """
    refuse_existing(output)
    with writing_to(output), _folder(output.parent, True):
        unfinished = _new_beside(output)
        try:
            with unfinished.open("xb") as stream:
                stream.write(text.encode("utf-8", ESCAPED))
            check(unfinished)
            _name(unfinished, output)
        except FileExistsError as error:
            raise MlcheckError(EXISTS, file=output) from error
        finally:
            _remove(unfinished)


def refuse_existing(output: Path) -> None:
    """Raise MlcheckError where something has the name of `output`."""
    if os.path.lexists(output):
        raise MlcheckError(EXISTS, file=output)


@contextmanager
def whole(output: Path) -> Iterator[IO[bytes]]:
    """Give a stream whose content takes the place of `output` when all is written, and never before.

    Raises OSError where it cannot be written.
    """
    target = _target(output)
    unfinished = _new_beside(target)
    try:
        with unfinished.open("xb") as stream:
            yield stream
        unfinished.replace(target)
    finally:
        _remove(unfinished)


@contextmanager
def writing_to(output: Path) -> Iterator[None]:
    """Turn trouble of the system into the sentence that names `output`. Raises MlcheckError."""
    try:
        yield
    except OSError as error:
        raise MlcheckError(UNWRITABLE, file=output, why=error.strerror or str(error)) from error


def remove_unfinished() -> None:
    """Remove what is not finished, before the process ends in the midst of it."""
    for path in tuple(_unfinished):
        _remove(path)


def unfinished_copy() -> Path:
    """Return a new file, in the folder of the system for what may be thrown away, that is removed when the run ends."""
    number, name = mkstemp(prefix="mlcheck-")
    os.close(number)
    _unfinished.add(Path(name))
    return Path(name)


def _new_beside(target: Path) -> Path:
    """Return a name that no file of the folder of `target` has; it is removed at the latest when the run ends."""
    path = target.with_name(f".mlcheck-{os.urandom(8).hex()}.tmp")
    _unfinished.add(path)
    return path


def _remove(unfinished: Path) -> None:
    with suppress(OSError):
        unfinished.unlink(missing_ok=True)
    _unfinished.discard(unfinished)


def _target(output: Path) -> Path:
    """Return the file that is replaced: a link stays a link. Raises OSError where it is a folder."""
    target = Path(os.path.realpath(output))
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    return target


@contextmanager
def _opened(output: Path) -> Iterator[IO[bytes]]:
    """Give the stream of an output: a device, a pipe and what is open already cannot be replaced."""
    device = output.exists() and not output.is_file() and not output.is_dir()
    if not device and not output.absolute().as_posix().startswith(LINKED):
        with whole(output) as stream:
            yield stream
        return
    with suppress(BrokenPipeError), output.open("ab") as stream:
        yield stream


@contextmanager
def _folder(folder: Path, make: bool) -> Iterator[None]:
    """Make a folder, and take it away again where nothing could be written into it."""
    made = make and not folder.is_dir()
    if made:
        folder.mkdir()
    try:
        yield
    except BaseException:
        if made:
            with suppress(OSError):
                folder.rmdir()
        raise


def _name(unfinished: Path, output: Path) -> None:
    """Give the finished file its name; a link, unlike a renaming, never takes another file's place."""
    try:
        os.link(unfinished, output)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        with output.open("xb") as stream:
            stream.write(unfinished.read_bytes())


def _print(pieces: Iterable[str]) -> None:
    """Write on standard output; where its reader has gone, the run goes on for its exit status."""
    stream: Any = sys.stdout
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(encoding="utf-8", errors=ESCAPED)
    for piece in pieces:
        stream.write(piece)
        stream.flush()
