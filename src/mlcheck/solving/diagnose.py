"""The single figures whose correction would mend the violated constraints, and the values they should have."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction

import polars as pl
from msgspec import Struct
from msgspec.structs import replace

from mlcheck.model.frames import frame
from mlcheck.solving.admissible import EVERYTHING, Interval, admissible, restate
from mlcheck.solving.exact import Amount, Judged, Neighbourhood, grouped, mantissa
from mlcheck.solving.slips import NO_SLIP, RANKS, Slip, origins, slip

SUSPECTS = {
    "group": pl.UInt32,
    "figure": pl.UInt32,
    "also": pl.List(pl.UInt32),  # the other places that print the same figure and agree with it
    "place": pl.UInt32,  # 1 for the best of its group
    "tied": pl.Boolean,  # whether nothing tells it from the best but its place in the report
    "complete": pl.Boolean,  # mends all of its group and breaks nothing
    "mends": pl.UInt32,  # violated constraints it satisfies
    "breaks": pl.UInt32,  # consistent ones it would violate
    "lowest": pl.String,  # admissible values, as fractions ("10024", "1005/2"); null is unbounded
    "highest": pl.String,
    "suggested": pl.Int64,  # suggested value = suggested / 10**suggested_scale
    "suggested_scale": pl.Int8,
    "slip": pl.String,  # kind of `mlcheck.solving.slips`, null if none
    "slip_rank": pl.UInt8,
}

# Up to this many admissible values each is tried as the origin of a slip; of more, only those in reach of one.
FEW = 50


def diagnose(around: Neighbourhood) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the suspects (SUSPECTS) and the groups of violated constraints (constraint, group).

    A figure is suspect where one other value of it satisfies violated constraints and keeps the
    consistent ones; where a group has no such figure, those that break others are named, with how many.
    Suspects come best first: complete, then by what they mend, then by the likeliest slip, then by id.
    """
    grouping = grouped(around.judged, around.places)
    members: dict[int, list[int]] = defaultdict(list)
    for constraint, group in grouping.iter_rows():
        members[group].append(constraint)
    standing: dict[int, list[Judged]] = defaultdict(list)
    for one in around.judged.values():
        for head in {around.places.get(figure, figure) for figure in one.figures}:
            standing[head].append(one)
    elsewhere: dict[int, set[int]] = defaultdict(set)
    for figure, head in around.places.items():
        elsewhere[head].add(figure)
    rows, finest = [], _finest_steps(around)
    for group, own in members.items():
        rows += _suspects(around, group, own, _candidates(around, own, standing, elsewhere, finest))
    return frame(rows, SUSPECTS), grouping


def _finest_steps(around: Neighbourhood) -> dict[int, Fraction]:
    """Return one step of the last digit of what each violated constraint prints the finest."""
    found: dict[int, Fraction] = {}
    for one in around.judged.values():
        steps = [around.known[f].step for f in one.figures if around.known[f].state == "number"]
        if one.violated and steps:
            found[one.constraint] = min(steps)
    return found


def _suspects(
    around: Neighbourhood, group: int, own: list[int], candidates: list[Candidate]
) -> list[tuple[object, ...]]:
    severe = {constraint for constraint in own if around.judged[constraint].severe} or set(own)
    found = [mend(candidate, around.known) for candidate in candidates]
    mendings = [mending for mending in found if mending is not None]
    clean = [mending for mending in mendings if not mending.breaks]
    ranked = [(_merit(mending, severe), mending) for mending in clean or mendings]
    ranked.sort(key=lambda pair: (pair[0], pair[1].candidate.figure))
    return [_row(group, at, merit == ranked[0][0], merit, one) for at, (merit, one) in enumerate(ranked, 1)]


def _merit(mending: Mending, severe: set[int]) -> tuple[bool, int, int, int]:
    complete = mending.breaks == 0 and severe <= mending.mended
    return not complete, -len(mending.mended), mending.breaks, mending.correction.rank


