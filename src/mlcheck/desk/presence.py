"""Whether somebody still has the page open: the program stops when nobody does."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

RELOAD = 5.0  # seconds in which a page that said it leaves may come back
SILENT = 180.0  # seconds without a sign of a page that said nothing: a browser sets aside the pages that nobody looks at


class Presence:
    """The pages that are open, by what they are called; a page is there while it listens, and a while after."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._listening: Counter[str] = Counter()
        self._until: dict[str, float] = {}
        self._left: set[str] = set()

    @contextmanager
    def listening(self, page: str) -> Iterator[None]:
        """Count a page as there until its stream ends."""
        self.seen(page)
        self._listening[page] += 1
        try:
            yield
        finally:
            self._listening[page] -= 1
            if page not in self._left:  # which its stream tells after the page has
                self._until[page] = self._clock() + SILENT

    def seen(self, page: str) -> None:
        """Note that a page has asked for something."""
        self._left.discard(page)
        self._until[page] = self._clock() + SILENT

    def leaving(self, page: str) -> None:
        """Note that a page is closed, or loaded again."""
        self._left.add(page)
        self._until[page] = self._clock() + RELOAD

    def over(self) -> bool:
        """Tell whether there were pages, and none is left."""
        if not self._until or +self._listening:
            return False
        return max(self._until.values()) < self._clock()
