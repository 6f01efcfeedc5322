"""The figures of tables and sentences that were matched, compared one by one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from mlcheck.checking.arithmetic import ONLY_CUT
from mlcheck.checking.coverage import solved_job
from mlcheck.checking.findings import SLIPS, title_of
from mlcheck.checking.job import Job
from mlcheck.language.numeral import NUMERAL, Convention, digits_of
from mlcheck.model.comparison import Agreement, Alone, Compared, Side, Stated
from mlcheck.model.figure import Place
from mlcheck.model.quantity import Quantity
from mlcheck.solving.slips import Slip, slip

NIL = ("nil", "blank")
Both = tuple[Place, Place]
PER_CENT = {"%": Fraction(1), "‰": Fraction(1, 10), "ratio": Fraction(100)}
CONVENTIONS: tuple[Convention, ...] = ("fr", "en")


class Printed(Struct, frozen=True):
    """A value with the worth of its last printed digit, and half of it where it is known to be rounded."""

    value: Fraction
    step: Fraction
    half: Fraction

    def times(self, factor: Fraction) -> Printed:
        """Return the same number in another unit."""
        return Printed(self.value * factor, self.step * factor, self.half * factor)


STRONG = 1  # the rank of the slips that few pairs of numbers show, beside the sign
LEAST_DIGITS = 3  # of numbers in which the others tell something: a digit of "12" differs by chance


def side_by_side(pairs: Iterable[Both]) -> tuple[list[Compared], list[Alone]]:
    """Return what both files state, and what one states where the other prints no number."""
    compared: list[Compared] = []
    alone: list[Alone] = []
    for left, right in pairs:
        found = _agreement(left, right)
        if found is not None:
            compared.append(_compared(found, left, right))
        elif left.quantity is not None:
            alone.append(alone_of("left", left, beside=right.printed))
        elif right.quantity is not None:
            alone.append(alone_of("right", right, beside=left.printed))
    return compared, alone


def _agreement(left: Place, right: Place) -> Agreement | None:
    """Return how two figures compare, None where one of them states nothing."""
    if left.quantity is not None and right.quantity is not None:
        return agreement(left.quantity, right.quantity)
    if left.state in NIL and right.state in NIL:
        return "nil"
    number, other = (left, right) if left.quantity is not None else (right, left)
    if number.quantity is None or other.state not in NIL:
        return None
    if number.quantity.mantissa == 0:
        return "nil"
    return "different" if other.state == "nil" else None


def _compared(found: Agreement, left: Place, right: Place) -> Compared:
    return Compared(
        found,
        left.section or right.section,
        title_of(left),
        left.label or right.label,
        Stated(left.figure, left.locator, left.printed, left.quantity),
        Stated(right.figure, right.locator, right.printed, right.quantity),
    )


def alone_of(side: Side, place: Place, *, beside: str | None = None, whole: bool = False) -> Alone:
    """Return a figure that only one file states."""
    home = place.table.locator if place.table is not None else place.locator
    return Alone(
        side, place.section, title_of(place), place.label,
        Stated(place.figure, place.locator, place.printed, place.quantity), home, beside, whole,
    )  # fmt: skip


def unmatched(side: Side, places: Iterable[Place], matched: set[int], whole: set[str]) -> Iterator[Alone]:
    """Yield the published numbers that no pair holds; `whole` are the tables that were compared with none."""
    for place in places:
        if place.figure not in matched and place.quantity is not None and not _hidden(place):
            yield alone_of(side, place, whole=place.table is not None and place.table.name in whole)


def _hidden(place: Place) -> bool:
    return place.hidden or (place.table is not None and place.table.hidden)


# Whether two printed numbers are the same number, as far as their last digits tell.


def _printed(quantity: Quantity) -> Printed:
    """Return a quantity with the worth of its last digit: a hundredth for "12,50 €", a thousand for "12 k€"."""
    if quantity.half:
        return Printed(quantity.value, 2 * quantity.half_unit, quantity.half_unit)
    return Printed(quantity.value, Fraction(1, 10 ** _decimals(quantity)), Fraction(0))


def _decimals(quantity: Quantity) -> int:
    """Return how many decimals an exact quantity prints; its scale has lost those that are zero."""
    for numeral in re.findall(NUMERAL, quantity.printed):
        for convention in CONVENTIONS:
            cut = digits_of(numeral, convention)
            if cut and Fraction(int("".join(cut)), 10 ** len(cut[1])) == abs(quantity.value):
                return len(cut[1])
    return quantity.scale


def _in_one_unit(left: Quantity, right: Quantity) -> Iterator[tuple[Printed, Printed]]:
    """Yield both numbers in a unit that they may share; nothing where their units are two.

    A number without a unit may leave out that of the other, and a share be printed as a ratio (0,49).
    """
    one, other = _printed(left), _printed(right)
    if left.unit in PER_CENT and right.unit in PER_CENT:
        yield one.times(PER_CENT[left.unit]), other.times(PER_CENT[right.unit])
    elif left.unit == right.unit or "count" in (left.unit, right.unit):
        yield one, other
        if right.unit == "%" and left.scale:
            yield one.times(Fraction(100)), other
        if left.unit == "%" and right.scale:
            yield one, other.times(Fraction(100))


def agreement(left: Quantity, right: Quantity) -> Literal["equal", "rounded", "different"]:
    """Return whether two printed numbers are the same, the coarser print being the finer one rounded, or differ."""
    found = [_agreement_of_prints(one, other) for one, other in _in_one_unit(left, right)]
    return "equal" if "equal" in found else "rounded" if "rounded" in found else "different"


def _agreement_of_prints(one: Printed, other: Printed) -> Literal["equal", "rounded", "different"]:
    if one.value == other.value:
        return "equal"
    if one.step == other.step:
        return "different"
    coarse, fine = (one, other) if one.step > other.step else (other, one)
    return "rounded" if abs(one.value - other.value) <= coarse.step / 2 + fine.half else "different"


def cut_off(left: Quantity, right: Quantity) -> bool:
    """Tell whether the coarser of two numbers that differ is the finer one with its decimals cut off."""
    for one, other in _in_one_unit(left, right):
        coarse, fine = (one, other) if one.step > other.step else (other, one)
        least, most = abs(coarse.value), abs(fine.value)
        same_sign = coarse.value * fine.value >= 0
        if coarse.step != fine.step and same_sign and least < most < least + coarse.step:
            return True
    return False


# Which of two figures that differ the checks of its own file bear out, and how the other may have been
# mistyped.


def with_evidence(compared: Iterable[Compared], left: Job, right: Job) -> list[Compared]:
    """Return what was compared, with the verdict of each file's own checks where the two differ."""
    found = list(compared)
    if not any(one.agreement == "different" for one in found):
        return found
    ours, theirs = _coverage(left), _coverage(right)
    return [_with_hint(one, ours, theirs) if one.agreement == "different" else one for one in found]


