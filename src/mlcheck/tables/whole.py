"""Find the line that is the whole of a table though no word says so: beside its parts it prints 100 %, and they make 100."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from msgspec.structs import replace

from mlcheck.model.quantity import Quantity
from mlcheck.model.table import Line
from mlcheck.tables.crossed import Crossed

_FEWEST = 3  # percentages of a list: two parts and their whole
_HUNDRED = 100


def with_whole(crossed: Crossed) -> list[Line]:
    """Return the lines of an axis, the one whose percentage is 100 as their total where no other is."""
    lines = list(crossed.lines)
    if any(line.role == "total" for line in lines):
        return lines
    for x, across in enumerate(crossed.across):
        target = _whole_at(crossed, x) if across.role == "share" else None
        if target is not None and lines[target].role == "part" and lines[target].statistic is None:
            lines[target] = replace(lines[target], role="total")
            return lines
    return lines


def _whole_at(crossed: Crossed, x: int) -> int | None:
    """Return the first or last line that prints 100 % at a crossing where the others make 100 within rounding."""
    printed = {
        i: q for i in range(len(crossed.lines)) if (q := crossed.quantity(i, x)) is not None and q.unit == "%"
    }
    if len(printed) < _FEWEST:
        return None
    ends = [i for i in (min(printed), max(printed)) if printed[i].value == _HUNDRED]
    if len(ends) != 1:
        return None
    parts = [q for i, q in printed.items() if i != ends[0]]
    return ends[0] if abs(_sum(q.value for q in parts) - _HUNDRED) <= _sum(map(_rounding, parts)) else None


def _sum(numbers: Iterable[Fraction]) -> Fraction:
    return sum(numbers, Fraction(0))


def _rounding(number: Quantity) -> Fraction:
    return number.half_unit or Fraction(1, 2 * 10**number.scale)
