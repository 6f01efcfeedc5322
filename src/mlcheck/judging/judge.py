"""Two stories for each break: a slip of one figure, or a relation that was never meant. Their log-odds add up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from mlcheck.judging.features import (
    LINEAR,
    of_binding,
    of_evidence,
    of_gap,
    of_restated,
    of_suspects,
    same_gap,
    siblings,
    typical,
)
from mlcheck.judging.weights import WARNING, total, weights
from mlcheck.model.claim import Binding
from mlcheck.model.constraints import Constraint
from mlcheck.model.figure import Place


class Judgement(Struct, frozen=True):
    """The log-odds that each constraint of a report was meant, and what follows from them.

    Those that are `doubtful` are neither told nor prove anything; those that prove nothing are consistent, but a wrong number in
    them would not have been told. Indexes are those of the constraints.
    """

    meant: tuple[int, ...]
    doubtful: frozenset[int]
    proving: frozenset[int]


def judge(
    constraints: Sequence[Constraint], verdicts: Sequence[str], places: Mapping[int, Place],
    bindings: Mapping[int, Binding],
) -> Judgement:  # fmt: skip
    """Return how far each constraint of a report can be believed; `bindings` are those of its claims."""
    known, among = weights(), siblings(constraints, verdicts)
    alike = same_gap(constraints, verdicts, places)
    meant: list[int] = []
    doubtful, proving = set(), set()
    for index, (one, verdict) in enumerate(zip(constraints, verdicts, strict=True)):
        bound = of_binding(one, None if one.claim is None else bindings.get(one.claim), places)
        beside = among.of(one, verdict)
        if (
            one.siblings in alike
        ):  # one line left out throughout is one story, not many sums that were never meant
            beside = {**beside, "siblings fail": 0, "the same line in every gap": 1}
        own = known.rule(one.rule) + total(of_evidence(one) | beside | bound, known.evidence)
        worth = known.of_gap(one)
        meant.append(own)
        if verdict == "inconsistent":
            if (
                own
                + total(of_gap(one, places), known.gap)
                + max(known.gap.get("a slip of four digits", 0), 0)
                < WARNING
            ):
                doubtful.add(index)
        elif own + total(dict.fromkeys(typical(one), 1), worth) < WARNING:
            doubtful.add(index)
        elif one.firm:
            proving.add(index)
    return Judgement(tuple(meant), frozenset(doubtful), frozenset(proving))


def log_odds(
    group: Sequence[tuple[Constraint, int]],
    main: Constraint,
    suspects: Sequence[Mapping[str, Any]],
    places: Mapping[int, Place],
) -> int:
    """Return the log-odds that a group of broken constraints is a slip; each comes with those that it was meant."""
    known = weights()
    meant = max(own for _, own in group)
    gap = of_gap(main, places) if main.kind in LINEAR else of_restated(suspects, main.stated, places)
    return meant + total(gap | of_suspects(suspects, main.stated, len(group), places), known.of_gap(main))