def _coverage(job: Job) -> dict[int, str]:
    """Map each figure of a report to its verdict."""
    assert job.facts is not None
    frame = solved_job(job, job.facts).solution.coverage
    return dict(zip(frame["figure"].to_list(), frame["coverage"].to_list(), strict=True))


def _with_hint(one: Compared, ours: dict[int, str], theirs: dict[int, str]) -> Compared:
    left, right = ours.get(one.left.figure, "unchecked"), theirs.get(one.right.figure, "unchecked")
    favours = _favours(left, right)
    return replace(
        one,
        left=replace(one.left, coverage=left),
        right=replace(one.right, coverage=right),
        favours=favours,
        hint=hint(one.left.quantity, one.right.quantity, favours),
    )


def _favours(left: str, right: str) -> Side | None:
    """Return the file that is proven where the other is not, or not contradicted where the other is."""
    for verdict, favoured in (("proven", True), ("contradicted", False)):
        if (left == verdict) != (right == verdict):
            return "left" if (left == verdict) == favoured else "right"
    return None


def hint(left: Quantity | None, right: Quantity | None, favours: Side | None) -> str:
    """Return the message of the slip that makes one figure of the other, empty where none is likely."""
    if left is None or right is None:
        return ""
    if cut_off(left, right):
        return ONLY_CUT
    for one, other in _in_one_unit(left, right):
        if one.step == other.step:
            return _slip(int(one.value / one.step), int(other.value / other.step), favours)
    return ""


def _slip(left: int, right: int, favours: Side | None) -> str:
    """Return the message of the likeliest slip between two numbers of steps, the favoured one being meant."""
    ways = [(right, left)] if favours == "left" else [(left, right)]
    if favours is None:
        ways.append((right, left))
    slips = [found for old, new in ways if (found := slip(old, new)) and _tells(found, left, right)]
    best = min(slips, key=lambda found: found.rank, default=None)
    return SLIPS[best.kind] if best else ""


def _tells(found: Slip, left: int, right: int) -> bool:
    """Tell whether a slip between two numbers is more than chance."""
    if found.kind == "one off" and abs(left - right) != 1:
        return False
    least = min(len(str(abs(number))) for number in (left, right))
    return found.rank <= STRONG or found.kind == "sign" or least >= LEAST_DIGITS
