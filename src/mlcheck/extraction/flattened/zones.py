"""The texts above a body that may hold its boxhead."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from mlcheck.extraction.flattened.lines import Parsed, heads_years
from mlcheck.extraction.flattened.tokens import Token

HIGHEST = 10  # lines of a boxhead
WIDEST = 2  # blank lines within one


class Zone(Struct, frozen=True):
    """Texts above a body, the nearest last: their words, whether a blank line follows, their indexes.

    `height` is how many lines the one text of a zone stands for whose words were put in order.
    """

    texts: tuple[tuple[Token, ...], ...]
    gaps: tuple[bool, ...]
    indexes: tuple[int, ...]
    height: int = 0

    def until(self, count: int) -> Zone:
        """Return the zone without its last lines."""
        return Zone(self.texts[:count], self.gaps[:count], self.indexes[:count])


def zone_above(lines: Sequence[Parsed], first: int, before: int) -> Zone:
    """Return the texts between a body and what ends them: prose, a heading, or the table above."""
    indexes: list[int] = []
    gaps: list[bool] = []
    blanks, at = 0, first - 1
    while at > before and len(indexes) < HIGHEST and blanks <= WIDEST:
        line = lines[at]
        if line.kind == "blank":
            blanks += 1
        elif line.kind == "closed" or (line.tail is not None and not heads_years(line)):
            break
        elif line.kind != "margin":
            indexes.append(at)
            gaps.append(blanks > 0)
            blanks = 0
        at -= 1
    indexes.reverse()
    gaps.reverse()
    return Zone(tuple(lines[i].strip.tokens for i in indexes), tuple(gaps), tuple(indexes))
