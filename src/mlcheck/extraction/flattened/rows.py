"""The rows of a body, and runs of them."""

from __future__ import annotations

from msgspec import Struct, field

from mlcheck.extraction.flattened.figures import Tail
from mlcheck.extraction.flattened.tokens import Token, printed

RECENT = 8  # rows of a run that the next one is compared with


class Row(Struct, frozen=True):
    """A row of a body: its label, which may run over several lines, and its figures.

    `lines` are indexes of the parsed lines it is printed on; `tail` is None for a title over rows.
    """

    lines: tuple[int, ...]
    label: tuple[Token, ...]
    tail: Tail | None

    @property
    def text(self) -> str:
        """Its label as printed."""
        return printed(self.label)


class Run(Struct):
    """Rows that follow one another."""

    rows: list[Row] = field(default_factory=list)

    @property
    def first(self) -> int:
        """The index of its first line."""
        return self.rows[0].lines[0]

    @property
    def last(self) -> int:
        """The index of its last line."""
        return max(self.rows[-1].lines)

    def is_like(self, tail: Tail) -> bool:
        """Tell whether figures may have as many cells as most of the last rows."""
        tails = [row.tail for row in self.rows[-RECENT:] if row.tail is not None]
        alike = sum(t.fewest <= tail.most and tail.fewest <= t.most for t in tails)
        return alike * 2 > len(tails)

    def is_compact(self) -> bool:
        """Tell whether the last two rows follow one another without a blank line."""
        return len(self.rows) > 1 and self.rows[-1].lines[0] == self.rows[-2].lines[-1] + 1
