"""What correcting one figure would do to the constraints it stands in."""

from __future__ import annotations

from fractions import Fraction

from msgspec import Struct

from mlcheck.solving.correction import Correction, correct
from mlcheck.solving.intervals import EVERYTHING, Interval, admissible
from mlcheck.solving.neighbourhood import Judged
from mlcheck.solving.rational import Amount
from mlcheck.solving.restate import restate


class Candidate(Struct, frozen=True):
    """A figure of a group: all its places, and the constraints it stands in."""

    figure: int
    places: frozenset[int]
    amount: Amount
    violated: tuple[Judged, ...]
    kept: tuple[Judged, ...]
    signed: bool


class Mending(Struct, frozen=True):
    """What correcting one figure would do."""

    candidate: Candidate
    correction: Correction
    interval: Interval
    mended: frozenset[int]
    breaks: int


def mend(candidate: Candidate, known: dict[int, Amount]) -> Mending | None:
    """Return the best correction of one figure, None where no value of it mends anything."""
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
    chosen = correct(amount, domain, _told(candidate, known), _lonely(candidate, known))
    if chosen is None and value > 0 and interval.holds(-value):
        return correct(amount, Interval(-value, -value))
    return chosen


def _told(candidate: Candidate, known: dict[int, Amount]) -> Fraction | None:
    for one in candidate.violated:
        if one.stated in candidate.places:
            told = restate(one, known)
            return None if told is None else told.exact
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
