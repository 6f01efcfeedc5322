"""Whether percentages make 100, as far as rounding allows."""

from __future__ import annotations

from msgspec import Struct

from mlcheck.model.quantity import Quantity


class Hundred(Struct, frozen=True):
    """What some numbers make together: total and half-units at a decimal scale."""

    total: int = 0
    slack: int = 0
    scale: int = 0

    def plus(self, number: Quantity) -> Hundred:
        """Return it with one number more."""
        scale = max(self.scale, number.scale)
        own, other = 10 ** (scale - self.scale), 10 ** (scale - number.scale)
        return Hundred(
            self.total * own + number.mantissa * other, self.slack * own + number.half * other, scale
        )

    @property
    def holds(self) -> bool:
        """Whether the numbers make 100 as far as rounding allows."""
        return abs(self.total - 100 * 10**self.scale) <= self.slack

    @property
    def bits(self) -> int:
        """How many bits it takes to make 100 by chance, within what rounding allows."""
        return (100 * 10**self.scale // (2 * self.slack + 1)).bit_length() - 1
