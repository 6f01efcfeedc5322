"""The anchors of a page: each is used once, whatever the reports hold."""

from __future__ import annotations


class Anchors:
    """Gives out the anchors of one page."""

    __slots__ = ("_taken",)

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def take(self, wanted: str) -> str:
        """Return `wanted`, numbered where it is taken already: two reports may hold the same finding."""
        anchor, n = wanted, 1
        while anchor in self._taken:
            n += 1
            anchor = f"{wanted}-{n}"
        self._taken.add(anchor)
        return anchor
