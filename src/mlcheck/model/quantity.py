"""Exact numbers with what their rounding hides."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from msgspec import Struct

Unit = Literal["count", "%", "‰", "€", "points", "ratio"]


class Quantity(Struct, frozen=True, gc=False):
    """A printed number: value = mantissa / 10**scale, known to within ± half / 10**scale.

    Both are integers, so that no verdict meets a binary float. `half` is 0 for a count or an amount
    printed in full, half of the last printed digit otherwise ("49 %" is 490 ± 5 at scale 1). `magnitude`
    is what its unit or its heading multiplies the digits by: 10**6 for M€, 1000 under "en milliers".
    """

    printed: str
    mantissa: int
    half: int
    scale: int
    unit: Unit = "count"
    magnitude: int = 1

    @property
    def value(self) -> Fraction:
        """The printed value, in its unit."""
        return Fraction(self.mantissa, 10**self.scale)

    @property
    def half_unit(self) -> Fraction:
        """Half of what the last printed digit stands for, in the unit of the value."""
        return Fraction(self.half, 10**self.scale)

    @property
    def decimals(self) -> int:
        """Return how many decimals are printed, in the magnitude that it is printed in."""
        if self.magnitude > 1 and self.half:
            step = 2 * self.half_unit / self.magnitude
            return len(str(step.denominator)) - 1
        return max(self.scale - 1, 0) if self.half and self.scale else self.scale
