"""A watch over the reading of each file, so that a hostile one cannot take the machine.

A library that reads a format may be led into endless work by a file made for that, out of reach of Python;
then nothing but the end of the process stops it.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from mlcheck.translation import N_

SECONDS = 300.0  # of one file; the largest report that is read takes less than one
MEGABYTES = 12_000
INTERVAL = 0.5
ENDLESS = N_(
    "{file} takes more time or memory than any report ({limit}): check it in parts, or in another format."
)
Begin = Callable[[Path | None], None]


@contextmanager
def watched(end: Callable[[Path, str], None]) -> Iterator[Begin]:
    """Give a function that is given each file before it is read; call `end` if one takes too much.

    `end` is told the file and the limit, and ends the process.
    """
    watch = _Watch(end)
    watch.start()
    try:
        yield watch.begin
    finally:
        watch.done.set()


class _Watch(threading.Thread):
    """Looks twice a second at how long the file at hand has taken, and at the memory of the process."""

    def __init__(self, end: Callable[[Path, str], None]) -> None:
        super().__init__(daemon=True)
        self.end, self.done = end, threading.Event()
        self.file: Path | None = None
        self.since = 0.0

    def begin(self, file: Path | None) -> None:
        """Begin to count for a file; None is none."""
        self.since, self.file = time.monotonic(), file

    def run(self) -> None:
        """Look until all is read, or too much was taken."""
        while not self.done.wait(INTERVAL):
            file = self.file
            if file is None:
                continue
            if time.monotonic() - self.since > SECONDS:
                self.end(file, f"{SECONDS:.0f} s")
            if _megabytes() > MEGABYTES:
                self.end(file, f"{MEGABYTES} MB")


def _megabytes() -> float:
    """Return the peak memory of the process, 0 where the system does not tell."""
    try:
        import resource
    except ImportError:
        return 0.0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)
