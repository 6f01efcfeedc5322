"""Exact numbers with what their rounding hides."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from msgspec import Struct

Unit = Literal["count", "%", "‰", "€", "points", "ratio"]


class Quantity(Struct, frozen=True):
    """A printed number: value = mantissa / 10**scale, known to within ± half / 10**scale.

    Both are integers, so that no verdict meets a binary float. `half` is 0 for a count or an amount
    printed in full, half of the last printed digit otherwise ("49 %" is 490 ± 5 at scale 1).
    """

    printed: str
    mantissa: int
    half: int
    scale: int
    unit: Unit = "count"

    @property
    def value(self) -> Fraction:
        """The printed value, in its unit."""
        return Fraction(self.mantissa, 10**self.scale)

    @property
    def half_unit(self) -> Fraction:
        """Half of what the last printed digit stands for, in the unit of the value."""
        return Fraction(self.half, 10**self.scale)
