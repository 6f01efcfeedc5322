"""The files that are saved while somebody works on them, each told when it is written whole."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from queue import Empty, SimpleQueue

from mlcheck.desk.missing import required

QUIET = 0.5  # seconds without a change after which a file is taken for whole
MISSING = 10.0  # seconds that a file may be gone: some programs take it away before they write it again
LOOK = 1000  # milliseconds; a folder of a network tells nothing, and is looked at as often as that
Stamp = tuple[tuple[int, int, int], ...]


class Saves:
    """Watches over some files until it is closed; a folder of csv files is one of them."""

    def __init__(self, files: Sequence[Path]) -> None:
        self._files = [Path(file).absolute() for file in files]
        self._named = dict(zip(self._files, files, strict=True))
        self._known = {file: _stamp(file) for file in self._files}
        self._closed = threading.Event()
        self._saved: SimpleQueue[tuple[Path, ...]] = SimpleQueue()
        required("watchfiles")
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def wait(self, patience: float = 0.5) -> tuple[Path, ...]:
        """Return the files that were saved, none where `patience` seconds bring nothing; a signal is heard meanwhile."""
        try:
            return self._saved.get(timeout=patience)
        except Empty:
            return ()

    def close(self) -> None:
        """Watch no longer."""
        self._closed.set()
        self._thread.join(2 * LOOK / 1000)

    def _watch(self) -> None:
        for _ in self._wakes():
            changed = [file for file in self._files if _stamp(file) != self._known[file]]
            if changed and self._whole(changed):
                now = {file: _stamp(file) for file in self._files}
                saved = tuple(self._named[file] for file in self._files if now[file] != self._known[file])
                self._known = now
                if saved:
                    self._saved.put(saved)

    def _wakes(self) -> Iterator[None]:
        """Yield whenever something may have changed, and at least once a second."""
        from watchfiles import watch

        folders = {file if file.is_dir() else file.parent for file in self._files}
        try:
            for _ in watch(
                *folders, watch_filter=None, recursive=False, yield_on_timeout=True, rust_timeout=LOOK, debounce=100, step=50,
                stop_event=self._closed, raise_interrupt=False,
            ):  # fmt: skip
                yield
        except (OSError, RuntimeError):  # the system watches no more folders, or this one has gone
            pass
        while not self._closed.wait(LOOK / 1000):
            yield

    def _whole(self, files: Sequence[Path]) -> bool:
        """Wait until files are no longer written to; tell whether that came before the end."""
        begun = since = time.monotonic()
        seen = [_stamp(file) for file in files]
        while not self._closed.wait(QUIET / 10):
            now = [_stamp(file) for file in files]
            moment = time.monotonic()
            if now != seen:
                since, seen = moment, now
            there = all(now) or moment - begun > MISSING
            if there and moment - since >= QUIET:
                return True
        return False


def _stamp(file: Path) -> Stamp:
    """Return what changes when a file is saved; empty where it is not there, or holds nothing yet."""
    try:
        found = file.stat()
        if file.is_dir():
            return tuple(stamp for one in sorted(file.iterdir()) if one.is_file() for stamp in _stamp(one))
    except OSError:
        return ()
    return ((found.st_mtime_ns, found.st_size, found.st_ino),) if found.st_size else ()