def _row(
    group: int, at: int, tied: bool, merit: tuple[bool, int, int, int], mending: Mending
) -> tuple[object, ...]:
    candidate, correction, interval = mending.candidate, mending.correction, mending.interval
    lowest, highest = (None if end is None else str(end) for end in (interval.lowest, interval.highest))
    return (
        group, candidate.figure, sorted(candidate.places - {candidate.figure}), at, tied, not merit[0],
        len(mending.mended), mending.breaks, lowest, highest, *mantissa(correction.value, candidate.amount.scale),
        correction.slip.kind if correction.slip else None, correction.rank,
    )  # fmt: skip


def _candidates(
    around: Neighbourhood, own: list[int], standing: dict[int, list[Judged]], elsewhere: dict[int, set[int]],
    finest: dict[int, Fraction],
) -> list[Candidate]:  # fmt: skip
    """Return the known figures of a group's violated constraints, each with all its places."""
    seen: dict[int, set[int]] = defaultdict(set)
    for constraint in own:
        for figure in around.judged[constraint].figures:
            seen[around.places.get(figure, figure)].add(figure)
    known = [around.known[figure] for shown in seen.values() for figure in shown]
    signed = any(amount.value is not None and amount.value.numerator < 0 for amount in known)
    return [
        _candidate(around, min(shown), frozenset(shown | elsewhere[head]), standing[head], signed, finest)
        for head, shown in sorted(seen.items())
    ]


def _candidate(
    around: Neighbourhood, figure: int, places: frozenset[int], standing: list[Judged], signed: bool,
    steps: dict[int, Fraction],
) -> Candidate:  # fmt: skip
    violated = tuple(one for one in standing if one.violated)
    amount = around.known[figure]
    blank = amount.state in ("blank", "nil")
    beside = (one.constraint for one in violated if blank or one.kind == "sum")
    finest = min((steps[constraint] for constraint in beside if constraint in steps), default=amount.step)
    if blank:
        amount = replace(amount, step=finest)
    # Another figure is the least or the greatest of several once this one is corrected.
    kept = tuple(one for one in standing if not one.violated and one.kind != "within")
    return Candidate(figure, places, amount, violated, kept, signed, min(finest, amount.step))


class Candidate(Struct, frozen=True):
    """A figure of a group: all its places, and the constraints it stands in.

    `finest` is one step of the last digit of those it is added up with: of 20,5 the comma may have been lost.
    """

    figure: int
    places: frozenset[int]
    amount: Amount
    violated: tuple[Judged, ...]
    kept: tuple[Judged, ...]
    signed: bool
    finest: Fraction


class Mending(Struct, frozen=True):
    """What correcting one figure would do."""

    candidate: Candidate
    correction: Correction
    interval: Interval
    mended: frozenset[int]
    breaks: int


def mend(candidate: Candidate, known: dict[int, Amount]) -> Mending | None:
    """Return the best correction of one figure, with more digits where none else mends; None where no value does."""
    found = _mend(candidate, known)
    amount = candidate.amount
    if found is not None or amount.half or candidate.finest == amount.step:
        return found
    return _mend(replace(candidate, amount=replace(amount, step=candidate.finest)), known)


def _mend(candidate: Candidate, known: dict[int, Amount]) -> Mending | None:
    needed = [_interval(candidate, one, known) for one in candidate.violated]
    kept = [_interval(candidate, one, known) for one in candidate.kept]
    free = _meet(kept)
    for bounds in (free, EVERYTHING):
        found = _best(candidate, needed, bounds, known)
        if found is not None:
            correction, interval = found
            mended = frozenset(
                one.constraint
                for one, own in zip(candidate.violated, needed, strict=True)
                if own.holds(correction.value)
            )
            return Mending(
                candidate, correction, interval, mended, sum(not own.holds(correction.value) for own in kept)
            )
    return None


def _best(
    candidate: Candidate, needed: list[Interval], bounds: Interval, known: dict[int, Amount]
) -> tuple[Correction, Interval] | None:
    """Return the correction within `bounds` that satisfies all of `needed`, else as many as can be."""
    together = _meet(needed).meet(bounds)
    whole = _choose(candidate, together, known)
    if whole is not None:
        return whole, together
    if len(needed) == 1:
        return None
    tried = [(_choose(candidate, own.meet(bounds), known), own.meet(bounds)) for own in needed]
    partial = [(correction, own) for correction, own in tried if correction is not None]
    count = {at: sum(own.holds(one.value) for own in needed) for at, (one, _) in enumerate(partial)}
    best = min(count, key=lambda at: (-count[at], partial[at][0].rank, partial[at][0].value), default=None)
    return None if best is None else partial[best]


