"""What the gap of a linear constraint looks like, as it is printed and as one mistyped figure would make it.

Everything that a figure has a part in is kept so that it is known without that figure: the look of the gap under a
slip takes no longer in a long sum than in a short one. Numbers are whole, in units of their last digit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from heapq import nlargest
from itertools import accumulate
from math import gcd, lcm

from msgspec import Struct

from mlcheck.language.roles import is_total
from mlcheck.model.constraints import Constraint
from mlcheck.model.figure import Place
from mlcheck.model.quantity import Quantity
from mlcheck.model.table import Entry

Features = dict[str, int]
LINEAR = ("sum", "equal", "relation", "distribution", "points")
BASES = (1000, 100, 10, 5, 1)  # that whole numbers may be rounded to
LARGE = 1000  # a number that may be estimated, or rounded before it was added
AT_RANDOM = (3, 5)  # what counts of a census are rounded to, up or down
MANY_ROUNDED = 12  # figures of a table that are all rounded so
TENFOLD = (10, 100, 1000)  # times that a digit left out makes a total too small
FEW_ROUND = 3  # round numbers that need not be rounded
SEVERAL_ROUNDED = 6  # numbers that one other divides by no accident
LONGEST_NESTED = 60  # parts among which subtotals are looked for
REPEATED = 10  # a smaller number stands in many places by chance


_SUMMED = 2  # figures, of which fewer add up to nothing


class Slip(Struct, frozen=True):
    """Another value that a figure might print; None where its cell is left empty."""

    figure: int
    value: Fraction | None


class _Typed(Struct, frozen=True):
    """A slip in the units of a constraint."""

    figure: int
    value: int | None

    @property
    def counted(self) -> int:
        """What it counts for in a sum."""
        return self.value or 0


class _Greatest:
    """The greatest of some values, each that of a figure, also with one of the figures mistyped."""

    def __init__(self, pairs: Iterable[tuple[int, int]]) -> None:
        self.two = nlargest(2, pairs)

    def under(self, slip: _Typed | None, value: int | None) -> int:
        """Return the greatest where the figure of `slip` has `value`, if any, in the place of its own; 0 of none."""
        if slip is None:
            return self.two[0][0] if self.two else 0
        others = next((key for key, figure in self.two if figure != slip.figure), None)
        if others is None or value is None:
            return (value if others is None else others) or 0
        return max(others, value)


class _Last(Struct):
    """What was found for one slip of the terms of a constraint."""

    slip: _Typed | None = None
    step: Fraction | None = None
    base: int | None = None
    rounded: int | None = None


class Terms:
    """The terms that print a number on the first side of a linear constraint, and what they are together."""

    def __init__(self, one: Constraint, places: Mapping[int, Place]) -> None:
        self.one, self.places = one, places
        side = one.sides[0]
        valued = [(f, c, q) for f, c in side.terms if (q := places[f].quantity) is not None]
        bound = Fraction((side.lower if side.lower is not None else side.upper) or 0)
        self.quantities: list[Quantity] = [q for *_, q in valued]
        self.unit = lcm(10 ** max((q.scale for q in self.quantities), default=0), bound.denominator)
        weights = [(f, Fraction(c)) for f, c, _ in valued]
        self.weighing = lcm(*(w.denominator for _, w in weights))
        self.figures = [f for f, *_ in valued]
        self.printed = [q.mantissa * (self.unit // 10**q.scale) for q in self.quantities]
        self.values = dict(zip(self.figures, self.printed, strict=True))
        self.weights = [int(w * self.weighing) for _, w in weights]
        self.weight: dict[int, int] = {}
        for figure, weight in zip(self.figures, self.weights, strict=True):
            self.weight[figure] = self.weight.get(figure, 0) + weight
        self.bound = int(bound * self.unit * self.weighing)
        self.amounts = [w * x for w, x in zip(self.weights, self.printed, strict=True)]
        self.total = sum(self.amounts)
        self._asked: tuple[Slip | None, _Typed | None] = (None, None)
        self._last = _Last()

    def features(self, slip: Slip | None = None) -> Features:
        """Return what the gap looks like; with a slip, as it would look with it."""
        if not self.figures:
            return {}
        typed, stated = self._typed(slip), self.one.stated
        gap = self._gap(typed)
        found = _of_size(gap, self._against(typed)) | self._of_rounding(typed, gap)
        if "within rounding of every part" in found and gap <= self._step(typed) * self.unit * self.weighing:
            found["one last digit"] = 1
        if self.one.kind == "distribution" and self._is_of_several(typed):
            found["several hundreds"] = 1
        if self.one.kind == "equal" and self._is_multiple(typed):
            found["a multiple of it"] = 1
        if self._are_fractions(typed):
            found["fractions of one"] = 1
            if stated is not None and _is_beside_counts(self.places[stated]):
                found["fractions beside counts"] = 1
        if stated is not None and self.places[stated].state == "nil":
            found["a dash for the total"] = 1
        return found | (self._of_parts(typed, gap) if self.one.kind == "sum" else {})

    def may_be_rounding(self, slip: Slip | None = None) -> bool:
        """Tell whether counts rounded at random could leave the gap of a sum, however rarely."""
        typed = self._typed(slip)
        base = self._base(typed)
        most = self._count(typed) * (base - 1) * self.unit * self.weighing
        return base > 1 and self._gap(typed) <= most and self._is_at_random

    def is_one_step_off(self, slip: Slip | None = None) -> bool:
        """Tell whether a sum of large or round numbers is one step off, as a single one that was rounded makes it."""
        typed = self._typed(slip)
        step = self._rounded_step(typed)
        return step > 0 and self._gap(typed) == step

    def is_few_steps_off(self, slip: Slip | None = None) -> bool:
        """Tell whether a sum of large or round numbers is as far off as their rounding may make it: three deviations."""
        typed = self._typed(slip)
        step = self._rounded_step(typed)
        return step > 0 and 4 * self._gap(typed) ** 2 <= max(3 * self._count(typed), 4) * step**2

    def _rounded_step(self, slip: _Typed | None) -> int:
        """Return what large or round whole numbers may have been rounded to; 0 of small ones, which are counted."""
        last = self._known(slip)
        if last.rounded is None:
            last.rounded = self._found_rounded(slip)
        return last.rounded

    def _found_rounded(self, slip: _Typed | None) -> int:
        if self._half or self._is_money or self._step(slip) < 1:
            return 0
        one = self.unit * self.weighing
        base = self._base(slip) if self._count(slip) > FEW_ROUND else 1
        own = None if slip is None else abs(slip.counted) * abs(self.weight[slip.figure])
        large = self._largest.under(slip, own) >= LARGE * one
        return base * one if base > 1 or large else 0

    def breaks(self, slip: Slip, tolerance: Fraction) -> bool:
        """Tell whether a slip leaves a gap of more than a tolerance."""
        limit = tolerance.numerator * self.unit * self.weighing
        return self._gap(self._typed(slip)) * tolerance.denominator > limit

    def _typed(self, slip: Slip | None) -> _Typed | None:
        if slip is None:
            return None
        if self._asked[0] is not slip:
            value = slip.value
            typed = _Typed(
                slip.figure, None if value is None else value.numerator * self.unit // value.denominator
            )
            self._asked = slip, typed
        return self._asked[1]

    def _known(self, slip: _Typed | None) -> _Last:
        """Return what was found for a slip, which is asked for many times before the next."""
        if self._last.slip is not slip:
            self._last = _Last(slip)
        return self._last

    def _gap(self, slip: _Typed | None) -> int:
        return abs(self.total + self._moved(slip) - self.bound)

    def _moved(self, slip: _Typed | None) -> int:
        if slip is None:
            return 0
        return self.weight[slip.figure] * (slip.counted - self.values[slip.figure])

    def _against(self, slip: _Typed | None) -> int:
        """Return what the gap is a gap of: the figures, but the one that is stated, or the greatest of all."""
        if slip is None:
            return max(self._own, abs(self.bound), self._largest.under(None, None))
        weight = abs(self.weight[slip.figure])
        new = weight * abs(slip.counted)
        own = self._own + (new - weight * abs(self.values[slip.figure])) * (slip.figure != self.one.stated)
        return max(own, abs(self.bound), self._largest.under(slip, new))

    @cached_property
    def _own(self) -> int:
        pairs = zip(self.figures, self.amounts, strict=True)
        return sum(abs(amount) for figure, amount in pairs if figure != self.one.stated)

    @cached_property
    def _largest(self) -> _Greatest:
        return _Greatest((abs(a), f) for a, f in zip(self.amounts, self.figures, strict=True))

    def _count(self, slip: _Typed | None) -> int:
        return len(self.figures) - (slip is not None and slip.value is None)

    # What rounding leaves

    def _of_rounding(self, slip: _Typed | None, gap: int) -> Features:
        """Return whether numbers rounded before they were added would leave a gap; whole ones may be rounded to tens or more.

        The sum of n roundings has the variance n/12 of a unit squared: twice its deviation is the square root of n/3,
        three times, for numbers that print their rounding, the square root of 3n/4. For counts that were rounded at
        random, up or down, the variance is twice that, and three times its deviation the square root of 3n/2.
        """
        every, step, count = {"within rounding of every part": 1}, self._step(slip), self._count(slip)
        if len(self.figures) < _SUMMED:
            return {}
        one = self.unit * self.weighing
        if self._half:
            return every if gap <= count * max(step / 2, self._half) * one else {}
        if self._is_money or step < 1:
            last = (Fraction(1, 100) if self._is_money else step) * one
            return every if 4 * gap**2 <= 3 * count * last**2 else {}
        if 3 * gap**2 > count * (BASES[0] * one) ** 2:
            return {}
        base = self._base(slip)
        if 3 * gap**2 > count * (base * one) ** 2 * (Fraction(9, 2) if self._is_at_random else 1):
            return {}
        if base > 1 and self._is_at_random:
            return {"within rounding at random": 1}
        large = base > 1 or self._greatest(slip) >= LARGE * self.unit
        return {"within rounding of large numbers" if large else "within rounding of whole numbers": 1}

    @cached_property
    def _is_at_random(self) -> bool:
        """Whether the whole numbers of its lines are all multiples of 3 or of 5, as counts of a census are for secrecy."""
        table = self.places[self.one.stated].table if self.one.stated is not None else None
        if table is None:
            return False
        own = [at for figure in self.figures if (at := self.places[figure].at) is not None]
        rows, columns = dict.fromkeys(row for row, _ in own), dict.fromkeys(column for _, column in own)
        down = (table.entries.get((row, column)) for column in columns for row in range(len(table.rows)))
        across = (table.entries.get((row, column)) for row in rows for column in range(len(table.columns)))
        return _are_rounded_at_random(down) or _are_rounded_at_random(across)

    @cached_property
    def _half(self) -> Fraction:
        return max((q.half_unit for q in self.quantities if q.half), default=Fraction(0))

    @cached_property
    def _is_money(self) -> bool:
        return any(
            q.unit == "€" and q.scale for q in self.quantities
        )  # it has its cents where there are none

    @cached_property
    def _magnitude(self) -> int:
        return max(q.magnitude for q in self.quantities)

    def _denominator(self, value: int) -> int:
        whole = self.unit * self._magnitude
        return whole // gcd(value, whole)

    @cached_property
    def _finest(self) -> _Greatest:
        return _Greatest((self._denominator(x), f) for x, f in zip(self.printed, self.figures, strict=True))

    def _step(self, slip: _Typed | None) -> Fraction:
        """Return what one of the last digits that numbers need is worth; zeros that all print at their end are a format's."""
        last = self._known(slip)
        if last.step is None:
            new = None if slip is None or slip.value is None else self._denominator(slip.value)
            last.step = Fraction(self._magnitude, 10 ** _digits(self._finest.under(slip, new) or 1))
        return last.step

    def _greatest(self, slip: _Typed | None) -> int:
        return self._sizes.under(slip, None if slip is None or slip.value is None else abs(slip.value))

    @cached_property
    def _sizes(self) -> _Greatest:
        return _Greatest((abs(x), f) for x, f in zip(self.printed, self.figures, strict=True))

    def _base(self, slip: _Typed | None) -> int:
        """Return what whole numbers may all be rounded to: a power of ten, five of one, or what divides several of them."""
        last = self._known(slip)
        if last.base is None:
            common, others = self._divisors
            if slip is not None:
                common = gcd(others[slip.figure], slip.counted // self.unit)
            few = self._count(slip) >= SEVERAL_ROUNDED and common < BASES[0]
            last.base = max(common, 1) if few else next(base for base in BASES if common % base == 0)
        return last.base

    @cached_property
    def _divisors(self) -> tuple[int, dict[int, int]]:
        """What divides all whole numbers, and all but that of each figure."""
        whole = [x // self.unit for x in self.printed]
        before = list(accumulate(whole, gcd, initial=0))
        after = list(accumulate(reversed(whole), gcd, initial=0))[::-1]
        return before[-1], {f: gcd(before[n], after[n + 1]) for n, f in enumerate(self.figures)}

    # What tells that it is no sum

    def _is_of_several(self, slip: _Typed | None) -> bool:
        """Tell whether percentages make 200 or more hundreds, as those of several wholes one under another do."""
        made = sum(self.printed) + (0 if slip is None else slip.counted - self.values[slip.figure])
        whole = round(Fraction(made, 100 * self.unit))
        return whole > 1 and abs(made - 100 * self.unit * whole) <= self._count(slip) * self.unit

    def _are_fractions(self, slip: _Typed | None) -> bool:
        """Tell whether numbers are all less than one and print decimals, as shares and rates without a sign do."""
        return self.may_be_fractions and self._greatest(slip) < self.unit

    @cached_property
    def may_be_fractions(self) -> bool:
        """Whether the numbers are plain, and some print two decimals."""
        return all(q.unit == "count" for q in self.quantities) and any(q.scale > 1 for q in self.quantities)

    def _stated(self, slip: _Typed | None) -> int | None:
        if slip is not None and slip.figure == self.one.stated:
            return slip.value
        return None if self.one.stated is None else self.values.get(self.one.stated)

    def _is_multiple(self, slip: _Typed | None) -> bool:
        """Tell whether figures make twice or more what is stated, so that it is counted again among them.

        Each time it is made of some of them, so that none exceeds it.
        """
        stated, parts = self._stated(slip), self._parts
        if not stated or parts.number(slip) < 2:
            return False
        made = parts.made(slip)
        times = round(Fraction(made, stated))
        if times < 2 or times in TENFOLD or abs(made - times * stated) * 100 > abs(stated):
            return False
        return self.one.kind == "equal" or (parts.number(slip) > times and parts.reaches(slip) <= abs(stated))

    @cached_property
    def _parts(self) -> _Parts:
        pairs = zip(self.printed, self.figures, strict=True)
        return _Parts([(x, f) for x, f in pairs if f != self.one.stated], self.unit)

    @cached_property
    def subtracts(self) -> bool:
        """Whether some terms but what is stated are taken away."""
        return any(c < 0 for f, c in self.one.sides[0].terms if f != self.one.stated)

    def _of_parts(self, slip: _Typed | None, gap: int) -> Features:
        """Return whether a total looks like a mean of its parts, repeats one of them, or is a multiple or a rounding of what they make."""
        stated, parts = self._stated(slip), self._parts
        if stated is None or parts.number(slip) < 2 or self.subtracts:
            return {}
        found: Features = {}
        if parts.around(stated, slip):
            whole = stated % self.unit == 0 and parts.are_whole(slip)
            found["between its whole parts" if whole else "between its parts"] = 1
        repeats, few = parts.figures_of(stated, slip), REPEATED * self.unit
        if repeats and abs(stated) >= few:
            found["repeats a part"] = 1
        named = parts.figures_of(gap, slip) if gap >= few and not repeats else []
        if gap == parts.nested(slip) > 0:
            found["gap is a subtotal"] = 1
        elif named:
            among = [*named, *parts.figures_of(-gap, slip)]
            found["gap is a subtotal" if self._is_subtotal(among) else "gap is a part"] = 1
        if self._is_multiple(slip):
            found["a multiple of it"] = 1
        if stated % self.unit and parts.are_whole(slip):
            found["a fraction of whole parts"] = 1
        elif stated % self.unit == 0 and not parts.are_whole(slip) and gap * 2 <= self.unit * self.weighing:
            found["within rounding of the total"] = 1
        return found

    def _is_subtotal(self, figures: Iterable[int]) -> bool:
        """Tell whether the part that is the gap is named as what others make."""
        return not self._subtotals.isdisjoint(figures)

    @cached_property
    def _subtotals(self) -> frozenset[int]:
        """The figures that are named as what others make: "Sous-total", "Aides, dont :"."""
        down = self.one.siblings.rsplit("|", 3)[1:2] == ["row"]
        labels = ((f, self.places[f].row if down else self.places[f].column) for f in self.figures)
        return frozenset(
            f for f, label in labels if label and (is_total(label) or label.rstrip().endswith(":"))
        )


def _counted(entry: Entry) -> int | None:
    """Return the whole number that an entry counts; None of another, of nothing and of 0, which any number divides."""
    value = entry.quantity.value if entry.quantity is not None and entry.quantity.unit == "count" else None
    return int(value) if value and value.denominator == 1 else None


def _are_rounded_at_random(entries: Iterable[Entry | None]) -> bool:
    """Tell whether many whole numbers are all multiples of 3, or all of 5; they are read no further than to know."""
    common = count = 0
    for entry in entries:
        value = _counted(entry) if entry is not None else None
        if value is None:
            continue
        common, count = gcd(common, value), count + 1
        if all(common % base for base in AT_RANDOM):
            return False
    return count >= MANY_ROUNDED and common in AT_RANDOM


def _is_beside_counts(place: Place) -> bool:
    """Tell whether most other figures of the row of a figure are whole numbers: a fraction among them is a rate."""
    if place.table is None or place.at is None:
        return False
    row, own = place.at
    others = [place.table.entries.get((row, c)) for c in range(len(place.table.columns)) if c != own]
    printed = [e.quantity.value for e in others if e is not None and e.quantity is not None]
    return sum(value.denominator == 1 and abs(value) > 1 for value in printed) * 2 > len(printed)


class _Parts:
    """The figures that a total is of, also with one of them mistyped."""

    def __init__(self, pairs: Sequence[tuple[int, int]], unit: int) -> None:
        self.pairs, self.unit = pairs, unit
        self.values = {figure: value for value, figure in pairs}
        self.total = sum(value for value, _ in pairs)
        self.broken = sum(value % unit != 0 for value, _ in pairs)

    @cached_property
    def _highest(self) -> _Greatest:
        return _Greatest(self.pairs)

    @cached_property
    def _lowest(self) -> _Greatest:
        return _Greatest((-value, figure) for value, figure in self.pairs)

    @cached_property
    def _by_value(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for value, figure in self.pairs:
            found.setdefault(value, []).append(figure)
        return found

    def nested(self, slip: _Typed | None) -> int:
        """Return what the parts make that are each the sum of two or more right after them: subtotals among them."""
        if len(self.pairs) > LONGEST_NESTED:
            return 0
        own, made, at = self._own(slip), 0, 0
        typed = [(own.value if own is not None and own.figure == f else value) for value, f in self.pairs]
        values = [value for value in typed if value is not None]
        while at < len(values):
            below = end = 0
            for end in range(at + 1, len(values)):
                below += values[end]
                if abs(below) >= abs(values[at]):
                    break
            if values[at] and below == values[at] and end > at + 1:
                made, at = made + below, end
            at += 1
        return made

    def _own(self, slip: _Typed | None) -> _Typed | None:
        return slip if slip is not None and slip.figure in self.values else None

    def number(self, slip: _Typed | None) -> int:
        """Return how many print a number."""
        own = self._own(slip)
        return len(self.pairs) - (own is not None and own.value is None)

    def made(self, slip: _Typed | None) -> int:
        """Return what they make together."""
        own = self._own(slip)
        return self.total if own is None else self.total + own.counted - self.values[own.figure]

    def _ends(self, slip: _Typed | None) -> tuple[int, int]:
        """Return the least and the greatest part."""
        own = self._own(slip)
        new = None if own is None else own.value
        return -self._lowest.under(own, None if new is None else -new), self._highest.under(own, new)

    def reaches(self, slip: _Typed | None) -> int:
        """Return how far from zero the parts go."""
        return max(map(abs, self._ends(slip)))

    def around(self, value: int, slip: _Typed | None) -> bool:
        """Tell whether a value lies between the least and the greatest part, where no sum has to."""
        lowest, highest = self._ends(slip)
        return lowest <= value <= highest and not lowest < 0 < highest

    def are_whole(self, slip: _Typed | None) -> bool:
        """Tell whether none prints decimals that it needs."""
        own = self._own(slip)
        if own is None:
            return not self.broken
        return self.broken == (self.values[own.figure] % self.unit != 0) and own.counted % self.unit == 0

    def figures_of(self, value: int, slip: _Typed | None) -> list[int]:
        """Return the parts that print a value."""
        own, found = self._own(slip), self._by_value.get(value, [])
        if own is None:
            return found
        kept = [figure for figure in found if figure != own.figure]
        return [*kept, own.figure] if own.value == value else kept


def of_size(gap: Fraction, against: Fraction) -> Features:
    """Return the order of a gap against what it is a gap of."""
    common = gap.denominator * against.denominator
    return _of_size(int(gap * common), int(against * common))


def _of_size(gap: int, against: int) -> Features:
    if not against or gap * 2 >= against:
        return {"huge gap": 1}
    if gap * 10 >= against:
        return {"big gap": 1}
    return {"middling gap" if gap * 100 >= against else "small gap": 1}


def in_last_digits(values: Sequence[Fraction], magnitude: int) -> list[int]:
    """Return numbers in the last of the digits that they need, in a magnitude."""
    finest = max(v.denominator * (magnitude // gcd(v.numerator, magnitude)) for v in values)
    steps = 10 ** _digits(finest)
    return [v.numerator * steps // (v.denominator * magnitude) for v in values]


def _digits(finest: int) -> int:
    """Return how many decimals print a part of one."""
    return next((n for n in range(finest.bit_length() + 1) if 10**n % finest == 0), 0)
