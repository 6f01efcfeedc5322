"""Headings that are numbered, so that a sheet shows how deep they stand."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from mlcheck.extraction.headings import without_number
from mlcheck.extraction.tables.kinds import heading_level
from mlcheck.model.document import Cell

ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")
LETTERS = "abcdefghijklmnopqrstuvwxyz"
DEEPEST = 3  # "a." under "I." under "1)"


class Numbering:
    """The numbers of the headings of a document, given as they come."""

    __slots__ = ("_counts", "_ranks")

    def __init__(self, levels: Iterable[int]) -> None:
        """Rank the levels that a document uses; the outermost is 1."""
        self._ranks = {level: rank for rank, level in enumerate(sorted(set(levels)), start=1)}
        self._counts = [0] * DEEPEST

    def rank(self, level: int) -> int:
        """Return how deep a level is among those of the document."""
        return self._ranks[level]

    def written(self, cell: Cell) -> Cell:
        """Return a cell as a sheet holds it: a heading has the kind of number that tells its depth.

        One that stands deeper than numbers tell is a label without a number.
        """
        if not cell.level:
            return cell
        rank = self.rank(cell.level)
        bare = without_number(cell.text)
        if rank > DEEPEST:
            return replace(cell, text=bare, level=None)
        self._counts[rank - 1] += 1
        self._counts[rank:] = [0] * (DEEPEST - rank)
        if heading_level(cell.text) == rank:
            return replace(cell, level=rank)
        return replace(cell, text=f"{self._number(rank)} {bare.rstrip('.')}", level=rank)

    def _number(self, rank: int) -> str:
        count = self._counts[rank - 1]
        if rank == 1:
            return f"{min(count, 99)})"
        if rank == 2:
            return f"{ROMAN[min(count, len(ROMAN) - 1)]}."
        return f"{LETTERS[min(count, len(LETTERS)) - 1]}."
