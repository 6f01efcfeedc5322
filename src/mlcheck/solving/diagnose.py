"""The single figures whose correction would mend the violated constraints."""

from __future__ import annotations

from collections import defaultdict

import polars as pl
from msgspec.structs import replace

from mlcheck.model.frames import frame
from mlcheck.solving.groups import grouped
from mlcheck.solving.mending import Candidate, Mending, mend
from mlcheck.solving.neighbourhood import Judged, Neighbourhood
from mlcheck.solving.rational import mantissa

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


def diagnose(around: Neighbourhood) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the suspects (SUSPECTS) and the groups of violated constraints (constraint, group).

    A figure is suspect where one other value of it satisfies violated constraints and keeps the
    consistent ones; where a group has no such figure, those that break others are told, with how many.
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
    rows = []
    for group, own in members.items():
        rows += _suspects(around, group, own, _candidates(around, own, standing, elsewhere))
    return frame(rows, SUSPECTS), grouping


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
    around: Neighbourhood, own: list[int], standing: dict[int, list[Judged]], elsewhere: dict[int, set[int]]
) -> list[Candidate]:
    """Return the known figures of a group's violated constraints, each with all its places."""
    seen: dict[int, set[int]] = defaultdict(set)
    for constraint in own:
        for figure in around.judged[constraint].figures:
            seen[around.places.get(figure, figure)].add(figure)
    known = [around.known[figure] for shown in seen.values() for figure in shown]
    signed = any(amount.value is not None and amount.value.numerator < 0 for amount in known)
    return [
        _candidate(around, min(shown), frozenset(shown | elsewhere[head]), standing[head], signed)
        for head, shown in sorted(seen.items())
    ]


def _candidate(
    around: Neighbourhood, figure: int, places: frozenset[int], standing: list[Judged], signed: bool
) -> Candidate:
    violated = tuple(one for one in standing if one.violated)
    amount = around.known[figure]
    if amount.state in ("blank", "nil"):
        beside = (around.known[other] for one in violated for other in one.figures)
        finest = min((other.step for other in beside if other.state == "number"), default=amount.step)
        amount = replace(amount, step=finest)
    kept = tuple(one for one in standing if not one.violated)
    return Candidate(figure, places, amount, violated, kept, signed)
