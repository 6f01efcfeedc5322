"""Two stories for each break: a slip of one figure, or a relation that was never meant. Their log-odds add up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from mlcheck.judging.features import (
    LINEAR,
    Features,
    Siblings,
    of_gap,
    of_relation,
    of_restated,
    of_suspects,
    siblings,
    typical,
)
from mlcheck.judging.weights import WARNING, weights
from mlcheck.model.constraints import Constraint
from mlcheck.model.figure import Place


class Judgement(Struct, frozen=True):
    """The log-odds that each constraint of a report was meant, and what follows from them.

    Those that are `doubtful` are neither told nor prove anything; those that prove nothing are consistent, but a wrong number in
    them would not have been told. Indexes are those of the constraints; `among` counts the siblings of each.
    """

    among: Siblings
    meant: tuple[int, ...]
    doubtful: frozenset[int]
    proving: frozenset[int]


def judge(
    constraints: Sequence[Constraint],
    verdicts: Sequence[str],
    places: Mapping[int, Place],
    least: int = WARNING,
) -> Judgement:
    """Return how far each constraint of a report can be believed; one that is broken is doubtful below `least`."""
    known, among = weights(), siblings(constraints, verdicts)
    ordinary = known.log_odds(dict.fromkeys(typical(), 1))
    best = max(known.gap.get("a slip of four digits", 0), 0)
    meant: list[int] = []
    doubtful, proving = set(), set()
    for index, (one, verdict) in enumerate(zip(constraints, verdicts, strict=True)):
        own = known.log_odds(of_relation(one, verdict, among))
        meant.append(own)
        if verdict == "inconsistent":
            if own + known.log_odds(of_gap(one, places)) + best < least:
                doubtful.add(index)
        elif own + ordinary < WARNING:
            doubtful.add(index)
        elif one.firm:
            proving.add(index)
    return Judgement(among, tuple(meant), frozenset(doubtful), frozenset(proving))


def features_of(
    group: Sequence[tuple[Constraint, int]],
    main: Constraint,
    suspects: Sequence[Mapping[str, Any]],
    places: Mapping[int, Place],
    among: Siblings,
) -> Features:
    """Return what speaks for and against a slip in a group of broken constraints; each comes with its log-odds.

    The best of them speaks for the relation, `main` for the gap. Their weights add up to the log-odds of a slip.
    """
    best, _ = max(group, key=lambda member: member[1])
    gap = of_gap(main, places) if main.kind in LINEAR else of_restated(suspects, main.stated, places)
    found = of_relation(best, "inconsistent", among) | gap
    return found | of_suspects(suspects, main.stated, len(group), places)
