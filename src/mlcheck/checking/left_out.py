"""The gap of a sum that is one of its lines: the line was left out of the total, or counted twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from msgspec import Struct

from mlcheck.checking.amounts import corrected, stated_of
from mlcheck.model.constraints import Constraint
from mlcheck.model.figure import Place
from mlcheck.model.finding import Suspect, Value
from mlcheck.translation import N_

LEFT_OUT = N_("Printed {stated}; the {count} parts make {sum}: “{line}”, {part}, is not in the total.")
TWICE = N_("Printed {stated}; the {count} parts make {sum}: “{line}”, {part}, is in the total twice.")
MISSED = N_("a line left out of the total")
DOUBLED = N_("a line counted twice")
LEAST = 5  # a smaller gap is one of the lines by chance
RANGE = 8  # how many times more numbers there must be up to the largest line than lines


class LineInGap(Struct, frozen=True):
    """What a gap that is a line says: the message, its values, and the total as the suspect."""

    message: str
    values: dict[str, Value]
    suspect: Suspect


def line_in_the_gap(one: Constraint, places: Mapping[int, Place]) -> LineInGap | None:
    """Return what is told of a violated sum whose gap is exactly one of its parts, None where it is none or several."""
    if one.kind != "sum" or one.stated is None or len(one.sides) != 1:
        return None
    stated = places[one.stated]
    parts = [places[f] for f, c in one.sides[0].terms if f != one.stated and c == 1]
    if stated.quantity is None or len(parts) + 1 != len(one.sides[0].terms) or len(parts) < 3:
        return None
    made = sum((p.quantity.value for p in parts if p.quantity), Fraction(0))
    gap = made - stated.quantity.value
    among = [p for p in parts if p.quantity and p.quantity.value == abs(gap) >= LEAST]
    if len(among) != 1 or _is_chance(parts):
        return None
    line, missed = among[0], gap > 0
    name = line.row if len({p.row for p in parts}) > 1 else line.column
    if not name:
        return None
    suspect = Suspect(
        stated.locator, stated.label, stated_of(stated), corrected(stated, made), 1, MISSED if missed else DOUBLED,
        figure=stated.figure,
    )  # fmt: skip
    return LineInGap(LEFT_OUT if missed else TWICE, {"line": name, "part": stated_of(line)}, suspect)


def _is_chance(parts: Sequence[Place]) -> bool:
    """Tell whether so many small numbers are added up that nearly any gap is one of them."""
    values = {abs(p.quantity.value) for p in parts if p.quantity is not None and p.quantity.value}
    return max(values, default=Fraction(0)) < RANGE * len(values)
