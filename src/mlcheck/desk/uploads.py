"""The files that the page sends: their names are words and no paths, and there is a limit to their size."""

from __future__ import annotations

import ntpath
import os
import re
import unicodedata
from collections.abc import AsyncIterator
from pathlib import Path, PurePosixPath, PureWindowsPath

from mlcheck.model.errors import MlcheckError
from mlcheck.translation import N_

LIMIT = 200 * 1024 * 1024  # bytes of one file
LONGEST = 120  # characters of a name
TOO_LARGE = N_(
    "{file} is larger than {limit} MB, which no report is: check it in parts, or with mlcheck validate."
)
EMPTY = N_("{file} is empty: choose another file. A folder cannot be sent: check it with mlcheck validate.")
UNWRITABLE = N_("{file} cannot be kept ({why}): make room on this machine, then choose it again.")
_UNSAFE = re.compile(r'[<>:"/\\|?*]')


def safe_name(name: str) -> str:
    """Return the last part of a name, without what a file system takes for anything but a word."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    seen = "".join(one for one in last if unicodedata.category(one)[0] != "C")
    word = _UNSAFE.sub("_", seen).strip(" .") if seen.strip(" .") else ""
    word = word or "report"
    if _is_reserved(word) or (word != "report" and seen.lstrip().startswith(".")):
        word = f"_{word}"
    suffix = PurePosixPath(word).suffix
    if len(os.fsencode(suffix)) > LONGEST // 2:
        suffix = ""
    stem = word.removesuffix(suffix)
    while len(os.fsencode(stem + suffix)) > LONGEST:
        stem = stem[:-1]
    return stem + suffix


def _is_reserved(word: str) -> bool:
    """Tell whether Windows gives a name to a device."""
    known = getattr(ntpath, "isreserved", None)  # from Python 3.13
    return bool(known(word) if known is not None else PureWindowsPath(word).is_reserved())


async def received(pieces: AsyncIterator[bytes], folder: Path, name: str) -> Path:
    """Write what comes into a folder of its own, where it takes the place of what was there, and return its path.

    Raises MlcheckError for a file that is empty or too large, or that cannot be written.
    """
    unfinished, size = folder / f".{os.urandom(8).hex()}", 0
    try:
        folder.mkdir(exist_ok=True)
        with unfinished.open("xb") as stream:
            async for piece in pieces:
                size += len(piece)
                require_size(size, name)
                stream.write(piece)
        if not size:
            raise MlcheckError(EMPTY, file=name)
        for former in folder.iterdir():
            if former != unfinished and not former.name.startswith("."):
                former.unlink()
        return unfinished.replace(folder / name)
    except OSError as error:
        raise MlcheckError(UNWRITABLE, file=name, why=error.strerror or str(error)) from error
    finally:
        unfinished.unlink(missing_ok=True)


def require_size(size: int, name: str) -> None:
    """Raise MlcheckError for a file of more bytes than are taken."""
    if size > LIMIT:
        raise MlcheckError(TOO_LARGE, file=name, limit=LIMIT // 1024**2)
