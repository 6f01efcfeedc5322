"""What the formula of a cell of a spreadsheet computes: its author's own statement of a relation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from msgspec import Struct

LONGEST_FORMULA = 1000
"""Characters of a formula that is kept."""
FormulaKind = Literal["sum", "difference", "share", "variation", "average", "product", "reference", "other"]


class Area(Struct, frozen=True, gc=False):
    """A rectangle of cells that a formula names; all bounds are 0-based places of the sheet, inclusive.

    `coefficient` is 1 or -1. A `subtotal` is added by SUBTOTAL, which leaves out the cells that do so themselves.
    """

    top: int
    left: int
    bottom: int
    right: int
    coefficient: int = 1
    subtotal: bool = False

    @property
    def size(self) -> int:
        """The number of its cells."""
        return (self.bottom - self.top + 1) * (self.right - self.left + 1)


class CellFormula(Struct, frozen=True, gc=False):
    """The relation that a formula states between the cell it stands in and cells of the same sheet.

    `text` is the formula without its sign of equality. "sum" and "difference" add `terms` up, "average" takes
    their mean, "product" multiplies them, "reference" repeats one; an "other" states nothing that is known. A "share" divides `terms` by `base`, a
    "variation" takes 1 from that; both are then multiplied by `scale`, as 100 for percentages.
    """

    kind: FormulaKind
    text: str
    terms: tuple[Area, ...]
    base: tuple[Area, ...] = ()
    scale: int = 1


def cells_of(areas: Iterable[Area]) -> Iterator[tuple[tuple[int, int], int]]:
    """Yield the (row, column) of each cell of some areas, with its coefficient."""
    for area in areas:
        for row in range(area.top, area.bottom + 1):
            for column in range(area.left, area.right + 1):
                yield (row, column), area.coefficient
