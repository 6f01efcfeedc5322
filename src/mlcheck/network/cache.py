"""Results that are kept: a folder of encoded reports, each by the hash of all that decides it.

An entry is believed only where its checksum is that of its name and its content; anything else is checked again.
Several programs may use a folder at once: an entry appears whole or not at all, and any of them may vanish.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from mlcheck.network.sha256 import sha256_of

MOST = 2**30  # bytes
ROOM = 16  # a writer looks at the size of it all each time it has written that part of what may be kept
LARGEST = 2**26  # bytes of an entry; what is larger was not written here
UNFINISHED = 3600  # seconds after which what is half written was left by a process that ended
MARK = b"mlcheck report\n"
TAG = "CACHEDIR.TAG"  # tells programs that make backups: https://bford.info/cachedir/
SIGNATURE = (
    "Signature: 8a477f597d28d172789f06886806bc55\n# Results of mlcheck; mlcheck cache --clear removes them.\n"
)


class Kept(Struct, frozen=True):
    """A file of the folder: an entry, or one that is half written."""

    path: Path
    size: int
    used: float

    @property
    def whole(self) -> bool:
        """Whether it is an entry."""
        return self.path.suffix == ".report"


class Cache:
    """The results of one run in a folder; `decided` is the hash of what decides them beside each file."""

    def __init__(self, folder: Path, decided: str, most: int = MOST) -> None:
        self.folder, self._decided, self._most = folder, decided, most
        self._written = 0

    def key(self, file: Path) -> str | None:
        """Return the name of the result of a file, None where it cannot be read."""
        try:
            own = f"{self._decided} {sha256_of(file)} {file.as_posix()}"
        except (OSError, ValueError):
            return None
        return hashlib.sha256(own.encode("utf-8", "surrogateescape")).hexdigest()

    def read(self, key: str) -> bytes | None:
        """Return what is kept under a name, None where there is nothing, or nothing to be believed."""
        path = self._path(key)
        try:
            with path.open("rb") as file:
                data = file.read(LARGEST + 1)
        except OSError:
            return None
        start = len(MARK) + hashlib.sha256().digest_size
        content = data[start:]
        if len(data) > LARGEST or data[:start] != MARK + _checksum(key, content):
            return None
        with suppress(OSError):
            os.utime(path)  # the oldest use goes first
        return content

    def keep(self, key: str, file: Path, content: bytes) -> None:
        """Keep the result of a file, unless it changed while it was read: then it is that of no hash."""
        if self.key(file) == key:
            self.write(key, content)

    def write(self, key: str, content: bytes) -> None:
        """Keep a result; where the disk is full, it is not kept."""
        path = self._path(key)
        unfinished = path.with_name(f"{os.urandom(8).hex()}.tmp")
        try:
            path.parent.mkdir(exist_ok=True)
            unfinished.write_bytes(MARK + _checksum(key, content) + content)
            unfinished.replace(path)
        except OSError:
            with suppress(OSError):
                unfinished.unlink(missing_ok=True)
        self._written += len(content)
        if self._written > self._most / ROOM:
            self._written = 0
            self.trim()

    def trim(self) -> None:
        """Remove what was not used for longest, where more is kept than may be, and what was left half written."""
        held = sorted(kept(self.folder), key=lambda one: -one.used)
        size, now = 0, time.time()
        for one in held:
            size += one.size
            if size > self._most or (not one.whole and now - one.used > UNFINISHED):
                with suppress(OSError):
                    one.path.unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}.report"


def make(folder: Path) -> None:
    """Make the folder of a cache, for its owner alone. Raises OSError."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    tag = folder / TAG
    if not tag.exists():
        tag.write_text(SIGNATURE, "utf-8")


def kept(folder: Path) -> Iterator[Kept]:
    """Yield what is kept in a folder; files of others in it are passed over."""
    for place in _entries(folder):
        if len(place.name) == 2 and place.is_dir(follow_symlinks=False):
            for entry in _entries(Path(place.path)):
                if entry.name.endswith((".report", ".tmp")):
                    with suppress(OSError):
                        found = entry.stat(follow_symlinks=False)
                        yield Kept(Path(entry.path), found.st_size, found.st_mtime)


def clear(folder: Path) -> int:
    """Remove all that is kept in a folder, and no file of others; return how many results there were."""
    held = list(kept(folder))
    for one in held:
        with suppress(OSError):
            one.path.unlink(missing_ok=True)
    for place in {one.path.parent for one in held}:
        with suppress(OSError):  # another program has just written into it
            place.rmdir()
    return sum(one.whole for one in held)


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            return list(found)
    except OSError:
        return []


def _checksum(key: str, content: bytes) -> bytes:
    return hashlib.sha256(key.encode() + content).digest()