def _choose(candidate: Candidate, interval: Interval, known: dict[int, Amount]) -> Correction | None:
    """Pick a value; a figure among others that are not negative does not become so, but by its sign."""
    amount = candidate.amount
    value = amount.value or Fraction(0)
    if interval.lowest is not None and interval.highest is not None and interval.lowest > interval.highest:
        return None
    domain = interval if candidate.signed else interval.meet(Interval(Fraction(0), None))
    chosen = correct(amount, domain, _recomputed(candidate, known), _lonely(candidate, known))
    if chosen is None and value > 0 and interval.holds(-value):
        return correct(amount, Interval(-value, -value))
    return chosen


def _recomputed(candidate: Candidate, known: dict[int, Amount]) -> Fraction | None:
    for one in candidate.violated:
        if one.stated in candidate.places:
            again = restate(one, known)
            return None if again is None else again.exact
    return None


def _lonely(candidate: Candidate, known: dict[int, Amount]) -> bool:
    if candidate.amount.state != "blank":
        return False
    blanks = {f for one in candidate.violated for f in one.figures if known[f].state == "blank"}
    return blanks <= candidate.places


def _interval(candidate: Candidate, one: Judged, known: dict[int, Amount]) -> Interval:
    return admissible(one, candidate.places, candidate.amount, known)


def _meet(intervals: list[Interval]) -> Interval:
    met = EVERYTHING
    for interval in intervals:
        met = met.meet(interval)
    return met


class Correction(Struct, frozen=True):
    """A value for a figure, on the grid of its last printed digit, and the slip that explains it."""

    value: Fraction
    slip: Slip | None

    @property
    def rank(self) -> int:
        """The rank of the slip, past all others where there is none."""
        return self.slip.rank if self.slip else NO_SLIP


def correct(
    amount: Amount, interval: Interval, exact: Fraction | None = None, lonely: bool = False
) -> Correction | None:
    """Return the value of `interval` nearest in typing to the printed one, then in size; None if none is printable.

    `exact` is the recomputed value of a percentage: its rounding goes before all others. `lonely` says
    that the figure is the only blank of what it breaks, so that the blank itself is the likeliest slip.
    """
    if amount.value is None:
        return None
    least, most = interval.steps(amount.value, amount.step)
    if exact is not None:
        steps = round((exact - amount.value) / amount.step)
        if _within(steps, least, most):
            return _correction(amount, steps, lonely)
    tried = [_correction(amount, steps, lonely) for steps in _tried(amount, least, most)]
    value = amount.value
    return min(tried, key=lambda one: (one.rank, abs(one.value - value), one.value), default=None)


def _within(steps: int, least: int | None, most: int | None) -> bool:
    return (least is None or least <= steps) and (most is None or steps <= most)


def _tried(amount: Amount, least: int | None, most: int | None) -> Iterable[int]:
    if least is not None and most is not None and most - least < FEW:
        return range(least, most + 1)
    value = amount.value or Fraction(0)
    printed = value / amount.step
    nearest = max(least or 0, 0) or min(most or 0, 0)
    if printed.denominator != 1:
        return [nearest]
    reached = (number - int(printed) for number in origins(int(printed)))
    return [nearest, *(steps for steps in reached if _within(steps, least, most))]


def _correction(amount: Amount, steps: int, lonely: bool) -> Correction:
    value = amount.value or Fraction(0)
    meant = value + steps * amount.step
    old, new = value / amount.step, meant / amount.step
    if amount.state in ("blank", "nil"):
        return Correction(meant, Slip("blank", RANKS["blank"]) if lonely else None)
    printable = old.denominator == 1 and new.denominator == 1
    return Correction(meant, slip(int(old), int(new)) if printable else None)
